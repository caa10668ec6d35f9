#include "ui/mainwindow.h"

#include "ui/batchflow.h"
#include "ui/closequestion.h"
#include "ui/connectionflow.h"
#include "ui/lowertabs.h"
#include "ui/panels/agentspanel.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/conversationtable.h"
#include "ui/panels/detailspanel.h"
#include "ui/panels/journalpanel.h"
#include "ui/panels/problemspanel.h"
#include "ui/panels/stopspanel.h"
#include "ui/parts/environmentstrip.h"
#include "ui/parts/fieldmarks.h"
#include "ui/parts/noticebar.h"
#include "ui/problemflow.h"
#include "ui/startpage.h"
#include "ui/statusline.h"
#include "ui/stopflow.h"
#include "ui/topbar.h"

#include <QApplication>
#include <QCheckBox>
#include <QCloseEvent>
#include <QComboBox>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowWidth = 900; ///< from here down the agents are a combo box

}

MainWindow::MainWindow(const Parts &parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_selection(parts.place.connector, parts.place.lock, parts.place.clock)
    , m_actions(this)
    , m_memory(parts.memoryFile, parts.earlierMemoryFile)
    , m_attention(*this, parts.place.clock)
    , m_stopFlow(new StopFlow(parts.place, this))
    , m_connectionFlow(new ConnectionFlow(parts.place, this))
    , m_closeQuestion(new CloseQuestion(parts.place.stops, this))
    , m_strip(new EnvironmentStrip(this))
    , m_topBar(new TopBar({m_actions.refresh, m_actions.hold, m_actions.stopById, m_actions.menu}, this))
    , m_notice(new NoticeBar(this))
    , m_startPage(new StartPage(this))
    , m_agents(new AgentsPanel(link().agents(), m_actions.stopAll, this))
    , m_conversations(new ConversationsPanel(link().conversations(), m_actions.stop, parts.place.clock, this))
    , m_details(new DetailsPanel({m_actions.stop, m_actions.stopAll, m_actions.unlock}, this))
    , m_tabs(new LowerTabs(parts.place.models.problems, parts.place.models.stops, parts.place.models.journal, this))
    , m_status(new StatusLine(this))
    , m_pages(new QStackedWidget(this))
    , m_panels(new QSplitter(Qt::Horizontal, this))
    , m_dock(new QSplitter(Qt::Vertical, this))
    , m_marks(new FieldMarks(this))
    , m_problemFlow(new ProblemFlow({m_parts.place, *m_stopFlow, *m_connectionFlow, *m_conversations, *m_marks, *m_tabs}, this))
{
    layOut();
    connectActions();
    connectLink();
    connectPanels();
    connectTabs();
    connectMany();
    connectCopying();
    watchFields();
    m_memory.restoreWindow(*this);
    m_memory.restoreSplitter(WindowMemory::panels, *m_panels);
    m_memory.restoreSplitter(WindowMemory::dock, *m_dock);
    m_conversations->table()->restoreColumns(m_memory.columns());
    connect(&parts.place.ticker, &Ticker::ticked, this, &MainWindow::tick);
    if (!parts.remark.isEmpty())
        m_told = {NoticeBar::Severity::Warning, parts.remark};
    followLink();
}

MainWindow::~MainWindow() = default;

void MainWindow::openLast()
{
    openKept(m_parts.place.book.list().lastOpened());
}

void MainWindow::layOut()
{
    setObjectName(u"mainWindow"_s);
    // Room for the frame: what lies below the edge of a small screen is not seen.
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(8, 40)));
    setMinimumSize(640, 400);
    auto *middle = new QWidget(this);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_topBar);
    column->addWidget(m_notice);
    column->addWidget(makeDesk(), 1);
    setCentralWidget(middle);
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    m_conversations->placeNarrowChoice(m_agents->narrowChoice());
}

QWidget *MainWindow::makeDesk()
{
    for (QWidget *panel : {static_cast<QWidget *>(m_agents), static_cast<QWidget *>(m_conversations),
                           static_cast<QWidget *>(m_details)}) {
        panel->setProperty("page", true);
        panel->setAttribute(Qt::WA_StyledBackground);
        m_panels->addWidget(panel);
    }
    m_panels->setObjectName(u"panels"_s);
    m_panels->setChildrenCollapsible(false);
    m_panels->setStretchFactor(1, 1);
    m_panels->setSizes({208, 756, 316});
    m_dock->setObjectName(u"dock"_s);
    m_dock->setChildrenCollapsible(false);
    m_pages->addWidget(m_startPage);
    m_pages->addWidget(m_panels);
    m_dock->addWidget(m_pages);
    m_dock->addWidget(m_tabs);
    m_dock->setStretchFactor(0, 1);
    m_dock->setSizes({514, height() < 640 ? 160 : 200}); // on a small screen Details needs the room
    for (QSplitter *splitter : {m_panels, m_dock})
        splitter->setHandleWidth(1);
    return m_dock;
}

