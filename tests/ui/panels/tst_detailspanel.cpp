#include "app/types/clock.h"
#include "ui/panels/detailspanel.h"
#include "tests/support/testmain.h"
#include "ui/parts/statepill.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>

namespace detailspanel_test {

using namespace Qt::StringLiterals;

const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

Details details(const QString &id)
{
    Details made;
    made.row.conversation.id = {id};
    made.row.conversation.title = u"Weekly outreach"_s;
    made.row.conversation.state = RowState::Running;
    made.row.readAt = noon;
    made.row.startedAt = noon.addSecs(-18 * 60 - 2);
    made.agentName = u"Sales outreach"_s;
    made.stopability = Stopability::Can;
    return made;
}

StopReport report(StopState state, const QDateTime &since = noon)
{
    StopReport made;
    made.id = 1;
    made.state = state;
    made.target.connection = {u"k1"_s};
    made.target.conversation = {u"c1"_s};
    made.since = since;
    made.askedAt = since;
    made.status = 200;
    made.evidence = Evidence{since, std::chrono::milliseconds(600), false, 0, false};
    return made;
}

class DetailsPanelTest : public QObject {
    Q_OBJECT

    Connection m_connection;
    std::unique_ptr<QAction> m_stop;
    std::unique_ptr<QAction> m_stopAll;
    std::unique_ptr<QAction> m_unlock;
    std::unique_ptr<ConversationListModel> m_model;
    std::unique_ptr<DetailsPanel> m_panel;

