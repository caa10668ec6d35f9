#include "app/models/newsince.h"

NewSince::NewSince(const QList<StopTarget> &targets, const AgentId &allOf, const ConversationListModel &conversations,
                   QObject *parent)
    : QObject(parent), m_conversations(conversations)
{
    m_targets.reserve(targets.size());
    for (const StopTarget &target : targets) {
        m_targets.insert(target.conversation);
        m_agents.insert(allOf.isEmpty() ? target.agent : allOf);
    }
    for (const int number : conversations.watchedRows()) {
        if (const ConversationRow &row = conversations.row(number); row.conversation.state == RowState::Running)
            m_ranBefore.insert(row.key());
    }
    connect(&conversations, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { look(first, last); });
    connect(&conversations, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { forget(first, last); });
    connect(&conversations, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                if (roles.isEmpty()) // the others tell of time alone
                    look(first.row(), last.row());
            });
}

bool NewSince::isNew(const ConversationRow &row) const
{
    const Conversation &known = row.conversation;
    return known.state == RowState::Running && !known.isSubTask() && m_agents.contains(known.agent)
        && !m_targets.contains(known.id) && !m_ranBefore.contains(known.id);
}

bool NewSince::take(const ConversationId &conversation)
{
    if (m_isFound.contains(conversation))
        return false;
    m_isFound.insert(conversation);
    m_found.append(conversation);
    return true;
}

bool NewSince::forget(const ConversationId &conversation)
{
    return m_isFound.remove(conversation) && m_found.removeOne(conversation);
}

void NewSince::look(int first, int last)
{
    bool isOther = false;
    for (int number = first; number <= last; ++number) {
        const ConversationRow &row = m_conversations.row(number);
        isOther |= isNew(row) ? take(row.key()) : forget(row.key());
    }
    if (isOther)
        Q_EMIT changed();
}

void NewSince::forget(int first, int last)
{
    bool isOther = false;
    for (int number = first; number <= last; ++number)
        isOther |= forget(m_conversations.row(number).key());
    if (isOther)
        Q_EMIT changed();
}
