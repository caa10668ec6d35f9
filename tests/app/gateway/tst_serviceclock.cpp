#include "app/gateway/gateway.h"
#include "app/gateway/httpchannel.h"
#include "app/gateway/wire.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QtTest>

#include <ctime>

namespace serviceclock_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using demo::httpDate;

/// Promise 65: the service's clock is not ours. On the real network stack where headers are read.
class TestServiceClock : public QObject {
    Q_OBJECT

private:
    /// What the service's clock says while ours says `now`.
    QDateTime serviceNow() const { return m_clock->now().addMSecs(m_ahead.count()); }

    demo::HeaderLines dated(demo::HeaderLines more = {}) const
    {
        more.append({"Date", httpDate(serviceNow())});
        return more;
    }

    template <class T> Result<T> wait(const std::function<void(Answer<T>)> &ask)
    {
        std::optional<Result<T>> got;
        ask([&got](const Result<T> &answer) { got = answer; });
        m_clock->advance(1ms);
        if (!QTest::qWaitFor([&got] { return got.has_value(); }))
            return tl::unexpected(Failure{});
        return *got;
    }

    Result<Record> readRecord()
    {
        return wait<Record>([this](const Answer<Record> &answer) {
            m_gateway->record({u"c1"_s}, Lane::Poll, this, answer);
        });
    }

    void skews_data()
    {
        QTest::addColumn<int>("minutes");
        for (const int minutes : {0, 40, -40, 50, -50, 60 * 24 * 400})
            QTest::addRow("%d min ahead", minutes) << minutes;
    }