    QCheckBox &box() { return *m_panel->clearQueueBox(); }
    QPushButton &button() { return *m_panel->findChild<QPushButton *>(u"stopConversation"_s); }
    QString text(const QString &name) { return m_panel->findChild<QLabel *>(name)->text(); }
    static QueuedMessage message(const QString &id)
    {
        return {{id}, u"Text of "_s + id, {{}, u"noa@acme.example"_s, {}}, noon.addSecs(-60)};
    }
    static ConversationRow subTask(const QString &id, RowState state)
    {
        ConversationRow row;
        row.conversation.id = {id};
        row.conversation.parent = {u"c1"_s};
        row.conversation.title = u"Title "_s + id;
        row.conversation.state = state;
        return row;
    }
    /// As its run-state lists them; `depth`: how many it says wait.
    void showQueue(const QStringList &ids = {u"m1"_s, u"m2"_s, u"m3"_s}, int depth = 3)
    {
        RunState state;
        state.isRunning = true;
        state.queueDepth = depth;
        state.readAt = noon;
        for (const QString &id : ids)
            state.queue.append(message(id));
        Details shown = details(u"c1"_s);
        shown.runState = state;
        show(shown);
    }
    void clickMessage(int row)
    {
        auto *list = m_panel->findChild<QListView *>(u"waitingMessages"_s);
        const QModelIndex index = list->model()->index(row, 0);
        QTRY_VERIFY(list->visualRect(index).isValid());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
    }
    QPushButton &named(const QString &name) { return *m_panel->findChild<QPushButton *>(name); }
    StatePill *footerPill()
    {
        return m_panel->findChild<QWidget *>(u"stopFooter"_s)->findChild<StatePill *>();
    }
    void show(const std::optional<Details> &shown, const QDateTime &now = noon.addSecs(3))
    {
        m_stop->setEnabled(shown && shown->stopability == Stopability::Can);
        m_panel->showDetails(shown, m_connection, now);
    }
    static QStringList textsOf(QMenu &menu)
    {
        QStringList texts;
        for (QAction *action : menu.actions())
            texts.append(action->text());
        return texts;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_connection = {};
        m_connection.id = {u"k1"_s};
        m_stop = std::make_unique<QAction>(u"Stop conversation…"_s);
        m_stopAll = std::make_unique<QAction>(u"Stop all 6 running…"_s);
        m_unlock = std::make_unique<QAction>(u"Unlock to stop…"_s);
        m_unlock->setVisible(false);
        m_model = std::make_unique<ConversationListModel>();
        m_panel = std::make_unique<DetailsPanel>(StopActions{*m_stop, *m_stopAll, *m_unlock});
        m_panel->resize(316, 514);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void theButtonIsAFaceOfTheAction()
    {
        show(details(u"c1"_s));
        QCOMPARE(button().text(), u"Stop conversation…"_s);
        QCOMPARE(button().accessibleName(), u"Stop conversation…"_s);
        QSignalSpy stopped(m_stop.get(), &QAction::triggered);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QCOMPARE(stopped.count(), 1);
        m_stop->setEnabled(false);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QCOMPARE(stopped.count(), 1);
    }

    void theStateBearsItsAge()
    {
        show(details(u"c1"_s), noon.addSecs(5));
        const QString fresh = text(u"stateAge"_s);
        show(details(u"c1"_s), noon.addSecs(65));
        QVERIFY2(fresh.endsWith(u" s ago"_s), qPrintable(fresh));
        QVERIFY2(text(u"stateAge"_s).endsWith(u"1 min ago"_s), qPrintable(text(u"stateAge"_s)));
    }

    void theTickIsOffForEveryConversationThatComes()
    {
        show(details(u"c1"_s));
        QVERIFY(!box().isChecked());
        QTest::mouseClick(&box(), Qt::LeftButton, {}, QPoint(8, box().height() / 2));
        QVERIFY(box().isChecked());
        show(details(u"c1"_s)); // a refresh of the same
        QVERIFY(box().isChecked());
        show(details(u"c2"_s));
        QVERIFY(!box().isChecked());
        box().setChecked(true);
        show({});
        show(details(u"c2"_s));
        QVERIFY(!box().isChecked());
    }

    void theTickSaysWhatItDoes()
    {
        Details shown = details(u"c1"_s);
        shown.row.waiting = 3;
        show(shown);
        QCOMPARE(text(u"queueChoice"_s), u"3 waiting messages stay; the first may start at once."_s);
        box().setChecked(true);
        QCOMPARE(text(u"queueChoice"_s), u"3 waiting messages will be discarded."_s);
    }

    void aGreyButtonSaysWhy()
    {
        Details shown = details(u"c1"_s);
        shown.stopability = Stopability::ReadOnly;
        show(shown);
        QVERIFY(!button().isEnabled());
        QVERIFY(!text(u"footerLine"_s).isEmpty());
    }

    void theSamePlaceShowsTheOutcome()
    {
        show(details(u"c1"_s));
        const int height = m_panel->findChild<QWidget *>(u"stopFooter"_s)->height();
        Details stopped = details(u"c1"_s);
        stopped.row.stop = report(StopState::Stopped);
        stopped.stopability = Stopability::Ended;
        show(stopped);
        QVERIFY(!box().isVisible());
        QVERIFY(!button().isVisible());
        const auto pills = m_panel->findChildren<StatePill *>();
        QVERIFY(std::ranges::any_of(pills, [](StatePill *pill) { return pill->text().startsWith(u"Stopped"_s); }));
        QVERIFY(text(u"evidence"_s).contains(u"0.6 s"_s));
        QCOMPARE(m_panel->findChild<QWidget *>(u"stopFooter"_s)->height(), height);

        QSignalSpy ticket(m_panel.get(), &DetailsPanel::ticketWanted);
        QCOMPARE(named(u"nextStep"_s).text(), u"Copy ticket text"_s);
        QVERIFY(named(u"moreSteps"_s).isVisible());
        QTest::mouseClick(&named(u"nextStep"_s), Qt::LeftButton);
        QCOMPARE(ticket.count(), 1);
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::stepWanted);
        QMenu &menu = *named(u"moreSteps"_s).menu();
        Q_EMIT menu.aboutToShow();
        QCOMPARE(textsOf(menu),
                 QStringList({u"Read again"_s, u"Send a stop all the same…"_s, u"Copy ticket text"_s}));
        menu.actions().at(1)->trigger();
        QCOMPARE(wanted.takeFirst().first().value<NextStep>(), NextStep::StopAllTheSame);
    }

