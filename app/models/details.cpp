#include "app/models/details.h"

#include "app/models/conversationcells.h"

#include <algorithm>

namespace {

QList<ConversationRow> subTasksOf(const ConversationRow &of, const ConversationListModel &conversations)
{
    QList<ConversationRow> found;
    for (const int number : conversations.subTasksOf(of.key()))
        found.append(conversations.row(number));
    for (const Conversation &subTask : of.stop ? of.stop->subTasks : QList<Conversation>()) {
        if (conversations.find(subTask.id) >= 0)
            continue;
        ConversationRow unlisted;
        unlisted.conversation = subTask;
        found.append(unlisted);
    }
    return found;
}

}

Ending endingOf(const Details &details)
{
    return {details.row.conversation, details.agentName, details.record ? details.record->finishedAt : QDateTime(),
            details.row.readAt, details.row.stop, cells::isProvenOver(details.row)};
}

QList<ConversationRow> runningSubTasks(const Details &details)
{
    QList<ConversationRow> running;
    std::ranges::copy_if(details.subTasks, std::back_inserter(running), [](const ConversationRow &row) {
        return !cells::isOver(row) || row.conversation.state == RowState::NotRead;
    });
    return running;
}

std::optional<Details> detailsOf(const ConversationId &chosen, const ConversationListModel &conversations,
                                 const AgentListModel &agents, Circumstances circumstances)
{
    const int number = chosen.isEmpty() ? -1 : conversations.find(chosen);
    if (number < 0)
        return std::nullopt;
    Details details{.row = conversations.row(number), .runState = {}, .record = {}, .agentName = {}, .parentTitle = {}, .subTasks = {}};
    details.agentName = agents.nameOf(details.row.conversation.agent);
    details.subTasks = subTasksOf(details.row, conversations);
    if (const int parent = conversations.find(details.row.conversation.parent); parent >= 0)
        details.parentTitle = conversations.row(parent).conversation.title;
    circumstances.provenOver = cells::isProvenOver(details.row);
    details.stopability = stopability(details.row.conversation, circumstances);
    return details;
}
