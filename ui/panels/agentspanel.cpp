#include "ui/panels/agentspanel.h"

#include "app/models/agentlistmodel.h"
#include "app/words/words.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/rowtable.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

/// Agents whose name contains the text; *All agents* is always found.
class FoundAgents final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        return sourceModel()->index(row, 0, parent).data(AgentListModel::AllRole).toBool()
            || QSortFilterProxyModel::filterAcceptsRow(row, parent);
    }
};

}

AgentsPanel::AgentsPanel(AgentListModel &agents, QAction &stopAll, QWidget *parent)
    : QWidget(parent)
    , m_agents(&agents)
    , m_stopAll(stopAll)
    , m_found(new FoundAgents(this))
    , m_header(new PanelHeader(tr("Agents"), this))
    , m_search(new QLineEdit(this))
    , m_mark(new QLabel(this))
    , m_table(new RowTable(tr("Agents"), u"agents"_s, this))
    , m_combo(new QComboBox(this))
{
    layOut();
    connectParts();
    showModel(agents);
}

void AgentsPanel::choose(const AgentId &agent)
{
    if (m_chosen == agent)
        return;
    m_chosen = agent;
    showChosen();
    Q_EMIT agentChosen(m_chosen);
}

void AgentsPanel::layOut()
{
    m_search->setObjectName(u"searchAgents"_s);
    m_search->setAccessibleName(tr("Search agents"));
    m_search->setPlaceholderText(tr("Search agents"));
    m_search->setClearButtonEnabled(true);
    m_combo->setObjectName(u"agent"_s);
    m_combo->setToolTip(tr("Agent"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(9); // the chips beside it keep their words at 900 px
    m_combo->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(makeHairline(this));
    auto *searchLine = new QVBoxLayout;
    searchLine->setContentsMargins(12, 8, 12, 8);
    searchLine->addWidget(m_search);
    column->addLayout(searchLine);
    m_mark->hide();
    m_mark->setProperty("error", true);
    m_mark->setContentsMargins(12, 0, 12, 4);
    column->addWidget(m_mark);
    column->addWidget(m_table, 1);
    setMinimumWidth(160);
}

void AgentsPanel::connectParts()
{
    m_found->setFilterKeyColumn(AgentListModel::Name);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setIdRole(AgentListModel::AgentIdRole);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setMinimumSectionSize(40);
    connect(m_search, &QLineEdit::textChanged, this, &AgentsPanel::search);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &RowTable::rowChosen, this, &AgentsPanel::takeRow);
    connect(m_table, &QWidget::customContextMenuRequested, this, &AgentsPanel::showMenu);
    connect(m_combo, &QComboBox::activated, this, &AgentsPanel::takeComboRow);
}

void AgentsPanel::showModel(AgentListModel &agents)
{
    {
        const QScopedValueRollback showing(m_showing, true);
        m_agents->disconnect(this);
        m_agents = &agents;
        m_found->setSourceModel(m_agents);
        if (!m_table->model())
            m_table->setModel(m_found);
        m_table->horizontalHeader()->setSectionResizeMode(AgentListModel::Name, QHeaderView::Stretch);
        m_table->horizontalHeader()->setSectionResizeMode(AgentListModel::Running, QHeaderView::ResizeToContents);
        m_combo->setModel(m_agents);
        m_combo->setModelColumn(AgentListModel::Name);
    }
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_agents, changed, this, &AgentsPanel::showChosen);
    connect(m_agents, &QAbstractItemModel::modelReset, this, &AgentsPanel::showChosen);
    m_chosen = {};
    showChosen();
}

void AgentsPanel::takeRow()
{
    const QModelIndex row = m_table->chosenRow();
    if (m_showing || !row.isValid())
        return;
    choose(AgentId{row.data(AgentListModel::AgentIdRole).toString()});
}

/// Of one agent, never of all of them at once.
void AgentsPanel::showMenu(const QPoint &position)
{
    const QModelIndex beneath = m_table->indexAt(position);
    const QModelIndex index = beneath.isValid() ? beneath : m_table->currentIndex(); // by keyboard: the current one
    if (!index.isValid() || index.data(AgentListModel::AgentIdRole).toString().isEmpty())
        return;
    m_table->chooseRow(index);
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *stop = menu->addAction(tr("Stop all running of this agent…"), &m_stopAll, &QAction::trigger);
    stop->setEnabled(m_stopAll.isEnabled());
    menu->popup(m_table->viewport()->mapToGlobal(beneath.isValid() ? position : m_table->visualRect(index).center()));
}

void AgentsPanel::takeComboRow(int row)
{
    choose(AgentId{m_agents->index(row, AgentListModel::Name).data(AgentListModel::AgentIdRole).toString()});
}

void AgentsPanel::showAge(const Freshness &freshness, const QDateTime &now)
{
    m_now = now;
    m_whySlow = freshness.held ? tr("updates are held") : words::whySlow(freshness);
    showNote();
}

/// "1,000 of 1,234" where the list is too long to be read whole.
QString AgentsPanel::countText(int agents) const
{
    const int further = m_agents->unlisted().further;
    return further == 0 ? locale().toString(agents)
                        : tr("%1 of %2").arg(locale().toString(agents), locale().toString(agents + further));
}

/// How many there are, and how old the list is.
void AgentsPanel::showNote()
{
    const int agents = m_agents->rowCount() - 1;
    const QDateTime &readAt = m_agents->readAt();
    QStringList parts;
    if (agents > 0)
        parts << countText(agents);
    if (const int unreadable = m_agents->unlisted().unreadable; unreadable > 0)
        parts << (unreadable == 1 ? tr("1 cannot be read") : tr("%n cannot be read", nullptr, unreadable));
    if (m_agents->countedAt().isValid())
        parts << tr("counted at %1").arg(words::timeOfDay(m_agents->countedAt()));
    else if (readAt.isValid() && m_now.isValid())
        parts << tr("read %1").arg(words::age(Duration(qMax<qint64>(0, readAt.msecsTo(m_now)))));
    const QString why = m_agents->unlisted().further > 0
        ? tr("The list ends here. The conversations of the other agents are in the table of all agents.")
        : QString();
    QStringList more{why, readAt.isValid() ? words::exactTime(readAt) : QString(), m_whySlow};
    more.removeAll(QString());
    m_header->setNote(parts.join(u" · "_s), more.join(u'\n'));
}

/// Also after each refresh: the count in the header, and the chosen agent's row, which may have come or gone.
void AgentsPanel::showChosen()
{
    const QScopedValueRollback showing(m_showing, true);
    showNote();
    const int row = sourceRowOfChosen();
    m_combo->setCurrentIndex(row);
    const QModelIndex found = row < 0 ? QModelIndex() : m_found->mapFromSource(m_agents->index(row, 0));
    if (m_table->chosenRow().row() != found.row())
        m_table->chooseRow(found);
}

int AgentsPanel::sourceRowOfChosen() const
{
    const auto isChosen = [this](const AgentRow &row) {
        return row.all ? m_chosen.isEmpty() : !m_chosen.isEmpty() && row.agent.id == m_chosen;
    };
    const auto found = std::ranges::find_if(m_agents->rows(), isChosen);
    return found == m_agents->rows().cend() ? -1 : int(found - m_agents->rows().cbegin());
}

void AgentsPanel::search(const QString &text)
{
    {
        const QScopedValueRollback showing(m_showing, true);
        m_found->setFilterFixedString(text.trimmed());
    }
    showChosen();
}
