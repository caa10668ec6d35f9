#include "app/gateway/requestbudget.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <rapidcheck.h>

#include <QtTest>

#include <iostream>

namespace sendforecast_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What left before the question, and what is asked now.
struct Case {
    RateLimits limits;
    std::vector<int> pauses; ///< s, before each earlier request
    int stops = 0;
    int each = 0; ///< ms
    int hold = 0; ///< s
};

std::ostream &operator<<(std::ostream &out, const Case &that)
{
    out << that.limits.perMinute << " a minute, " << that.limits.perHour << " an hour, " << that.stops << " stops every "
        << that.each << " ms, held " << that.hold << " s, earlier after";
    for (const int pause : that.pauses)
        out << ' ' << pause;
    return out;
}

rc::Gen<Case> anyCase()
{
    return rc::gen::construct<Case>(
        rc::gen::construct<RateLimits>(rc::gen::element(1, 3, 10, 100), rc::gen::element(5, 30, 100, 1000)),
        rc::gen::container<std::vector<int>>(rc::gen::weightedElement<int>({{6, 0}, {3, 1}, {2, 20}, {1, 400}})),
        rc::gen::inRange(1, 160), rc::gen::element(0, 1, 150, 700), rc::gen::weightedElement<int>({{4, 0}, {1, 45}}));
}

/// A real door at which a batch really asks, one after the other, with its reads in between.
class Batch {
public:
    explicit Batch(const Case &plan)
        : m_budget(plan.limits, m_clock)
        , m_each(plan.each)
    {
        leave(Lane::Stop, plan.pauses, 1);
        leave(Lane::Poll, plan.pauses, 4);
        if (plan.hold > 0)
            m_budget.hear(Lane::Stop, {},
                          Failure{FailureKind::TooMany, Reached::Answered, 429, std::chrono::seconds(plan.hold), {}, {}, {}, 0});
    }

    SendForecast forecast(int stops) const { return m_budget.whenSent(stops, m_each); }
    const FakeClock &clock() const { return m_clock; }

    /// How long it really took, and when each stop left.
    Duration send(int stops)
    {
        const Duration begun = m_clock.monotonic();
        m_left.clear();
        m_asked = 0;
        m_stops = stops;
        next();
        while (int(m_left.size()) < stops)
            m_clock.advance(m_clock.untilNext().value_or(1ms));
        return m_left.back() - begun;
    }
    const std::vector<Duration> &left() const { return m_left; }

private:
    /// What gets a place within these times; what would still wait goes away.
    void leave(Lane lane, const std::vector<int> &pauses, int quicker)
    {
        QObject asker;
        for (const int pause : pauses) {
            m_clock.advance(Duration(1000 * pause / quicker));
            m_budget.ask(lane, &asker, [this, lane] { m_budget.arrived(lane); });
            m_clock.advance(1ms);
        }
    }

    void next()
    {
        const bool isRead = ++m_asked % 25 == 0;
        m_budget.ask(Lane::Stop, &m_budget, [this, isRead] {
            if (!isRead)
                m_left.push_back(m_clock.monotonic());
            m_budget.arrived(Lane::Stop);
            if (int(m_left.size()) < m_stops)
                m_clock.after(m_each, &m_budget, [this] { next(); });
        });
    }

    FakeClock m_clock;
    RequestBudget m_budget;
    Duration m_each;
    std::vector<Duration> m_left;
    int m_asked = 0;
    int m_stops = 0;
};

/// How long many stops will take, told before the first one leaves.
class TestSendForecast : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", "seed=20260513 max_success=300");
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void itIsWhatARealDoorDoes()
    {
        QVERIFY(rc::check("a forecast comes true", [] {
            const Case plan = *anyCase();
            Batch batch(plan);
            const SendForecast told = batch.forecast(plan.stops);
            const QDateTime now = batch.clock().now();
            const Duration took = batch.send(plan.stops);
            RC_ASSERT(told.total.count() == took.count());
            RC_ASSERT(told.endsAt == now.addMSecs(took.count()));
            RC_ASSERT(told.beforeHour <= plan.stops);
            RC_ASSERT(told.hourFreesAt.isValid() == (told.beforeHour < plan.stops));
            if (told.hourFreesAt.isValid()) {
                const Duration next = batch.left().at(size_t(told.beforeHour)) - (batch.left().back() - took);
                RC_ASSERT(now.msecsTo(told.hourFreesAt) == next.count());
            }
        }));
    }

    void whereThereIsRoomTheAnswersAloneTakeTime()
    {
        Batch batch({{100, 1000}, {}, 0, 150, 0});
        QCOMPARE(batch.forecast(1).total, Duration(0ms));
        QCOMPARE(batch.forecast(12).total, Duration(11 * 150ms));
        QVERIFY(!batch.forecast(12).hourFreesAt.isValid());
        QCOMPARE(batch.forecast(12).beforeHour, 12);
    }

    void theMinuteLetsNinetyGoAndThenNinetyMore()
    {
        Batch batch({{100, 1000}, {}, 0, 150, 0});
        // 87 stops and three reads fill the first minute; the rest follow as those of it leave the window.
        QVERIFY(batch.forecast(87).total < 14s);
        QCOMPARE(batch.forecast(88).total, Duration(60s + 1ms));
        QVERIFY(batch.forecast(200).total > 2min);
        QVERIFY(batch.forecast(200).total < 2min + 15s);
    }

    void whatTheHourHasLeftIsTold()
    {
        Batch batch({{100, 1000}, {}, 0, 0, 0});
        const SendForecast told = batch.forecast(1000);
        QCOMPARE(told.beforeHour, 864); // 900 requests of which 36 read
        QCOMPARE(told.hourFreesAt, batch.clock().now().addMSecs(3600 * 1000 + 1));
        QCOMPARE(told.stops, 1000);
        QVERIFY(told.endsAt > told.hourFreesAt);
        QVERIFY(batch.forecast(864).hourFreesAt.isNull());
    }

    void aWaitThatTheServiceAskedForCountsFirst()
    {
        Batch batch({{100, 1000}, {}, 0, 0, 45});
        QCOMPARE(batch.forecast(3).total, Duration(45s));
    }

    void noStopsTakeNoTime() { QCOMPARE(Batch({{100, 1000}, {}, 0, 150, 0}).forecast(0).total, Duration(0ms)); }
};

}

STOPDESK_TEST(sendforecast, TestSendForecast, QCoreApplication)
#include "tst_sendforecast.moc"
