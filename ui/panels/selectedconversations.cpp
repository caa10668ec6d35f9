#include "ui/panels/selectedconversations.h"

#include "ui/panels/rowtable.h"
#include "ui/panels/visibleconversations.h"

#include <QBitArray>
#include <QItemSelection>
#include <QScopedValueRollback>

namespace {

/// As few ranges as there can be: each costs the view a look whenever it paints a cell.
QItemSelection selectionOf(const QAbstractItemModel &model, QList<int> rows)
{
    QItemSelection selection;
    std::ranges::sort(rows);
    for (const Run &run : runsOf(rows))
        selection.append({model.index(run.first, 0), model.index(run.last, model.columnCount() - 1)});
    return selection;
}

}

SelectedConversations::SelectedConversations(RowTable &table, VisibleConversations &visible,
                                             ConversationListModel &conversations, QObject *parent)
    : QObject(parent)
    , m_table(table)
    , m_visible(visible)
    , m_conversations(conversations)
{
    using Model = QAbstractItemModel;
    connect(&table, &RowTable::rowChosen, this, &SelectedConversations::follow);
    connect(&visible, &VisibleConversations::arranged, this, &SelectedConversations::settleLater);
    connect(&visible, &Model::rowsInserted, this, &SelectedConversations::settleLater);
    connect(&visible, &Model::rowsRemoved, this, &SelectedConversations::settleLater);
    connect(&visible, &Model::layoutChanged, this, &SelectedConversations::settleLater);
}

/// A person selects; rows that go take themselves out of the table's selection, which is nobody's wish.
void SelectedConversations::follow()
{
    if (m_selecting)
        return;
    if (m_visible.isMoving())
        return settleLater();
    const QList<ConversationId> ids = shown();
    m_wanted = QSet<ConversationId>(ids.cbegin(), ids.cend());
    show(ids);
    settleLater(); // releasing the rows before may remove some, and this may be a removal
}

void SelectedConversations::settleLater()
{
    if (m_wanted.isEmpty() && m_ids.isEmpty() && m_held.isEmpty())
        return;
    if (!std::exchange(m_settling, true))
        QMetaObject::invokeMethod(this, &SelectedConversations::settle, Qt::QueuedConnection);
}

/// What is wanted and was shown again since is selected again; what nobody knows any more is forgotten.
void SelectedConversations::settle()
{
    m_settling = false;
    if (m_visible.isMoving())
        return settleLater();
    QSet<ConversationId> missing = m_wanted;
    for (const ConversationId &id : shown())
        missing.remove(id);
    QList<int> back;
    for (const ConversationId &id : std::as_const(missing)) {
        if (const QModelIndex index = m_visible.indexOf(id); index.isValid())
            back.append(index.row());
        else if (m_conversations.find(id) < 0)
            m_wanted.remove(id);
    }
    selectAgain(back);
    show(shown());
    hold();
}

void SelectedConversations::selectAgain(const QList<int> &rows)
{
    const QScopedValueRollback selecting(m_selecting, true);
    if (!rows.isEmpty())
        m_table.selectionModel()->select(selectionOf(m_visible, rows), QItemSelectionModel::Select);
}

void SelectedConversations::show(const QList<ConversationId> &ids)
{
    if (ids.isEmpty() && m_wanted.size() == 1)
        m_wanted.clear(); // one alone is chosen anew
    const int hidden = int(m_wanted.size() - ids.size());
    if (ids == m_ids && hidden == m_hidden)
        return;
    m_ids = ids;
    m_hidden = hidden;
    Q_EMIT changed();
}

void SelectedConversations::hold()
{
    const QSet<ConversationId> ids(m_ids.cbegin(), m_ids.cend());
    m_visible.keep(ids);
    if (std::exchange(m_held, ids) != ids)
        m_conversations.hold(ids);
}

void SelectedConversations::takeOut(const ConversationId &id)
{
    if (const QModelIndex index = m_visible.indexOf(id); index.isValid())
        m_table.selectionModel()->select(index, QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
}

void SelectedConversations::select(const QList<ConversationId> &ids)
{
    m_wanted = QSet<ConversationId>(ids.cbegin(), ids.cend());
    {
        const QScopedValueRollback selecting(m_selecting, true);
        m_table.clearSelection();
    }
    settleLater();
}

QList<ConversationId> SelectedConversations::shown() const
{
    QBitArray selected(m_visible.rowCount());
    for (const QItemSelectionRange &range : m_table.selectionModel()->selection())
        selected.fill(true, range.top(), range.bottom() + 1);
    QList<ConversationId> ids;
    for (int row = 0; row < selected.size(); ++row) {
        if (selected.testBit(row))
            ids.append(m_visible.idAt(m_visible.index(row, 0)));
    }
    return ids;
}
