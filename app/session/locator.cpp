#include "app/session/locator.h"

std::optional<StopTarget> Locator::listed(const ConversationId &conversation, const ConnectionId &connection) const
{
    const int row = m_conversations.find(conversation);
    if (row < 0)
        return std::nullopt;
    const Conversation &known = m_conversations.row(row).conversation;
    StopTarget target;
    target.connection = connection;
    target.agent = known.agent;
    target.conversation = known.id;
    target.title = known.title;
    target.agentName = m_agents.nameOf(known.agent);
    target.person = known.person;
    target.command = known.isSubTask() ? Command::StopSubTask : Command::StopConversation;
    target.parent = known.parent;
    // What the list calls ended comes from another store and may lag: only a run-state can say that nothing ran.
    if (isLive(known.state) && known.state != RowState::Unknown)
        target.ranBefore = true;
    return target;
}

StopTarget Locator::typed(const ConversationId &conversation, const AgentId &agent,
                          const ConnectionId &connection) const
{
    StopTarget target = listed(conversation, connection).value_or(StopTarget());
    target.connection = connection;
    target.conversation = conversation;
    target.askedFrom = AskedFrom::StopById;
    if (!agent.isEmpty())
        target.agent = agent;
    target.agentName = m_agents.nameOf(target.agent);
    return target;
}

StopTarget Locator::withRecord(const StopTarget &target, const Record &record) const
{
    StopTarget found = target;
    found.agent = record.agent;
    found.agentName = m_agents.nameOf(record.agent);
    found.title = record.title;
    found.person = record.person;
    found.command = record.parent.isEmpty() ? Command::StopConversation : Command::StopSubTask;
    found.parent = record.parent;
    return found;
}
