#pragma once

#include "app/models/agentlistmodel.h"
#include "app/models/conversationlistmodel.h"

/// Ids typed by hand, as a target, and what a person should know of them before going on.
struct Located {
    StopTarget target;   ///< of the agent that was typed, if one was; a sub-task is stopped by its own id alone
    QString parentTitle; ///< of the conversation that a sub-task belongs to, where the list has it
    AgentId belongsTo;   ///< the agent that list or record names, where another one was typed; else empty
    QString belongsToName;

    bool operator==(const Located &) const = default;
};

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
    Located typed(const ConversationId &conversation, const AgentId &agent, const ConnectionId &connection) const;
    /// The typed ids with what the record tells.
    Located withRecord(const StopTarget &typed, const Record &record) const;

    /// What a stop was aimed at, to be decided anew: with what is known now, nothing of what was read then.
    StopTarget again(const StopTarget &target) const;
    /// The sub-tasks that were seen to run on.
    QList<StopTarget> subTasks(const StopReport &report) const;

private:
    Located compared(const StopTarget &known, const AgentId &typed) const;

    const ConversationListModel &m_conversations;
    const AgentListModel &m_agents;
};
