#include "ui/panels/conversationspanel.h"

#include "ui/panels/conversationtable.h"
#include "ui/panels/filterchips.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/selectedconversations.h"
#include "ui/panels/tableuse.h"
#include "ui/panels/visibleconversations.h"
#include "ui/parts/elidedlabel.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ConversationsPanel::ConversationsPanel(ConversationListModel &conversations, QAction &stop, Clock &clock,
                                       QWidget *parent)
    : QWidget(parent)
    , m_conversations(&conversations)
    , m_stop(stop)
    , m_visible(new VisibleConversations(this))
    , m_header(new PanelHeader(tr("Conversations"), this))
    , m_chips(new FilterChips(this))
    , m_mark(new QLabel(this))
    , m_table(new ConversationTable(this))
    , m_selected(nullptr)
    , m_use(new TableUse(*m_table, clock, this))
    , m_selectAll(new QAction(tr("Select all shown"), this))
    , m_footer(new ElidedLabel(this))
    , m_showNew(new QPushButton(this))
    , m_loadOlder(new QPushButton(tr("Load older"), this))
    , m_search(new QPushButton(tr("Search older conversations"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_visible->showModel(&conversations);
    layOut();
    connectTable();
    connectModel();
    watchView();
    m_loadingShown.setSingleShot(true);
    m_loadingShown.setInterval(300ms);
    connect(&m_loadingShown, &QTimer::timeout, this, &ConversationsPanel::updateTexts);
    updateTexts();
}

void ConversationsPanel::layOut()
{
    m_footer->setObjectName(u"conversationsFooter"_s);
    m_footer->setTextFormat(Qt::PlainText);
    m_footer->setMinimumSize(40, m_loadOlder->sizeHint().height()); // neither as wide as its longest sentence, nor lower without a button
    m_footer->setProperty("muted", true);
    m_footer->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_showNew->setObjectName(u"showNewRows"_s);
    m_loadOlder->setObjectName(u"loadOlder"_s);
    m_search->setObjectName(u"searchOlder"_s);
    m_cancel->setObjectName(u"cancelSearch"_s);
    for (QPushButton *button : {m_showNew, m_loadOlder, m_search, m_cancel}) {
        button->setAutoDefault(false);
        button->setProperty("link", true);
    }

    auto *chips = new QHBoxLayout;
    chips->setObjectName(u"chipLine"_s);
    chips->setContentsMargins(12, 8, 12, 8);
    chips->setSpacing(12);
    chips->addWidget(m_chips, 1);
    auto *footer = new QHBoxLayout;
    footer->setContentsMargins(12, 4, 12, 4);
    footer->setSpacing(8);
    footer->addWidget(m_footer);
    for (QPushButton *button : {m_cancel, m_showNew, m_loadOlder, m_search})
        footer->addWidget(button);
    footer->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(makeHairline(this));
    column->addLayout(chips);
    m_mark->hide();
    m_mark->setProperty("error", true);
    m_mark->setContentsMargins(12, 0, 12, 4);
    column->addWidget(m_mark);
    column->addWidget(m_table, 1);
    column->addLayout(footer);
}

void ConversationsPanel::connectTable()
{
    m_table->setModel(m_visible);
    m_table->setIdRole(ConversationListModel::IdRole);
    m_table->layOutColumns();
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_selected = new SelectedConversations(*m_table, *m_visible, this);
    m_selectAll->setObjectName(u"selectAllShownAction"_s);
    m_selectAll->setShortcut(QKeySequence::SelectAll);
    m_selectAll->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(m_selectAll);
    connect(m_selectAll, &QAction::triggered, m_table, &QAbstractItemView::selectAll);
    connect(m_selected, &SelectedConversations::changed, this, &ConversationsPanel::takeSelection);
    connect(m_table, &RowTable::linkActivated, this, &ConversationsPanel::followLink);
    connect(m_table, &ConversationTable::sortWanted, this, &ConversationsPanel::sort);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ConversationsPanel::showMenu);
    connect(m_chips, &FilterChips::filterChosen, this, &ConversationsPanel::filterChosen);
    connect(m_loadOlder, &QPushButton::clicked, this, &ConversationsPanel::olderWanted);
    connect(m_search, &QPushButton::clicked, this, &ConversationsPanel::searchOlder);
    connect(m_cancel, &QPushButton::clicked, this, &ConversationsPanel::searchCancelled);
}

void ConversationsPanel::connectModel()
{
    connect(m_visible, &VisibleConversations::moved, this, &ConversationsPanel::updateTexts);
    connect(m_visible, &VisibleConversations::countsChanged, this, &ConversationsPanel::updateTexts);
    connect(m_use, &TableUse::changed, m_visible, &VisibleConversations::keepStill);
    connect(m_showNew, &QPushButton::clicked, m_visible, &VisibleConversations::showWaiting);
}

void ConversationsPanel::showModel(ConversationListModel &conversations)
{
    m_conversations = &conversations;
    m_visible->showModel(m_conversations);
    updateTexts();
}

void ConversationsPanel::showStatus(const ListStatus &status, const QDateTime &now)
{
    if (status.freshness.loading && !m_status.freshness.loading)
        m_loadingShown.start();
    m_status = status;
    m_now = now;
    m_visible->setTime(now);
    m_chips->offerJustStopped(m_visible->hasStops());
    m_table->showAgents(status.place.isEmpty());
    updateTexts();
}

void ConversationsPanel::showOnly(const AgentId &agent, StateFilter states)
{
    m_visible->showOnly(agent, states);
    updateTexts();
}

void ConversationsPanel::showFilter(StateFilter filter)
{
    m_chips->choose(filter);
    updateTexts();
}

void ConversationsPanel::placeNarrowChoice(QComboBox *agents)
{
    agents->setParent(this);
    findChild<QHBoxLayout *>(u"chipLine"_s)->insertWidget(0, agents);
    agents->hide();
}

ConversationId ConversationsPanel::chosen() const
{
    return m_visible->idAt(m_table->chosenRow());
}

bool ConversationsPanel::choose(const ConversationId &id)
{
    const QModelIndex index = m_visible->indexOf(id);
    if (!id.isEmpty() && !index.isValid())
        return false;
    m_table->chooseRow(index);
    if (index.isValid())
        m_table->scrollTo(index);
    return true;
}

void ConversationsPanel::select(const QList<ConversationId> &ids)
{
    m_selected->select(ids);
    if (const QModelIndex first = ids.isEmpty() ? QModelIndex() : m_visible->indexOf(ids.first()); first.isValid())
        m_table->scrollTo(first);
}

void ConversationsPanel::find(const QString &text)
{
    m_visible->find(text);
    if (m_visible->findText().isEmpty() && m_status.search.state == OlderSearch::State::Reading)
        Q_EMIT searchCancelled();
    updateTexts();
}

void ConversationsPanel::goToMatch()
{
    const int found = m_visible->rowCount();
    if (m_visible->findText().isEmpty() || found == 0)
        return;
    m_table->setFocus(Qt::ShortcutFocusReason);
    found == 1 ? m_table->chooseRow(m_visible->index(0, 0)) : m_table->showFirst();
}

void ConversationsPanel::goToRows(bool toTheFirst)
{
    m_table->setFocus(Qt::ShortcutFocusReason);
    if (toTheFirst && m_visible->rowCount() > 0) {
        m_table->chooseRow(m_visible->index(0, 0));
        m_table->scrollToTop();
    }
}

/// What is found may be in any state.
void ConversationsPanel::searchOlder()
{
    followLink(u"all"_s);
    Q_EMIT searchWanted();
}

int ConversationsPanel::hiddenByFind() const
{
    return m_visible->hidden();
}

void ConversationsPanel::takeSelection()
{
    const QList<ConversationId> &ids = m_selected->ids();
    const ConversationId chosen = ids.size() == 1 ? ids.first() : ConversationId();
    if (std::exchange(m_chosen, chosen) != chosen)
        Q_EMIT conversationChosen(m_chosen);
    Q_EMIT selectionChanged(ids);
    updateFooter();
}

int ConversationsPanel::selectedButHidden() const
{
    return m_selected->hidden();
}

void ConversationsPanel::takeOut(const ConversationId &id)
{
    m_selected->takeOut(id);
}

/// Another order starts at its top, or where the chosen row went.
void ConversationsPanel::sort(int column, Qt::SortOrder order)
{
    m_visible->sortBy(column, order);
    const QModelIndex chosen = m_table->chosenRow();
    chosen.isValid() ? m_table->scrollTo(chosen) : m_table->scrollToTop();
}

/// Of the row beneath the pointer, or of all that are selected where it is one of them.
void ConversationsPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = menuRow(position);
    if (!index.isValid())
        return;
    if (!m_table->selectionModel()->isSelected(index))
        m_table->chooseRow(index);
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(&m_stop);
    menu->addAction(m_selectAll);
    menu->addAction(m_selected->ids().size() > 1 ? tr("Copy ids") : tr("Copy id"), m_table, &RowTable::copyIds);
    const bool atPointer = m_table->indexAt(position).isValid();
    menu->popup(m_table->viewport()->mapToGlobal(atPointer ? position : m_table->visualRect(index).center()));
}

/// Asked for by keyboard it is the current one.
QModelIndex ConversationsPanel::menuRow(const QPoint &position) const
{
    const QModelIndex index = m_table->indexAt(position);
    return index.isValid() ? index : m_table->currentIndex();
}

void ConversationsPanel::followLink(const QString &link)
{
    if (link == "all"_L1) {
        m_chips->choose(StateFilter::All);
        Q_EMIT filterChosen(StateFilter::All);
    } else if (link == "find"_L1) {
        Q_EMIT findCleared();
    } else {
        Q_EMIT lookUpWanted(ConversationId{m_visible->findText()});
    }
}
