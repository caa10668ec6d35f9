#pragma once

#include "app/models/agentlistmodel.h"
#include "app/models/conversationlistmodel.h"

/// From an id to the target of a stop, with what the lists know of it now: frozen, whatever they say later.
class Locator {
public:
    Locator(const ConversationListModel &conversations, const AgentListModel &agents)
        : m_conversations(conversations), m_agents(agents)
    {
    }

    /// A conversation of the list; nothing when it is not there.
    std::optional<StopTarget> listed(const ConversationId &conversation, const ConnectionId &connection) const;
    /// Ids typed by hand. Without an agent, the list's; empty when the list has none either.
    StopTarget typed(const ConversationId &conversation, const AgentId &agent, const ConnectionId &connection) const;
    /// The target with what its record tells.
    StopTarget withRecord(const StopTarget &target, const Record &record) const;

    /// What a stop was aimed at, to be decided anew: with what is known now, nothing of what was read then.
    StopTarget again(const StopTarget &target) const;
    /// The sub-tasks that were seen to run on.
    QList<StopTarget> subTasks(const StopReport &report) const;

private:
    const ConversationListModel &m_conversations;
    const AgentListModel &m_agents;
};
