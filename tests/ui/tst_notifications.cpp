#include "ui/notifications.h"
#include "tests/support/testmain.h"

#include <QDBusAbstractAdaptor>
#include <QDBusConnection>
#include <QSignalSpy>
#include <QTest>

namespace notifications_test {

using namespace Qt::StringLiterals;

/// The part of a desktop that shows messages.
class FakeDesktop final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QList<QVariantList> shown;

public Q_SLOTS:
    uint Notify(const QString &program, uint replaces, const QString &icon, const QString &summary,
                const QString &body, const QStringList &actions, const QVariantMap &hints, int expires)
    {
        shown.append({program, replaces, icon, summary, body, actions, hints, expires});
        return uint(40 + shown.size());
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
};

/// Messages of the desktop, over a bus of the test's own. To be run with dbus-run-session.
class NotificationsTest : public QObject {
    Q_OBJECT

    static QDBusConnection desktopsEnd()
    {
        return QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"desktop"_s);
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void initTestCase() { QVERIFY(QDBusConnection::sessionBus().isConnected()); }

    void withoutADesktopNothingHappens()
    {
        Notifications notifications;
        QSignalSpy chosen(&notifications, &Notifications::chosen);
        notifications.tell(u"12 conversations: 12 stopped"_s);
        QVERIFY(!chosen.wait(200));
    }

    void aMessageIsShownAndItsClickIsTold()
    {
        FakeDesktop desktop;
        QDBusConnection bus = desktopsEnd();
        QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_s));
        QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_s, &desktop,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        Notifications notifications;
        QSignalSpy chosen(&notifications, &Notifications::chosen);
        notifications.tell(u"12 conversations: 1 refused, 11 stopped"_s);
        QTRY_COMPARE(desktop.shown.size(), 1);
        QCOMPARE(desktop.shown.first().at(0).toString(), u"Stopdesk"_s);
        QCOMPARE(desktop.shown.first().at(3).toString(), u"12 conversations: 1 refused, 11 stopped"_s);
        QCOMPARE(desktop.shown.first().at(5).toStringList().first(), u"default"_s);
        QTRY_VERIFY2((Q_EMIT desktop.ActionInvoked(41, u"default"_s), chosen.wait(50)), "the click is told");
        const auto told = chosen.size();
        Q_EMIT desktop.ActionInvoked(99, u"default"_s); // another program's
        QVERIFY(!chosen.wait(100));
        QCOMPARE(chosen.size(), told);
        bus.unregisterService(u"org.freedesktop.Notifications"_s);
    }
};

}

STOPDESK_TEST(notifications, NotificationsTest, QCoreApplication)
#include "tst_notifications.moc"
