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
    target.listedAs = m_conversations.row(row).listed.state;
    target.waitingBefore = m_conversations.row(row).waiting.value_or(0);
    return target;
}

Located Locator::typed(const ConversationId &conversation, const AgentId &agent, const ConnectionId &connection) const
{
    StopTarget known = listed(conversation, connection).value_or(StopTarget());
    known.connection = connection;
    known.conversation = conversation;
    known.askedFrom = AskedFrom::StopById;
    return compared(known, agent);
}

Located Locator::withRecord(const StopTarget &typed, const Record &record) const
{
    StopTarget known = typed;
    known.agent = record.agent;
    known.title = record.title;
    known.person = record.person;
    known.command = record.parent.isEmpty() ? Command::StopConversation : Command::StopSubTask;
    known.parent = record.parent;
    return compared(known, typed.agent);
}

Located Locator::compared(const StopTarget &known, const AgentId &typed) const
{
    Located found{known, {}, {}, {}};
    const bool isAnother = !typed.isEmpty() && !known.agent.isEmpty() && known.agent != typed;
    if (isAnother) {
        found.belongsTo = known.agent;
        found.belongsToName = m_agents.nameOf(known.agent);
    }
    if (!typed.isEmpty() && !(isAnother && known.isSubTask()))
        found.target.agent = typed;
    found.target.agentName = m_agents.nameOf(found.target.agent);
    if (const int parent = m_conversations.find(known.parent); known.isSubTask() && parent >= 0)
        found.parentTitle = m_conversations.row(parent).conversation.title;
    return found;
}

StopTarget Locator::again(const StopTarget &target) const
{
    StopTarget anew = listed(target.conversation, target.connection).value_or(target);
    anew.askedFrom = target.askedFrom;
    anew.command = target.command;
    anew.message = target.message;
    if (anew.agent.isEmpty())
        anew.agent = target.agent;
    anew.before.reset();
    anew.ranBefore.reset();
    return anew;
}

QList<StopTarget> Locator::subTasks(const StopReport &report) const
{
    QList<StopTarget> targets;
    for (const Conversation &subTask : report.subTasks) {
        StopTarget target;
        target.connection = report.target.connection;
        target.agent = subTask.agent;
        target.agentName = m_agents.nameOf(subTask.agent);
        target.conversation = subTask.id;
        target.title = subTask.title;
        target.person = subTask.person;
        target.command = Command::StopSubTask;
        target.parent = subTask.parent;
        target.ranBefore = true;
        targets.append(target);
    }
    return targets;
}
