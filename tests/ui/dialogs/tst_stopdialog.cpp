#include "app/words/words.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/parts/statepill.h"

#include "tests/support/rows.h"
#include "tests/support/fulljournal.h"
#include "tests/support/testmain.h"
#include "tests/ui/dialogs/desk.h"

#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <optional>

namespace stopdialog_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The question, asked of a person who may click, type, wait or change their mind.
class StopDialogTest : public QObject {
    Q_OBJECT

    const QByteArray m_stateLine = "run-state";
    std::optional<Desk> m_desk;
    std::unique_ptr<StopDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_confirmed;

    void ask(const FakeAnswer &state, ClearQueue initial = ClearQueue::No)
    {
        m_desk->network.expect(m_stateLine, state);
        ask(initial);
    }

    void ask(ClearQueue initial = ClearQueue::No)
    {
        ask(QList{m_desk->target}, initial);
    }

    void ask(const QList<StopTarget> &targets, ClearQueue initial = ClearQueue::No)
    {
        m_dialog = std::make_unique<StopDialog>(StopQuestion{targets, initial}, m_desk->connection, m_desk->question());
        m_confirmed = std::make_unique<QSignalSpy>(m_dialog.get(), &StopDialog::confirmed);
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    static FakeAnswer state(const QString &name = u"run-state-three-waiting"_s)
    {
        return FakeAnswer::with(200, fixture(name));
    }

    void answerHanging(const FakeAnswer &answer)
    {
        m_desk->settle();
        QVERIFY(m_desk->network.answer(m_stateLine, answer));
    }

    template <class Widget> Widget *part(const QString &name) const
    {
        auto *found = m_dialog->findChild<Widget *>(name);
        if (!found)
            qFatal("No part %s", qPrintable(name));
        return found;
    }

    const QAbstractItemModel &waiting() const { return *part<QListView>(u"waitingMessages"_s)->model(); }
    QList<StopTarget> confirmedTargets() const { return m_confirmed->first().at(0).value<QList<StopTarget>>(); }
    StopTarget confirmedTarget() const { return confirmedTargets().value(0); }
    bool isWithoutRecord() const { return m_confirmed->first().at(3).toBool(); }
    bool isShown(const QString &name) const
    {
        const auto *found = m_dialog->findChild<QWidget *>(name);
        return found && found->isVisible();
    }
    StopTarget subTask(const QString &id) const
    {
        StopTarget target = m_desk->target;
        target.command = Command::StopSubTask;
        target.conversation = {id};
        target.parent = m_desk->target.conversation;
        target.title = u"Send batch "_s + id;
        return target;
    }
    QList<StopTarget> subTasks(int count) const
    {
        QList<StopTarget> targets;
        for (int i = 1; i <= count; ++i)
            targets.append(subTask(u"t%1"_s.arg(i)));
        return targets;
    }
    StopTarget aboutQueue(Command command) const
    {
        StopTarget target = m_desk->target;
        target.command = command;
        return target;
    }
    StopTarget waitingMessage(const QString &id) const
    {
        StopTarget target = aboutQueue(Command::DiscardMessage);
        target.message = {{id}, u"Also send the receipt"_s, {{}, u"ada@customer.example"_s, {}},
                          m_desk->clock.now().addSecs(-120)};
        return target;
    }
    void type(const QString &number)
    {
        auto *field = part<QLineEdit>(u"numberOfConversations"_s);
        field->setFocus();
        field->clear();
        QTest::keyClicks(field, number);
    }
    void listAsRunningFor(std::chrono::seconds time)
    {
        Conversation listed;
        listed.id = m_desk->target.conversation;
        listed.agent = m_desk->target.agent;
        listed.state = RowState::Running;
        const QDateTime now = m_desk->clock.now();
        m_desk->console.link().conversations().merge({listed}, {}, now);
        Record record;
        record.id = listed.id;
        record.state = RowState::Running;
        record.startedAt = now.addSecs(-time.count());
        m_desk->console.link().conversations().learn(record, now);
    }
    QString text(const QString &name) const { return part<QLabel>(name)->text(); }
    QPushButton *keep() const { return part<QPushButton>(u"keepRunning"_s); }
    QPushButton *stop() const { return part<QPushButton>(u"stopConversation"_s); }
    QCheckBox *clear() const { return part<QCheckBox>(u"alsoClearTheQueue"_s); }
    void click(QWidget *widget) { QTest::mouseClick(widget, Qt::LeftButton); }

private Q_SLOTS:
    void init() { m_desk.emplace(); }
    void cleanup()
    {
        m_dialog.reset();
        m_desk.reset();
    }

    void itIsNamedAsPromised()
    {
        ask(state());
        QCOMPARE(m_dialog->windowTitle(), u"Stop conversation?"_s);
        QCOMPARE(m_dialog->accessibleName(), u"Stop conversation?"_s);
        QCOMPARE(m_dialog->windowModality(), Qt::WindowModal);
        QCOMPARE(clear()->accessibleName(), u"Also clear the queue"_s);
        QCOMPARE(part<QLineEdit>(u"reason"_s)->accessibleName(), u"Reason"_s);
        QCOMPARE(part<QListView>(u"waitingMessages"_s)->accessibleName(), u"Waiting messages"_s);
        QCOMPARE(text(u"conversationId"_s), m_desk->target.conversation.value);
    }

    void keepRunningIsTheDefaultAndHasTheFocus()
    {
        ask(state());
        QVERIFY(keep()->isDefault());
        QVERIFY(keep()->hasFocus());
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_confirmed->count(), 0);
    }

