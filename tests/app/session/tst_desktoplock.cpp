#include "app/session/desktoplock.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QProcess>

#include <csignal>

namespace desktoplock_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QString logind = u"org.freedesktop.login1"_s;
const QString mocks = u"org.freedesktop.DBus.Mock"_s;

/// A process of python3-dbusmock that plays one service, on the bus of the session or of the system.
class Mock {
public:
    Mock(const QDBusConnection &bus, const QString &service, const QStringList &arguments)
        : m_bus(bus)
        , m_service(service)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(STOPDESK_PYTHON), QStringList{u"-m"_s, u"dbusmock"_s} + arguments);
    }
    ~Mock()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool isThere() const
    {
        return QTest::qWaitFor([this] { return m_bus.interface()->isServiceRegistered(m_service).value(); }, 20000);
    }
    bool call(const QString &path, const QString &interface, const QString &method, const QVariantList &values = {})
    {
        QDBusMessage message = QDBusMessage::createMethodCall(m_service, path, interface, method);
        message.setArguments(values);
        const QDBusMessage reply = m_bus.call(message);
        if (reply.type() == QDBusMessage::ErrorMessage)
            qWarning("%s: %s", qPrintable(method), qPrintable(reply.errorMessage()));
        return reply.type() != QDBusMessage::ErrorMessage;
    }
    void signal(int number) const { ::kill(pid_t(m_process.processId()), number); }

private:
    QDBusConnection m_bus;
    QString m_service;
    QProcess m_process;
};

/// What the desktop tells, over buses of the test's own: to be run with dbus-run-session.
class DesktopLockTest : public QObject {
    Q_OBJECT

    QProcess m_systemBus;
    std::unique_ptr<Mock> m_logind;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<DesktopLock> m_lock;

