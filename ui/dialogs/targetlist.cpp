#include "ui/dialogs/targetlist.h"

#include "app/models/conversationlistmodel.h"
#include "app/words/words.h"
#include "ui/parts/statedelegate.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace {

enum Column { TitleColumn, AgentColumn, StateColumn, ColumnCount };
constexpr int stateRole = Qt::UserRole + 1;
constexpr int mostRows = 5;

}

TargetList::TargetList(const QList<StopTarget> &targets, const ConversationListModel &conversations, QWidget *parent)
    : QTableWidget(int(targets.size()), ColumnCount, parent)
{
    const bool subTasks = targets.first().isSubTask();
    setObjectName(u"targets"_s);
    setAccessibleName(subTasks ? tr("Sub-tasks") : tr("Conversations"));
    setHorizontalHeaderLabels({tr("Title"), tr("Agent"), tr("State")});
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(qMax(30, fontMetrics().height() + 12));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(TitleColumn, QHeaderView::Stretch);
    horizontalHeader()->resizeSection(AgentColumn, 140);
    horizontalHeader()->resizeSection(StateColumn, 168);
    setItemDelegateForColumn(StateColumn, new StateDelegate({stateRole, -1, -1}, this));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (int row = 0; row < targets.size(); ++row)
        addTarget(row, targets.at(row), conversations);
    setCurrentCell(0, TitleColumn, QItemSelectionModel::NoUpdate);
}

void TargetList::addTarget(int row, const StopTarget &target, const ConversationListModel &conversations)
{
    RowState state = target.ranBefore.value_or(false) ? RowState::Running : RowState::NotRead;
    QString word;
    if (const int known = conversations.find(target.conversation); known >= 0) {
        const ConversationRow &listed = conversations.row(known);
        state = listed.conversation.state;
        word = listed.conversation.stateWord;
        m_readAt = m_readAt.isValid() ? qMin(m_readAt, listed.readAt) : listed.readAt;
    }
    const QString title = words::title(target.title);
    auto *first = new QTableWidgetItem(title);
    first->setToolTip(words::toolTip(title + u'\n' + words::plain(target.conversation.value)));
    auto *last = new QTableWidgetItem(words::rowState(state, word));
    last->setData(stateRole, int(state));
    const QString agent = words::plain(target.agentName, 120);
    setItem(row, TitleColumn, first);
    setItem(row, AgentColumn, new QTableWidgetItem(agent.isEmpty() ? words::shortId(target.agent.value) : agent));
    setItem(row, StateColumn, last);
}

QSize TargetList::sizeHint() const
{
    const int rows = qMin(rowCount(), mostRows) * verticalHeader()->defaultSectionSize();
    return {360, horizontalHeader()->sizeHint().height() + rows + 2 * frameWidth()};
}
