#include "app/gateway/gateway.h"
#include "app/gateway/httpchannel.h"
#include "tests/support/peers.h"
#include "tests/support/testmain.h"

#include <QNetworkReply>
#include <QtTest>

namespace prism_test {

using namespace Qt::StringLiterals;

StopTarget targetOf(Command command)
{
    StopTarget target;
    target.agent = {u"6f0c1f6e-3c1b-4b7e-9d43-3e3f7f1d2a10"_s};
    target.conversation = {u"02843b37-4d77-48a0-8da7-2c76afe54401"_s};
    target.message.id = {u"8c1f0c0e-55e1-4ab5-9b55-41a8b3c7f5d2"_s};
    target.command = command;
    return target;
}

/// What a connection with these routes and this credential can be told to do. The newer routes cannot clear a queue,
/// and the published stop names the key alone (contract, "Two servers").
QList<Command> commandsOf(RouteFamily routes, CredentialKind credential)
{
    QList<Command> commands{Command::StopSubTask, Command::DiscardMessage};
    if (routes == RouteFamily::Gateway)
        commands.append(Command::EmptyQueue);
    if (routes != RouteFamily::Gateway || credential == CredentialKind::ApiKey)
        commands.append(Command::StopConversation);
    return commands;
}

/// Lets requests through and keeps what came back: status and what Prism complained of.
class WatchingManager final : public QNetworkAccessManager {
    Q_OBJECT

public:
    explicit WatchingManager(QStringList &seen)
        : m_seen(seen)
    {
        connect(this, &QNetworkAccessManager::finished, this, [this](QNetworkReply *reply) {
            const QString verb = reply->request().attribute(QNetworkRequest::CustomVerbAttribute).toString();
            m_seen.append(verb + u' ' + reply->url().path() + u' '
                          + reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toString()
                          + QString::fromLatin1(reply->rawHeader("sl-violations")));
        });
    }

private:
    QStringList &m_seen;
};

/// Every request that the console can form is one that the contract allows.
class TestPrism : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Peer> m_prism;
    SystemClock m_clock;
    QStringList m_seen;
    QStringList m_failures;

    std::shared_ptr<Gateway> gateway(RouteFamily routes, CredentialKind credential)
    {
        Connection connection;
        connection.address = m_prism->url();
        connection.routes = routes;
        connection.credential = credential;
        return std::make_shared<Gateway>(
            connection,
            std::make_shared<HttpChannel>(connection, *Secret::fromInput(u"test-key"_s),
                                          std::make_shared<RequestBudget>(1000, 10000, m_clock), m_clock,
                                          [this] { return std::make_unique<WatchingManager>(m_seen); }));
    }

    /// The answer of an ask: what failed is kept with its name.
    auto expect(const QString &name)
    {
        ++m_open;
        return [this, name](const auto &answer) {
            --m_open;
            if (!answer)
                m_failures.append(name + u": "_s + answer.error().text);
        };
    }

    int m_open = 0;

private Q_SLOTS:
    void initTestCase() { m_prism = std::make_unique<Peer>(Peer::prism()); }
    void init()
    {
        m_seen.clear();
        m_failures.clear();
    }

    void everyRequestIsAllowed_data()
    {
        QTest::addColumn<RouteFamily>("routes");
        QTest::addColumn<CredentialKind>("credential");
        QTest::newRow("gateway routes, key") << RouteFamily::Gateway << CredentialKind::ApiKey;
        QTest::newRow("gateway routes, token") << RouteFamily::Gateway << CredentialKind::BearerToken;
        QTest::newRow("newer routes, key") << RouteFamily::Conversations << CredentialKind::ApiKey;
        QTest::newRow("newer routes, token") << RouteFamily::Conversations << CredentialKind::BearerToken;
    }
    void everyRequestIsAllowed()
    {
        QFETCH(RouteFamily, routes);
        QFETCH(CredentialKind, credential);
        const AgentId agent = targetOf({}).agent;
        const ConversationId conversation = targetOf({}).conversation;
        const auto asked = gateway(routes, credential);

        asked->agents(1, 1, this, expect(u"test of a connection"_s));
        asked->agents(3, Gateway::mostPerPage, this, expect(u"agents"_s));
        for (const QString &word : {QString(), u"executing"_s, u"pending"_s, u"paused"_s}) {
            asked->conversations({{}, word, {}, 2}, this, expect(u"all conversations "_s + word));
            asked->conversations({agent, word, {}, 1}, this, expect(u"an agent's conversations "_s + word));
        }
        asked->conversations({{}, {}, conversation, 1}, this, expect(u"sub-tasks"_s));
        asked->conversations({agent, {}, conversation, 1}, this, expect(u"an agent's sub-tasks"_s));
        asked->record(conversation, Lane::Check, this, expect(u"record"_s));
        asked->runState(agent, conversation, Lane::Check, this, expect(u"run-state"_s));
        const QList<Command> commands = commandsOf(routes, credential);
        for (const Command command : commands) {
            for (const ClearQueue choice : {ClearQueue::No, ClearQueue::Yes})
                asked->order(targetOf(command), choice, newRequestId(), {}, this, expect(u"an order"_s));
        }

        QTRY_COMPARE_WITH_TIMEOUT(m_open, 0, 60'000);
        QCOMPARE(m_failures, QStringList());
        QCOMPARE(m_seen.size(), 14 + 2 * commands.size());
        for (const QString &seen : std::as_const(m_seen))
            QVERIFY2(seen.endsWith(u" 200"), qPrintable(seen));
    }

    /// The exception is real: should the published contract ever name the token too, this fails and can go.
    void theOneExceptedPairIsRefused()
    {
        int status = 0;
        gateway(RouteFamily::Gateway, CredentialKind::BearerToken)
            ->order(targetOf(Command::StopConversation), ClearQueue::No, newRequestId(), {}, this,
                    [&status](const Result<int> &answer) { status = answer ? *answer : answer.error().status; });
        QTRY_COMPARE_WITH_TIMEOUT(status, 401, 60'000);
    }

    void whatBreaksTheContractWouldBeSeen()
    {
        gateway(RouteFamily::Gateway, CredentialKind::ApiKey)->agents(0, 51, this, expect(u"too many"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_open, 0, 60'000);
        QCOMPARE(m_failures.size(), 1);
        QVERIFY(!m_seen.first().endsWith(u" 200"));
    }
};

}

STOPDESK_TEST(prism, TestPrism, QCoreApplication)
#include "tst_prism.moc"