    /// Without a stop of ours: how it ended is in front, and what can be done all the same behind it.
    void whatEndedByItselfHasItsOutcomeInFront()
    {
        Details ended = details(u"c1"_s);
        ended.row.conversation.state = RowState::Completed;
        ended.row.conversation.stateWord = u"completed"_s;
        ended.stopability = Stopability::Ended;
        show(ended);
        QVERIFY(!box().isVisible());
        QVERIFY(!button().isVisible());
        QCOMPARE(footerPill()->text(), u"Completed"_s);
        QVERIFY(text(u"evidence"_s).startsWith(u"Completed"_s));
        QSignalSpy ticket(m_panel.get(), &DetailsPanel::endedTicketWanted);
        QTest::mouseClick(&named(u"nextStep"_s), Qt::LeftButton);
        QCOMPARE(ticket.count(), 1);
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::stepWanted);
        QMenu &menu = *named(u"moreSteps"_s).menu();
        Q_EMIT menu.aboutToShow();
        menu.actions().at(1)->trigger();
        QCOMPARE(wanted.first().first().value<NextStep>(), NextStep::StopAllTheSame);
        QCOMPARE(wanted.first().at(1).value<StopReport>().target.conversation, ended.row.conversation.id);
    }

    /// What the menu's entry copies is what was shown when it opened.
    void anOpenMenuKeepsTheConversationThatItWasOpenedFor()
    {
        Details ended = details(u"c1"_s);
        ended.row.conversation.state = RowState::Completed;
        ended.stopability = Stopability::Ended;
        show(ended);
        QMenu &menu = *named(u"moreSteps"_s).menu();
        Q_EMIT menu.aboutToShow();
        show(details(u"c2"_s));
        QSignalSpy ticket(m_panel.get(), &DetailsPanel::endedTicketWanted);
        QSignalSpy other(m_panel.get(), &DetailsPanel::ticketWanted);
        menu.actions().last()->trigger();
        QCOMPARE(other.count(), 0);
        QCOMPARE(ticket.count(), 1);
        QCOMPARE(ticket.first().first().value<Ending>().conversation.id, ConversationId{u"c1"_s});
    }

