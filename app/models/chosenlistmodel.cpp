#include "app/models/chosenlistmodel.h"

#include "app/words/words.h"

ChosenListModel::ChosenListModel(QObject *parent) : RowModel(parent) { }

void ChosenListModel::show(const ConversationListModel &conversations, const QList<ConversationId> &ids)
{
    m_conversations = &conversations;
    if (ids == m_ids) {
        if (!ids.isEmpty())
            changed({0, rowCount() - 1});
        return;
    }
    m_ids = ids;
    QList<ChosenRow> rows;
    rows.reserve(ids.size());
    for (const ConversationId &id : ids)
        rows.append({id});
    mergeRows(rows);
}

QVariant ChosenListModel::cell(const ChosenRow &row, int column, int role) const
{
    if (column == Title)
        return of(row,
                  role == Qt::AccessibleTextRole ? int(ConversationListModel::State) : ConversationListModel::Title,
                  role);
    const int number = m_conversations ? m_conversations->find(row.id) : -1;
    if (role != Qt::DisplayRole || number < 0)
        return {};
    const bool runs = m_conversations->row(number).conversation.state == RowState::Running;
    return of(row, runs ? ConversationListModel::RunningFor : ConversationListModel::State, role);
}

QVariant ChosenListModel::of(const ChosenRow &row, int column, int role) const
{
    const int number = m_conversations ? m_conversations->find(row.id) : -1;
    if (number >= 0)
        return m_conversations->data(m_conversations->index(number, column), role);
    return role == Qt::DisplayRole ? words::shortId(row.id.value) : QVariant();
}

QString ChosenListModel::columnTitle(int column) const
{
    return column == Title ? tr("Title") : tr("Running for");
}
