#include "app/types/clock.h"
#include "app/types/freshness.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace freshness_test {

using namespace std::chrono_literals;

const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

/// Read at noon; each test says what went on since.
Freshness readAtNoon()
{
    Freshness freshness;
    freshness.readAt = noon;
    freshness.interval = 20s;
    return freshness;
}

Failure failure(FailureKind kind, Reached reached)
{
    Failure made;
    made.kind = kind;
    made.reached = reached;
    return made;
}

/// When what was read is too old to be shown as what is so now.
class TestFreshness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsInTheWayOfReadingMakesItOld_data()
    {
        QTest::addColumn<Freshness>("freshness");
        QTest::addColumn<int>("freshFor");
        const auto paced = [](Slowness slowness, Duration interval) {
            Freshness freshness = readAtNoon();
            freshness.slowness = slowness;
            freshness.interval = interval;
            return freshness;
        };
        const auto failed = [](FailureKind kind, Reached reached) {
            Freshness freshness = readAtNoon();
            freshness.lastFailure = failure(kind, reached);
            freshness.failedAt = noon.addSecs(1);
            return freshness;
        };
        Freshness held = paced(Slowness::Background, 5min);
        held.held = true;
        QTest::newRow("nothing: two refreshes may be missed") << readAtNoon() << 45;
        QTest::newRow("nobody looks") << paced(Slowness::Background, 60s) << 120;
        QTest::newRow("nobody looks for long") << paced(Slowness::Idle, 5min) << 600;
        QTest::newRow("the hour is spent") << paced(Slowness::HourShareSpent, 30min) << 45;
        QTest::newRow("the service asked to wait") << paced(Slowness::RateLimited, 5min) << 45;
        QTest::newRow("others use the key") << paced(Slowness::UsedElsewhere, 50min) << 600;
        QTest::newRow("held by a person") << held << 45;
        QTest::newRow("an answer that is no list") << failed(FailureKind::ServerError, Reached::Answered) << 45;
        QTest::newRow("too many requests") << failed(FailureKind::TooMany, Reached::Answered) << 45;
        QTest::newRow("no network") << failed(FailureKind::Unreachable, Reached::NeverLeft) << -1;
        QTest::newRow("a time-out") << failed(FailureKind::TimedOut, Reached::MayHaveArrived) << -1;
        QTest::newRow("a refused key") << failed(FailureKind::KeyRefused, Reached::Answered) << -1;
    }
    void whatIsInTheWayOfReadingMakesItOld()
    {
        QFETCH(Freshness, freshness);
        QFETCH(int, freshFor); // seconds; -1: not even at the failure
        QCOMPARE(isStale(freshness, noon.addSecs(qMax(0, freshFor))), freshFor < 0);
        QVERIFY(isStale(freshness, noon.addSecs(qMax(0, freshFor) + 1)));
    }

    void beforeTheFirstReadThereIsNothingToBeOld()
    {
        Freshness unread;
        unread.lastFailure = failure(FailureKind::Unreachable, Reached::NeverLeft);
        unread.failedAt = noon;
        QVERIFY(!isStale(unread, noon.addDays(1)));
    }

    void aReadAfterTheFailureIsFresh()
    {
        Freshness freshness = readAtNoon();
        freshness.lastFailure = failure(FailureKind::TimedOut, Reached::MayHaveArrived); // of the agents, say
        freshness.failedAt = noon.addSecs(-5);
        QVERIFY(!isStale(freshness, noon.addSecs(3)));
    }

    void thatItIsBackIsSaidForAMinute()
    {
        Freshness freshness = readAtNoon();
        QVERIFY(!isBack(freshness, noon));
        freshness.backAt = noon;
        freshness.readAt = noon.addSecs(40);
        QVERIFY(isBack(freshness, noon.addSecs(59)));
        QVERIFY(!isBack(freshness, noon.addSecs(60)));
        freshness.lastFailure = failure(FailureKind::Unreachable, Reached::NeverLeft);
        freshness.failedAt = noon.addSecs(50);
        QVERIFY(!isBack(freshness, noon.addSecs(59)));
    }
};

}

STOPDESK_TEST(freshness, TestFreshness, QCoreApplication)
#include "tst_freshness.moc"
