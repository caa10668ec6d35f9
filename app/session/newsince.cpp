#include "app/session/newsince.h"

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

void NewSince::look(int first, int last)
{
    const QList<ConversationId> before = m_found;
    for (int number = first; number <= last; ++number) {
        const ConversationRow &row = m_conversations.row(number);
        if (!isNew(row))
            m_found.removeOne(row.key());
        else if (!m_found.contains(row.key()))
            m_found.append(row.key());
    }
    if (m_found != before)
        Q_EMIT changed();
}

void NewSince::forget(int first, int last)
{
    const QList<ConversationId> before = m_found;
    for (int number = first; number <= last; ++number)
        m_found.removeOne(m_conversations.row(number).key());
    if (m_found != before)
        Q_EMIT changed();
}
