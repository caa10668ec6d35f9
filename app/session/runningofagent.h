#pragma once

#include "app/stopping/livesweep.h"
#include "app/types/readingprogress.h"

/// Reads all pages of what runs of an agent before all of it is to be stopped, with the priority of a check. A pass
/// during which the list changed is repeated, three times at most. Sub-tasks are not counted. One reading at a time.
class RunningOfAgent final : public QObject {
    Q_OBJECT

public:
    RunningOfAgent(std::shared_ptr<Gateway> gateway, Clock &clock);

    void read(const AgentId &agent); ///< what was being read of another is given up
    void cancel(); ///< also forgets what became of the last
    const RunningReading &reading() const { return m_reading; }

    static constexpr int mostPasses = 4;

Q_SIGNALS:
    void pageRead(const QList<Conversation> &rows);
    /// All that was seen, of whatever pass, in the order of the list.
    void found(const AgentId &agent, const QList<ConversationId> &ids);
    void failed(const Failure &failure);
    void changed(); ///< the reading

private:
    void begin();
    void leave();
    void takePage(const QList<Conversation> &rows);
    void take(const Result<SweptLists> &lists);

    Clock &m_clock;
    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<LiveSweep> m_sweep; ///< the pass under way
    RunningReading m_reading;
    QList<ConversationId> m_found;
    QSet<ConversationId> m_foundIds; ///< the same
};
