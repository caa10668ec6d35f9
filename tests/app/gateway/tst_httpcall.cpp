#include "app/gateway/gateway.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace httpcall_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const AgentId a1{u"a1"_s};
const ConversationId c7{u"c7"_s};
const QByteArray idle = R"({"conversation_id":"c7","is_running":false})";

/// The contract of `Answer`: exactly once, never before the ask has returned, never after the asker is gone.
class TestHttpCall : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<Gateway> gateway(const RateLimits &limits = {1000, 10000})
    {
        Connection connection;
        connection.address = QUrl(u"https://h.test"_s);
        auto budget = std::make_shared<RequestBudget>(limits, *m_clock);
        return std::make_shared<Gateway>(connection,
                                         std::make_shared<HttpChannel>(connection, *Secret::fromInput(u"key"_s), budget,
                                                                       *m_clock, m_network->factory()));
    }

    void settle(Duration step = 10ms)
    {
        m_clock->advance(step);
        for (int i = 0; i < 6; ++i)
            QTest::qWait(0);
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNetwork> m_network;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_clock = std::make_unique<FakeClock>();
        m_network = std::make_unique<FakeNetwork>();
    }
    void cleanup()
    {
        QCOMPARE(m_network->unexpected(), QList<QByteArray>());
        QVERIFY(m_network->allAsked());
    }

    void anAnswerComesOnceAndLater()
    {
        m_network->expect("run-state", FakeAnswer::with(200, idle));
        int answers = 0;
        gateway()->runState(a1, c7, Lane::Poll, this, [&answers](const auto &) { ++answers; });
        QCOMPARE(answers, 0);
        settle();
        QCOMPARE(answers, 1);
        settle(60s);
        QCOMPARE(answers, 1);
    }

    void whoIsGoneIsNotAnswered_data()
    {
        QTest::addColumn<bool>("sent");
        QTest::newRow("in line") << false;
        QTest::newRow("on the way") << true;
    }
    void whoIsGoneIsNotAnswered()
    {
        QFETCH(bool, sent);
        if (sent)
            m_network->expect("run-state", FakeAnswer::hangs());
        const auto asked = gateway();
        auto asker = std::make_unique<QObject>();
        asked->runState(a1, c7, Lane::Poll, asker.get(), [](const auto &) { QFAIL("nobody is there"); });
        if (sent)
            settle();
        asker.reset();
        settle(60s);
        QCOMPARE(m_network->count("run-state"), sent ? 1 : 0);
        QVERIFY(!m_network->answer("run-state", FakeAnswer::with(200, idle))); // the request went with its asker
    }

    void whoIsGoneIsNotToldOfARefusalEither()
    {
        const auto asked = gateway();
        auto asker = std::make_unique<QObject>();
        asked->record({u".."_s}, Lane::Check, asker.get(), [](const auto &) { QFAIL("nobody is there"); });
        asker.reset();
        settle();
    }

    void anAnswerMayEndItsAsker()
    {
        m_network->always("run-state", FakeAnswer::with(200, idle));
        const auto asked = gateway();
        auto asker = std::make_unique<QObject>();
        asked->runState(a1, c7, Lane::Poll, asker.get(), [&asker](const auto &) { asker.reset(); });
        settle();
        QVERIFY(!asker);
        asked->runState(a1, c7, Lane::Poll, this, [](const auto &) {});
        settle();
        QCOMPARE(m_network->count("run-state"), 2); // and gives its place back
    }

    void aCallKeepsWhatItNeeds()
    {
        m_network->expect("run-state", FakeAnswer::hangs());
        auto asked = gateway();
        bool answered = false;
        asked->runState(a1, c7, Lane::Poll, this, [&answered](const auto &) { answered = true; });
        settle();
        asked.reset();
        m_network->answer("run-state", FakeAnswer::with(200, idle));
        settle();
        QVERIFY(answered);
    }

    void theDeadlineCountsFromTheSendingNotFromTheAsking()
    {
        m_network->always("run-state", FakeAnswer::hangs());
        const auto asked = gateway();
        QStringList answers;
        for (const QString &name : {u"first"_s, u"second"_s, u"third"_s}) {
            asked->runState(a1, c7, Lane::Poll, this, [&answers, name](const auto &answer) {
                answers.append(answer.error().kind == FailureKind::TimedOut ? name : u"?"_s);
            });
        }
        settle();
        QCOMPARE(m_network->count("run-state"), 2); // the third waits for a place, with no deadline
        settle(29s);
        QVERIFY(answers.isEmpty());
        settle(2s);
        QCOMPARE(answers, QStringList({u"first"_s, u"second"_s}));
        settle();
        QCOMPARE(m_network->count("run-state"), 3);
        settle(29s);
        QCOMPARE(answers.size(), 2);
        settle(2s);
        QCOMPARE(answers.last(), u"third"_s);
    }

    void aRateRefusalOfAReadHoldsPolling()
    {
        m_network->expect("run-state", {429, "{}", {{"Retry-After", "40"}}, {}, false, true});
        m_network->always("run-state", FakeAnswer::with(200, idle));
        const auto asked = gateway();
        std::optional<Failure> failure;
        asked->runState(a1, c7, Lane::Poll, this, [&failure](const auto &answer) { failure = answer.error(); });
        settle();
        QCOMPARE(failure->retryAfter, std::optional<Duration>(40s));
        bool polled = false;
        bool checked = false;
        asked->runState(a1, c7, Lane::Poll, this, [&polled](const auto &) { polled = true; });
        asked->runState(a1, c7, Lane::Check, this, [&checked](const auto &) { checked = true; });
        settle(39s);
        QVERIFY(checked && !polled);
        settle(2s);
        QVERIFY(polled);
    }

    void aPollThatGivesWayIsAnsweredAsNeverSent()
    {
        m_network->always("run-state", FakeAnswer::with(200, idle));
        const auto asked = gateway({10, 1000});
        int answers = 0;
        for (int i = 0; i < 10; ++i)
            asked->runState(a1, c7, Lane::Stop, this, [&answers](const auto &) { ++answers; });
        settle();
        settle();
        settle();
        settle();
        settle();
        QCOMPARE(answers, 9);
        std::optional<Failure> failure;
        asked->runState(a1, c7, Lane::Poll, this, [&failure](const auto &answer) { failure = answer.error(); });
        QVERIFY(!failure);
        settle();
        QVERIFY(failure);
        QCOMPARE(failure->kind, FailureKind::Cancelled);
        QCOMPARE(failure->reached, Reached::NeverLeft);
        QCOMPARE(m_network->count("run-state"), 9);
    }

    void aRefusalFarBelowOurOwnCountShowsThatTheKeyIsUsedElsewhere()
    {
        m_network->expect("run-state", FakeAnswer::with(200, idle));
        m_network->expect("run-state", FakeAnswer::with(429));
        const auto asked = gateway({100, 1000});
        asked->runState(a1, c7, Lane::Poll, this, [](const auto &) {});
        settle();
        QVERIFY(!asked->use().elsewhere);
        asked->runState(a1, c7, Lane::Poll, this, [](const auto &) {});
        settle();
        QVERIFY(asked->use().elsewhere);
        QCOMPARE(asked->use().hourForPolls, 325);
        QCOMPARE(asked->lastHour().last().refused, 1);
        QCOMPARE(asked->waitOf(Lane::Poll).reason, WaitReason::RateLimited);
    }

    void aWayBackThatIsStatedIsNoSpentPlan()
    {
        FakeAnswer refused = FakeAnswer::with(429, R"({"detail":"The quota of your plan is spent."})");
        refused.headers = {{"Retry-After", "8"}};
        m_network->expect("run-state", refused);
        const auto asked = gateway({100, 1000});
        asked->runState(a1, c7, Lane::Poll, this, [](const auto &) {});
        settle();
        QCOMPARE(asked->waitOf(Lane::Poll), (LaneWait{8s, WaitReason::RateLimited}));
    }

    void aSpentPlanIsNoRate()
    {
        m_network->expect("run-state", FakeAnswer::with(429, R"({"detail":{"detail":{"detail":"billing limit"}}})"));
        const auto asked = gateway({100, 1000});
        asked->runState(a1, c7, Lane::Poll, this, [](const auto &) {});
        settle();
        QCOMPARE(asked->waitOf(Lane::Poll).reason, WaitReason::PlanLimit);
        QVERIFY(!asked->use().elsewhere);
    }

    void aRefusedStopIsNotSentAgainAndTheNextOneWaitsAsLongAsWasSaid()
    {
        m_network->expect("run-state", {429, "{}", {{"Retry-After", "40"}}, {}, false, true});
        m_network->always("run-state", FakeAnswer::with(200, idle));
        const auto asked = gateway();
        int answers = 0;
        asked->runState(a1, c7, Lane::Stop, this, [&answers](const auto &) { ++answers; });
        settle();
        asked->runState(a1, c7, Lane::Stop, this, [&answers](const auto &) { ++answers; });
        settle(39s);
        QCOMPARE(answers, 1);
        QCOMPARE(m_network->count("run-state"), 1);
        QCOMPARE(asked->waitOf(Lane::Stop).reason, WaitReason::RateLimited);
        settle(2s);
        QCOMPARE(answers, 2);
        QCOMPARE(m_network->count("run-state"), 2);
    }

    void rateHeadersOfAnyAnswerAreHeard()
    {
        const QByteArray reset = QByteArray::number(m_clock->now().toSecsSinceEpoch() + 30);
        const QList<QPair<QByteArray, QByteArray>> headers{
            {"X-RateLimit-Limit", "100"}, {"X-RateLimit-Remaining", "3"}, {"X-RateLimit-Reset", reset}};
        for (const int status : {200, 404}) {
            m_network->expect("run-state", {status, idle, headers, {}, false, true});
            const auto asked = gateway({100, 1000});
            asked->runState(a1, c7, Lane::Check, this, [](const auto &) {});
            settle();
            QCOMPARE(asked->waitOf(Lane::Poll).reason, WaitReason::ServiceCount);
            QCOMPARE(asked->waitOf(Lane::Stop), LaneWait());
        }
    }

    void whatIsLostCountsAsSent()
    {
        m_network->expect("run-state", FakeAnswer::lost());
        const auto asked = gateway();
        asked->runState(a1, c7, Lane::Poll, this, [](const auto &) {});
        settle();
        QCOMPARE(asked->use().minute, 1);
    }
};

}

STOPDESK_TEST(httpcall, TestHttpCall, QCoreApplication)
#include "tst_httpcall.moc"
