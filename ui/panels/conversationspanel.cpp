#include "ui/panels/conversationspanel.h"

#include "ui/panels/conversationtable.h"
#include "ui/panels/filterchips.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/tableuse.h"
#include "ui/panels/visibleconversations.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ConversationsPanel::ConversationsPanel(ConversationListModel &conversations, QAction &stop, Clock &clock,
                                       QWidget *parent)
    : QWidget(parent)
    , m_conversations(conversations)
    , m_stop(stop)
    , m_visible(new VisibleConversations(conversations, this))
    , m_header(new PanelHeader(tr("Conversations"), this))
    , m_chips(new FilterChips(this))
    , m_mark(new QLabel(this))
    , m_table(new ConversationTable(this))
    , m_use(new TableUse(*m_table, clock, this))
    , m_footer(new QLabel(this))
    , m_showNew(new QPushButton(this))
    , m_loadOlder(new QPushButton(tr("Load older"), this))
    , m_search(new QPushButton(tr("Search older conversations"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
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
    m_footer->setTextFormat(Qt::PlainText);
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
    m_table->layOutColumns();
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &RowTable::rowChosen, this, &ConversationsPanel::takeRow);
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
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_visible, changed, this, &ConversationsPanel::updateTexts);
    connect(m_visible, &VisibleConversations::countsChanged, this, &ConversationsPanel::updateTexts);
    connect(m_visible, &VisibleConversations::arranged, this, &ConversationsPanel::showOrder);
    connect(m_use, &TableUse::changed, m_visible, &VisibleConversations::keepStill);
    connect(m_showNew, &QPushButton::clicked, m_visible, &VisibleConversations::showWaiting);
}

void ConversationsPanel::showStatus(const ListStatus &status, const QDateTime &now)
{
    if (status.freshness.loading && !m_status.freshness.loading)
        m_loadingShown.start();
    m_status = status;
    m_now = now;
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

void ConversationsPanel::choose(const ConversationId &id)
{
    const QModelIndex index = m_visible->indexOf(id);
    if (!id.isEmpty() && !index.isValid())
        return;
    m_table->chooseRow(index);
    if (index.isValid())
        m_table->scrollTo(index);
}

void ConversationsPanel::find(const QString &text)
{
    m_visible->find(text);
    if (m_visible->findText().isEmpty() && m_status.search.state == OlderSearch::State::Reading)
        Q_EMIT searchCancelled();
    updateTexts();
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

void ConversationsPanel::takeRow()
{
    if (m_visible->isMoving()) { // what is done on another choice may make rows move
        QMetaObject::invokeMethod(this, &ConversationsPanel::takeRow, Qt::QueuedConnection);
        return;
    }
    const ConversationId id = chosen();
    if (id == m_chosen)
        return;
    m_chosen = id;
    Q_EMIT conversationChosen(m_chosen);
    // Last, and later: releasing the row before may remove it, and this may be a removal.
    QMetaObject::invokeMethod(
        this, [this] {
            m_visible->keep(m_chosen);
            m_conversations.hold(m_chosen.isEmpty() ? QSet<ConversationId>() : QSet{m_chosen});
        },
        Qt::QueuedConnection);
}

void ConversationsPanel::sort(int column, Qt::SortOrder order)
{
    m_sorting = true;
    m_visible->sortBy(column, order);
}

/// Another order starts at its top, or where the chosen row went.
void ConversationsPanel::showOrder()
{
    updateTexts();
    if (!std::exchange(m_sorting, false))
        return;
    const QModelIndex chosen = m_table->chosenRow();
    chosen.isValid() ? m_table->scrollTo(chosen) : m_table->scrollToTop();
}

void ConversationsPanel::showMenu(const QPoint &position)
{
    QModelIndex index = m_table->indexAt(position);
    QPoint at = position;
    if (!index.isValid()) { // asked for by keyboard
        index = m_table->currentIndex();
        at = m_table->visualRect(index).center();
    }
    const ConversationId id = m_visible->idAt(index);
    if (id.isEmpty())
        return;
    m_table->chooseRow(index);
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(&m_stop);
    menu->addAction(tr("Copy id"), this, [id] { QGuiApplication::clipboard()->setText(id.value); });
    menu->popup(m_table->viewport()->mapToGlobal(at));
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
