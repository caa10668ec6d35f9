#include "app/gateway/requestbudget.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace requestbudget_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Failure refusedFor(FailureKind kind, std::optional<Duration> retryAfter = {})
{
    return {kind, Reached::Answered, 429, retryAfter, {}, {}, {}, 0};
}

/// The one door: what may leave when.
class TestRequestBudget : public QObject {
    Q_OBJECT

private:
    /// Asks `count` times and gives each place back at once.
    void ask(RequestBudget &budget, Lane lane, int count, QObject *asker = nullptr)
    {
        for (int i = 0; i < count; ++i) {
            budget.ask(lane, asker ? asker : this, [this, &budget, lane] {
                m_left.append(lane);
                budget.arrived(lane);
            });
        }
    }

    FakeClock m_clock;
    QList<Lane> m_left;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_left.clear();
    }

    void neverMoreThanNinetyPercentInAnyMinute()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 200);
        m_clock.advance(1s);
        QCOMPARE(m_left.size(), 90);
        m_clock.advance(58s);
        QCOMPARE(m_left.size(), 90);
        m_clock.advance(2s);
        QCOMPARE(m_left.size(), 180);
    }

    void neverMoreThanNinetyPercentInAnyHour()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 2000);
        m_clock.advance(59min);
        QCOMPARE(m_left.size(), 900);
        m_clock.advance(2min);
        QVERIFY(m_left.size() > 900);
        QCOMPARE(budget.spentThisHour(), 900);
    }

    void pollingNeverTouchesTheReserve()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Poll, 200);
        m_clock.advance(1s);
        QCOMPARE(m_left.size(), 60);
        ask(budget, Lane::Stop, 30);
        m_clock.advance(1s);
        QCOMPARE(m_left.count(Lane::Stop), 30);
        QCOMPARE(m_left.count(Lane::Poll), 60);
    }

    void aStopGoesBeforeWhatWaits()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Poll, 3);
        ask(budget, Lane::Check, 3);
        ask(budget, Lane::Stop, 1);
        m_clock.advance(1ms);
        QCOMPARE(m_left.first(), Lane::Stop);
        QCOMPARE(m_left.at(1), Lane::Check);
        QCOMPARE(m_left.last(), Lane::Poll);
    }

    void hangingReadsLeaveRoomForAStop()
    {
        RequestBudget budget(100, 1000, m_clock);
        for (int i = 0; i < 5; ++i) {
            budget.ask(Lane::Poll, this, [this] { m_left.append(Lane::Poll); });
            budget.ask(Lane::Check, this, [this] { m_left.append(Lane::Check); });
        }
        m_clock.advance(1s);
        QCOMPARE(m_left.size(), 4); // two of each, and none comes back
        ask(budget, Lane::Stop, 1);
        m_clock.advance(1ms);
        QCOMPARE(m_left.last(), Lane::Stop);
    }

    void whoIsGoneIsNotCalledAndSpendsNothing()
    {
        RequestBudget budget(100, 1000, m_clock);
        auto asker = std::make_unique<QObject>();
        ask(budget, Lane::Stop, 1, asker.get());
        asker.reset();
        m_clock.advance(1s);
        QVERIFY(m_left.isEmpty());
        QCOMPARE(budget.spentThisMinute(), 0);
    }

    void aStopLeavesAtOnceAfterAnHourOfPollingThatWantsAll()
    {
        RequestBudget budget(100, 1000, m_clock);
        for (int second = 0; second < 3600; ++second) {
            ask(budget, Lane::Poll, 1);
            m_clock.advance(1s);
        }
        QCOMPARE(m_left.count(Lane::Poll), 650);
        QVERIFY(budget.pollWait() > 0ms);
        ask(budget, Lane::Stop, 90);
        m_clock.advance(1ms);
        QCOMPARE(m_left.count(Lane::Stop), 90);
    }

    void checksLeaveRoomForStops()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Check, 100);
        m_clock.advance(1ms);
        QCOMPARE(m_left.count(Lane::Check), 80);
        ask(budget, Lane::Stop, 20);
        m_clock.advance(1ms);
        QCOMPARE(m_left.count(Lane::Stop), 10);
    }

    void nothingIsSpentTwiceAtTheEdgeOfAMinute()
    {
        RequestBudget budget(100, 1000, m_clock);
        m_clock.advance(59'900ms);
        ask(budget, Lane::Stop, 90);
        m_clock.advance(200ms);
        QCOMPARE(m_left.size(), 90);
        ask(budget, Lane::Stop, 90);
        m_clock.advance(59'700ms);
        QCOMPARE(m_left.size(), 90);
        m_clock.advance(200ms);
        QCOMPARE(m_left.size(), 180);
    }

    void pollsGiveWayWhenACommandWaitsForRoom_data()
    {
        QTest::addColumn<Lane>("lane");
        QTest::newRow("stop") << Lane::Stop;
        QTest::newRow("check") << Lane::Check;
    }
    void pollsGiveWayWhenACommandWaitsForRoom()
    {
        QFETCH(Lane, lane);
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, lane, 90);
        m_clock.advance(1ms);
        int dropped = 0;
        const auto poll = [&] {
            budget.ask(
                Lane::Poll, this, [this] { m_left.append(Lane::Poll); }, [&dropped] { ++dropped; });
        };
        if (lane == Lane::Stop) { // nobody has to wait yet
            poll();
            m_clock.advance(1ms);
            QCOMPARE(dropped, 0);
        }
        ask(budget, lane, 1);
        poll();
        const int before = dropped;
        QCOMPARE(before, 0); // never before the ask has returned
        m_clock.advance(1ms);
        QCOMPARE(dropped, lane == Lane::Stop ? 2 : 1);
        poll(); // who comes while it waits is not queued either
        m_clock.advance(1ms);
        QCOMPARE(dropped, lane == Lane::Stop ? 3 : 2);
        m_clock.advance(2min);
        QCOMPARE(m_left.count(Lane::Poll), 0);
        QCOMPARE(m_left.last(), lane);
    }

    void pollsWaitWhileACommandOnlyWaitsForThoseInFlight()
    {
        RequestBudget budget(100, 1000, m_clock);
        for (int i = 0; i < 3; ++i)
            budget.ask(Lane::Stop, this, [this] { m_left.append(Lane::Stop); });
        bool dropped = false;
        budget.ask(
            Lane::Poll, this, [this] { m_left.append(Lane::Poll); }, [&dropped] { dropped = true; });
        m_clock.advance(1s);
        QCOMPARE(m_left, QList({Lane::Stop, Lane::Stop, Lane::Poll}));
        QVERIFY(!dropped);
    }

    void whoIsGoneIsNotToldThatItWasDropped()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 91);
        auto second = std::make_unique<QObject>();
        bool dropped = false;
        budget.ask(
            Lane::Poll, this, [] {}, [&second] { second.reset(); });
        budget.ask(
            Lane::Poll, second.get(), [] {}, [&dropped] { dropped = true; });
        m_clock.advance(1s);
        QVERIFY(!second);
        QVERIFY(!dropped);
        QCOMPARE(budget.pollsThisHour(), 0);
    }

    void whatLeavesMayAskAgainAndEndOthers()
    {
        RequestBudget budget(100, 1000, m_clock);
        auto other = std::make_unique<QObject>();
        budget.ask(Lane::Stop, this, [&] {
            m_left.append(Lane::Stop);
            budget.arrived(Lane::Stop);
            other.reset();
            ask(budget, Lane::Stop, 1);
        });
        budget.ask(Lane::Stop, other.get(), [this] { m_left.append(Lane::Check); });
        m_clock.advance(1s);
        QCOMPARE(m_left, QList({Lane::Stop, Lane::Stop}));
        QCOMPARE(budget.spentThisMinute(), 2);
    }

    void whatLeavesMayEndTheBudget()
    {
        auto budget = std::make_unique<RequestBudget>(100, 1000, m_clock);
        budget->ask(Lane::Stop, this, [this, &budget] {
            m_left.append(Lane::Stop);
            budget.reset();
        });
        ask(*budget, Lane::Stop, 1);
        m_clock.advance(1h);
        QCOMPARE(m_left, QList{Lane::Stop});
    }

    void whoIsDroppedMayAskAgain()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 91);
        budget.ask(
            Lane::Poll, this, [] {}, [this, &budget] { ask(budget, Lane::Poll, 1); });
        m_clock.advance(1s); // and is dropped again, for the stop still waits; nobody is left who would ask
        QCOMPARE(m_left.size(), 90);
        m_clock.advance(1min);
        QCOMPARE(m_left.size(), 91);
        ask(budget, Lane::Poll, 1);
        m_clock.advance(1s);
        QCOMPARE(m_left.last(), Lane::Poll);
    }

    void changedLimitsCountAtOnce()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 60);
        m_clock.advance(1s);
        budget.setLimits({50, 1000});
        QCOMPARE(budget.perMinute(), 45);
        QCOMPARE(budget.waitOf(Lane::Stop), (LaneWait{59'001ms, WaitReason::Minute}));
        ask(budget, Lane::Stop, 31);
        m_clock.advance(1s);
        QCOMPARE(m_left.size(), 60);
        budget.setLimits({100, 1000});
        m_clock.advance(1s);
        QCOMPARE(m_left.size(), 90);
    }

    void limitsThatMakeNoSenseStillLetOneGo()
    {
        RequestBudget budget(0, -5, m_clock);
        ask(budget, Lane::Poll, 2);
        m_clock.advance(1min);
        QCOMPARE(m_left.size(), 1);
    }

    void theWallClockRefillsNothingAndLocksNothing_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("set forward") << 8;
        QTest::newRow("set back") << -8;
    }
    void theWallClockRefillsNothingAndLocksNothing()
    {
        QFETCH(int, hours);
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 90);
        m_clock.advance(1s);
        m_clock.jump(std::chrono::hours(hours));
        ask(budget, Lane::Stop, 1);
        m_clock.advance(58s);
        QCOMPARE(m_left.size(), 90);
        m_clock.advance(2s);
        QCOMPARE(m_left.size(), 91);
    }

    void pollsAreHeldAsLongAsSomebodyHoldsThem()
    {
        RequestBudget budget(100, 1000, m_clock);
        std::shared_ptr<void> one = budget.holdPolls();
        std::shared_ptr<void> other = budget.holdPolls();
        QCOMPARE(budget.waitOf(Lane::Poll).reason, WaitReason::Stops);
        ask(budget, Lane::Poll, 1);
        ask(budget, Lane::Stop, 1);
        m_clock.advance(5s);
        QCOMPARE(m_left, QList{Lane::Stop});
        one.reset();
        ask(budget, Lane::Poll, 1);
        m_clock.advance(5s);
        QCOMPARE(m_left, QList{Lane::Stop});
        other.reset();
        QCOMPARE(budget.waitOf(Lane::Poll), LaneWait());
        ask(budget, Lane::Poll, 1);
        m_clock.advance(5s);
        QCOMPARE(m_left, QList({Lane::Stop, Lane::Poll}));
    }

    void placesAreCountedByTheWindows()
    {
        RequestBudget budget(100, 1000, m_clock);
        QCOMPARE(budget.placesLeft(Lane::Stop), 90);
        QCOMPARE(budget.placesLeft(Lane::Check), 80);
        ask(budget, Lane::Stop, 85);
        m_clock.advance(1s);
        QCOMPARE(budget.placesLeft(Lane::Stop), 5);
        QCOMPARE(budget.placesLeft(Lane::Check), 0);
        m_clock.advance(61s);
        QCOMPARE(budget.placesLeft(Lane::Stop), 90);
    }

    void aPollThatIsRefusedHoldsPollsAndAStopThatIsRefusedHoldsBoth()
    {
        RequestBudget budget(100, 1000, m_clock);
        budget.hear(Lane::Poll, {}, refusedFor(FailureKind::TooMany, 30s));
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{30s, WaitReason::RateLimited}));
        QCOMPARE(budget.waitOf(Lane::Stop), LaneWait());
        budget.hear(Lane::Stop, {}, refusedFor(FailureKind::TooMany, 50s));
        QCOMPARE(budget.waitOf(Lane::Stop), (LaneWait{50s, WaitReason::RateLimited}));
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{50s, WaitReason::RateLimited}));
        ask(budget, Lane::Stop, 1);
        m_clock.advance(49s);
        QVERIFY(m_left.isEmpty());
        m_clock.advance(2s);
        QCOMPARE(m_left, QList{Lane::Stop});
    }

    void aResetIsAWaitForPollingAlone()
    {
        RequestBudget budget(100, 1000, m_clock);
        const RateHeaders headers{{}, {}, 40min};
        budget.hear(Lane::Stop, headers, refusedFor(FailureKind::TooMany));
        budget.hear(Lane::Check, headers, refusedFor(FailureKind::TooMany));
        QCOMPARE(budget.waitOf(Lane::Stop), LaneWait());
        QCOMPARE(budget.waitOf(Lane::Check), LaneWait());
        QVERIFY(budget.pollWait() <= 5s);
        m_clock.advance(5s);
        budget.hear(Lane::Poll, headers, refusedFor(FailureKind::TooMany));
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{40min, WaitReason::RateLimited}));
    }

    void whoIsAskedToWaitForAnotherReasonWaitsUnlessItIsForAStop()
    {
        RequestBudget budget(100, 1000, m_clock);
        const Failure busy{FailureKind::ServerError, Reached::Answered, 503, 20s, {}, {}, {}, 0};
        budget.hear(Lane::Stop, {}, busy);
        budget.hear(Lane::Check, {}, busy);
        QCOMPARE(budget.waitOf(Lane::Poll), LaneWait());
        budget.hear(Lane::Poll, {}, busy);
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{20s, WaitReason::ServiceAway}));
        QCOMPARE(budget.waitOf(Lane::Poll, true), LaneWait());
        QCOMPARE(budget.waitOf(Lane::Check), LaneWait());
        QVERIFY(!budget.isUsedElsewhere());
        QCOMPARE(budget.lastHour().last().refused, 0);
    }

    void whatAPersonAsksForPassesAServiceThatIsAwayAndGoesFirst()
    {
        RequestBudget budget(100, 1000, m_clock);
        QStringList left;
        const auto poll = [this, &budget, &left](const QString &name, bool isAsked) {
            budget.ask(Lane::Poll, this, [&left, name] { left.append(name); }, {}, {}, isAsked);
        };
        budget.hear(Lane::Poll, {}, Failure{FailureKind::ServerError, Reached::Answered, 503, 30min, {}, {}, {}, 0});
        poll(u"polled"_s, false);
        m_clock.advance(1min);
        QCOMPARE(left, QStringList());
        poll(u"asked"_s, true);
        poll(u"asked later"_s, true);
        m_clock.advance(1ms);
        QCOMPARE(left, QStringList({u"asked"_s, u"asked later"_s}));
        budget.hear(Lane::Poll, {}, std::nullopt);
        budget.arrived(Lane::Poll);
        m_clock.advance(1ms);
        QCOMPARE(left.last(), u"polled"_s); // the service is back for all
    }

    void aServiceThatIsAwayIsBackWithTheFirstSuccessOfAnyLane()
    {
        for (const Lane lane : lanes) {
            RequestBudget budget(100, 1000, m_clock);
            budget.hear(Lane::Poll, {}, Failure{FailureKind::ServerError, Reached::Answered, 503, 30min, {}, {}, {}, 0});
            budget.hear(lane, {}, Failure{FailureKind::ServerError, Reached::Answered, 502, {}, {}, {}, {}, 0});
            QCOMPARE(budget.waitOf(Lane::Poll).reason, WaitReason::ServiceAway);
            budget.hear(lane, {}, std::nullopt);
            QCOMPARE(budget.waitOf(Lane::Poll), LaneWait());
        }
    }

    void whatLeftBeforeTheServiceWentAwayDoesNotBringItBack()
    {
        RequestBudget budget(100, 1000, m_clock);
        m_clock.advance(1s);
        budget.hear(Lane::Poll, {}, Failure{FailureKind::ServerError, Reached::Answered, 503, 30min, {}, {}, {}, 0});
        budget.hear(Lane::Poll, {}, std::nullopt, m_clock.monotonic() - 10ms);
        QCOMPARE(budget.waitOf(Lane::Poll).reason, WaitReason::ServiceAway);
        budget.hear(Lane::Check, {}, std::nullopt, m_clock.monotonic() + 10ms);
        QCOMPARE(budget.waitOf(Lane::Poll), LaneWait());
    }

    void afterTooManyNobodyPasses()
    {
        RequestBudget budget(100, 1000, m_clock);
        budget.hear(Lane::Poll, {}, refusedFor(FailureKind::TooMany, 30min));
        QCOMPARE(budget.waitOf(Lane::Poll, true), (LaneWait{30min, WaitReason::RateLimited}));
        budget.hear(Lane::Poll, {}, Failure{FailureKind::ServerError, Reached::Answered, 503, 1h, {}, {}, {}, 0});
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{1h, WaitReason::ServiceAway}));
        QCOMPARE(budget.waitOf(Lane::Poll, true), (LaneWait{30min, WaitReason::RateLimited}));
        budget.hear(Lane::Stop, {}, std::nullopt);
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{30min, WaitReason::RateLimited}));
    }

    void aSpentPlanHoldsPollsLongerAndIsNotARate()
    {
        RequestBudget budget(100, 1000, m_clock);
        budget.hear(Lane::Poll, {}, refusedFor(FailureKind::PlanLimit));
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{5min, WaitReason::PlanLimit}));
        QVERIFY(!budget.isUsedElsewhere());
        QCOMPARE(budget.lastHour().last().refused, 0);
    }

    void refusedFarBelowItsOwnCountTheKeyIsUsedElsewhere()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 40);
        m_clock.advance(1s);
        budget.hear(Lane::Poll, {}, refusedFor(FailureKind::TooMany, 1s));
        QVERIFY(budget.isUsedElsewhere());
        QCOMPARE(budget.pollsPerMinute(), 30);
        QCOMPARE(budget.pollsPerHour(), 325);
        QCOMPARE(budget.perMinute(), 90); // stops may still have all
        QCOMPARE(budget.waitOf(Lane::Poll).reason, WaitReason::Elsewhere);
        m_clock.advance(59min);
        QVERIFY(budget.isUsedElsewhere());
        m_clock.advance(2min);
        QVERIFY(!budget.isUsedElsewhere());
        QCOMPARE(budget.pollsPerMinute(), 60);
    }

    void refusedWhereMuchWasSentSaysNothingOfOthers_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::addColumn<int>("limit"); // X-RateLimit-Limit; 0: none
        QTest::addColumn<int>("retryAfter"); // s
        QTest::addColumn<bool>("elsewhere");
        QTest::newRow("60 in this minute") << 1 << 0 << 5 << false;
        QTest::newRow("60 in this minute, the hour's limit is hit") << 1 << 1000 << 5 << true;
        QTest::newRow("60 in this minute, a wait that only an hour has") << 1 << 0 << 600 << true;
        QTest::newRow("600 in the hour") << 10 << 0 << 5 << false;
        QTest::newRow("600 in the hour, the minute's limit is hit") << 10 << 100 << 5 << true;
    }
    void refusedWhereMuchWasSentSaysNothingOfOthers()
    {
        QFETCH(int, minutes);
        QFETCH(int, limit);
        QFETCH(int, retryAfter);
        RequestBudget budget(100, 1000, m_clock);
        for (int i = 0; i < minutes; ++i) {
            m_clock.advance(2min);
            ask(budget, Lane::Stop, 60);
        }
        m_clock.advance(minutes > 1 ? 2min : 1s);
        RateHeaders headers;
        if (limit > 0)
            headers.limit = limit;
        budget.hear(Lane::Poll, headers, refusedFor(FailureKind::TooMany, std::chrono::seconds(retryAfter)));
        QTEST(budget.isUsedElsewhere(), "elsewhere");
    }

    void whatTheServiceStillHasIsBelievedDownwards()
    {
        RequestBudget budget(100, 1000, m_clock);
        budget.hear(Lane::Check, {100, 99, 30s}, {}); // more than we think changes nothing
        ask(budget, Lane::Poll, 100);
        m_clock.advance(1ms);
        QCOMPARE(m_left.size(), 59);
        m_left.clear();
        budget.hear(Lane::Check, {100, 5, 30s}, {});
        QCOMPARE(budget.waitOf(Lane::Poll).reason, WaitReason::ServiceCount);
        ask(budget, Lane::Stop, 6);
        m_clock.advance(29s);
        QCOMPARE(m_left.count(Lane::Stop), 5);
        m_clock.advance(1001ms);
        QCOMPARE(m_left.count(Lane::Stop), 6);
    }

    void theScreenReadsWhatWasSpentAndWhyPollingWaits()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 2);
        ask(budget, Lane::Check, 3);
        ask(budget, Lane::Poll, 4);
        m_clock.advance(1s);
        QCOMPARE(budget.spentThisMinute(), 9);
        QCOMPARE(budget.spentThisHour(), 9);
        QCOMPARE(budget.pollsThisMinute(), 4);
        QCOMPARE(budget.pollWait(), 0ms);
        ask(budget, Lane::Poll, 60);
        m_clock.advance(1s);
        QCOMPARE(budget.waitOf(Lane::Poll), (LaneWait{58'001ms, WaitReason::Minute}));
        m_clock.advance(1min);
        QCOMPARE(budget.spentThisMinute(), 9); // those that had waited
        QCOMPARE(budget.pollsThisHour(), 64);
        for (int i = 0; i < 10; ++i) {
            m_clock.advance(2min);
            ask(budget, Lane::Poll, 60);
        }
        m_clock.advance(2min);
        QCOMPARE(budget.pollsThisHour(), 645); // with the stops and checks 650
        QCOMPARE(budget.waitOf(Lane::Poll).reason, WaitReason::Hour);
    }

    void theLastHourIsCountedByMinuteAndLane()
    {
        RequestBudget budget(100, 1000, m_clock);
        m_clock.advance(30s);
        ask(budget, Lane::Stop, 1);
        ask(budget, Lane::Poll, 2);
        m_clock.advance(1min);
        ask(budget, Lane::Check, 3);
        m_clock.advance(1s);
        budget.hear(Lane::Check, {}, refusedFor(FailureKind::TooMany, 1s));
        QList<MinuteCount> hour = budget.lastHour();
        QCOMPARE(hour.size(), 60);
        QCOMPARE(hour.at(59).checks, 3);
        QCOMPARE(hour.at(59).refused, 1);
        QCOMPARE(hour.at(58).stops, 1);
        QCOMPARE(hour.at(58).polls, 2);
        QCOMPARE(hour.at(57).polls + hour.at(58).checks, 0);
        m_clock.advance(58min);
        hour = budget.lastHour();
        QCOMPARE(hour.at(0).stops, 1);
        QCOMPARE(hour.at(1).checks, 3);
        m_clock.advance(30min);
        QCOMPARE(budget.lastHour().at(0).stops, 0);
    }

    void neverBeforeTheAskHasReturned()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 1);
        QVERIFY(m_left.isEmpty());
    }
};

}

STOPDESK_TEST(requestbudget, TestRequestBudget, QCoreApplication)
#include "tst_requestbudget.moc"