    static QDBusConnection sessionBus()
    {
        return QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"another program"_s);
    }
    static QDBusConnection systemBus()
    {
        return QDBusConnection::connectToBus(QDBusConnection::SystemBus, u"another program of the system"_s);
    }
    static std::unique_ptr<Mock> screenSaver(const QString &name, const QString &path)
    {
        auto mock = std::make_unique<Mock>(sessionBus(), name, QStringList{u"--session"_s, name, path, name});
        if (!mock->isThere())
            return nullptr;
        mock->call(path, mocks, u"AddMethod"_s, {QString(), u"GetActive"_s, QString(), u"b"_s, u"ret = False"_s});
        return mock;
    }
    static bool tellActive(Mock &mock, const QString &name, const QString &path, bool active)
    {
        return mock.call(path, mocks, u"EmitSignal"_s,
                         {name, u"ActiveChanged"_s, u"b"_s, QVariantList{active}});
    }
    static QString pathOf(const QString &session) { return u"/org/freedesktop/login1/session/"_s + session; }
    bool ofSession(const QString &session, const QString &method, const QVariantList &values = {})
    {
        return m_logind->call(pathOf(session), u"org.freedesktop.login1.Session"_s, method, values);
    }
    bool addSession(const QString &session)
    {
        return m_logind->call(u"/org/freedesktop/login1"_s, mocks, u"AddSession"_s,
                              {session, u"seat0"_s, 1000U, u"noa"_s, true});
    }
    void pressOnce(DesktopLock &lock)
    {
        lock.arm();
        m_clock->advance(DesktopLock::armingTime);
    }
    /// Until all that was sent so far over this bus has come: what was asked later has.
    static void settle()
    {
        for (int i = 0; i < 3; ++i) {
            QDBusConnection::sessionBus().interface()->isServiceRegistered(u"nobody"_s);
            QDBusConnection::systemBus().interface()->isServiceRegistered(u"nobody"_s);
            QTest::qWait(20);
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (qEnvironmentVariableIsSet("DBUS_SYSTEM_BUS_ADDRESS"))
            return; // there is none
        m_systemBus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY(m_systemBus.waitForReadyRead(20000));
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_systemBus.readLine().trimmed());
        m_logind = std::make_unique<Mock>(systemBus(), logind, QStringList{u"--system"_s, u"-t"_s, u"logind"_s});
        QVERIFY(m_logind->isThere());
    }
    void cleanupTestCase()
    {
        m_logind.reset();
        m_systemBus.kill();
        m_systemBus.waitForFinished();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_clock = std::make_unique<FakeClock>();
        m_lock = std::make_unique<DesktopLock>(*m_clock);
        qputenv("XDG_SESSION_ID", "unknown");
    }
    void cleanup() { m_lock.reset(); }

    void whatNobodyTellsIsNotLocked()
    {
        QSignalSpy changed(m_lock.get(), &DesktopLock::changed);
        m_lock->start();
        QVERIFY(!changed.wait(300));
        QVERIFY(!m_lock->isLocked() && m_lock->isArmed());
        m_lock->arm();
        m_clock->advance(1s);
        QCOMPARE(changed.size(), 0);
    }

    void logindLocksAndUnlocksAndOnePressArms()
    {
        QVERIFY(addSession(u"c1"_s) && addSession(u"c2"_s));
        qputenv("XDG_SESSION_ID", "c2");
        m_lock->start();
        QTRY_VERIFY(ofSession(u"c2"_s, u"Lock"_s) && (QTest::qWait(20), m_lock->isLocked()));
        QVERIFY(!m_lock->isArmed());
        QVERIFY(ofSession(u"c2"_s, u"Unlock"_s));
        QTRY_VERIFY(!m_lock->isLocked());
        QVERIFY(!m_lock->isArmed());

        m_lock->arm();
        QVERIFY(!m_lock->isArmed()); // the other half of a double click
        m_clock->advance(DesktopLock::armingTime);
        QVERIFY(m_lock->isArmed());

        QVERIFY(ofSession(u"c2"_s, u"SetLockedHint"_s, {true}));
        QTRY_VERIFY(m_lock->isLocked());
        m_lock->arm();
        QVERIFY(ofSession(u"c2"_s, u"SetLockedHint"_s, {false}));
        QTRY_VERIFY(!m_lock->isLocked());
        QVERIFY(ofSession(u"c2"_s, u"Lock"_s));
        QTRY_VERIFY(m_lock->isLocked());
        m_clock->advance(1s);
        QVERIFY(!m_lock->isArmed()); // a press before the lock is none after it
    }

    void theHintIsReadAtTheStart()
    {
        QVERIFY(addSession(u"c3"_s) && ofSession(u"c3"_s, u"SetLockedHint"_s, {true}));
        qputenv("XDG_SESSION_ID", "c3");
        m_lock->start();
        QTRY_VERIFY(m_lock->isLocked());
        QVERIFY(!m_lock->isArmed());
    }

    void withoutAnIdItIsTheCallersSession()
    {
        QVERIFY(addSession(u"auto"_s) && ofSession(u"auto"_s, u"SetLockedHint"_s, {true}));
        qunsetenv("XDG_SESSION_ID");
        m_lock->start();
        QTRY_VERIFY(m_lock->isLocked());
    }

    void whatIsOfOthersLocksNothing()
    {
        QVERIFY(addSession(u"c4"_s) && addSession(u"c5"_s));
        qputenv("XDG_SESSION_ID", "c4");
        m_lock->start();
        QTRY_VERIFY(ofSession(u"c4"_s, u"Lock"_s) && (QTest::qWait(20), m_lock->isLocked()));
        QVERIFY(ofSession(u"c4"_s, u"Unlock"_s));
        QTRY_VERIFY(!m_lock->isLocked());
        pressOnce(*m_lock);
        QSignalSpy changed(m_lock.get(), &DesktopLock::changed);
        QVERIFY(ofSession(u"c5"_s, u"Lock"_s)); // another session
        QVERIFY(systemBus().send(QDBusMessage::createSignal(pathOf(u"c4"_s), u"org.freedesktop.login1.Session"_s,
                                                            u"Lock"_s))); // anybody may say so
        settle();
        QCOMPARE(changed.size(), 0);
    }

    void screenSaversAreHeard_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("path");
        for (const QString &desktop : {u"freedesktop"_s, u"gnome"_s, u"cinnamon"_s, u"mate"_s, u"xfce"_s})
            QTest::newRow(qPrintable(desktop)) << u"org.%1.ScreenSaver"_s.arg(desktop)
                                               << u"/org/%1/ScreenSaver"_s.arg(desktop);
    }
    void screenSaversAreHeard()
    {
        QFETCH(QString, name);
        QFETCH(QString, path);
        m_lock->start(); // before it: a desktop may start its services later
        const auto saver = screenSaver(name, path);
        QVERIFY(saver);
        QTRY_VERIFY(tellActive(*saver, name, path, true) && (QTest::qWait(20), m_lock->isLocked()));
        QVERIFY(tellActive(*saver, name, path, false));
        QTRY_VERIFY(!m_lock->isLocked());
        QVERIFY(!m_lock->isArmed());
    }

    void aScreenSaverThatIsOnIsReadAtTheStartAndForgottenWhenItGoes()
    {
        const QString name = u"org.gnome.ScreenSaver"_s;
        const QString path = u"/org/gnome/ScreenSaver"_s;
        auto saver = std::make_unique<Mock>(sessionBus(), name, QStringList{u"-t"_s, u"gnome_screensaver"_s});
        QVERIFY(saver->isThere() && saver->call(path, name, u"SetActive"_s, {true}));
        m_lock->start();
        QTRY_VERIFY(m_lock->isLocked());
        saver.reset();
        QTRY_VERIFY(!m_lock->isLocked()); // nobody knows any more
        QVERIFY(!m_lock->isArmed());
        pressOnce(*m_lock);
        QVERIFY(m_lock->isArmed());
    }

    void aLockThatNobodyTakesBackEndsWithAPress()
    {
        const QString name = u"org.mate.ScreenSaver"_s;
        const QString path = u"/org/mate/ScreenSaver"_s;
        const auto saver = screenSaver(name, path);
        QVERIFY(saver);
        m_lock->start();
        QTRY_VERIFY(tellActive(*saver, name, path, true) && (QTest::qWait(20), m_lock->isLocked()));
        pressOnce(*m_lock);
        QVERIFY(m_lock->isArmed() && !m_lock->isLocked());
        QVERIFY(tellActive(*saver, name, path, true)); // and the next lock counts
        QTRY_VERIFY(m_lock->isLocked());
    }

    void aServiceThatNeverAnswersKeepsNobodyWaiting()
    {
        const QString name = u"org.cinnamon.ScreenSaver"_s;
        const auto saver = screenSaver(name, u"/org/cinnamon/ScreenSaver"_s);
        QVERIFY(saver);
        saver->signal(SIGSTOP);
        QElapsedTimer elapsed;
        elapsed.start();
        m_lock->start();
        settle();
        QVERIFY2(elapsed.elapsed() < 5000, "as long as nobody answers"); // D-Bus itself waits for 25 s
        QVERIFY(!m_lock->isLocked() && m_lock->isArmed());
        saver->signal(SIGCONT);
    }

    /// What is decided goes on, what nobody sees is not read, and on return it is read at once.
    void pollingPausesWhileItIsLocked()
    {
        const QString name = u"org.gnome.ScreenSaver"_s;
        const QString path = u"/org/gnome/ScreenSaver"_s;
        const Mock saver(sessionBus(), name, QStringList{u"-t"_s, u"gnome_screensaver"_s});
        QVERIFY(saver.isThere());
        const auto setActive = [&name, &path](bool active) {
            QDBusMessage message = QDBusMessage::createMethodCall(name, path, name, u"SetActive"_s);
            message << active;
            return sessionBus().call(message).type() == QDBusMessage::ReplyMessage;
        };
        SessionInHand in;
        in.network.always("POST ", FakeAnswer::with(200));
        in.network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":false})"));
        in.lock.start();
        in.open(u"acme"_s);
        in.pass(25s);
        QVERIFY(in.network.count(running) > 1);
        const auto target = in.console.link().locator().targetOf({u"c1"_s});
        QVERIFY(target);

        QTRY_VERIFY(setActive(true) && (QTest::qWait(20), in.console.lock.isLocked()));
        QVERIFY(!in.console.lock.isArmed());
        QCOMPARE(in.console.link().freshness().slowness, Slowness::Locked);
        QVERIFY(!in.console.link().freshness().nextAt.isValid());
        in.pass();
        const auto asked = in.network.asked().size();
        in.console.connector.attend({true, true, in.clock.now()});
        in.pass(400s); // longer than the slowest round
        QCOMPARE(in.network.asked().size(), asked);

        in.console.stops.decide({*target}, ClearQueue::No, {}); // as of a batch that is under way
        in.pass(1s);
        QCOMPARE(in.network.count("POST "), 1);
        in.network.always(running, page({row("c2")}));
        QTRY_VERIFY((in.pass(1s), !isOpen(in.console.models.stops.rows().first().report)));
        QVERIFY(in.network.count("/run-state") > 0); // its proof
        const int lists = in.network.count(running);

        QVERIFY(setActive(false));
        QTRY_VERIFY(!in.console.lock.isLocked());
        in.pass();
        QVERIFY(in.network.count(running) > lists);
        QCOMPARE(in.console.link().freshness().slowness, Slowness::Idle); // nobody has touched it yet
        QVERIFY(in.console.link().freshness().nextAt.isValid());
        QVERIFY(!in.console.lock.isArmed());
        in.console.lock.arm();
        in.pass(1s);
        QVERIFY(in.console.lock.isArmed());
    }
};

}

STOPDESK_TEST(desktoplock, DesktopLockTest, QCoreApplication)
#include "tst_desktoplock.moc"
