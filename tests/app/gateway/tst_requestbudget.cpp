#include "app/gateway/requestbudget.h"
#include "tests/support/fakeclock.h"

#include <QtTest>

using namespace std::chrono_literals;

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
    void init() { m_left.clear(); }

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

    void aRefusalForRateHoldsPollingAlone()
    {
        RequestBudget budget(100, 1000, m_clock);
        budget.holdPolling(30s);
        budget.holdPolling(5s);
        ask(budget, Lane::Poll, 1);
        ask(budget, Lane::Stop, 1);
        m_clock.advance(29s);
        QCOMPARE(m_left, QList{Lane::Stop});
        m_clock.advance(2s);
        QCOMPARE(m_left, QList({Lane::Stop, Lane::Poll}));
    }

    void neverBeforeTheAskHasReturned()
    {
        RequestBudget budget(100, 1000, m_clock);
        ask(budget, Lane::Stop, 1);
        QVERIFY(m_left.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRequestBudget)
#include "tst_requestbudget.moc"
