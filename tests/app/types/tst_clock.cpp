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

    void theProgramsTimeIsTheSameForAllItsClocksAndCountsWhatPasses()
    {
        const SystemClock one;
        const SystemClock other;
        const QDateTime before = one.now();
        const Duration counted = one.monotonic();
        QTest::qSleep(30);
        const qint64 passed = before.msecsTo(other.now());
        QVERIFY(passed >= 29);
        QVERIFY(std::abs(passed - (other.monotonic() - counted).count()) <= 5);
        QCOMPARE(toWall(before), before); // nobody has set the clock meanwhile
        QVERIFY(std::abs(before.msecsTo(one.wallNow())) < 2000);
    }

    /// As the machine's clock does: what is due later is looked at again every 5 s.
    void whatIsDueIsCalledOnceAndWhenItIsDue()
    {
        SystemClock clock;
        QObject context;
        const Duration begin = clock.monotonic();
        QList<Duration> called;
        for (const Duration wait : {-1s, 0s, 1s, 6s})
            clock.after(wait, &context, [&called, &clock, begin] { called.append(clock.monotonic() - begin); });
        {
            QObject gone;
            clock.after(0ms, &gone, [&called] { called.append(24h); });
        }
        QTRY_COMPARE_WITH_TIMEOUT(called.size(), 4, 20'000);
        QVERIFY(called.at(2) >= 1s - 2ms && called.at(3) >= 6s - 2ms);
        QVERIFY(called.at(3) < 24h);
    }

    void aWallClockThatIsSetChangesNoTimeButWhatPeopleAndRecordsSee()
    {
        FakeClock clock;
        const QDateTime before = clock.now();
        clock.jump(-2h);
        clock.advance(1s);
        QCOMPARE(before.msecsTo(clock.now()), qint64(1000));
        QCOMPARE(clock.monotonic(), Duration(1s));
        QCOMPARE(toWall(before), before.addSecs(-7200));
        QCOMPARE(fromWall(toWall(before)), before);
        clock.jump(2h);
        QCOMPARE(toWall(before), before);
    }

    void duringSleepAllTimeGoesOnAndWhatIsOverdueIsCalledSoonAfter()
    {
        FakeClock clock;
        QObject context;
        QStringList called;
        clock.after(1s, &context, [&called] { called.append(QStringLiteral("soon")); });
        clock.after(1min, &context, [&called] { called.append(QStringLiteral("overdue")); });
        clock.after(9h, &context, [&called] { called.append(QStringLiteral("later")); });
        const QDateTime before = clock.now();
        clock.sleep(8h);
        QCOMPARE(before.msecsTo(clock.now()), qint64(8 * 3'600'000));
        QVERIFY(called.isEmpty());
        clock.advance(1s);
        QCOMPARE(called, QStringList{QStringLiteral("soon")});
        clock.advance(4s);
        QCOMPARE(called.size(), 2);
        clock.advance(1h);
        QCOMPARE(called.last(), QStringLiteral("later"));
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
