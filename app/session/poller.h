#pragma once

#include "app/gateway/gateway.h"
#include "app/session/allpages.h"
#include "app/session/freshness.h"
#include "app/types/problem.h"

#include <QSet>

/// What is read when: every 20 s the running conversations over all agents and the run-state of the chosen one, more
/// rarely the agents, and what waits (also when something stopped running: it may wait now), so that an hour of
/// watching stays within the share of polling. Reads only; ends with itself.
class Poller final : public QObject {
    Q_OBJECT

public:
    Poller(std::shared_ptr<Gateway> gateway, Clock &clock, QObject *parent);

    void start();
    void refresh(); ///< reads everything now, also while held
    void hold(bool held);
    void choose(const AgentId &agent, const ConversationId &conversation); ///< reads run-state and record at once
    void readRecord(const ConversationId &conversation);
    const Freshness &freshness() const { return m_freshness; }

    static constexpr Duration interval = std::chrono::seconds(20);
    static constexpr int mostPages = 20; ///< of 50 rows, for a list of one state

Q_SIGNALS:
    void agentsRead(const QList<Agent> &agents);
    /// All live conversations in these states, of one round.
    void liveRead(const QStringList &stateWords, const WholeList<Conversation> &list);
    void runStateRead(const RunState &state);
    void recordRead(const Record &record);
    void failed(Subject subject, const Failure &failure);
    void freshnessChanged();

private:
    void tick();
    void readRound(bool everything);
    void readAgents();
    void readList(const QString &stateWord);
    void takeList(const QString &stateWord, const WholeList<Conversation> &list);
    void endLists();
    bool somethingEnded(const QList<Conversation> &running);
    void readChosen();
    void begin();
    void end(Subject subject, const std::optional<Failure> &failure);

    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    Freshness m_freshness;
    QDateTime m_nextAt; ///< also while held
    AgentId m_agent;
    ConversationId m_chosen;
    std::unique_ptr<QObject> m_chosenReads; ///< asker of reads of the chosen one: replaced with the choice
    QStringList m_stateWords;           ///< the lists of this round that were read
    WholeList<Conversation> m_live;     ///< their rows
    QSet<ConversationId> m_running;     ///< of the last round
    int m_listsUnderWay = 0;
    bool m_waitingWanted = false;
    int m_rounds = 0;
    int m_underWay = 0;
    bool m_failedThisRound = false;
    bool m_stopped = false;
};
