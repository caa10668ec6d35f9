#include "app/session/pollpace.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace pollpace_test {

using namespace std::chrono_literals;

const QDateTime noon(QDate(2026, 5, 13), QTime(12, 0), utcZone);
constexpr PollSpending fresh{0, 650, 0};

Attention lookedAt(Duration idle)
{
    return {true, true, noon.addMSecs(-idle.count())};
}

/// How often is read, for whom, and why not more often.
class TestPollPace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whoLooksReadsOften()
    {
        const Pace pace = paceOf(lookedAt(10s), fresh, 1, noon);
        QCOMPARE(pace.interval, closeInterval);
        QCOMPARE(pace.slowness, Slowness::None);
    }

    void aLongListIsReadLessOftenForMoreOfIt()
    {
        const Pace pace = paceOf(lookedAt(10s), fresh, 100, noon);
        QVERIFY(pace.interval > closeInterval);
        QCOMPARE(pace.slowness, Slowness::ManyRunning);
        QVERIFY(pace.extra > 1);
    }

    void nobodyLookingSlowsDownToFiveMinutes()
    {
        QCOMPARE(paceOf(lookedAt(119s), fresh, 1, noon).interval, closeInterval);
        QCOMPARE(paceOf(lookedAt(2min), fresh, 1, noon).interval, 2 * closeInterval);
        QCOMPARE(paceOf(lookedAt(4min), fresh, 1, noon).interval, 4 * closeInterval);
        QCOMPARE(paceOf(lookedAt(24h), fresh, 1, noon).interval, Duration(5min));
        QCOMPARE(paceOf(lookedAt(24h), fresh, 1, noon).slowness, Slowness::Idle);
        QCOMPARE(paceOf(lookedAt(24h), fresh, 100, noon).extra, 1);
    }

    void aWindowBehindOthersIsReadLessOften()
    {
        const Attention behind{false, true, noon};
        QCOMPARE(paceOf(behind, fresh, 1, noon).interval, Duration(1min));
        QCOMPARE(paceOf(behind, fresh, 1, noon).slowness, Slowness::Background);
        const Attention minimised{false, false, noon};
        QCOMPARE(paceOf(minimised, fresh, 1, noon).interval, Duration(5min));
        QCOMPARE(paceOf({false, true, noon.addSecs(-3600)}, fresh, 1, noon).slowness, Slowness::Background);
    }

    void nearTheHoursShareItSlowsDownAndSaysSo()
    {
        QCOMPARE(paceOf(lookedAt(1s), {597, 650, 0}, 1, noon).interval, closeInterval);
        QCOMPARE(paceOf(lookedAt(1s), {598, 650, 0}, 1, noon).interval, 2 * closeInterval);
        QCOMPARE(paceOf(lookedAt(1s), {598, 650, 0}, 1, noon).slowness, Slowness::NearHourShare);
        QCOMPARE(paceOf(lookedAt(1s), {631, 650, 0}, 1, noon).interval, 4 * closeInterval);
        QCOMPARE(paceOf(lookedAt(1s), {0, 0, 0}, 1, noon).slowness, Slowness::NearHourShare);
    }

    void extraReadsEndBeforeTheyWouldSlowTheOthers()
    {
        int last = 99;
        for (int spent = 0; spent <= 650; ++spent) {
            const int extra = paceOf(lookedAt(1s), {spent, 650, 0}, 100, noon).extra;
            QVERIFY(extra <= last && extra >= 0);
            QVERIFY(spent + extra <= 650 * 88 / 100 || extra == 0);
            last = extra;
        }
        QCOMPARE(last, 0);
        QVERIFY(paceOf(lookedAt(1s), {0, 650, 0}, 100, noon).extra > 5);
    }

    void extraReadsLeaveRoomForAnHourOfTheOthers()
    {
        constexpr int perHour = 450; // every 20 s the list and the chosen row, now and then the rest
        for (const int pages : {1, 100}) {
            int extra = 0;
            while (paceOf(lookedAt(1s), {extra, 650, extra}, pages, noon).extra > 0)
                ++extra;
            const Duration interval = paceOf(lookedAt(1s), {extra, 650, extra}, pages, noon).interval;
            const double others = perHour * double(closeInterval.count()) / double(interval.count());
            QVERIFY2(extra + others <= 650 * 0.88 + 1, qPrintable(QString::number(extra)));
            QVERIFY(extra > 100);
        }
    }
};

}

STOPDESK_TEST(pollpace, TestPollPace, QCoreApplication)
#include "tst_pollpace.moc"