    Duration m_ahead{0};
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FaultServer> m_server;
    std::shared_ptr<Gateway> m_gateway;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_ahead = 0ms;
        m_clock = std::make_unique<FakeClock>();
        m_server = std::make_unique<FaultServer>(FaultServer::Transport::Plain);
        Connection connection;
        connection.address = m_server->url();
        connection.plainHttpAccepted = true;
        m_gateway = std::make_shared<Gateway>(
            connection, std::make_shared<HttpChannel>(connection, Secret::fromStored("key"),
                                                      std::make_shared<RequestBudget>(1000, 10000, *m_clock), *m_clock,
                                                      Network{[] { return std::make_unique<QNetworkAccessManager>(); }, nullptr}));
    }

    void aTurnRunsAsLongAsTheServicesOwnClockSays_data() { skews_data(); }
    void aTurnRunsAsLongAsTheServicesOwnClockSays()
    {
        QFETCH(int, minutes);
        m_ahead = std::chrono::minutes(minutes);
        const QByteArray startedAt = serviceNow().addSecs(-10).toString(Qt::ISODateWithMs).toLatin1();
        m_server->answerWith(Reaction::answer(
            200, R"({"id":"c1","agent_id":"a1","status":"executing","started_at":")" + startedAt + R"("})", dated()));
        const Result<Record> record = readRecord();
        QVERIFY(record.has_value());
        const qint64 runs = record->startedAt.msecsTo(m_clock->now());
        QVERIFY2(std::abs(runs - 10000) < 1100, qPrintable(QString::number(runs)));
        QVERIFY(std::chrono::abs(m_gateway->serviceAhead() - m_ahead) <= 1s);
    }

    void aResetIsByTheClockOfTheAnswer_data() { skews_data(); }
    void aResetIsByTheClockOfTheAnswer()
    {
        QFETCH(int, minutes);
        m_ahead = std::chrono::minutes(minutes);
        const QByteArray reset = QByteArray::number(serviceNow().toSecsSinceEpoch() + 30);
        m_server->answerWith(Reaction::answer(200, R"({"id":"c1","agent_id":"a1","status":"executing"})",
                                              dated({{"X-RateLimit-Limit", "100"},
                                                     {"X-RateLimit-Remaining", "0"},
                                                     {"X-RateLimit-Reset", reset}})));
        QVERIFY(readRecord().has_value());
        const Duration wait = m_gateway->waitOf(Lane::Poll).time;
        QVERIFY2(wait > 28s && wait <= 31s, qPrintable(QString::number(wait.count())));
    }

    void aWayBackWithADateIsByTheClockOfTheAnswer_data() { skews_data(); }
    void aWayBackWithADateIsByTheClockOfTheAnswer()
    {
        QFETCH(int, minutes);
        m_ahead = std::chrono::minutes(minutes);
        m_server->answerWith(
            Reaction::answer(429, "{}", dated({{"Retry-After", httpDate(serviceNow().addSecs(20))}})));
        const Result<Record> refused = readRecord();
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().retryAfter.has_value());
        QVERIFY(std::chrono::abs(*refused.error().retryAfter - 20s) <= 1s);
    }

    /// What stands in front of the service has a clock of its own.
    void aRefusalTellsNothingOfTheServicesClock()
    {
        m_ahead = 3h;
        m_server->answerWith(Reaction::answer(502, "{}", dated()));
        QVERIFY(!readRecord().has_value());
        QCOMPARE(m_gateway->serviceAhead(), 0ms);
    }

    void aClockOfOursThatIsSetIsNoDifferenceOfTheServices()
    {
        const auto read = [this] {
            m_server->answerWith(Reaction::answer(200, R"({"id":"c1","agent_id":"a1","status":"executing"})", dated()));
            return readRecord().has_value();
        };
        QVERIFY(read());
        m_clock->jump(-1h); // set wrong: now they differ
        QVERIFY(read());
        QVERIFY(std::chrono::abs(m_gateway->serviceAhead() - 1h) <= 1s);
        m_clock->jump(1h);
        QVERIFY(read());
        QVERIFY(std::chrono::abs(m_gateway->serviceAhead()) <= 1s);
    }

    /// New York skipped from 2:00 to 3:00 on that night; a date in GMT knows nothing of it.
    void aDateIsReadInAnyTimeZone()
    {
        const QByteArray before = qgetenv("TZ");
        qputenv("TZ", "America/New_York");
        tzset();
        const QDateTime date = ServiceClock::dateIn("Sun, 08 Mar 2026 02:30:00 GMT");
        const QByteArray record = R"({"id":"c1","agent_id":"a1","started_at":"2026-03-08T02:30:00.5"})";
        const Result<Record> read = wire::record(record);
        qputenv("TZ", before);
        tzset();
        QCOMPARE(date, QDateTime(QDate(2026, 3, 8), QTime(2, 30), utcZone));
        QCOMPARE(read->startedAt, date.addMSecs(500));
        for (const char *text : {"", "GMT", " GMT", "Sun, 08 Mar 2026 02:30:00", "Sun, 08 Mar 2026 02:30:00 +0200",
                                       "1773000000", "Sun, 41 Mar 2026 02:30:00 GMT"})
            QVERIFY2(!ServiceClock::dateIn(text).isValid(), text);
    }

    void whatIsKnownIsKeptWhileAnswersAgreeWithIt()
    {
        ServiceClock clock;
        const QDateTime now(QDate(2026, 5, 13), QTime(12, 0), utcZone);
        QCOMPARE(clock.fromService(now), now);
        clock.hear(httpDate(now), now, 200ms);
        QCOMPARE(clock.fromService(now), now);
        clock.hear("yesterday", now, 0ms);
        QCOMPARE(clock.fromService(now), now);
        clock.hear(httpDate(now.addSecs(-20)), now, 30s); // it took long, and may have been written at any moment
        QCOMPARE(clock.fromService(now), now);
        clock.hear(httpDate(now.addSecs(-20)), now, 1s);
        QCOMPARE(clock.fromService(now.addSecs(-20)), now.addSecs(-2));
        clock.hear(httpDate(now.addSecs(-20)), now, 100ms);
        QCOMPARE(now.msecsTo(clock.toService(now)), -20'000 + 1000 + 100);
        QCOMPARE(clock.fromService(clock.toService(now)), now);
        QVERIFY(!clock.fromService({}).isValid());
    }
};

}

STOPDESK_TEST(serviceclock, TestServiceClock, QCoreApplication)
#include "tst_serviceclock.moc"