    void escapeKeepsRunning()
    {
        ask(state());
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_confirmed->count(), 0);
    }

    void aClickStopsOnceAndClosesIt()
    {
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        QTest::mouseDClick(stop(), Qt::LeftButton);
        click(stop());
        QCOMPARE(m_confirmed->count(), 1);
        QVERIFY(!m_dialog->isVisible());
        const auto target = confirmedTarget();
        QCOMPARE(target.conversation, m_desk->target.conversation);
        QCOMPARE(target.ranBefore, true);
        QCOMPARE(target.before->waiting(), 3);
        QCOMPARE(m_confirmed->first().at(1).value<ClearQueue>(), ClearQueue::No);
    }

    void enterOnTheRedButtonStopsOnce()
    {
        ask(state());
        stop()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(stop(), Qt::Key_Return);
        QTest::keyClick(stop(), Qt::Key_Return);
        QCOMPARE(m_confirmed->count(), 1);
    }

    void spaceOnTheRedButtonStops()
    {
        ask(state());
        stop()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(stop(), Qt::Key_Space);
        QCOMPARE(m_confirmed->count(), 1);
    }

    void enterInTheReasonIsNoAnswer()
    {
        ask(state());
        auto *reason = part<QLineEdit>(u"reason"_s);
        reason->setFocus();
        QTest::keyClicks(reason, u"Ticket 4711"_s);
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_confirmed->count(), 0);
        click(stop());
        QCOMPARE(m_confirmed->first().at(2).toString(), u"Ticket 4711"_s);
    }

    void itReadsTheStateAtOnceAndItsAgeTicks()
    {
        ask(FakeAnswer::hangs());
        QCOMPARE(text(u"stateAge"_s), u"Reading…"_s);
        answerHanging(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        m_desk->pass(1s);
        QCOMPARE(text(u"stateAge"_s), u"read 1 s ago"_s);
        m_desk->pass(4s);
        QCOMPARE(text(u"stateAge"_s), u"read 5 s ago"_s);
    }

    void aFailedReadDoesNotKeepAnybodyFromStopping()
    {
        ask(FakeAnswer::with(500));
        QTRY_COMPARE(text(u"stateAge"_s), u"State could not be read. You can still stop."_s);
        QVERIFY(!m_dialog->findChild<StatePill *>()->isOutlined()); // "Not read yet" is so
        QVERIFY(stop()->isEnabled());
        click(stop());
        QCOMPARE(m_confirmed->count(), 1);
        QVERIFY(!confirmedTarget().before);
    }

    void whileItReadsOneCanStop()
    {
        ask(FakeAnswer::hangs());
        click(stop());
        QCOMPARE(m_confirmed->count(), 1);
    }

    void anOldReadingIsReadOnceMore()
    {
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        m_desk->pass(31s);
        m_desk->network.expect(m_stateLine, FakeAnswer::hangs());
        click(stop());
        QCOMPARE(m_confirmed->count(), 0);
        answerHanging(state(u"run-state-idle"_s));
        QTRY_COMPARE(m_confirmed->count(), 1);
        QCOMPARE(confirmedTarget().ranBefore, false);
        m_desk->pass(2s);
        QCOMPARE(m_confirmed->count(), 1);
    }

    void whatHasEndedSaysHowAndOffersItsTicket()
    {
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        QVERIFY(!isShown(u"copyTicketText"_s));
        const QRect stopsAt = stop()->geometry();
        m_dialog->reject();
        ask(state(u"run-state-idle"_s));
        QTRY_VERIFY(isShown(u"copyTicketText"_s));
        QCOMPARE(stop()->geometry(), stopsAt);
        QCOMPARE(text(u"consequence"_s),
                 u"Ended, read 12:00:00. No stop of it was sent since Stopdesk was started."_s);
        QVERIFY(stop()->isEnabled());
        QSignalSpy wanted(m_dialog.get(), &StopDialog::endedTicketWanted);
        click(part<QPushButton>(u"copyTicketText"_s));
        const auto ending = wanted.first().first().value<Ending>();
        QCOMPARE(ending.conversation.id, m_desk->target.conversation);
        QVERIFY(!ending.stop);
        QCOMPARE(m_confirmed->count(), 0);
    }

    /// As the list and Details show it.
    void whatOurStopHasEndedBearsItsOutcome()
    {
        StopReport ours;
        ours.id = 1;
        ours.target = m_desk->target;
        ours.state = StopState::Stopped;
        ours.status = 200;
        ours.since = m_desk->clock.now();
        ours.evidence = Evidence{ours.since, 500ms, false, 0, false};
        m_desk->console.link().conversations().setStop(ours);
        ask(state(u"run-state-idle"_s));
        QTRY_VERIFY(isShown(u"copyTicketText"_s));
        QCOMPARE(m_dialog->findChild<StatePill *>()->text(), words::stopPill(ours));
        QVERIFY(text(u"consequence"_s).startsWith(words::stopPill(ours)));
        QSignalSpy wanted(m_dialog.get(), &StopDialog::endedTicketWanted);
        click(part<QPushButton>(u"copyTicketText"_s));
        QCOMPARE(wanted.first().first().value<Ending>().stop, ours);
    }

    void aSecondReadThatHangsHoldsTheStopForOneSecondAtMost()
    {
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        m_desk->pass(31s);
        m_desk->network.expect(m_stateLine, FakeAnswer::hangs());
        click(stop());
        m_desk->pass(900ms);
        QCOMPARE(m_confirmed->count(), 0);
        m_desk->pass(100ms);
        QCOMPARE(m_confirmed->count(), 1);
        QCOMPARE(confirmedTarget().ranBefore, true);
    }

    void aChangeOfMindDuringTheSecondReadHolds()
    {
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        m_desk->pass(31s);
        m_desk->network.expect(m_stateLine, FakeAnswer::hangs());
        click(stop());
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        answerHanging(state());
        m_desk->pass(2s);
        QCOMPARE(m_confirmed->count(), 0);
    }

    void theWaitingMessagesAreShownWithWhoAndHowLong()
    {
        ask(state());
        QTRY_COMPARE(waiting().rowCount(), 3);
        QCOMPARE(text(u"waitingMessagesHeading"_s), u"Waiting messages (3)"_s);
        const QString spoken = waiting().index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.startsWith(u"Also send the receipt, from ada@customer.example, waiting for 2 h"_s),
                 qPrintable(spoken));
    }

    void aQueueLongerThanItsListIsSaid()
    {
        ask(state(u"run-state-deeper-than-its-list"_s));
        QTRY_COMPARE(text(u"waitingMessagesHeading"_s), u"Waiting messages (12)"_s);
        QVERIFY(part<QLabel>(u"unlistedMessages"_s)->isVisible());
        QCOMPARE(text(u"unlistedMessages"_s), u"11 more wait that the service did not list."_s);
    }

    void nothingMovesWhenTheAnswerComes()
    {
        ask(FakeAnswer::hangs());
        const QSize size = m_dialog->size();
        const QPoint tick = clear()->mapTo(m_dialog.get(), QPoint());
        answerHanging(state());
        QTRY_COMPARE(waiting().rowCount(), 3);
        QTest::qWait(0);
        QCOMPARE(m_dialog->size(), size);
        QCOMPARE(clear()->mapTo(m_dialog.get(), QPoint()), tick);
    }

    void theTickSaysWhatBecomesOfTheQueue()
    {
        ask(state());
        QTRY_COMPARE(text(u"queueChoice"_s), u"3 waiting messages stay; the first may start at once."_s);
        QVERIFY(!clear()->isChecked());
        QSignalSpy toggled(m_dialog.get(), &StopDialog::clearQueueToggled);
        QTest::keyClick(clear(), Qt::Key_Space);
        QCOMPARE(text(u"queueChoice"_s), u"3 waiting messages will be discarded."_s);
        QCOMPARE(toggled.count(), 1);
        QCOMPARE(toggled.first().first().toBool(), true);
        click(stop());
        QCOMPARE(m_confirmed->first().at(1).value<ClearQueue>(), ClearQueue::Yes);
    }

    void theTickOfDetailsIsTakenOver()
    {
        ask(state(), ClearQueue::Yes);
        QVERIFY(clear()->isChecked());
    }

    void theTickIsThereInBothFamiliesOfRoutes()
    {
        m_desk->connection.routes = RouteFamily::Conversations;
        ask(state(), ClearQueue::Yes);
        QVERIFY(clear()->isVisible());
        click(stop());
        QCOMPARE(m_confirmed->first().at(1).value<ClearQueue>(), ClearQueue::Yes);
    }

    void whatIsShownIsFrozen()
    {
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        m_desk->console.link().conversations().clear();
        m_desk->pass(2s);
        click(stop());
        const auto target = confirmedTarget();
        QCOMPARE(target.conversation, m_desk->target.conversation);
        QCOMPARE(target.agent, m_desk->target.agent);
    }

    void theRunningTimeIsOfTheTurnAndTicks()
    {
        listAsRunningFor(62s);
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        QCOMPARE(text(u"runningFor"_s), u"1 min 02 s"_s);
        m_desk->pass(1s);
        QCOMPARE(text(u"runningFor"_s), u"1 min 03 s"_s);
        QVERIFY(!m_dialog->findChild<StatePill *>()->isOutlined());
    }

    void whatCannotBeReadStandsStill()
    {
        listAsRunningFor(62s);
        ask(FakeAnswer::with(500));
        QTRY_COMPARE(text(u"stateAge"_s), u"State could not be read. You can still stop."_s);
        const QString before = text(u"runningFor"_s);
        m_desk->pass(5s);
        QCOMPARE(text(u"runningFor"_s), before);
        QVERIFY(m_dialog->findChild<StatePill *>()->isOutlined());
    }

    void aSubTaskIsCalledOneEverywhere()
    {
        m_desk->network.expect("GET /v1/tasks/t1", FakeAnswer::with(200, fixture(u"record-running"_s)));
        ask(QList{subTask(u"t1"_s)}, ClearQueue::Yes);
        QCOMPARE(m_dialog->windowTitle(), u"Stop sub-task?"_s);
        QCOMPARE(m_dialog->accessibleName(), u"Stop sub-task?"_s);
        QCOMPARE(stop()->text(), u"Stop sub-task"_s);
        QCOMPARE(keep()->text(), u"Keep running"_s);
        QCOMPARE(text(u"consequence"_s),
                 u"Stops this sub-task only. The conversation it belongs to is not touched."_s);
        QCOMPARE(text(u"parentConversation"_s), u"02843b37…4401"_s);
        QVERIFY(!isShown(u"waitingMessages"_s));
        QVERIFY(!clear()->isVisible());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s); // its record: it has no run-state
        click(stop());
        QCOMPARE(confirmedTarget().command, Command::StopSubTask);
        QCOMPARE(confirmedTarget().ranBefore, true);
        QCOMPARE(m_confirmed->first().at(1).value<ClearQueue>(), ClearQueue::No);
    }

    void aSubTaskNamesTheTitleOfItsParentWhereItIsListed()
    {
        Conversation parent;
        parent.id = m_desk->target.conversation;
        parent.title = u"Weekly outreach"_s;
        parent.state = RowState::Running;
        m_desk->console.link().conversations().merge({parent}, {}, m_desk->clock.now());
        m_desk->network.expect("GET /v1/tasks/t1", FakeAnswer::hangs());
        ask(QList{subTask(u"t1"_s)});
        QCOMPARE(text(u"parentConversation"_s), u"Weekly outreach (02843b37…4401)"_s);
    }

    void severalSubTasksAreListedAsTheyWereRead()
    {
        Conversation listed;
        listed.id = {u"t1"_s};
        listed.parent = m_desk->target.conversation;
        listed.state = RowState::WaitingForPerson;
        listed.stateWord = u"paused"_s;
        m_desk->console.link().conversations().merge({listed}, {}, m_desk->clock.now());
        m_desk->connection.environment = Environment::Other;
        ask(subTasks(3));
        QCOMPARE(m_dialog->accessibleName(), u"Stop 3 sub-tasks?"_s);
        QCOMPARE(part<QWidget>(u"headline"_s)->accessibleName(), u"Stop 3 sub-tasks?"_s);
        QCOMPARE(stop()->text(), u"Stop 3 sub-tasks"_s);
        const auto *list = part<QTableView>(u"targets"_s);
        QCOMPARE(list->accessibleName(), u"Sub-tasks"_s);
        QCOMPARE(rows(*list->model()).first(), u"Send batch t1 | Sales outreach | Waiting for a person | – | "_s);
        QCOMPARE(list->model()->rowCount(), 3);
        QVERIFY(!isShown(u"waitingInAll"_s));
        m_desk->pass(4s);
        QCOMPARE(text(u"stateAge"_s), u"As listed, read 4 s ago; 2 of them in no list."_s);
        QVERIFY(!isShown(u"numberOfConversations"_s));
        QVERIFY(keep()->hasFocus());
        click(stop());
        QCOMPARE(confirmedTargets(), subTasks(3));
        QCOMPARE(m_desk->network.count("POST"), 0);
    }

    void moreThanOneInProductionNeedsItsNumber()
    {
        ask(subTasks(3));
        QCOMPARE(stop()->text(), u"Stop 3 sub-tasks in PRODUCTION"_s);
        QCOMPARE(part<QLineEdit>(u"numberOfConversations"_s)->accessibleName(), u"Number of sub-tasks"_s);
        QVERIFY(!stop()->isEnabled());
        QVERIFY2(text(u"missing"_s).contains(u"Type 3 first"_s), qPrintable(text(u"missing"_s)));
        for (const QString &wrong : {u"2"_s, u"33"_s, u"3x"_s, u"three"_s}) {
            type(wrong);
            QVERIFY2(!stop()->isEnabled(), qPrintable(wrong));
        }
        type(u" 3 "_s);
        QVERIFY(stop()->isEnabled());
        QVERIFY(!isShown(u"missing"_s));
        QTest::keyClick(part<QLineEdit>(u"numberOfConversations"_s), Qt::Key_Return);
        QVERIFY(keep()->hasFocus()); // Enter ends the typing, and no more
        QCOMPARE(m_confirmed->count(), 0);
        click(stop());
        QCOMPARE(confirmedTargets().size(), 3);
    }

    void theNumberMayBeTypedInTheDigitsOfAnyScript_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("counts");
        QTest::newRow("Arabic-Indic") << u"\u0661\u0662"_s << true;
        QTest::newRow("Persian") << u"\u06f1\u06f2"_s << true;
        QTest::newRow("wide") << u"\uff11\uff12"_s << true;
        QTest::newRow("with a mark of direction") << u"\u200f12"_s << true;
        QTest::newRow("another number") << u"\u0661\u0663"_s << false;
        QTest::newRow("a sign") << u"-12"_s << false;
        QTest::newRow("raised") << u"1\u00b2"_s << false;
    }
    void theNumberMayBeTypedInTheDigitsOfAnyScript()
    {
        QFETCH(const QString, typed);
        QFETCH(const bool, counts);
        ask(subTasks(12));
        QGuiApplication::clipboard()->setText(typed);
        auto *field = part<QLineEdit>(u"numberOfConversations"_s);
        field->setFocus();
        QTest::keySequence(field, QKeySequence::Paste);
        QCOMPARE(stop()->isEnabled(), counts);
    }

    void theQueueIsClearedAndTheTurnGoesOn()
    {
        m_desk->network.expect(m_stateLine, state());
        ask(QList{aboutQueue(Command::EmptyQueue)});
        QCOMPARE(m_dialog->accessibleName(), u"Clear the queue?"_s);
        QCOMPARE(stop()->text(), u"Clear the queue"_s);
        QCOMPARE(keep()->text(), u"Keep the queue"_s);
        QCOMPARE(text(u"consequence"_s), u"Discards all waiting messages. The running turn goes on."_s);
        QVERIFY(!clear()->isVisible());
        QTRY_COMPARE(waiting().rowCount(), 3);
        click(stop());
        QCOMPARE(confirmedTarget().command, Command::EmptyQueue);
        QCOMPARE(confirmedTarget().ranBefore, true);
        QCOMPARE(confirmedTarget().before->waiting(), 3);
    }

    void anEmptyQueueCannotBeCleared()
    {
        m_desk->network.expect(m_stateLine, state(u"run-state-idle"_s));
        ask(QList{aboutQueue(Command::EmptyQueue)});
        QTRY_COMPARE(text(u"missing"_s), u"No messages wait. There is nothing to discard."_s);
        QVERIFY(!stop()->isEnabled());
        click(stop());
        QCOMPARE(m_confirmed->count(), 0);
    }

    void aMessageIsDiscardedByItsText()
    {
        m_desk->network.expect(m_stateLine, state());
        ask(QList{waitingMessage(u"0c0c0c0c-0000-4000-8000-000000000001"_s)});
        QCOMPARE(m_dialog->accessibleName(), u"Discard message?"_s);
        QCOMPARE(part<QWidget>(u"headline"_s)->accessibleName(), u"Also send the receipt"_s);
        QCOMPARE(text(u"messagePerson"_s), u"ada@customer.example"_s);
        QCOMPARE(text(u"ofConversation"_s), m_desk->target.title);
        QVERIFY(text(u"waitingSince"_s).contains(u':'));
        QCOMPARE(stop()->text(), u"Discard message"_s);
        QCOMPARE(keep()->text(), u"Keep the message"_s);
        QVERIFY(!isShown(u"waitingMessages"_s));
    }

    void aMessageThatWasPickedUpIsTooLate()
    {
        m_desk->network.expect(m_stateLine, FakeAnswer::hangs());
        ask(QList{waitingMessage(u"not-in-the-queue"_s)});
        QVERIFY(stop()->isEnabled());
        answerHanging(state());
        QTRY_COMPARE(text(u"missing"_s), u"Too late: already picked up. There is nothing to discard."_s);
        QVERIFY(!stop()->isEnabled());
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QCOMPARE(m_confirmed->count(), 0);
    }

    void aMessagePickedUpAtTheLastReadIsNotDiscarded()
    {
        m_desk->network.expect(m_stateLine, FakeAnswer::with(500));
        ask(QList{waitingMessage(u"m1"_s)});
        QTRY_COMPARE(text(u"stateAge"_s), u"State could not be read. You can still discard it."_s);
        QVERIFY(stop()->isEnabled());
        click(stop());
        QCOMPARE(m_confirmed->count(), 1);
    }

    void withoutAJournalOneHasToAgreeFirst()
    {
        m_desk.emplace(u"."_s);
        QVERIFY(m_desk->console.stops.journalTrouble());
        ask(state());
        auto *agree = part<QCheckBox>(u"stopWithoutARecord"_s);
        QCOMPARE(agree->accessibleName(), u"Stop without a record"_s);
        QVERIFY(text(u"journalTrouble"_s).startsWith(u"The journal on this computer cannot be used."_s));
        QVERIFY(!agree->isChecked());
        QVERIFY(!stop()->isEnabled());
        QVERIFY(text(u"missing"_s).contains(u"Stop without a record"_s));
        click(stop());
        QCOMPARE(m_confirmed->count(), 0);
        agree->setFocus();
        QTest::keyClick(agree, Qt::Key_Space);
        QVERIFY(stop()->isEnabled());
        click(stop());
        QVERIFY(isWithoutRecord());
    }

    void withAJournalNothingIsAgreedTo()
    {
        ask(state());
        QVERIFY(!isShown(u"stopWithoutARecord"_s));
        click(stop());
        QVERIFY(!isWithoutRecord());
    }

    void aJournalThatWorksAgainNeedsNoAgreement()
    {
        QVERIFY(fillJournal(m_desk->journal.file()));
        StopReport report;
        report.target = m_desk->target;
        QVERIFY(!m_desk->journal.writeIntent(report, m_desk->connection));
        QVERIFY(makeRoom(m_desk->journal.file()));
        QVERIFY(m_desk->journal.trouble());
        ask(state());
        QVERIFY(!m_dialog->findChild<QCheckBox *>(u"stopWithoutARecord"_s));
        QVERIFY(!m_desk->journal.trouble());
    }

    void numberAndAgreementAreBothNeeded()
    {
        m_desk.emplace(u"."_s);
        ask(subTasks(2));
        type(u"2"_s);
        QVERIFY(!stop()->isEnabled());
        part<QCheckBox>(u"stopWithoutARecord"_s)->setChecked(true);
        QVERIFY(stop()->isEnabled());
        type(u"1"_s);
        QVERIFY(!stop()->isEnabled());
    }

    void theConnectionIsReadyAsLongAsItIsAsked()
    {
        m_desk->settle();
        const int before = m_desk->network.openedAhead();
        ask(state());
        QCOMPARE(m_desk->network.openedAhead(), before + 1);
        for (int second = 0; second < 10; ++second)
            m_desk->pass(1s);
        QCOMPARE(m_desk->network.openedAhead(), before + 11);
        m_dialog.reset();
        m_desk->pass(10s);
        QCOMPARE(m_desk->network.openedAhead(), before + 11);
    }

    void tabGoesFromTopToBottom()
    {
        m_desk.emplace(u"."_s);
        ask(subTasks(2));
        keep()->setFocus();
        QTest::keyClick(keep(), Qt::Key_Backtab);
        QCOMPARE(m_dialog->focusWidget()->objectName(), u"reason"_s);
        QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Backtab);
        QCOMPARE(m_dialog->focusWidget()->objectName(), u"stopWithoutARecord"_s);
        QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Backtab);
        QCOMPARE(m_dialog->focusWidget()->objectName(), u"numberOfConversations"_s);
    }

    void hostileTitlesStayPlainAndShort()
    {
        m_desk->target.title = u"<img src=x> <b>bold</b> "_s.repeated(60);
        ask(state());
        auto *headline = part<QWidget>(u"headline"_s);
        QVERIFY(headline->accessibleName().startsWith(u"<img"_s));
        QCOMPARE_LE(headline->height(), 2 * QFontMetrics(headline->font()).lineSpacing() * 2);
        QCOMPARE_LE(m_dialog->width(), 700);
    }
};

}

STOPDESK_TEST(stopdialog, StopDialogTest, QApplication)
#include "tst_stopdialog.moc"
