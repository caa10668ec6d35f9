#include "app/types/clock.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QtTest>

#include <set>

namespace clock_test {

using namespace std::chrono_literals;

/// Time and chance: the machine's, and the ones that tests turn.
class TestClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chanceIsAFractionAndAnotherOneEachTime()
    {
        const SystemClock clock;
        std::set<double> seen;
        for (int i = 0; i < 1000; ++i)
            seen.insert(clock.random());
        QVERIFY(*seen.begin() >= 0.0 && *seen.rbegin() < 1.0);
        QVERIFY(*seen.begin() < 0.1 && *seen.rbegin() > 0.9); // 1,000 draws: a miss is rarer than 1 in 10^40
        QVERIFY(seen.size() > 900);
    }

    void aTestTurnsTheWallClockWithoutTimePassing()
    {
        FakeClock clock;
        const QDateTime before = clock.now();
        clock.jump(-2h);
        clock.advance(1s);
        QCOMPARE(before.msecsTo(clock.now()), qint64(-7'199'000));
        QCOMPARE(clock.monotonic(), Duration(1s));
    }

    void aTestSaysWhatChanceIs()
    {
        FakeClock clock;
        QCOMPARE(clock.random(), 0.5);
        clock.setRandom([] { return 0.25; });
        QCOMPARE(clock.random(), 0.25);
    }
};

}

STOPDESK_TEST(clock, TestClock, QCoreApplication)
#include "tst_clock.moc"
