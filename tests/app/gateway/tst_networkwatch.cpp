#include "app/gateway/networkwatch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace networkwatch_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// When connections are taken to be old.
class TestNetworkWatch : public QObject {
    Q_OBJECT

private:
    FakeClock m_clock;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void timeThatPassesIsNoChange()
    {
        NetworkWatch watch(m_clock);
        const QSignalSpy changed(&watch, &NetworkWatch::changed);
        watch.start();
        m_clock.advance(1h);
        QCOMPARE(changed.size(), 0);
    }

    void sleepIsNoticedWithinASecondAndOnce_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<int>("changes");
        QTest::newRow("a machine that is busy") << qint64(8) << 0;
        QTest::newRow("a short sleep") << qint64(15) << 1;
        QTest::newRow("a night") << qint64(36'000) << 1;
    }
    void sleepIsNoticedWithinASecondAndOnce()
    {
        QFETCH(qint64, seconds);
        NetworkWatch watch(m_clock);
        const QSignalSpy changed(&watch, &NetworkWatch::changed);
        watch.start();
        m_clock.advance(1min);
        m_clock.sleep(std::chrono::seconds(seconds));
        m_clock.advance(1s);
        QTEST(int(changed.size()), "changes");
        m_clock.advance(1h);
        QTEST(int(changed.size()), "changes");
    }

    void aClockThatIsSetIsNoSleep()
    {
        NetworkWatch watch(m_clock);
        const QSignalSpy changed(&watch, &NetworkWatch::changed);
        watch.start();
        for (const Duration step : {Duration(8h), Duration(-16h), Duration(1h)}) {
            m_clock.jump(step);
            m_clock.advance(1min);
        }
        QCOMPARE(changed.size(), 0);
    }

    void aNewNetworkIsToldOnceHoweverOftenTheSystemSaysSo()
    {
        NetworkWatch watch(m_clock);
        const QSignalSpy changed(&watch, &NetworkWatch::changed);
        watch.start();
        for (int i = 0; i < 5; ++i)
            watch.takeSystemChange();
        QCOMPARE(changed.size(), 0);
        m_clock.advance(1s);
        QCOMPARE(changed.size(), 1);
        m_clock.advance(1h);
        QCOMPARE(changed.size(), 1);
        m_clock.sleep(1min);
        watch.takeSystemChange();
        m_clock.advance(1s);
        QCOMPARE(changed.size(), 2);
    }
};

}

STOPDESK_TEST(networkwatch, TestNetworkWatch, QCoreApplication)
#include "tst_networkwatch.moc"
