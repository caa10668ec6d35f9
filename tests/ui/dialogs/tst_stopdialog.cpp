#include "ui/dialogs/stopdialog.h"

#include "tests/ui/dialogs/desk.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <optional>

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
        m_dialog = std::make_unique<StopDialog>(m_desk->target, m_desk->connection, initial, m_desk->session, nullptr,
                                                &m_desk->clock);
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
        QCOMPARE(part<QListWidget>(u"waitingMessages"_s)->accessibleName(), u"Waiting messages"_s);
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
        const auto target = m_confirmed->first().at(0).value<StopTarget>();
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
        QVERIFY(stop()->isEnabled());
        click(stop());
        QCOMPARE(m_confirmed->count(), 1);
        QVERIFY(!m_confirmed->first().at(0).value<StopTarget>().before);
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
        QCOMPARE(m_confirmed->first().at(0).value<StopTarget>().ranBefore, false);
        m_desk->pass(2s);
        QCOMPARE(m_confirmed->count(), 1);
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
        QCOMPARE(m_confirmed->first().at(0).value<StopTarget>().ranBefore, true);
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
        auto *list = part<QListWidget>(u"waitingMessages"_s);
        QTRY_COMPARE(list->count(), 3);
        QCOMPARE(text(u"waitingMessagesHeading"_s), u"Waiting messages (3)"_s);
        QCOMPARE(list->item(0)->text(), u"Also send the receipt"_s);
        const QString spoken = list->item(0)->data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.startsWith(u"ada@customer.example: Also send the receipt, 2 h"_s), qPrintable(spoken));
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
        QTRY_COMPARE(part<QListWidget>(u"waitingMessages"_s)->count(), 3);
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

    void routesWithoutClearingHideTheTick()
    {
        m_desk->connection.routes = RouteFamily::Conversations;
        ask(state(), ClearQueue::Yes);
        QVERIFY(!clear()->isVisible());
        click(stop());
        QCOMPARE(m_confirmed->first().at(1).value<ClearQueue>(), ClearQueue::No);
    }

    void whatIsShownIsFrozen()
    {
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        m_desk->session.conversations().clear();
        m_desk->session.close();
        m_desk->pass(2s);
        click(stop());
        const auto target = m_confirmed->first().at(0).value<StopTarget>();
        QCOMPARE(target.conversation, m_desk->target.conversation);
        QCOMPARE(target.agent, m_desk->target.agent);
    }

    void theRunningTimeIsOfTheTurnAndTicks()
    {
        Conversation listed;
        listed.id = m_desk->target.conversation;
        listed.state = RowState::Running;
        const QDateTime now = m_desk->clock.now();
        m_desk->session.conversations().merge({listed}, {}, now);
        Record record;
        record.id = listed.id;
        record.state = RowState::Running;
        record.startedAt = now.addSecs(-62);
        m_desk->session.conversations().learn(record, now);
        ask(state());
        QTRY_COMPARE(text(u"stateAge"_s), u"read just now"_s);
        QCOMPARE(text(u"runningFor"_s), u"1 min 02 s"_s);
        m_desk->pass(1s);
        QCOMPARE(text(u"runningFor"_s), u"1 min 03 s"_s);
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

QTEST_MAIN(StopDialogTest)
#include "tst_stopdialog.moc"
