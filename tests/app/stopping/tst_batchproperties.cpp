#include "app/words/words.h"
#include "tests/support/world.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QtTest>

namespace batchproperties_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr RateLimits limits{60, 1000}; // few enough to be met

/// The faults of promise 32 that a stop can meet.
const QList<FakeAnswer> faults{
    FakeAnswer::refusedConnection(), FakeAnswer::lost(), FakeAnswer::hangs(),
    FakeAnswer::with(400), FakeAnswer::with(404, R"({"detail":"No"})"), FakeAnswer::with(408), FakeAnswer::with(409),
    FakeAnswer::with(410), FakeAnswer::with(422, R"({"detail":[]})"), FakeAnswer::with(425), FakeAnswer::with(500),
    FakeAnswer::with(502, "<html>"), FakeAnswer::with(503), FakeAnswer::with(504),
    FakeAnswer::with(200, "<html>"), FakeAnswer::with(200, ""), FakeAnswer::with(200, "[1]"),
};
const QList<FakeAnswer> halts{
    FakeAnswer::with(401, R"({"detail":"No"})"), FakeAnswer::with(403, R"({"detail":"No"})"),
    FakeAnswer::with(429, R"({"detail":"Too many requests"})"),
    FakeAnswer::with(429, R"({"detail":{"detail":{"detail":"Billing limit reached"}}})"),
};

bool isSent(const StopReport &report)
{
    return report.state != StopState::InLine && report.state != StopState::NotSent;
}

/// Counts as the service does: in a sliding minute, no more than the limit.
class EnforcedLimit {
public:
    explicit EnforcedLimit(FakeClock &clock) : m_clock(clock) { }

    bool refuses()
    {
        const Duration now = m_clock.monotonic();
        while (!m_at.empty() && m_at.front() <= now - 60s)
            m_at.pop_front();
        if (int(m_at.size()) >= limits.perMinute) {
            ++refused;
            return true;
        }
        m_at.push_back(now);
        return false;
    }
    int refused = 0;

private:
    FakeClock &m_clock;
    std::deque<Duration> m_at;
};

/// A batch of `count` against a service with faults of `seed`, ended by the person once `cancelAt` stops have arrived.
class Play {
public:
    Play(quint32 seed, int count, int cancelAt, bool withHalts) : m_random(seed), m_hand(limits), m_limit(m_hand.clock)
    {
        m_hand.addRunning(count, {"a1", "a2", "a3"});
        m_count = count;
        m_cancelAt = cancelAt;
        m_hand.network.serveWithBodies(
            [this](const QByteArray &line, const FakeNetwork::ReadBody &body) { return answer(line, body); });
        for (int i = 1; i <= count; ++i)
            spoil(m_hand.service[World::idOf(i)], withHalts);
    }

    void run()
    {
        m_hand.stop(m_count);
        if (m_cancelAt == 0)
            m_hand.batch->stopSending();
        m_hand.pass(Duration(m_count > 30 ? 150s : 60s));
        for (int i = 0; i < 200 && m_hand.batch->sending().left > 0; ++i)
            m_hand.pass(5s);
        m_hand.pass(10min);
    }

    /// What is wrong, if anything is.
    QString trouble()
    {
        int delivered = 0;
        int sent = 0;
        for (int i = 1; i <= m_count; ++i) {
            const int times = m_hand.service[World::idOf(i)].delivered;
            const StopReport &report = m_hand.report(i);
            delivered += times;
            sent += isSent(report) ? 1 : 0;
            if (times != (isSent(report) ? 1 : 0))
                return u"c%1 was delivered %2 times and is %3"_s.arg(i).arg(times).arg(words::stopState(report.state));
            const bool isKnown = report.state != StopState::InLine && report.state != StopState::Sending
                && report.state != StopState::Accepted;
            if (!isKnown)
                return u"c%1 is without an outcome: %2"_s.arg(i).arg(words::stopState(report.state));
        }
        if (m_hand.reports.size() != m_count || sent != delivered)
            return u"%1 rows, %2 sent, %3 delivered"_s.arg(m_hand.reports.size()).arg(sent).arg(delivered);
        if (m_limit.refused > 0)
            return u"%1 requests above the limit"_s.arg(m_limit.refused);
        return falseClaim();
    }
    int notSent() const { return m_hand.inState(StopState::NotSent); }
    int delivered() const { return m_arrived; }

private:
    QString falseClaim()
    {
        for (int i = 1; i <= m_count; ++i) {
            const StopReport &report = m_hand.report(i);
            const PlayedChat &chat = m_hand.service[World::idOf(i)];
            if (report.state == StopState::Stopped && (chat.isLive() || chat.answer.status >= 300))
                return u"c%1 is said to have stopped"_s.arg(i);
            if (report.state == StopState::StillRunning && !chat.isLive())
                return u"c%1 is said to run"_s.arg(i);
        }
        return {};
    }

    void spoil(PlayedChat &chat, bool withHalts)
    {
        chat.obeys = m_random.bounded(100) >= 8;
        const int roll = int(m_random.bounded(100));
        if (roll < 25)
            chat.answer = faults.at(m_random.bounded(faults.size()));
        else if (withHalts && roll < 28)
            chat.answer = halts.at(m_random.bounded(halts.size()));
    }

    FakeAnswer answer(const QByteArray &line, const FakeNetwork::ReadBody &body)
    {
        if (m_limit.refuses())
            return FakeAnswer::with(429, R"({"detail":"Too many requests"})");
        if (!line.startsWith("POST "))
            return m_random.bounded(100) < 5 ? FakeAnswer::with(503) : m_hand.service.answer(line, body);
        const FakeAnswer answer = m_hand.service.answer(line, body);
        m_arrived += answer.takesBody ? 1 : 0;
        if (m_arrived == m_cancelAt && answer.takesBody) // while its own bytes leave
            QMetaObject::invokeMethod(m_hand.batch.get(), [this] { m_hand.batch->stopSending(); }, Qt::QueuedConnection);
        return answer;
    }

    QRandomGenerator m_random;
    World m_hand;
    EnforcedLimit m_limit;
    int m_count = 0;
    int m_cancelAt = 0;
    int m_arrived = 0;
};

}

/// Whatever the service does and whenever a person ends it: each target is delivered as often as its row says, and has
/// one outcome.
class TestBatchProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theServicesCountIsOursUnderRandomFaults()
    {
        const int cases = qEnvironmentVariableIntValue("STOPDESK_CASES");
        for (quint32 seed = 1; seed <= quint32(cases > 0 ? cases : 12); ++seed) {
            QRandomGenerator random(seed);
            Play play(seed, 2 + int(random.bounded(39)), -1, seed % 2 == 0);
            play.run();
            QVERIFY2(play.trouble().isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(play.trouble())));
        }
    }

    void theServicesCountIsOursWhereverItIsEnded()
    {
        constexpr int count = 25;
        for (int sent = 0; sent <= count; ++sent) {
            Play play(1000 + quint32(sent), count, sent, false);
            play.run();
            QVERIFY2(play.trouble().isEmpty(), qPrintable(u"ended at %1: %2"_s.arg(sent).arg(play.trouble())));
            QVERIFY(play.notSent() + play.delivered() == count);
            QVERIFY2(play.delivered() <= sent + 1, qPrintable(u"%1 after %2"_s.arg(play.delivered()).arg(sent)));
        }
    }
};

}

STOPDESK_TEST(batchproperties, TestBatchProperties, QCoreApplication)
#include "tst_batchproperties.moc"
