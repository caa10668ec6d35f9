#include "app/models/conversationindex.h"

#include "app/models/conversationlistmodel.h"

namespace {

bool isWorthALook(const ConversationRow &row)
{
    const Conversation &conversation = row.conversation;
    return row.stop || isLive(conversation.state) || isLive(rowStateOf(conversation.stateWord))
        || isLive(rowStateOf(row.listed.word));
}

void put(QSet<ConversationId> &ids, const ConversationId &id, bool in)
{
    if (in)
        ids.insert(id);
    else
        ids.remove(id);
}

}

void ConversationIndex::take(const ConversationRow &row)
{
    const Conversation &conversation = row.conversation;
    put(m_watched, row.key(), isWorthALook(row));
    put(m_gone, row.key(), conversation.state == RowState::NoLongerListed);
    if (conversation.isSubTask())
        m_subTasks.insert({conversation.parent, row.key()}); // a parent, once told, stays
}

void ConversationIndex::forget(const ConversationRow &row)
{
    m_watched.remove(row.key());
    m_gone.remove(row.key());
    m_subTasks.erase({row.conversation.parent, row.key()});
}

QList<ConversationId> ConversationIndex::subTasksOf(const ConversationId &parent) const
{
    QList<ConversationId> subTasks;
    for (auto at = m_subTasks.lower_bound({parent}); at != m_subTasks.end() && at->parent == parent; ++at)
        subTasks.append(at->id);
    return subTasks;
}
