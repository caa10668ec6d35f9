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

SelectedConversations::SelectedConversations(RowTable &table, VisibleConversations &visible, QObject *parent)
    : QObject(parent), m_table(table), m_visible(visible)
{
    connect(&table, &RowTable::rowChosen, this, &SelectedConversations::readTable);
    connect(&visible, &VisibleConversations::aboutToMove, this, &SelectedConversations::clearTable);
    connect(&visible, &VisibleConversations::moved, this, &SelectedConversations::restoreTable);
    connect(&visible, &QAbstractItemModel::modelReset, this, &SelectedConversations::forgetAll);
}

/// A person selects.
void SelectedConversations::readTable()
{
    if (m_selecting)
        return;
    const QList<ConversationId> ids = idsInTable();
    m_wanted = QSet<ConversationId>(ids.cbegin(), ids.cend());
    update();
    settleLater(); // releasing the rows before may remove some
}

/// In silence, for nothing is to be told to the person: neither that rows leave the selection, nor that they are back.
void SelectedConversations::clearTable()
{
    const QSignalBlocker blocker(m_table.selectionModel());
    m_table.selectionModel()->clearSelection();
}

void SelectedConversations::restoreTable()
{
    const QSignalBlocker blocker(m_table.selectionModel());
    selectWanted();
    settleLater();
}

void SelectedConversations::selectWanted()
{
    QList<int> rows;
    for (const ConversationId &id : std::as_const(m_wanted)) {
        if (const QModelIndex index = m_visible.indexOf(id); index.isValid())
            rows.append(index.row());
    }
    m_table.selectionModel()->select(selectionOf(m_visible, rows), QItemSelectionModel::ClearAndSelect);
}

/// Of another model nothing was selected.
void SelectedConversations::forgetAll()
{
    m_wanted.clear();
    settleLater();
}

void SelectedConversations::settleLater()
{
    if (!std::exchange(m_settling, true))
        QMetaObject::invokeMethod(this, &SelectedConversations::settle, Qt::QueuedConnection);
}

/// What nobody knows any more is forgotten.
void SelectedConversations::settle()
{
    m_settling = false;
    m_wanted.removeIf([this](const ConversationId &id) { return !m_visible.isLoaded(id); });
    update();
    m_visible.keep(QSet<ConversationId>(m_ids.cbegin(), m_ids.cend()));
}

void SelectedConversations::update()
{
    const QList<ConversationId> ids = idsInTable();
    if (ids.isEmpty() && m_wanted.size() == 1)
        m_wanted.clear(); // one alone is chosen anew
    const int hidden = int(m_wanted.size() - ids.size());
    if (ids == m_ids && hidden == m_hidden)
        return;
    m_ids = ids;
    m_hidden = hidden;
    Q_EMIT changed();
}

void SelectedConversations::takeOut(const ConversationId &id)
{
    if (const QModelIndex index = m_visible.indexOf(id); index.isValid())
        m_table.selectionModel()->select(index, QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
}

void SelectedConversations::select(const QList<ConversationId> &ids)
{
    m_wanted = QSet<ConversationId>(ids.cbegin(), ids.cend());
    const QScopedValueRollback selecting(m_selecting, true);
    selectWanted();
    settleLater();
}

QList<ConversationId> SelectedConversations::idsInTable() const
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
