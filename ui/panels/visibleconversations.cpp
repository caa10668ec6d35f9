#include "ui/panels/visibleconversations.h"

#include "app/models/conversationlistmodel.h"

VisibleConversations::VisibleConversations(ConversationListModel &conversations, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_conversations(conversations)
{
    // Before setSourceModel, so that places are forgotten before the proxy asks for them.
    const auto forget = [this] { m_rowsById.reset(); };
    connect(&conversations, &QAbstractItemModel::rowsInserted, this, forget);
    connect(&conversations, &QAbstractItemModel::rowsRemoved, this, forget);
    connect(&conversations, &QAbstractItemModel::rowsMoved, this, forget);
    connect(&conversations, &QAbstractItemModel::layoutChanged, this, forget);
    connect(&conversations, &QAbstractItemModel::modelReset, this, forget);
    setSourceModel(&conversations);
    connect(&conversations, &QAbstractItemModel::rowsInserted, this, &VisibleConversations::placeSubTasks);
    setSortRole(ConversationListModel::SortRole);
    setDynamicSortFilter(true);
    sort(0);
}

void VisibleConversations::showOnly(const AgentId &agent, StateFilter states)
{
    if (agent == m_agent && states == m_states)
        return;
    m_agent = agent;
    m_states = states;
    m_kept = {}; // what a person's own choice hides leaves the selection
    invalidateFilter();
}

void VisibleConversations::keep(const ConversationId &id)
{
    if (id == m_kept)
        return;
    m_kept = id;
    invalidateFilter();
}

void VisibleConversations::find(const QString &text)
{
    if (m_find == text.trimmed())
        return;
    m_find = text.trimmed();
    invalidateFilter();
}

int VisibleConversations::hidden() const
{
    const auto wanted = std::ranges::count_if(m_conversations.rows(), [this](const auto &row) { return isWanted(row); });
    return int(wanted) - rowCount();
}

void VisibleConversations::sortBy(int column, Qt::SortOrder order)
{
    const bool listOrder = column < 0;
    if (listOrder != m_listOrder) {
        m_listOrder = listOrder;
        invalidate();
    }
    sort(listOrder ? 0 : column, listOrder ? Qt::AscendingOrder : order);
}

QModelIndex VisibleConversations::indexOf(const ConversationId &id, int column) const
{
    const int row = id.isEmpty() ? -1 : m_conversations.find(id);
    return row < 0 ? QModelIndex() : mapFromSource(m_conversations.index(row, column));
}

ConversationId VisibleConversations::idAt(const QModelIndex &index) const
{
    return index.isValid() ? m_conversations.row(mapToSource(index).row()).key() : ConversationId();
}

bool VisibleConversations::filterAcceptsRow(int row, const QModelIndex &) const
{
    const ConversationRow &known = m_conversations.row(row);
    return isWanted(known) && isFound(known.conversation);
}

bool VisibleConversations::isOfAgent(const Conversation &conversation) const
{
    return m_agent.isEmpty() || conversation.agent == m_agent;
}

bool VisibleConversations::isWanted(const ConversationRow &row) const
{
    if (row.key() == m_kept)
        return true;
    if (!isOfAgent(row.conversation))
        return false;
    const RowState state = row.conversation.state;
    const bool ours = row.stop.has_value();
    switch (m_states) {
    case StateFilter::Live: return ours || isLive(state);
    case StateFilter::Running: return ours || state == RowState::Running;
    case StateFilter::NotStarted: return state == RowState::NotStarted;
    case StateFilter::WaitingForPerson: return state == RowState::WaitingForPerson;
    case StateFilter::All: return true;
    }
    return true;
}

bool VisibleConversations::isFound(const Conversation &conversation) const
{
    if (m_find.isEmpty())
        return true;
    const Person &person = conversation.person;
    const QStringList texts{conversation.title, conversation.id.value, person.email, person.name, person.id};
    return std::ranges::any_of(texts,
                               [this](const QString &text) { return text.contains(m_find, Qt::CaseInsensitive); });
}

bool VisibleConversations::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (m_listOrder)
        return placeInList(left.row()) < placeInList(right.row());
    return QSortFilterProxyModel::lessThan(left, right);
}

/// A parent that is read after its sub-task changes the sub-task's place, which the proxy cannot know.
void VisibleConversations::placeSubTasks()
{
    const auto isSubTask = [](const ConversationRow &row) { return row.conversation.isSubTask(); };
    if (m_listOrder && std::ranges::any_of(m_conversations.rows(), isSubTask))
        invalidate();
}

std::pair<int, int> VisibleConversations::placeInList(int row) const
{
    if (!m_rowsById) {
        m_rowsById.emplace();
        for (int each = 0; each < m_conversations.rowCount(); ++each)
            m_rowsById->insert(m_conversations.row(each).key(), each);
    }
    const Conversation &conversation = m_conversations.row(row).conversation;
    // Its own place before its sub-tasks: -1 sorts first within the group.
    return conversation.isSubTask() ? std::pair(m_rowsById->value(conversation.parent, row), row) : std::pair(row, -1);
}
