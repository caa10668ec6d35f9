#pragma once

#include "app/gateway/gateway.h"
#include "app/gateway/pagereader.h"
#include "app/models/agentlistmodel.h"
#include "app/session/livelists.h"
#include "app/session/pollpace.h"
#include "app/types/problem.h"

/// What is read when. A round reads the lists of what runs, as far as the pace allows, and the run-state of the chosen
/// conversation, and more rarely what waits and the agents. Reads only; ends with itself.
class Poller final : public QObject {
    Q_OBJECT

public:
    Poller(std::shared_ptr<Gateway> gateway, Clock &clock, QObject *parent);

    void start();
    /// Reads everything now, also while held, and while a service that is away is waited for; after a 429 nothing.
    void refresh();
    void hold(bool held);
    void attend(const Attention &attention); ///< reads at once when somebody returns to old data; pauses while it is locked
    void choose(const AgentId &agent, const ConversationId &conversation); ///< reads run-state and record at once
    void readRecord(const ConversationId &conversation, bool isAsked = false);
    void readRunState(const AgentId &agent, const ConversationId &conversation);
    const Freshness &freshness() const { return m_freshness; }

    static constexpr Duration interval = closeInterval; ///< while somebody looks and little runs
    static constexpr int mostAgentPages = 20; ///< of 50

Q_SIGNALS:
    void agentsRead(const QList<Agent> &agents, const UnlistedAgents &unlisted);
    void pageRead(const QList<Conversation> &rows); ///< of what runs or waits
    /// As in `LiveLists`.
    void listEnded(const QString &stateWord, const QDateTime &goneBefore);
    void spare(int reads); ///< a round's lists are read, and so many more reads are within the pace
    void runStateRead(const RunState &state);
    void recordRead(const Record &record);
    void failed(const Failure &failure, const Occasion &occasion);
    void freshnessChanged();

private:
    void schedule();
    Pace pace() const;
    Pace heldPace() const;
    bool isKept(bool isAsked) const;
    bool isPaused() const { return m_freshness.held || m_attention.isLocked; }
    void followDoor();
    void tick();
    void beginAnew();
    void readRound(bool everything, bool isAsked = false);
    void readAgents();
    void applyAgents(const Result<Page<Agent>> &page);
    void takeRound(bool runningRead, bool whole, int spareReads);
    void readChosen(bool isAsked = false);
    void tellRunState(RunState state, const ConversationId &asked);
    void giveUpRound();
    void endRead();
    void fail(const Failure &failure, const Occasion &occasion);

    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    Freshness m_freshness;
    Attention m_attention;
    QDateTime m_nextAt; ///< also while held
    Duration m_triedAt{0}; ///< the last round, of the clock that never jumps
    Duration m_keptUntil{0}; ///< by the service's word as of the last schedule, of the same clock
    std::unique_ptr<QObject> m_schedule; ///< context of the next tick
    ExtraReads m_extraReads;
    LiveLists m_lists;
    AgentId m_agent;
    ConversationId m_chosen;
    std::unique_ptr<QObject> m_chosenReads; ///< asker of reads of the chosen one: replaced with the choice
    PageReader<Agent> m_agentPages;
    QList<Agent> m_agents; ///< of the pages read so far
    bool m_chosenRests = false;             ///< nothing ran or waited when it was read
    int m_rounds = 0;
    bool m_failedThisRound = false;
    bool m_stopped = false;
};
