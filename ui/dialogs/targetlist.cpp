#include "ui/dialogs/targetlist.h"

#include "ui/dialogs/targetmodel.h"
#include "ui/parts/statedelegate.h"

#include <QHeaderView>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace {

constexpr int titleWidth = 160; ///< at least
constexpr int stateWidth = 156;
constexpr int mostRows = 6;
constexpr int fewestRows = 3;
constexpr int narrow = 620; ///< below that the title needs the agent's room; a row's sentence still names it

}

TargetList::TargetList(TargetModel &model, QWidget *parent)
    : QTableView(parent)
    , m_isOfOneAgent(model.agents().size() == 1)
{
    const Command command = model.first().command;
    setObjectName(u"targets"_s);
    setAccessibleName(command == Command::StopSubTask ? tr("Sub-tasks") : tr("Conversations"));
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setSelectionBehavior(SelectRows);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setVerticalScrollMode(ScrollPerItem);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(qMax(30, fontMetrics().height() + 12));
    setModel(&model);
    QHeaderView &columns = *horizontalHeader();
    columns.setHighlightSections(false);
    columns.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    columns.setSectionResizeMode(TargetModel::Title, QHeaderView::Stretch);
    columns.resizeSection(TargetModel::Agent, 128);
    columns.resizeSection(TargetModel::Waiting, 60);
    setColumnHidden(TargetModel::Waiting, command != Command::StopConversation);
    setItemDelegateForColumn(TargetModel::State, new StateDelegate({TargetModel::StateRole, -1, -1}, this));
    setItemDelegateForColumn(TargetModel::Now, new StateDelegate({TargetModel::NowRole, -1, -1}, this));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    selectionModel()->setCurrentIndex(model.index(0, TargetModel::Title), QItemSelectionModel::NoUpdate);
}

QSize TargetList::sizeFor(int rows) const
{
    const int height = qMin(model()->rowCount(), rows) * verticalHeader()->defaultSectionSize();
    return {360, horizontalHeader()->sizeHint().height() + height + 2 * frameWidth()};
}

QSize TargetList::sizeHint() const
{
    return sizeFor(mostRows);
}

QSize TargetList::minimumSizeHint() const
{
    return sizeFor(fewestRows);
}

void TargetList::resizeEvent(QResizeEvent *event)
{
    const int width = event->size().width();
    const bool isNarrow = width < narrow;
    setColumnHidden(TargetModel::Agent, m_isOfOneAgent || isNarrow);
    const int forStates = (width - titleWidth - horizontalHeader()->sectionSize(TargetModel::Waiting)) / 2;
    for (const int column : {TargetModel::State, TargetModel::Now})
        horizontalHeader()->resizeSection(column, isNarrow ? qBound(96, forStates, stateWidth) : stateWidth);
    QTableView::resizeEvent(event);
}

/// Space is for the row, in whichever of its cells the focus stands.
void TargetList::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex row = currentIndex().siblingAtColumn(TargetModel::Title);
    if (event->key() != Qt::Key_Space || event->modifiers() || !row.isValid())
        return QTableView::keyPressEvent(event);
    const bool isTicked = row.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    model()->setData(row, isTicked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    event->accept();
}

void TargetList::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    showCurrent(true);
}

void TargetList::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    showCurrent(false);
}

/// A coloured row would look chosen; what is chosen here is ticked.
void TargetList::showCurrent(bool shown)
{
    if (shown)
        selectionModel()->select(currentIndex(), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    else
        selectionModel()->clearSelection();
}
