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
    if (!conversation.isSubTask())
        return;
    m_subTasks[conversation.parent].insert(row.key()); // a parent, once told, stays
}

void ConversationIndex::forget(const ConversationRow &row)
{
    m_watched.remove(row.key());
    m_gone.remove(row.key());
    const auto siblings = m_subTasks.find(row.conversation.parent);
    if (siblings == m_subTasks.end())
        return;
    siblings->remove(row.key());
    if (siblings->isEmpty())
        m_subTasks.erase(siblings);
}
