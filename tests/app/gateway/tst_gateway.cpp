#include "app/gateway/gateway.h"
#include "tests/support/busythreads.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QFutureWatcher>
#include <QtTest>

namespace gateway_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const AgentId a1{u"a1"_s};
const ConversationId c7{u"c7"_s};

StopTarget stopOf(const AgentId &agent, const ConversationId &conversation)
{
    StopTarget target;
    target.agent = agent;
    target.conversation = conversation;
    return target;
}

/// A page of 50 conversations, each with a `result` of so many bytes, which nobody reads.
QByteArray longPage(int resultBytes)
{
    QByteArray items;
    for (int number = 0; number < 50; ++number) {
        items += number == 0 ? "" : ",";
        items += R"({"id":"c)" + QByteArray::number(number) + R"(","agent_id":"a1","status":"executing","title":"T",)";
        items += R"("result":")" + QByteArray(resultBytes, 'x') + R"("})";
    }
    return R"({"items":[)" + items + R"(],"total":50,"page":1,"total_pages":1})";
}

Connection connectionTo(const QString &address)
{
    Connection connection;
    connection.address = QUrl(address);
    return connection;
}

}

// Opened anew: moc of Qt 6.4 loses its count of braces in the raw strings above.
namespace gateway_test {

/// Verb and path of each question, and what must not leave.
class TestGateway : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<Gateway> gatewayTo(const Connection &connection)
    {
        auto budget = std::make_shared<RequestBudget>(1000, 10000, *m_clock);
        return std::make_shared<Gateway>(connection,
                                         std::make_shared<HttpChannel>(connection, *Secret::fromInput(u"canary-key"_s),
                                                                       budget, *m_clock, m_network->factory()));
    }

    /// Asks everything once and returns what left, in the order of asking.
    QList<QByteArray> everythingAsked(Gateway &gateway)
    {
        const auto ignore = [](const auto &) {};
        m_network->always("", FakeAnswer::with(200));
        gateway.agents(2, 50, this, ignore);
        settle();
        gateway.conversations({{}, u"executing"_s, {}, 1}, this, ignore);
        settle();
        gateway.conversations({a1, {}, c7, 3}, this, ignore);
        settle();
        gateway.record(c7, Lane::Check, this, ignore);
        settle();
        gateway.runState(a1, c7, Lane::Check, this, ignore);
        settle();
        gateway.order(stopOf(a1, c7), ClearQueue::Yes, newRequestId(), {}, this, ignore);
        settle();
        return lines();
    }

    QList<QByteArray> lines() const
    {
        QList<QByteArray> lines;
        for (const FakeNetwork::Asked &asked : m_network->asked())
            lines.append(asked.line);
        return lines;
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

    void eachQuestionHasItsVerbAndPath()
    {
        const auto gateway = gatewayTo(connectionTo(u"https://api.example.test"_s));
        QCOMPARE(
            everythingAsked(*gateway),
            QList<QByteArray>({"GET /v1/agents?page=2&per_page=50", "GET /v1/tasks?page=1&per_page=50&status=executing",
                               "GET /v1/agents/a1/tasks?page=3&per_page=50&parent_task_id=c7", "GET /v1/tasks/c7",
                               "GET /v1/agents/a1/gateway/conversations/c7/run-state",
                               "POST /v1/agents/a1/gateway/conversations/c7/stop"}));
        QCOMPARE(m_network->asked().last().body, R"({"clear_queue":true})");
    }

    void theOtherRouteFamilyLacksOneWord()
    {
        Connection connection = connectionTo(u"https://api.example.test"_s);
        connection.routes = RouteFamily::Conversations;
        const auto gateway = gatewayTo(connection);
        QCOMPARE(everythingAsked(*gateway).mid(4),
                 QList<QByteArray>(
                     {"GET /v1/agents/a1/conversations/c7/run-state", "POST /v1/agents/a1/conversations/c7/stop"}));
    }

    void theBaseAddressKeepsItsPath_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("whole");
        QTest::newRow("none") << u"https://h.test"_s << u"https://h.test/v1/tasks/c7"_s;
        QTest::newRow("slash") << u"https://h.test/"_s << u"https://h.test/v1/tasks/c7"_s;
        QTest::newRow("path") << u"https://h.test/desk/api"_s << u"https://h.test/desk/api/v1/tasks/c7"_s;
        QTest::newRow("path, slash") << u"https://h.test:8443/desk/"_s << u"https://h.test:8443/desk/v1/tasks/c7"_s;
        QTest::newRow("encoded") << u"https://h.test/a%2Fb"_s << u"https://h.test/a%2Fb/v1/tasks/c7"_s;
        QTest::newRow("leftovers") << u"https://me:pw@h.test/desk?x=1#y"_s << u"https://h.test/desk/v1/tasks/c7"_s;
        QTest::newRow("address in digits") << u"http://[::1]:99"_s << u"http://[::1]:99/v1/tasks/c7"_s;
    }
    void theBaseAddressKeepsItsPath()
    {
        QFETCH(QString, base);
        m_network->expect("/v1/tasks/c7", FakeAnswer::with(404));
        gatewayTo(connectionTo(base))->record(c7, Lane::Check, this, [](const auto &) {});
        settle();
        QTEST(m_network->asked().first().request.url().toString(QUrl::FullyEncoded), "whole");
    }

