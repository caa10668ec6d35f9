#include "app/gateway/requestbudget.h"
#include "app/gateway/stampfile.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QtTest>

#include <random>

namespace budgetday_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A service that enforces the published limits by the moment of arrival, in sliding spans and in calendar ones.
class CountingService {
public:
    explicit CountingService(const Clock &clock)
        : m_clock(clock)
    {
    }

    bool take()
    {
        const Duration now = m_clock.monotonic();
        m_arrived.push_back(now);
        const auto since = [this](Duration at) { return m_arrived.end() - std::ranges::upper_bound(m_arrived, at); };
        const bool slides = since(now - 1min) <= 100 && since(now - 1h) <= 1000;
        const bool fits =
            since(now - now % Duration(1min) - 1ms) <= 100 && since(now - now % Duration(1h) - 1ms) <= 1000;
        m_refused += slides && fits ? 0 : 1;
        return slides && fits;
    }
    int refused() const { return m_refused; }

private:
    const Clock &m_clock;
    std::vector<Duration> m_arrived;
    int m_refused = 0;
};

/// A day of a console that always wants to read more than it may (promises 34 and 35), and one whose key somebody else
/// uses as well (promise 37).
class TestBudgetDay : public QObject {
    Q_OBJECT

private:
    void start()
    {
        m_budget = std::make_unique<RequestBudget>(100, 1000, m_clock);
        m_budget->keep(m_connection, std::make_shared<StampFile>(m_folder.filePath(u"day.sends"_s)));
    }

    Duration someTime(int most) { return Duration(std::uniform_int_distribution(0, most)(m_chance)); }

    /// On its way for some time, then answered, then on its way back.
    void ask(Lane lane, const std::function<void()> &then)
    {
        const Duration asked = m_clock.monotonic();
        m_budget->ask(
            lane, m_budget.get(),
            [this, lane, asked, then] {
                m_left[size_t(lane)].append(m_clock.monotonic() - asked);
                m_clock.after(someTime(1500), m_budget.get(), [this, lane, then] { arrive(lane, then); });
            },
            then, m_connection);
    }

    void arrive(Lane lane, const std::function<void()> &then)
    {
        const bool accepted = m_service.take();
        m_clock.after(someTime(300), m_budget.get(), [this, lane, then, accepted] {
            const Failure refused{FailureKind::TooMany, Reached::Answered, 429, {}, {}, {}, {}, 0};
            m_budget->hear(lane, {}, accepted ? std::nullopt : std::optional(refused));
            m_budget->arrived(lane);
            then();
        });
    }

    /// Reads as fast as it may, for ever.
    void poll()
    {
        ask(Lane::Poll, [this] { m_clock.after(10ms, m_budget.get(), [this] { poll(); }); });
    }

    std::array<QList<Duration>, 3> m_left; ///< how long each had waited
    FakeClock m_clock;
    CountingService m_service{m_clock};
    std::unique_ptr<RequestBudget> m_budget;
    const ConnectionId m_connection{u"c"_s};
    QTemporaryDir m_folder;
    std::mt19937 m_chance{20260513};

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theDayEndsWithoutARefusalAndEachStopLeftAtOnce()
    {
        for (int hour = 0; hour < 24; ++hour) {
            start(); // an hour a run: nothing may be forgotten
            poll();
            poll();
            m_clock.advance(59min);
            const QList<Duration> before = m_left[size_t(Lane::Stop)];
            const int stops = hour % 4 == 3 ? 30 : 1;
            for (int i = 0; i < stops; ++i)
                ask(Lane::Stop, [] {});
            m_clock.advance(1ms);
            QCOMPARE(m_left[size_t(Lane::Stop)].size() - before.size(), std::min(stops, RequestBudget::inFlight));
            for (int i = 0; i < stops; ++i)
                ask(Lane::Check, [] {});
            m_clock.advance(1min - 1ms);
            QCOMPARE(m_left[size_t(Lane::Stop)].size() - before.size(), stops);
            QVERIFY(m_left[size_t(Lane::Poll)].size() >= 400 * (hour + 1)); // and polling got what was left
            m_budget.reset();
        }
        QCOMPARE(m_service.refused(), 0);
    }

    void whereSomebodyElseUsesTheKeyPollingHalves()
    {
        m_clock.advance(2h);
        start();
        poll();
        poll();
        QVERIFY(!m_budget->isUsedElsewhere());
        for (int i = 0; i < 80; ++i)
            m_service.take();
        m_clock.advance(20s);
        QVERIFY(m_service.refused() > 0);
        QVERIFY(m_budget->isUsedElsewhere());
        QCOMPARE(m_budget->pollsPerMinute(), 30);
        QCOMPARE(m_budget->pollsPerHour(), 325);
        const qsizetype before = m_left[size_t(Lane::Poll)].size();
        m_clock.advance(10min);
        QVERIFY(m_left[size_t(Lane::Poll)].size() - before <= 10 * 30 + 30);
        ask(Lane::Stop, [] {});
        m_clock.advance(1ms);
        QCOMPARE(m_left[size_t(Lane::Stop)].last(), 0ms);
        m_clock.advance(1h);
        QVERIFY(!m_budget->isUsedElsewhere());
    }
};

}

STOPDESK_TEST(budgetday, TestBudgetDay, QCoreApplication)
#include "tst_budgetday.moc"
