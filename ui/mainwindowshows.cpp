// What MainWindow shows of the session: connections, notices, tickets, and where the stop action leads.
#include "ui/mainwindow.h"

#include "app/words/words.h"
#include "ui/connectionflow.h"
#include "ui/lowertabs.h"
#include "ui/panels/agentspanel.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/conversationtable.h"
#include "ui/panels/detailspanel.h"
#include "ui/panels/problemspanel.h"
#include "ui/panels/stopspanel.h"
#include "ui/parts/clipboard.h"
#include "ui/parts/environmentstrip.h"
#include "ui/problemflow.h"
#include "ui/startpage.h"
#include "ui/statusline.h"
#include "ui/stopflow.h"
#include "ui/topbar.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>

using namespace Qt::StringLiterals;

void MainWindow::openKept(const ConnectionId &id)
{
    // What is in use stays so, also where what is kept failed its test.
    const std::optional<Connection> &current = link().connection();
    if (const auto connection = m_parts.place.book.list().find(id); connection && (!current || current->id != id))
        open(*connection);
}

bool MainWindow::isEditing() const
{
    return m_connectionFlow->isBusy();
}

bool MainWindow::isDemo() const
{
    return link().connection() && link().connection()->isDemo;
}

void MainWindow::chooseConnection(const ConnectionId &id)
{
    if (!isDemo())
        openKept(id);
    else if (id != link().connection()->id)
        Q_EMIT demoLeft(id);
}

void MainWindow::open(const Connection &connection)
{
    m_notKept.clear();
    m_told = {};
    m_parts.place.connector.open(connection);
    if (connection.isDemo)
        return;
    const auto kept = m_parts.place.book.list().setLastOpened(connection.id);
    m_notKept = kept ? QString() : kept.error();
    showNotice();
}

void MainWindow::showConnection()
{
    const std::optional<Connection> &connection = link().connection();
    m_offlineSince = {};
    m_lastingClosed.removeIf([](Notice::Lasting closed) { return closed != Notice::Lasting::SharedJournal; });
    m_pages->setCurrentIndex(connection ? 1 : 0);
    m_tabs->problems()->showConnection(connection);
    m_tabs->setVisible(connection || m_tabs->problems()->shown().rowCount() > 0); // the first connection has problems too
    m_topBar->setVisible(connection.has_value());
    statusBar()->setVisible(connection.has_value());
    if (connection)
        m_strip->showConnection(*connection);
    else
        m_strip->clear();
    // "[*]" is where Qt marks a changed window; twice it is the text
    const QString name = connection ? words::plain(connection->name, 60).replace(u"[*]"_s, u"[*][*]"_s) : QString();
    setWindowTitle(connection ? tr("%1 – Stopdesk").arg(name) : u"Stopdesk"_s);
    m_conversations->showFilter(m_parts.place.connector.filter());
    m_tabs->stops()->showConnection(connection);
    m_problemFlow->showMarks();
    showConnections();
    if (connection)
        m_conversations->table()->setFocus(); // a key pressed at the start chooses a row and nothing else
    tick();
}

void MainWindow::showConnections()
{
    m_topBar->showConnections(isDemo() ? m_parts.elsewhere : m_parts.place.book.list().all(), link().connection());
    m_startPage->showRecent(m_parts.place.book.list().all());
}

void MainWindow::showList()
{
    ListStatus status;
    status.freshness = link().freshness();
    status.place = link().chosenAgent().isEmpty() ? QString() : link().agents().nameOf(link().chosenAgent());
    status.loaded = link().olderText();
    status.canLoadOlder = link().canReadOlder();
    status.search = link().olderSearch();
    m_conversations->showOnly(link().chosenAgent(), m_parts.place.connector.filter());
    m_conversations->showStatus(status, m_parts.place.clock.now());
    m_agents->showAge(link().freshness(), m_parts.place.clock.now());
    m_strip->showTrouble(troubleText());
    m_status->showLink(link(), m_parts.place.models.stops.tally().underWay(), m_parts.place.clock.now());
}

void MainWindow::showDetails()
{
    updateActions();
    const std::optional<Connection> &connection = link().connection();
    const AgentId &agent = link().chosenAgent();
    if (m_selection.isMany())
        m_details->showSelection(link().conversations(), m_selection.ids(), m_selection.facts(),
                                 m_conversations->selectedButHidden(), link().isStale() ? link().freshness().readAt : m_parts.place.clock.now());
    else if (!link().details() && !agent.isEmpty())
        m_details->showAgent(link().agents().nameOf(agent), link().agents().runningOf(agent),
                             link().agents().countedAt(), link().runningReading());
    else
        m_details->showDetails(link().details(), connection, m_parts.place.clock.now());
}

void MainWindow::showNotice()
{
    const Notice urgent =
        noticeOf(link(), m_parts.place.stops, m_parts.place.clock.now(), m_notKept, m_noticeShown.lasting, m_lastingClosed);
    const bool givesWay = urgent.givesWay() && !m_told.text.isEmpty();
    const Notice &notice = urgent.text.isEmpty() || givesWay ? m_told : urgent;
    if (notice == m_noticeShown)
        return; // also when a person has closed it
    const bool goesOn = notice.lasting != Notice::Lasting::No && notice.lasting == m_noticeShown.lasting;
    m_noticeShown = notice;
    if (goesOn)
        m_notice->correct(notice.text);
    else
        m_notice->say(notice.severity, notice.text, notice.action);
}