void MainWindow::connectActions()
{
    connect(&m_actions.stop, &QAction::triggered, this, &MainWindow::askToStop);
    connect(&m_actions.stopById, &QAction::triggered, this, [this] { m_stopFlow->askForId(); });
    connect(&m_actions.unlock, &QAction::triggered, &m_parts.place.lock, &DesktopLock::arm);
    connect(&m_actions.refresh, &QAction::triggered, this, [this] { readNow([this] { link().refresh(); }); });
    connect(&m_actions.hold, &QAction::toggled, this, [this](bool held) { m_parts.place.connector.holdUpdates(held); });
    connect(&m_actions.find, &QAction::triggered, m_topBar, &TopBar::focusFind);
    connect(&m_actions.problems, &QAction::triggered, this, [this] {
        m_tabs->raiseProblems();
        m_tabs->problems()->focusSum();
    });
    connect(&m_actions.addConnection, &QAction::triggered, m_connectionFlow, &ConnectionFlow::add);
    connect(&m_actions.editConnection, &QAction::triggered, m_connectionFlow, &ConnectionFlow::edit);
    connect(&m_actions.removeConnection, &QAction::triggered, m_connectionFlow,
            qOverload<>(&ConnectionFlow::askToRemove));
    connect(&m_actions.forget, &QAction::triggered, m_connectionFlow, &ConnectionFlow::askToForget);
    connect(m_connectionFlow, &ConnectionFlow::forgetWanted, this, &MainWindow::forgetWanted);
    connect(&m_actions.tryDemo, &QAction::triggered, this, &MainWindow::demoWanted);
    connect(&m_actions.leaveDemo, &QAction::triggered, this, [this] { Q_EMIT demoLeft({}); });
    connect(&m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(&m_actions.quit, &QAction::triggered, this, [] { QApplication::closeAllWindows(); }); // a demo beside it too
}

/// The link itself is followed anew whenever there is another.
void MainWindow::connectLink()
{
    connect(&m_parts.place.connector, &Connector::linkChanged, this, &MainWindow::followLink);
    connect(&m_parts.place.lock, &DesktopLock::changed, this, &MainWindow::showDetails);
    connect(&m_attention, &AttentionWatch::changed, this, [this](const Attention &attention) {
        m_parts.place.connector.attend(attention);
        m_parts.place.ticker.setInFront(attention.inFront); // ages need no second that nobody sees
    });
    connect(&m_parts.place.book.list(), &ConnectionList::changed, this, &MainWindow::showConnections);
    connect(m_notice, &NoticeBar::actionChosen, this, &MainWindow::followNotice);
    connect(m_notice, &NoticeBar::closed, this, [this] {
        if (m_noticeShown.lasting != Notice::Lasting::No)
            m_lastingClosed.append(m_noticeShown.lasting);
        if (m_noticeShown == m_told)
            m_told = {};
    });
    connect(m_connectionFlow, &ConnectionFlow::openWanted, this, &MainWindow::open);
    connect(m_connectionFlow, &ConnectionFlow::told, this,
            [this](NoticeBar::Severity severity, const QString &words) {
                m_told = {severity, words};
                m_noticeShown = {}; // also what was said and closed before
                showNotice();
            });
}

void MainWindow::followLink()
{
    connect(&link(), &ServiceLink::keyChanged, this, [this] {
        showNotice();
        updateActions();
    });
    connect(&link(), &ServiceLink::freshnessChanged, this, &MainWindow::showList);
    connect(&link(), &ServiceLink::detailsChanged, this, &MainWindow::showDetails);
    connect(&link(), &ServiceLink::runningChanged, this, &MainWindow::showDetails);
    connect(&link(), &ServiceLink::runningFound, this, &MainWindow::askAboutAllOfAgent);
    m_agents->showModel(link().agents());
    m_conversations->showModel(link().conversations());
    showConnection();
}

void MainWindow::connectPanels()
{
    connect(m_agents, &AgentsPanel::agentChosen, this, [this](const AgentId &agent) {
        link().cancelRunning();
        link().chooseAgent(agent);
        showList();
        showDetails();
    });
    connect(m_conversations, &ConversationsPanel::conversationChosen, this,
            [this](const ConversationId &id) {
                link().choose(id);
                m_problemFlow->showMarks();
            });
    connect(m_conversations, &ConversationsPanel::filterChosen, this, [this](StateFilter filter) {
        m_parts.place.connector.setFilter(filter);
        showList();
    });
    connect(m_conversations, &ConversationsPanel::olderWanted, this,
            [this] { readNow([this] { link().readOlder(); }); });
    connect(m_conversations, &ConversationsPanel::searchWanted, this,
            [this] { readNow([this] { link().searchOlder(); }); });
    connect(m_conversations, &ConversationsPanel::searchCancelled, this, [this] { link().cancelSearch(); });
    connect(m_conversations, &ConversationsPanel::viewChanged, this,
            [this](const QList<ConversationId> &ids) { link().showInView(ids); });
    connect(m_conversations, &ConversationsPanel::findCleared, m_topBar, &TopBar::clearFind);
    connect(m_conversations, &ConversationsPanel::lookUpWanted, m_stopFlow, &StopFlow::askForId);
    connect(m_details, &DetailsPanel::ticketWanted, this, &MainWindow::copyTicket);
    connect(m_details, &DetailsPanel::endedTicketWanted, this, &MainWindow::copyTicketOfEnded);
    connect(m_details, &DetailsPanel::subTasksStopWanted, m_stopFlow, &StopFlow::askForSubTasks);
    connect(m_details, &DetailsPanel::clearWanted, m_stopFlow, &StopFlow::askToClear);
    connect(m_details, &DetailsPanel::discardWanted, m_stopFlow, &StopFlow::askToDiscard);
    connect(m_details, &DetailsPanel::conversationWanted, this, &MainWindow::showConversation);
    connect(m_details, &DetailsPanel::stepWanted, m_stopFlow, &StopFlow::take);
    connect(m_topBar, &TopBar::findChanged, m_conversations, &ConversationsPanel::find);
    connect(m_topBar, &TopBar::matchWanted, m_conversations, &ConversationsPanel::goToMatch);
    connect(m_topBar, &TopBar::rowsWanted, m_conversations, &ConversationsPanel::goToRows);
    connect(m_topBar, &TopBar::connectionChosen, this, &MainWindow::chooseConnection);
    connect(m_topBar, &TopBar::demoToggled, this, [this] {
        isDemo() ? m_actions.leaveDemo.trigger() : m_actions.tryDemo.trigger();
    });
    connect(m_startPage, &StartPage::addWanted, m_connectionFlow, &ConnectionFlow::add);
    connect(m_startPage, &StartPage::demoWanted, this, &MainWindow::demoWanted);
    connect(m_startPage, &StartPage::connectionChosen, this, &MainWindow::openKept);
}

void MainWindow::connectTabs()
{
    connect(m_tabs->problems(), &ProblemsPanel::copyWanted, this,
            [this](const QString &text) { copy(text, tr("Problems copied.")); });
    connect(m_tabs->stops(), &StopsPanel::ticketWanted, this, &MainWindow::copyTicket);
    new BatchFlow({m_parts.place, *m_stopFlow,
                   [this](const StopReport &report) { return connectionOf(report); }}, m_tabs->stops());
    connect(m_tabs->stops(), &StopsPanel::stepWanted, m_stopFlow, &StopFlow::take);
    connect(m_stopFlow, &StopFlow::noteWanted, this, &MainWindow::copyNote);
    connect(m_stopFlow, &StopFlow::endedTicketWanted, this, &MainWindow::copyTicketOfEnded);
    connect(m_tabs->stops(), &StopsPanel::conversationWanted, this, &MainWindow::showConversation);
    connect(m_tabs->journal(), &JournalPanel::copyWanted, this, &MainWindow::copy);
    connect(m_tabs->journal(), &JournalPanel::conversationWanted, this, &MainWindow::showConversation);
    connect(m_stopFlow, &StopFlow::decided, m_tabs, &LowerTabs::raiseStops);
    connect(m_stopFlow, &StopFlow::decidedOn, this, &MainWindow::showConversation);
    connect(m_stopFlow, &StopFlow::clearQueueToggled, m_details->clearQueueBox(), &QCheckBox::setChecked);
}

/// Ctrl+C on a row.
void MainWindow::connectCopying()
{
    const auto connectTable = [this](const RowTable *table, const QString &said) {
        connect(table, &RowTable::idsCopied, this, [this, said](const QStringList &ids) { sayCopied(ids, said); });
    };
    connectTable(m_agents->table(), tr("Id of the agent copied: %1"));
    const QString conversation = tr("Id of the conversation copied: %1");
    for (const RowTable *table : {static_cast<RowTable *>(m_conversations->table()), m_tabs->stops()->table(),
                                  m_tabs->journal()->table()})
        connectTable(table, conversation);
}

void MainWindow::watchFields()
{
    m_marks->watch(Field::Agents, m_agents->table(), m_agents->mark());
    m_marks->watch(Field::Conversations, m_conversations->table(), m_conversations->mark());
    m_marks->watch(Field::ClearQueue, m_details->clearQueueBox(), m_details->clearQueueMark());
    connect(m_marks, &FieldMarks::corrected, &m_parts.place.models.problems, &ProblemListModel::clearField);
    connect(&m_parts.place.models.problems, &ProblemListModel::marksChanged, this, [this] {
        m_problemFlow->showMarks();
        showDetails();
    });
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    const bool narrow = width() <= narrowWidth;
    m_agents->setVisible(!narrow);
    m_agents->narrowChoice()->setVisible(narrow);
    QMainWindow::resizeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_closeQuestion->mayClose(isDemo()))
        return event->ignore();
    m_memory.keepWindow(*this);
    m_memory.keepSplitter(WindowMemory::panels, *m_panels);
    m_memory.keepSplitter(WindowMemory::dock, *m_dock);
    m_memory.keepColumns(m_conversations->table()->columns());
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}
