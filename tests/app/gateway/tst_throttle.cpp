#include "app/gateway/throttle.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace throttle_test {

using namespace std::chrono_literals;

/// What the service says about the rate, and for how long it is believed.
class TestThrottle : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeClock> m_clock;
    const RateLimits m_limits;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_clock = std::make_unique<FakeClock>();
    }

    void withoutRetryAfterPollingWaitsLongerEachTime()
    {
        Throttle throttle(*m_clock);
        m_clock->setRandom([] { return 0.999999; });
        for (const Duration step : {5s, 15s, 60s, 60s}) {
            throttle.refused(Lane::Poll, {});
            QCOMPARE(throttle.waitOf(Lane::Poll), (LaneWait{step, WaitReason::RateLimited}));
            m_clock->advance(step);
        }
        throttle.accepted(Lane::Poll);
        throttle.refused(Lane::Poll, {});
        QCOMPARE(throttle.waitOf(Lane::Poll).time, 5s);
    }

    void consolesThatWereRefusedTogetherDoNotComeBackTogether()
    {
        QSet<qint64> waits;
        for (int i = 0; i < 50; ++i) {
            Throttle throttle(*m_clock);
            m_clock->setRandom([i] { return i / 50.0; });
            throttle.refused(Lane::Poll, {});
            QVERIFY(throttle.waitOf(Lane::Poll).time >= 1s && throttle.waitOf(Lane::Poll).time < 5s);
            waits.insert(throttle.waitOf(Lane::Poll).time.count());
        }
        QVERIFY(waits.size() >= 40);
    }

    void twoThatWereRefusedTogetherCountAsOne()
    {
        Throttle throttle(*m_clock);
        throttle.refused(Lane::Poll, {});
        throttle.refused(Lane::Poll, {});
        QCOMPARE(throttle.waitOf(Lane::Poll).time, 2500ms);
        m_clock->advance(3s);
        throttle.refused(Lane::Poll, {});
        QCOMPARE(throttle.waitOf(Lane::Poll).time, 7500ms);
    }

    void aShorterWaitNeverShortensALongerOneAndNoneIsOverAnHour()
    {
        Throttle throttle(*m_clock);
        throttle.hold(Lane::Poll, 30s, WaitReason::PlanLimit);
        throttle.hold(Lane::Poll, 5s, WaitReason::RateLimited);
        QCOMPARE(throttle.waitOf(Lane::Poll), (LaneWait{30s, WaitReason::PlanLimit}));
        throttle.hold(Lane::Stop, 48h, WaitReason::RateLimited);
        QCOMPARE(throttle.waitOf(Lane::Stop).time, 1h);
        throttle.hold(Lane::Check, -5s, WaitReason::RateLimited);
        QCOMPARE(throttle.waitOf(Lane::Check), LaneWait());
    }

    void stopsAndChecksWaitOnlyAsLongAsTheyWereTold()
    {
        Throttle throttle(*m_clock);
        throttle.refused(Lane::Stop, {});
        QCOMPARE(throttle.waitOf(Lane::Stop), LaneWait());
        QVERIFY(throttle.waitOf(Lane::Poll).time > 0ms);
        throttle.refused(Lane::Check, 20s);
        QCOMPARE(throttle.waitOf(Lane::Check).time, 20s);
        QCOMPARE(throttle.waitOf(Lane::Stop), LaneWait());
    }

    void aRefusedStopForASpentPlanSaysNothingOfReads()
    {
        Throttle throttle(*m_clock);
        throttle.planIsSpent(Lane::Stop);
        QCOMPARE(throttle.waitOf(Lane::Poll), LaneWait());
        throttle.planIsSpent(Lane::Check);
        QCOMPARE(throttle.waitOf(Lane::Poll), (LaneWait{5min, WaitReason::PlanLimit}));
    }

    void aHoldLastsAsLongAsItSaysWhateverIsDoneToTheClockAndAlsoDuringSleep()
    {
        Throttle throttle(*m_clock);
        throttle.hold(Lane::Stop, 10min, WaitReason::RateLimited);
        m_clock->jump(-24h);
        m_clock->advance(4min);
        m_clock->jump(48h);
        QCOMPARE(throttle.waitOf(Lane::Stop).time, 6min);
        m_clock->sleep(6min);
        QCOMPARE(throttle.waitOf(Lane::Stop), LaneWait());
    }

    void eachLaneLeavesWhatIsAboveItsShare_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("remaining");
        QTest::addColumn<int>("underWay");
        QTest::addColumn<QList<bool>>("mayGo"); // stop, check, poll
        QTest::newRow("much") << 100 << 41 << 0 << QList{true, true, true};
        QTest::newRow("the share of polling is spent") << 100 << 40 << 0 << QList{true, true, false};
        QTest::newRow("with what is under way") << 100 << 43 << 3 << QList{true, true, false};
        QTest::newRow("the share of checks is spent") << 100 << 20 << 0 << QList{true, false, false};
        QTest::newRow("the last one is for a stop") << 100 << 1 << 0 << QList{true, false, false};
        QTest::newRow("nothing") << 100 << 0 << 0 << QList{false, false, false};
        QTest::newRow("more under way than left") << 100 << 1 << 4 << QList{false, false, false};
        QTest::newRow("a smaller limit than was set") << 50 << 21 << 0 << QList{true, true, true};
        QTest::newRow("a smaller limit, spent") << 50 << 20 << 0 << QList{true, true, false};
    }
    void eachLaneLeavesWhatIsAboveItsShare()
    {
        QFETCH(int, limit);
        QFETCH(int, remaining);
        QFETCH(int, underWay);
        Throttle throttle(*m_clock);
        throttle.hear({limit, remaining, 30s}, m_limits, underWay);
        QList<bool> mayGo;
        for (const Lane lane : lanes)
            mayGo.append(throttle.waitOf(lane).time == 0ms);
        QTEST(mayGo, "mayGo");
        m_clock->advance(30s);
        QCOMPARE(throttle.waitOf(Lane::Poll), LaneWait());
    }

    void everySendTakesOneOfWhatIsLeft()
    {
        Throttle throttle(*m_clock);
        throttle.hear({100, 2, 30s}, m_limits, 0);
        throttle.countSend();
        QCOMPARE(throttle.waitOf(Lane::Stop), LaneWait());
        throttle.countSend();
        throttle.countSend();
        QCOMPARE(throttle.waitOf(Lane::Stop), (LaneWait{30s, WaitReason::ServiceCount}));
    }

    void anAnswerThatWasOvertakenGivesNothingBackButANewResetDoes()
    {
        Throttle throttle(*m_clock);
        throttle.hear({100, 0, 30s}, m_limits, 0);
        throttle.hear({100, 60, 30s}, m_limits, 0);
        QVERIFY(throttle.waitOf(Lane::Poll).time > 0ms);
        m_clock->advance(31s);
        throttle.hear({100, 60, 30s}, m_limits, 0);
        QCOMPARE(throttle.waitOf(Lane::Poll), LaneWait());
    }

    void aStopWaitsForACountNoLongerThanAMinute()
    {
        Throttle throttle(*m_clock);
        throttle.hear({1000, 0, 50min}, m_limits, 0);
        QCOMPARE(throttle.waitOf(Lane::Poll), (LaneWait{50min, WaitReason::ServiceCount}));
        QCOMPARE(throttle.waitOf(Lane::Stop).time, 1min);
        m_clock->advance(59s);
        throttle.hear({1000, 0, 50min - 59s}, m_limits, 0); // saying it again does not begin anew
        QCOMPARE(throttle.waitOf(Lane::Stop).time, 1s);
        m_clock->advance(1s);
        QCOMPARE(throttle.waitOf(Lane::Stop), LaneWait());
    }

    void withoutAResetACountHoldsForAMinuteAndWithoutACountNothingHolds()
    {
        Throttle throttle(*m_clock);
        throttle.hear({100, {}, 30s}, m_limits, 0);
        QCOMPARE(throttle.waitOf(Lane::Poll), LaneWait());
        throttle.hear({{}, 3, {}}, m_limits, 0);
        QCOMPARE(throttle.waitOf(Lane::Poll).time, 1min);
    }
};

}

STOPDESK_TEST(throttle, TestThrottle, QCoreApplication)
#include "tst_throttle.moc"