    void everyOutcomeFitsTheSamePlace()
    {
        show(details(u"c1"_s));
        const QWidget &footer = *m_panel->findChild<QWidget *>(u"stopFooter"_s);
        const int height = footer.height();
        for (const int width : {280, 316}) {
            m_panel->resize(width, 514);
            for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
                Details shown = details(u"c1"_s);
                shown.row.stop = report(StopState(state));
                show(shown);
                QCOMPARE(footer.height(), height);
                for (const QWidget *part : footer.findChildren<QWidget *>()) {
                    if (part->isVisible() && part->parentWidget() == &footer)
                        QVERIFY2(footer.rect().contains(part->geometry()), qPrintable(part->objectName()));
                }
                QCOMPARE(m_panel->width(), width);
            }
        }
    }

    void anOutcomeGivesWayOnlyToALaterReadThatItRuns()
    {
        Details again = details(u"c1"_s);
        again.row.stop = report(StopState::Stopped);
        again.row.readAt = noon.addSecs(5); // the list may lag
        show(again);
        QVERIFY(!box().isVisible());
        again.runState = RunState();
        again.runState->isRunning = true;
        again.runState->readAt = noon.addSecs(-1);
        show(again);
        QVERIFY(!box().isVisible());
        again.runState->readAt = noon.addSecs(60);
        show(again);
        QVERIFY(box().isVisible());
        QVERIFY(button().isVisible());
    }

    void aRefusedStopLeavesTheChoice()
    {
        Details refused = details(u"c1"_s);
        refused.row.stop = report(StopState::Refused);
        show(refused);
        QVERIFY(box().isVisible());
        QVERIFY(button().isVisible());
        QVERIFY(text(u"footerLine"_s).contains(u"Nothing was stopped"_s));
    }

    void stillRunningOffersItsSteps()
    {
        Details running = details(u"c1"_s);
        running.row.stop = report(StopState::StillRunning);
        show(running);
        QVERIFY(!box().isVisible());
        QVERIFY(!button().isVisible()); // Stop again… is the one for it
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::stepWanted);
        QCOMPARE(named(u"nextStep"_s).text(), u"Stop again…"_s);
        QCOMPARE(named(u"nextStep"_s).accessibleName(), u"Stop again…"_s);
        QTest::mouseClick(&named(u"nextStep"_s), Qt::LeftButton);
        QCOMPARE(wanted.takeFirst().first().value<NextStep>(), NextStep::StopAgain);

        QMenu &menu = *named(u"moreSteps"_s).menu();
        Q_EMIT menu.aboutToShow();
        QCOMPARE(textsOf(menu),
                 QStringList({u"Check now"_s, u"Copy note for engineers"_s, u"Copy ticket text"_s}));
        menu.actions().first()->trigger();
        QCOMPARE(wanted.takeFirst().first().value<NextStep>(), NextStep::CheckNow);
        QSignalSpy ticket(m_panel.get(), &DetailsPanel::ticketWanted);
        menu.actions().last()->trigger();
        QCOMPARE(ticket.count(), 1);
    }

    void theMenuIsReachedByKeys()
    {
        Details running = details(u"c1"_s);
        running.row.stop = report(StopState::StillRunning);
        show(running);
        named(u"moreSteps"_s).setFocus();
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::stepWanted);
        QMenu &menu = *named(u"moreSteps"_s).menu();
        QTimer::singleShot(0, &menu, [&menu] { // the menu's own loop is under way then
            QTest::keyClick(&menu, Qt::Key_Down);
            QTest::keyClick(&menu, Qt::Key_Return);
        });
        QTest::keyClick(&named(u"moreSteps"_s), Qt::Key_Space);
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().first().value<NextStep>(), NextStep::CheckNow);
    }

    void whatStartedAgainOffersToStopItWithItsQueue()
    {
        Details again = details(u"c1"_s);
        again.row.stop = report(StopState::Stopped);
        again.row.stop->startedAgain = StartedAgain{noon.addSecs(90), StartedAgain::Cause::Queue, {}};
        again.runState = RunState();
        again.runState->isRunning = true;
        again.runState->readAt = noon.addSecs(100);
        show(again);
        QCOMPARE(footerPill()->text(), u"Started again 12:01"_s);
        QCOMPARE(named(u"nextStep"_s).text(), u"Stop again and clear the queue…"_s);
        QVERIFY(named(u"nextStep"_s).property("destructive").toBool());
        QVERIFY(text(u"evidence"_s).contains(u"a waiting message"_s));
        m_connection.routes = RouteFamily::Conversations; // its stop clears too
        show(again);
        QCOMPARE(named(u"nextStep"_s).text(), u"Stop again and clear the queue…"_s);
    }

    void whatThisConnectionCannotDecideIsNotOffered()
    {
        Details running = details(u"c1"_s);
        running.row.stop = report(StopState::StillRunning);
        m_connection.readOnly = true;
        show(running);
        QMenu &menu = *named(u"moreSteps"_s).menu();
        Q_EMIT menu.aboutToShow();
        QCOMPARE(textsOf(menu), QStringList({u"Copy note for engineers"_s, u"Copy ticket text"_s}));
    }

    void whatStandsBeneathIsShownAbove()
    {
        Details stopped = details(u"c1"_s);
        stopped.row.stop = report(StopState::Stopped);
        show(stopped);
        QVERIFY(!m_panel->findChild<QLabel *>(u"remarks"_s)->isVisible());
        stopped.row.stop->usedMutatingTools = true;
        stopped.row.stop->withoutRecord = true;
        show(stopped);
        QCOMPARE(text(u"remarks"_s), u"This turn used tools that change things elsewhere. The stop undoes none of it.\n"
                                     "Not in the journal."_s);
        QVERIFY(m_panel->findChild<QLabel *>(u"remarks"_s)->isVisible());
    }

    void sourcesThatDifferAreToldWithBothAges()
    {
        Details shown = details(u"c1"_s);
        shown.row.listed = {RowState::Running, u"executing"_s, noon.addSecs(-17)};
        shown.runState = RunState();
        shown.runState->readAt = noon.addSecs(1);
        show(shown);
        QCOMPARE(text(u"conflict"_s), u"The list said Running 20 s ago; run state says nothing runs, 2 s ago."_s);
        shown.row.stop = report(StopState::Stopped, noon.addSecs(-10)); // the list is from before our stop
        show(shown);
        QVERIFY(!m_panel->findChild<QLabel *>(u"conflict"_s)->isVisible());
        shown.row.stop.reset();
        shown.runState->isRunning = true;
        show(shown);
        QVERIFY(!m_panel->findChild<QLabel *>(u"conflict"_s)->isVisible());
    }

    void subTasksAreListedAndStoppedTogether()
    {
        QVERIFY(!m_panel->findChild<QListWidget *>(u"subTasks"_s)->isVisible());
        Details shown = details(u"c1"_s);
        shown.subTasks = {subTask(u"t1"_s, RowState::Running), subTask(u"t2"_s, RowState::Completed)};
        show(shown);
        const QListWidget &list = *m_panel->findChild<QListWidget *>(u"subTasks"_s);
        QCOMPARE(list.item(0)->data(Qt::AccessibleTextRole).toString(), u"Running: Title t1"_s);
        QCOMPARE(list.item(1)->data(Qt::AccessibleTextRole).toString(), u"Completed: Title t2"_s);
        QPushButton &stop = named(u"stopSubTasks"_s);
        QCOMPARE(stop.text(), u"Stop sub-task…"_s); // one runs
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::subTasksStopWanted);
        QTest::mouseClick(&stop, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        shown.subTasks.append(subTask(u"t3"_s, RowState::Running));
        show(shown);
        QCOMPARE(stop.text(), u"Stop sub-tasks…"_s);
        m_connection.readOnly = true;
        show(shown);
        QVERIFY(!stop.isEnabled());
        QVERIFY(stop.toolTip().contains(u"read-only"_s));
        shown.subTasks = {subTask(u"t2"_s, RowState::Completed)};
        show(shown);
        QVERIFY(!stop.isVisible());
    }

    void aSubTaskIsShownByEnter()
    {
        Details shown = details(u"c1"_s);
        shown.subTasks = {subTask(u"t1"_s, RowState::Running)};
        show(shown);
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::conversationWanted);
        auto *list = m_panel->findChild<QListWidget *>(u"subTasks"_s);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(wanted.first().first().value<ConversationId>(), ConversationId{u"t1"_s});
    }

    void aSubTaskNamesItsParentAndHasNoQueue()
    {
        Details shown = details(u"t1"_s);
        shown.row.conversation.parent = {u"c1"_s};
        shown.parentTitle = u"Weekly outreach to all"_s;
        show(shown);
        QCOMPARE(text(u"factParent"_s), u"Weekly outreach to all"_s);
        QVERIFY(m_panel->findChild<QLabel *>(u"factParent"_s)->isVisible());
        QVERIFY(!box().isVisible());
        QVERIFY(!m_panel->findChild<QListView *>(u"waitingMessages"_s)->isVisible());
        show(details(u"c1"_s));
        QVERIFY(!m_panel->findChild<QLabel *>(u"factParent"_s)->isVisible());
    }

    void factsAreShown()
    {
        show(details(u"c1"_s), noon);
        QCOMPARE(text(u"factAgent"_s), u"Sales outreach"_s);
        QCOMPARE(text(u"factRunningFor"_s), u"18 min 02 s"_s);
        QTest::mouseClick(m_panel->findChild<QToolButton *>(u"copyConversationId"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"c1"_s);
        Details unknown = details(u"c2"_s);
        unknown.row.startedAt = {};
        unknown.row.seenRunningSince = noon.addSecs(-240);
        show(unknown, noon);
        QVERIFY(text(u"factRunningFor"_s).startsWith(u"seen for 4 min"_s));
    }

    void waitingMessagesAreListed()
    {
        showQueue({u"m1"_s});
        auto *list = m_panel->findChild<QListView *>(u"waitingMessages"_s);
        QCOMPARE(list->accessibleName(), u"Waiting messages"_s);
        QVERIFY(list->isVisible());
        QCOMPARE(text(u"waitingMessagesHeading"_s), u"Waiting messages  3"_s);
        QCOMPARE(text(u"unlistedMessages"_s), u"3 wait; the service listed 1."_s);
        showQueue();
        QVERIFY(!m_panel->findChild<QLabel *>(u"unlistedMessages"_s)->isVisible());
    }

    void aChosenMessageIsDiscarded()
    {
        showQueue();
        QPushButton &discard = named(u"discardMessage"_s);
        QVERIFY(!discard.isEnabled());
        QCOMPARE(discard.toolTip(), u"Choose a message first."_s);
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::discardWanted);
        clickMessage(1);
        QVERIFY(discard.isEnabled());
        QTest::mouseClick(&discard, Qt::LeftButton);
        QCOMPARE(wanted.takeFirst().first().value<QueuedMessage>().id, MessageId{u"m2"_s});
        QTest::keyClick(m_panel->findChild<QListView *>(u"waitingMessages"_s), Qt::Key_Delete);
        QCOMPARE(wanted.takeFirst().first().value<QueuedMessage>().id, MessageId{u"m2"_s});
    }

    void noMessageIsChosenByItself()
    {
        showQueue();
        clickMessage(0);
        showQueue({u"m2"_s, u"m3"_s}, 2); // the chosen one was picked up
        QVERIFY(!named(u"discardMessage"_s).isEnabled());
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::discardWanted);
        QTest::keyClick(m_panel->findChild<QListView *>(u"waitingMessages"_s), Qt::Key_Delete);
        QCOMPARE(wanted.count(), 0);
    }

    void aMessageWithoutAnIdCannotBeDiscarded()
    {
        showQueue({QString()}, 1);
        clickMessage(0);
        QVERIFY(!named(u"discardMessage"_s).isEnabled());
        QCOMPARE(named(u"discardMessage"_s).toolTip(), u"The service gave this message no id."_s);
    }

    void theTickBelongsToTheStopInBothFamiliesOfRoutes()
    {
        for (const RouteFamily routes : {RouteFamily::Gateway, RouteFamily::Conversations}) {
            m_connection.routes = routes;
            show(details(u"c1"_s));
            QVERIFY(box().isVisible() && box().isEnabled());
        }
    }

    void theQueueIsClearedAloneWhereTheConnectionCan()
    {
        showQueue();
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::clearWanted);
        QTest::mouseClick(&named(u"clearTheQueue"_s), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        m_connection.routes = RouteFamily::Conversations;
        showQueue();
        QVERIFY(named(u"clearTheQueue"_s).isVisible() && !named(u"clearTheQueue"_s).isEnabled());
        QVERIFY(named(u"clearTheQueue"_s).toolTip().contains(u"only together with a stop"_s));
        clickMessage(0);
        QVERIFY(named(u"discardMessage"_s).isEnabled());
        QTest::mouseClick(&named(u"clearTheQueue"_s), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
    }

    void readOnlySaysWhyNothingIsDiscarded()
    {
        m_connection.readOnly = true;
        showQueue();
        clickMessage(0);
        for (const QString &name : {u"discardMessage"_s, u"clearTheQueue"_s}) {
            QVERIFY(!named(name).isEnabled());
            QVERIFY(named(name).toolTip().contains(u"read-only"_s));
        }
        QSignalSpy wanted(m_panel.get(), &DetailsPanel::discardWanted);
        QTest::keyClick(m_panel->findChild<QListView *>(u"waitingMessages"_s), Qt::Key_Delete);
        QCOMPARE(wanted.count(), 0);
    }

    void withoutMessagesThereIsNothingToPress()
    {
        show(details(u"c1"_s));
        QVERIFY(!named(u"discardMessage"_s).isVisible());
        QVERIFY(!named(u"clearTheQueue"_s).isVisible());
    }

    void hostileTitlesStayText()
    {
        Details hostile = details(u"c1"_s);
        hostile.row.conversation.title = u"<b>fat</b> %1"_s + QString(10000, u'x');
        hostile.agentName = u"<img src=x>"_s;
        show(hostile);
        QCOMPARE(m_panel->width(), 316);
        const auto labels = m_panel->findChildren<QLabel *>();
        for (QLabel *label : labels)
            QVERIFY2(label->textFormat() != Qt::AutoText || !label->text().contains(u'<'), qPrintable(label->text()));
    }
};

}

STOPDESK_TEST(detailspanel, DetailsPanelTest, QApplication)

#include "tst_detailspanel.moc"