    void idsAreEncodedNotInterpreted_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("segment");
        QTest::newRow("slash") << u"a/b"_s << "a%2Fb"_ba;
        QTest::newRow("query") << u"a?b=c#d"_s << "a%3Fb%3Dc%23d"_ba;
        QTest::newRow("encoded before") << u"a%2Fb"_s << "a%252Fb"_ba;
        QTest::newRow("blank and plus") << u"a b+c"_s << "a%20b%2Bc"_ba;
        QTest::newRow("other script") << u"שיחה"_s << "%D7%A9%D7%99%D7%97%D7%94"_ba;
        QTest::newRow("line break") << u"a\r\nX-Evil: 1"_s << "a%0D%0AX-Evil%3A%201"_ba;
        QTest::newRow("three dots") << u"..."_s << "..."_ba;
        QTest::newRow("backslash") << u"a\\b"_s << "a%5Cb"_ba;
    }
    void idsAreEncodedNotInterpreted()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, segment);
        m_network->expect("/conversations/" + segment + "/stop", FakeAnswer::with(200));
        gatewayTo(connectionTo(u"https://h.test"_s))
            ->order(stopOf(a1, {id}), ClearQueue::No, newRequestId(), {}, this, [](const auto &) {});
        settle();
        QCOMPARE(m_network->asked().first().line, "POST /v1/agents/a1/gateway/conversations/" + segment + "/stop");
    }

    void whatMayNotLeaveAtTheLastMomentDoesNot()
    {
        std::optional<Failure> failure;
        gatewayTo(connectionTo(u"https://h.test"_s))
            ->order(
                stopOf(a1, c7), ClearQueue::No, newRequestId(), [] { return false; }, this,
                [&failure](const auto &answer) { failure = answer.error(); });
        settle();
        QCOMPARE(failure->kind, FailureKind::Cancelled);
        QCOMPARE(failure->reached, Reached::NeverLeft);
        QVERIFY(m_network->asked().isEmpty());
    }

    void aFilterIsEncodedToo()
    {
        m_network->expect("status=a%2Bb%26page%3D9%23%25", FakeAnswer::with(404));
        gatewayTo(connectionTo(u"https://h.test"_s))
            ->conversations({{}, u"a+b&page=9#%"_s, {}, 1}, this, [](const auto &) {});
        settle();
    }

    void whatMustNotLeaveDoesNot_data()
    {
        QTest::addColumn<QString>("agent");
        QTest::addColumn<QString>("conversation");
        for (const char *id : {"", ".", "..", " .. ", "%2e", "%2E%2e", ".%2e", "%252e%252E", "%25252e", "../x", "x/..",
                               "x/../y", "x%2F..%2fy", "a\\..\\b", "x%252F.%252F"}) {
            QTest::addRow("conversation '%s'", id) << u"a1"_s << QString::fromLatin1(id);
            QTest::addRow("agent '%s'", id) << QString::fromLatin1(id) << u"c7"_s;
        }
    }
    void whatMustNotLeaveDoesNot()
    {
        QFETCH(QString, agent);
        QFETCH(QString, conversation);
        QList<Failure> failures;
        const auto gateway = gatewayTo(connectionTo(u"https://h.test"_s));
        const auto keep = [&failures](const auto &answer) { failures.append(answer.error()); };
        gateway->order(stopOf({agent}, {conversation}), ClearQueue::No, {u"r1"_s}, {}, this, keep);
        gateway->runState({agent}, {conversation}, Lane::Check, this, keep);
        QVERIFY(failures.isEmpty()); // never before the ask has returned
        settle();
        QCOMPARE(failures.size(), 2);
        for (const Failure &failure : failures) {
            QCOMPARE(failure.kind, FailureKind::UnsafeId);
            QCOMPARE(failure.reached, Reached::NeverLeft);
        }
        QCOMPARE(failures.first().request.value, u"r1"_s);
        QVERIFY(m_network->asked().isEmpty());
    }

    void anOperationThatTheNewerRoutesLackDoesNotLeave()
    {
        Connection newer = connectionTo(u"https://h.test"_s);
        newer.routes = RouteFamily::Conversations;
        StopTarget emptying = stopOf(a1, c7);
        emptying.command = Command::EmptyQueue;
        std::optional<Failure> failure;
        const auto gateway = gatewayTo(newer);
        gateway->order(emptying, ClearQueue::No, {u"r1"_s}, {}, this, [&](const auto &answer) { failure = answer.error(); });
        settle();
        QVERIFY(failure);
        QCOMPARE(failure->kind, FailureKind::NotFound);
        QCOMPARE(failure->reached, Reached::NeverLeft);
        QVERIFY(m_network->asked().isEmpty());
    }

    void connectionsThatMustNotSend_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("accepted");
        QTest::addColumn<bool>("readOnly");
        QTest::addColumn<FailureKind>("kind");
        QTest::newRow("read-only") << u"https://h.test"_s << false << true << FailureKind::ReadOnly;
        QTest::newRow("plain http") << u"http://h.test"_s << false << false << FailureKind::UnsafeAddress;
        QTest::newRow("another scheme") << u"ftp://h.test"_s << true << false << FailureKind::UnsafeAddress;
        QTest::newRow("no host") << u"https:///x"_s << true << false << FailureKind::UnsafeAddress;
        QTest::newRow("none") << QString() << true << false << FailureKind::UnsafeAddress;
    }
    void connectionsThatMustNotSend()
    {
        QFETCH(QString, address);
        QFETCH(bool, accepted);
        QFETCH(bool, readOnly);
        QFETCH(FailureKind, kind);
        Connection connection = connectionTo(address);
        connection.plainHttpAccepted = accepted;
        connection.readOnly = readOnly;
        std::optional<Failure> failure;
        gatewayTo(connection)
            ->order(
                stopOf(a1, c7), ClearQueue::No, newRequestId(), [] { return QTest::qFail("it left", __FILE__, __LINE__), true; }, this,
                [&failure](const auto &answer) { failure = answer.error(); });
        settle();
        QCOMPARE(failure->kind, kind);
        QCOMPARE(failure->reached, Reached::NeverLeft);
        QVERIFY(m_network->asked().isEmpty());
    }

    void aReadOnlyConnectionReads()
    {
        Connection connection = connectionTo(u"http://127.0.0.1:8000"_s);
        connection.readOnly = true;
        m_network->expect("run-state", FakeAnswer::with(200, R"({"is_running":false})"));
        bool answered = false;
        gatewayTo(connection)->runState(a1, c7, Lane::Check, this, [&answered](const auto &answer) {
            answered = answer.has_value();
        });
        settle();
        QVERIFY(answered);
    }

    void theKeyStandsInItsHeader()
    {
        Connection connection = connectionTo(u"https://h.test"_s);
        everythingAsked(*gatewayTo(connection));
        connection.credential = CredentialKind::BearerToken;
        everythingAsked(*gatewayTo(connection));
        QSet<QByteArray> ids;
        for (int i = 0; i < m_network->asked().size(); ++i) {
            const QNetworkRequest &request = m_network->asked().at(i).request;
            QCOMPARE(request.rawHeader("x-api-key"), i < 6 ? "canary-key"_ba : QByteArray());
            QCOMPARE(request.rawHeader("Authorization"), i < 6 ? QByteArray() : "Bearer canary-key"_ba);
            QVERIFY(!request.url().toString().contains(u"canary"_s));
            ids.insert(request.rawHeader("X-Request-ID"));
        }
        QCOMPARE(ids.size(), 12);
        QVERIFY(!ids.contains(QByteArray()));
    }

    void theRequestIdIsTheOneGivenAndStandsInTheFailure()
    {
        m_network->expect("stop", FakeAnswer::with(403, R"({"detail":"no"})"));
        m_network->expect("run-state", FakeAnswer::with(200, "{}"));
        const auto gateway = gatewayTo(connectionTo(u"https://h.test"_s));
        QStringList ids;
        gateway->order(stopOf(a1, c7), ClearQueue::No, {u"r-42"_s}, {}, this,
                      [&](const auto &answer) { ids.append(answer.error().request.value); });
        settle();
        gateway->runState(a1, c7, Lane::Check, this,
                          [&](const auto &answer) { ids.append(answer.error().request.value); });
        settle();
        QCOMPARE(ids.first(), u"r-42"_s);
        QCOMPARE(m_network->asked().first().request.rawHeader("X-Request-ID"), "r-42");
        QCOMPARE(ids.last().toLatin1(), m_network->asked().last().request.rawHeader("X-Request-ID"));
    }

    void aLongAnswerIsReadInAnotherThread()
    {
        m_network->expect("/v1/tasks", FakeAnswer::with(200, longPage(100'000))); // 5 MB
        const auto gateway = gatewayTo(connectionTo(u"https://h.test"_s));
        int rows = 0;
        {
            BusyThreads busy;
            gateway->conversations({}, this, [&rows](const auto &page) { rows += int(page->rows.size()); });
            settle();
            QCOMPARE(rows, 0); // it waits for the others, and this thread does not wait for it
        }
        QTRY_COMPARE(rows, 50);
        settle();
        QCOMPARE(rows, 50); // once
    }

    void aShortAnswerIsReadAtOnce()
    {
        m_network->expect("/v1/tasks", FakeAnswer::with(200, longPage(100)));
        int rows = 0;
        BusyThreads busy;
        gatewayTo(connectionTo(u"https://h.test"_s))->conversations({}, this, [&rows](const auto &page) {
            rows += int(page->rows.size());
        });
        settle();
        QCOMPARE(rows, 50);
    }

    void aLongAnswerThatCannotBeReadFailsWithItsRequest()
    {
        m_network->expect("/v1/tasks", FakeAnswer::with(200, longPage(2'000).chopped(5)));
        std::optional<Failure> failure;
        gatewayTo(connectionTo(u"https://h.test"_s))->conversations({}, this, [&failure](const auto &page) {
            failure = page.error();
        });
        settle();
        QTRY_VERIFY(failure);
        QCOMPARE(failure->kind, FailureKind::Unreadable);
        QCOMPARE(failure->request.value.toLatin1(), m_network->asked().first().request.rawHeader("X-Request-ID"));
    }

    void nobodyIsToldOfALongAnswerWhoIsGoneByThen()
    {
        m_network->always("/v1/tasks", FakeAnswer::with(200, longPage(10'000)));
        const auto gateway = gatewayTo(connectionTo(u"https://h.test"_s));
        auto asker = std::make_unique<QObject>();
        int answers = 0;
        {
            BusyThreads busy;
            gateway->conversations({}, asker.get(), [&answers](const auto &) { ++answers; });
            settle();
            QTRY_VERIFY(asker->findChild<QFutureWatcherBase *>()); // it came, and is being read
            asker.reset();
        }
        settle();
        QCOMPARE(answers, 0);
    }

    void aLongAnswerOutlivesTheConnection()
    {
        m_network->expect("/v1/tasks", FakeAnswer::with(200, longPage(10'000)));
        auto gateway = gatewayTo(connectionTo(u"https://h.test"_s));
        int answers = 0;
        {
            BusyThreads busy;
            gateway->conversations({}, this, [&answers](const auto &) { ++answers; });
            settle();
            gateway.reset();
            settle();
        }
        QTRY_COMPARE(answers, 1);
    }

    void whoIsToldMayEndItself()
    {
        m_network->expect("/v1/tasks", FakeAnswer::with(200, longPage(10'000)));
        const auto gateway = gatewayTo(connectionTo(u"https://h.test"_s));
        auto asker = std::make_unique<QObject>();
        int answers = 0;
        gateway->conversations({}, asker.get(), [&asker, &answers](const auto &page) {
            asker.reset();
            answers += page->rows.size() == 50 ? 1 : 0;
        });
        settle();
        QTRY_COMPARE(answers, 1);
    }

    void everyRequestIsDressedSoThatItCannotBeSentTwice()
    {
        everythingAsked(*gatewayTo(connectionTo(u"https://h.test"_s)));
        for (const FakeNetwork::Asked &asked : m_network->asked()) { // that there is a body device: FakeNetwork
            const auto attribute = [&](QNetworkRequest::Attribute which) { return asked.request.attribute(which); };
            QCOMPARE(attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(),
                     int(QNetworkRequest::ManualRedirectPolicy));
            QCOMPARE(attribute(QNetworkRequest::Http2AllowedAttribute), QVariant(false));
            QCOMPARE(attribute(QNetworkRequest::DoNotBufferUploadDataAttribute), QVariant(true));
            QCOMPARE(asked.request.header(QNetworkRequest::ContentLengthHeader).toInt(), asked.body.size());
        }
    }
};

}

STOPDESK_TEST(gateway, TestGateway, QCoreApplication)
#include "tst_gateway.moc"
