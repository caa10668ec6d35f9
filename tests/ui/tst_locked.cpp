#include "app/session/desktoplock.h"
#include "tests/support/testmain.h"
#include "tests/ui/demodesk.h"
#include "tests/ui/dialogs/desk.h"
#include "tests/ui/shownwords.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/parts/headline.h"
#include "ui/panels/batchchoice.h"
#include "ui/panels/stopspanel.h"

#include <QCheckBox>
#include <QDBusConnection>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>

namespace locked_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The parts of a desktop that lock the screen and show messages.
class Saver final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    void set(bool active) { Q_EMIT ActiveChanged(m_active = active); }

public Q_SLOTS:
    bool GetActive() const { return m_active; }

Q_SIGNALS:
    void ActiveChanged(bool active);

private:
    bool m_active = false;
};

class Messages final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList shown;

public Q_SLOTS:
    uint Notify(const QString &, uint, const QString &, const QString &summary, const QString &body, const QStringList &,
                const QVariantMap &, int)
    {
        shown.append(summary + u'|' + body);
        return uint(shown.size());
    }
};

/// The window while the desktop is locked and after it, over a bus of the test's own: to be run with dbus-run-session.
class LockedTest : public QObject {
    Q_OBJECT

    const QString waiting = u"Three messages wait"_s;
    QDBusConnection m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"desktop"_s);
    std::unique_ptr<Saver> m_saver;
    std::unique_ptr<Messages> m_messages;
    std::unique_ptr<DemoDesk> m_desk;

    Console &console() { return *m_desk->console; }
    MainWindow &window() { return *m_desk->window; }
    QPushButton &unlock() { return *m_desk->details().findChild<QPushButton *>(u"unlockToStop"_s); }
    StopDialog *question() { return window().findChild<StopDialog *>(); }
    QListView &messages() { return *m_desk->details().findChild<QListView *>(u"waitingMessages"_s); }
    static QString firstOf(const QListView &list)
    {
        const QModelIndex first = list.model()->index(0, 0);
        return first.data().toString() + first.data(Qt::ToolTipRole).toString()
            + first.data(Qt::AccessibleTextRole).toString();
    }
    bool isOnScreen(const QString &text)
    {
        const QList<ShownWords> words = wordsOf(window());
        return std::ranges::any_of(words, [&text](const ShownWords &each) { return each.text.contains(text); });
    }

    void click(const QString &title)
    {
        QTRY_VERIFY2(m_desk->rowOf(title).isValid(), qPrintable(title));
        ConversationTable &table = m_desk->conversations();
        table.scrollTo(m_desk->rowOf(title));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(m_desk->rowOf(title)).center());
    }
    void lock(DesktopLock &desktopLock)
    {
        desktopLock.start();
        QTRY_VERIFY((m_saver->set(true), QTest::qWait(20), desktopLock.isLocked()));
    }
    void release(DesktopLock &desktopLock)
    {
        m_saver->set(false);
        QTRY_VERIFY(!desktopLock.isLocked());
    }
    static void doubleClick(QWidget &widget)
    {
        QWindow *window = widget.window()->windowHandle();
        const QPoint place = widget.mapTo(widget.window(), widget.rect().center());
        QTest::mouseClick(window, Qt::LeftButton, {}, place);
        QTest::mouseDClick(window, Qt::LeftButton, {}, place);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_saver = std::make_unique<Saver>();
        m_messages = std::make_unique<Messages>();
        for (const QString &name : {u"ScreenSaver"_s, u"Notifications"_s}) {
            QVERIFY(m_bus.registerService(u"org.freedesktop."_s + name));
            QObject *served = m_saver.get();
            if (name == u"Notifications")
                served = m_messages.get();
            QVERIFY(m_bus.registerObject(u"/org/freedesktop/"_s + name, served,
                                         QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        }
        m_desk = std::make_unique<DemoDesk>();
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }
    void cleanup()
    {
        m_desk.reset();
        for (const QString &name : {u"ScreenSaver"_s, u"Notifications"_s}) {
            m_bus.unregisterObject(u"/org/freedesktop/"_s + name);
            m_bus.unregisterService(u"org.freedesktop."_s + name);
        }
    }

    void aLockDisarmsAndHidesTextsUntilOneClick()
    {
        m_desk->openWithKey();
        click(waiting);
        QTRY_VERIFY(messages().model()->rowCount() == 3 && m_desk->stopButton().isEnabled());
        const QString text = messages().model()->index(0, 0).data().toString();
        QVERIFY(text.size() > 5 && isOnScreen(text));
        QVERIFY(unlock().isHidden());

        lock(m_desk->lock);
        QVERIFY(unlock().isVisible() && unlock().isEnabled() && m_desk->stopButton().isHidden());
        QCOMPARE(unlock().text(), u"Unlock to stop…"_s);
        QCOMPARE(unlock().accessibleName(), u"Unlock to stop…"_s);
        QVERIFY(!firstOf(messages()).contains(text));
        QVERIFY(!isOnScreen(text));
        QCOMPARE(messages().model()->rowCount(), 3);
        QVERIFY(!m_desk->details().findChild<QPushButton *>(u"clearTheQueue"_s)->isEnabled());

        release(m_desk->lock);
        QVERIFY(unlock().isVisible());
        QVERIFY(!isOnScreen(text));
        QVERIFY(!window().findChild<QPushButton *>(u"stopById"_s)->isEnabled());
        QTest::keyClick(&m_desk->conversations(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(&window(), Qt::Key_I, Qt::ControlModifier);
        QTest::keyClick(window().focusWidget(), Qt::Key_Space);
        QTest::keyClick(window().focusWidget(), Qt::Key_Return);
        QTest::qWait(int(DesktopLock::armingTime.count()) + 100);
        QVERIFY(!console().lock.isArmed() && !question()); // none of them was meant

        doubleClick(unlock()); // one press, however it was made
        QTRY_VERIFY(m_desk->stopButton().isVisible() && m_desk->stopButton().isEnabled());
        QVERIFY(!question() && unlock().isHidden());
        QVERIFY(isOnScreen(text));
        QTest::mouseClick(&m_desk->stopButton(), Qt::LeftButton);
        QTRY_VERIFY(question());
    }

    void resultsGoOnArrivingAndAreToldWithoutTexts()
    {
        m_desk->openWithKey();
        click(waiting);
        QTRY_VERIFY(messages().model()->rowCount() == 3);
        const QString text = messages().model()->index(0, 0).data().toString();
        QList<StopTarget> targets;
        for (const QString &title : {waiting, u"Stops at once"_s, u"Stops after 8 seconds"_s}) {
            QTRY_VERIFY(m_desk->rowOf(title).isValid());
            targets.append(*console().link().locator().targetOf({DemoGateway::conversationId(title)}));
        }
        console().stops.decide(targets, ClearQueue::Yes, {});
        lock(m_desk->lock);
        QTRY_COMPARE_WITH_TIMEOUT(m_messages->shown.size(), 1, 30000); // though the window has the focus
        QVERIFY2(!m_messages->shown.first().contains(text), qPrintable(m_messages->shown.first()));
        QCOMPARE(m_messages->shown.first(), u"3 conversations: 3 stopped|"_s);
        QCOMPARE(m_desk->gateway.received(demo::Order::StopConversation, DemoGateway::conversationId(waiting)), 1);
        QVERIFY(unlock().isVisible()); // in the place of the outcome's first step, too
    }

    void anOpenQuestionIsDisarmedAndKeepsWhatWasTyped()
    {
        m_desk->openWithKey();
        click(waiting);
        QTRY_VERIFY(m_desk->stopButton().isEnabled());
        QTest::mouseClick(&m_desk->stopButton(), Qt::LeftButton);
        QTRY_VERIFY(question() && question()->isVisible());
        auto *reason = question()->findChild<QLineEdit *>(u"reason"_s);
        auto *clear = question()->findChild<QCheckBox *>(u"alsoClearTheQueue"_s);
        auto *stop = question()->findChild<QPushButton *>(u"stopConversation"_s);
        auto *unlockHere = question()->findChild<QPushButton *>(u"unlockToStop"_s);
        auto *list = question()->findChild<QListView *>(u"waitingMessages"_s);
        QTRY_COMPARE(list->model()->rowCount(), 3);
        const QString text = list->model()->index(0, 0).data().toString();
        QTest::keyClicks(reason, u"Ticket 4711"_s);
        clear->click();
        stop->setFocus();

        lock(m_desk->lock);
        QVERIFY(question()->isVisible() && unlockHere->isVisible() && stop->isHidden() && !stop->isEnabled());
        QVERIFY(!unlockHere->hasFocus());
        QVERIFY(!firstOf(*list).contains(text));
        QVERIFY(!isOnScreen(text));
        QCOMPARE(reason->text(), u"Ticket 4711"_s);

        release(m_desk->lock);
        const int sent = m_desk->gateway.received(demo::Order::StopConversation, DemoGateway::conversationId(waiting));
        doubleClick(*unlockHere);
        QTRY_VERIFY(stop->isVisible() && stop->isEnabled());
        QVERIFY(question()->isVisible() && !stop->hasFocus());
        QCOMPARE(m_desk->gateway.received(demo::Order::StopConversation, DemoGateway::conversationId(waiting)), sent);
        QVERIFY(reason->text() == u"Ticket 4711" && clear->isChecked());
        QVERIFY(firstOf(*list).contains(text));
        QTest::mouseClick(stop, Qt::LeftButton);
        QTRY_COMPARE(m_desk->gateway.received(demo::Order::StopConversation, DemoGateway::conversationId(waiting)), sent + 1);
    }

    void aQuestionAboutAMessageHidesIt()
    {
        Desk desk;
        desk.target.command = Command::DiscardMessage;
        desk.target.message.id = {u"m1"_s};
        desk.target.message.text = u"The merger is on Friday"_s;
        StopDialog dialog({{desk.target}}, desk.connection, desk.question());
        connectLock(dialog, desk.lock);
        dialog.open();
        const auto *headline = dialog.findChild<Headline *>();
        QVERIFY(headline->text().contains(u"merger"));
        lock(desk.lock);
        QVERIFY(!headline->text().contains(u"merger"));
        for (const ShownWords &words : wordsOf(dialog))
            QVERIFY2(!words.text.contains(u"merger"), qPrintable(words.where));
        release(desk.lock);
        dialog.findChild<QPushButton *>(u"unlockToStop"_s)->click();
        desk.pass(DesktopLock::armingTime);
        QVERIFY(headline->text().contains(u"merger"));
    }

    void aLockTakesNoDecisionBack()
    {
        Desk desk;
        desk.settle();
        desk.network.always("/run-state", FakeAnswer::with(200, R"({"is_running":true})"));
        StopDialog dialog({{desk.target}}, desk.connection, desk.question());
        connectLock(dialog, desk.lock);
        QSignalSpy confirmed(&dialog, &StopDialog::confirmed);
        dialog.open();
        desk.pass(1s);
        desk.network.always("/run-state", FakeAnswer::hangs());
        desk.pass(40s); // what was read is too old by now
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
        desk.settle();
        QCOMPARE(confirmed.size(), 0);
        lock(desk.lock); // right after the click
        desk.pass(2s);
        QCOMPARE(confirmed.size(), 1);
    }

    void aDesktopThatTellsNothingIsNeverLocked()
    {
        QVERIFY(m_desk->console->lock.isArmed() && !m_desk->console->lock.isLocked()); // its lock was never started
        console().lock.arm();
        QVERIFY(unlock().isHidden());
    }
};

}

STOPDESK_TEST(locked, LockedTest, QApplication)
#include "tst_locked.moc"
