#include "ui/panels/conversationtable.h"

#include "app/models/conversationlistmodel.h"
#include "ui/panels/longrunningdelegate.h"
#include "ui/parts/statedelegate.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;
using Column = ConversationListModel::Column;

namespace {

constexpr int titleMinimum = 180;

/// Pixels at the usual font; Title takes what is left.
constexpr int preferredWidth(int column)
{
    switch (Column(column)) {
    case Column::State: return 168;
    case Column::Title: return titleMinimum;
    case Column::Agent: return 128;
    case Column::Person: return 140;
    case Column::Started: return 72;
    case Column::RunningFor: return 116; // "2 h 14 min · long" in bold
    case Column::Queue: return 64;
    case Column::ColumnCount: break;
    }
    return 0;
}

}

ConversationTable::ConversationTable(QWidget *parent)
    : RowTable(tr("Conversations"), u"conversations"_s, parent)
{
    const StateRoles roles{ConversationListModel::RowStateRole, ConversationListModel::StopStateRole,
                           ConversationListModel::StartedAgainRole, ConversationListModel::StaleRole};
    setSelectionMode(ExtendedSelection);
    setItemDelegateForColumn(Column::State, new StateDelegate(roles, this));
    setItemDelegateForColumn(Column::RunningFor, new LongRunningDelegate(this));
}

void ConversationTable::layOutColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setMinimumSectionSize(40);
    header->setStretchLastSection(false);
    for (int column = 0; column < Column::ColumnCount; ++column)
        header->resizeSection(column, preferredWidth(column));
    header->setSectionResizeMode(Column::Title, QHeaderView::Stretch);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &ConversationTable::sortWanted);
}

void ConversationTable::showAgents(bool shown)
{
    m_showsAgents = shown;
    fitColumns();
}

QByteArray ConversationTable::columns() const
{
    return horizontalHeader()->saveState();
}

void ConversationTable::restoreColumns(const QByteArray &columns)
{
    if (columns.isEmpty() || !horizontalHeader()->restoreState(columns))
        return;
    horizontalHeader()->setSectionResizeMode(Column::Title, QHeaderView::Stretch);
    fitColumns();
    Q_EMIT sortWanted(horizontalHeader()->sortIndicatorSection(), horizontalHeader()->sortIndicatorOrder());
}

void ConversationTable::resizeEvent(QResizeEvent *event)
{
    fitColumns();
    RowTable::resizeEvent(event);
}

/// The queue is in Details too, and the start is told by *Running for*: these go first.
void ConversationTable::fitColumns()
{
    if (!model())
        return;
    QList<int> shown{Column::State, Column::Person, Column::RunningFor, Column::Started, Column::Queue};
    if (m_showsAgents)
        shown.append(Column::Agent);
    int needed = titleMinimum;
    for (const int column : std::as_const(shown))
        needed += widthOf(column);
    for (const int column : {Column::Queue, Column::Started, Column::Agent}) {
        if (needed <= viewport()->width() || !shown.removeOne(column))
            continue;
        needed -= widthOf(column);
    }
    shown.append(Column::Title);
    for (int column = 0; column < Column::ColumnCount; ++column)
        setColumnHidden(column, !shown.contains(column));
}

int ConversationTable::widthOf(int column) const
{
    return isColumnHidden(column) ? preferredWidth(column) : columnWidth(column);
}
