#pragma once

#include "app/gateway/gateway.h"
#include "app/models/agentlistmodel.h"
#include "app/models/conversationlistmodel.h"
#include "app/types/stop.h"
#include "app/types/problem.h"

/// From an id to the target of a stop, with what the lists know of it now: frozen, whatever they say later. Asks the
/// service where they do not know. Aims at nothing before there is a service to aim at.
class Locator final : public QObject {
    Q_OBJECT

public:
    Locator(const ConversationListModel &conversations, const AgentListModel &agents, Clock &clock);

    void use(const std::shared_ptr<Gateway> &gateway); ///< once the key is known

    /// The target of a stop of a listed conversation or sub-task; nothing where it is not listed.
    std::optional<StopTarget> targetOf(const ConversationId &conversation) const;
    std::optional<StopTarget> queueOf(const ConversationId &conversation) const; ///< to empty it
    std::optional<StopTarget> messageOf(const ConversationId &conversation, const QueuedMessage &message) const;
    /// What a stop was aimed at, to be decided anew: with what is known now, nothing of what was read then.
    StopTarget again(const StopTarget &target) const;
    QList<StopTarget> subTasksOf(const StopReport &report) const; ///< that were seen to run on

    /// The target of ids typed by hand. What the list does not know is read in the conversation's record. Where an agent
    /// was typed, a read that fails or takes longer than 2 s hinders nobody: the ids are answered as typed.
    void locate(const ConversationId &conversation, const AgentId &agent, QObject *asker, Answer<Located> answer);
    /// The fresh read for the question, in the command lane. A sub-task has no run-state: its record is read.
    void readRunState(const StopTarget &target, QObject *asker, Answer<RunState> answer);

Q_SIGNALS:
    void failed(const Failure &failure, const Occasion &occasion); ///< a look-up

private:
    std::optional<StopTarget> listed(const ConversationId &conversation, const ConnectionId &connection) const;
    Located typed(const ConversationId &conversation, const AgentId &agent) const;
    Located withRecord(const StopTarget &typed, const Record &record) const;
    Located compared(const StopTarget &known, const AgentId &typed) const;

    const ConversationListModel &m_conversations;
    const AgentListModel &m_agents;
    Clock &m_clock;
    std::shared_ptr<Gateway> m_gateway;
};
