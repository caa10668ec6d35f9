#pragma once

#include "app/gateway/gateway.h"
#include "app/session/pollpace.h"
#include "app/session/sweep.h"
#include "app/types/problem.h"

#include <array>
#include <deque>

/// What is read when. A round reads the first page of what runs over all agents and the run-state of the chosen
/// conversation, further pages as far as the pace allows, and more rarely what waits (also when something stopped
/// running: it may wait now) and the agents. Reads only; ends with itself.
class Poller final : public QObject {
    Q_OBJECT

public:
    Poller(std::shared_ptr<Gateway> gateway, Clock &clock, QObject *parent);

    void start();
    void refresh(); ///< reads everything now, also while held
    void hold(bool held);
    void attend(const Attention &attention); ///< reads at once when somebody returns to old data
    void choose(const AgentId &agent, const ConversationId &conversation); ///< reads run-state and record at once
    void readRecord(const ConversationId &conversation);
    void readRunState(const AgentId &agent, const ConversationId &conversation);
    const Freshness &freshness() const { return m_freshness; }

    static constexpr Duration interval = closeInterval; ///< while somebody looks and little runs
    static constexpr int mostAgentPages = 20; ///< of 50

Q_SIGNALS:
    void agentsRead(const QList<Agent> &agents);
    void pageRead(const QList<Conversation> &rows); ///< of what runs or waits
    /// The list of this state was read whole: rows that no page has named since `goneBefore` are gone.
    void listEnded(const QString &stateWord, const QDateTime &goneBefore);
    void spare(int reads); ///< a round's lists are read, and so many more reads are within the pace
    void runStateRead(const RunState &state);
    void recordRead(const Record &record);
    void failed(Subject subject, const Failure &failure);
    void freshnessChanged();

private:
    struct List {
        QString stateWord;
        Sweep sweep;
        bool asked = false; ///< this round
        bool read = false;
        bool ended = false; ///< a pass of it
    };

    void schedule();
    Pace pace() const;
    Pace heldPace() const;
    void tick();
    void beginAnew();
    void readRound(bool everything);
    void readAgents();
    void readList(List &list, int from);
    void readPage(List &list, int number);
    void takePage(List &list, int number, const Page<Conversation> &page, const QDateTime &askedAt);
    void endLists();
    void readWaiting();
    void lookAmongWaiting();
    void readChosen();
    void tellRunState(RunState state, const ConversationId &asked);
    void giveUpRound();
    void noteExtra();
    void begin();
    void end(Subject subject, const std::optional<Failure> &failure);
    void fail(Subject subject, const Failure &failure);

    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    Freshness m_freshness;
    Attention m_attention;
    QDateTime m_nextAt; ///< also while held
    Duration m_triedAt{0}; ///< the last round, of the clock that never jumps
    std::unique_ptr<QObject> m_schedule; ///< context of the next tick
    AgentId m_agent;
    ConversationId m_chosen;
    std::unique_ptr<QObject> m_chosenReads; ///< asker of reads of the chosen one: replaced with the choice
    std::unique_ptr<QObject> m_roundReads;  ///< asker of the lists of this round
    bool m_chosenRests = false;             ///< nothing ran or waited when it was read
    std::array<List, 3> m_lists;            ///< what runs, then what waits
    int m_listsUnderWay = 0;
    std::deque<Duration> m_extraReads; ///< when they were asked, within the hour
    Duration m_waitingAt{0}; ///< when what waits was read last
    int m_extra = 0; ///< reads left to this round
    int m_keptForRows = 0; ///< of them not for further pages
    int m_rounds = 0;
    int m_underWay = 0;
    bool m_failedThisRound = false;
    bool m_stopped = false;
};
