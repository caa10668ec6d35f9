#include "app/session/details.h"

#include <algorithm>

std::optional<Details> detailsOf(const ConversationId &chosen, const ConversationListModel &conversations,
                                 const AgentListModel &agents, Circumstances circumstances, const QDateTime &now)
{
    const int number = chosen.isEmpty() ? -1 : conversations.find(chosen);
    if (number < 0)
        return std::nullopt;
    Details details{.row = conversations.row(number), .runState = {}, .record = {}, .agentName = {}};
    details.agentName = agents.nameOf(details.row.conversation.agent);
    details.runningSubTasks = int(std::ranges::count_if(conversations.rows(), [&chosen](const ConversationRow &row) {
        return row.conversation.parent == chosen && row.conversation.state == RowState::Running;
    }));
    circumstances.dataAge = Duration(details.row.readAt.msecsTo(now));
    details.stopability = stopability(details.row.conversation, circumstances);
    return details;
}
