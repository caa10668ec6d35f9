#pragma once

#include "app/gateway/gateway.h"

#include <QObject>

class Sweep;

/// How far the reading of all that runs of an agent has come.
struct RunningReading {
    enum class State { None, Reading, Done, Failed };

    State state = State::None;
    AgentId agent;
    int read = 0; ///< conversations, in this pass
    int total = 0; ///< as the service counts; 0 before its first answer
    int pass = 1;
    bool disturbed = false; ///< Done: the list changed during each pass, so that some may be missing

    bool operator==(const RunningReading &) const = default;
};

/// Reads all pages of what runs of an agent before all of it is to be stopped, with the priority of a check. A pass
/// during which the list changed is repeated, three times at most. Sub-tasks are not counted. One reading at a time.
class RunningOfAgent final : public QObject {
    Q_OBJECT

public:
    RunningOfAgent();
    ~RunningOfAgent() override;

    void use(const std::shared_ptr<Gateway> &gateway); ///< null: nothing can be read
    void read(const AgentId &agent); ///< what was being read of another is given up
    void cancel(); ///< also forgets what became of the last
    const RunningReading &reading() const { return m_reading; }

    static constexpr int mostPasses = 4;
    static constexpr Duration patience = std::chrono::seconds(1); ///< before what gave way is asked again

Q_SIGNALS:
    void pageRead(const QList<Conversation> &rows);
    /// All that was seen, of whatever pass, in the order of the list.
    void found(const AgentId &agent, const QList<ConversationId> &ids);
    void failed(const Failure &failure);
    void changed(); ///< the reading

private:
    void begin();
    void ask();
    void take(const QDateTime &askedAt, const Result<Page<Conversation>> &page);
    void takePage(const QDateTime &askedAt, const Page<Conversation> &page);
    void fail(const Failure &failure);

    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<QObject> m_asker; ///< of the page under way
    std::unique_ptr<Sweep> m_sweep;
    RunningReading m_reading;
    QList<ConversationId> m_found;
};