/// Somebody has set the clock: every time of day that is painted is another one.
void MainWindow::repaintTimes()
{
    const QDateTime now = m_parts.place.clock.now();
    const Duration step(now.msecsTo(toWall(now)));
    if (std::exchange(m_wallStep, step) == step)
        return;
    for (const QAbstractItemView *view : findChildren<QAbstractItemView *>())
        view->viewport()->update();
}

void MainWindow::followNotice()
{
    m_connectionFlow->lead(Field::Key);
}

void MainWindow::updateActions()
{
    const std::optional<Details> &details = link().details();
    const std::optional<Connection> &connection = link().connection();
    const Stopability stopability = details ? details->stopability : Stopability::NothingChosen;
    m_actions.stop.setText(details && details->row.conversation.isSubTask() ? tr("Stop sub-task…")
                                                                            : tr("Stop conversation…"));
    m_actions.stop.setEnabled(stopability == Stopability::Can);
    m_actions.stop.setToolTip(stopability == Stopability::Can ? tr("Asks first") : words::whyNot(stopability));
    m_actions.unlock.setVisible(!m_parts.place.lock.isArmed());
    updateManyActions();
    const bool ready = connection && link().isKeyKnown();
    m_actions.stopById.setEnabled(ready && !connection->readOnly && m_parts.place.lock.isArmed());
    m_actions.offerRefresh(ready, link().readableFrom());
    m_actions.hold.setEnabled(connection.has_value());
    m_actions.find.setEnabled(connection.has_value());
    m_actions.offerConnections(connection);
}

void MainWindow::tick()
{
    repaintTimes();
    showList();
    showDetails();
    showNotice();
    m_tabs->problems()->showTime(m_parts.place.clock.now());
}

/// "Offline" is said of the way to the service, never of an answer it gave. What a person holds is no trouble.
QString MainWindow::troubleText()
{
    const Freshness &freshness = link().freshness();
    const std::optional<Failure> &failure = freshness.lastFailure;
    if (!failure || failure->reached == Reached::Answered) {
        m_offlineSince = {};
        return link().isStale() && !freshness.held ? tr("Not read since %1").arg(words::timeOfDay(freshness.readAt))
                                                      : QString();
    }
    if (!m_offlineSince.isValid())
        m_offlineSince = freshness.failedAt;
    return tr("Offline since %1").arg(words::timeOfDay(m_offlineSince));
}

void MainWindow::askToStop()
{
    if (m_selection.isMany())
        return askAboutMany();
    if (!link().details())
        return;
    const auto target = link().locator().targetOf(link().details()->row.conversation.id);
    if (target)
        m_stopFlow->ask({*target}, m_details->clearQueue());
}

/// In the list; in Details alone where a filter or Find hides it.
void MainWindow::showConversation(const ConversationId &id)
{
    if (m_conversations->choose(id))
        return;
    if (link().conversations().find(id) < 0)
        return say(tr("%1 is not listed in this connection.").arg(words::shortId(id.value)));
    m_conversations->choose({});
    link().choose(id);
}

/// The connection that the stop went through, as it was then: it need not be the open one, and may be edited or gone.
Connection MainWindow::connectionOf(const StopReport &report) const
{
    if (const auto recorded = m_parts.place.models.journal.connectionOf(report))
        return *recorded;
    const std::optional<Connection> &open = link().connection();
    if (open && open->id == report.target.connection)
        return *open;
    return m_parts.place.book.list().find(report.target.connection).value_or(Connection());
}

Listing MainWindow::listingOf(const StopReport &report) const
{
    const std::optional<Connection> &open = link().connection();
    const int row = link().conversations().find(report.target.conversation);
    const bool here = open && open->id == report.target.connection && row >= 0;
    return here ? link().conversations().row(row).listed : Listing();
}

void MainWindow::copyTicket(const StopReport &report)
{
    copy(words::ticketText(report, connectionOf(report), listingOf(report)), words::ticketCopied(report.target));
}

void MainWindow::copyTicketOfEnded(const Ending &ending)
{
    if (const std::optional<Connection> &open = link().connection()) {
        const Listing listed = ending.stop ? listingOf(*ending.stop) : Listing();
        copy(words::ticketText(ending, *open, listed), words::ticketCopied(targetOf(ending)));
    }
}

void MainWindow::copyNote(const StopReport &report)
{
    copy(words::engineerNote(report, connectionOf(report), listingOf(report)), words::noteCopied(report.target));
}

void MainWindow::copy(const QString &text, const QString &said)
{
    copyText(text);
    say(said);
}

/// What a person asks to be read. Where nothing can leave for now, that is said at once.
void MainWindow::readNow(const std::function<void()> &read)
{
    if (const QDateTime from = link().readableFrom(); from.isValid())
        say(words::nothingReadBefore(from));
    else
        read();
}

/// In the status line: nothing moves.
void MainWindow::say(const QString &line)
{
    constexpr int shown = 5000;
    statusBar()->showMessage(line, shown);
}

void MainWindow::sayCopied(const QStringList &ids, const QString &ofOne)
{
    if (ids.isEmpty())
        say(tr("This row has no id."));
    else if (ids.size() == 1)
        say(ofOne.arg(words::plain(ids.first())));
    else
        say(tr("%1 ids copied.").arg(locale().toString(ids.size())));
}

void MainWindow::showAbout()
{
    auto *about = new QMessageBox(this);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->setWindowTitle(tr("About Stopdesk"));
    about->setTextFormat(Qt::PlainText);
    about->setText(tr("Stopdesk %1").arg(QCoreApplication::applicationVersion()));
    about->setInformativeText(tr("Stops runaway AI agent conversations, and sees that they stopped. It only stops: it "
                                 "never starts, changes or deletes work."));
    about->open();
}
