#include "app/gateway/httpchannel.h"
#include "app/gateway/httpfailure.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/heartbeat.h"
#include "tests/support/proxyserver.h"
#include "tests/support/testmain.h"

#include <QSemaphore>
#include <QtTest>

#include <atomic>

namespace proxylookup_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

HttpRequest stopRequest()
{
    return {.verb = "POST", .path = {u"stop"_s}, .body = "{}", .lane = Lane::Stop};
}

/// A port of this machine on which nobody listens.
quint16 deadPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// A system that says which proxy to use only when it is let: asked in other threads, and it may outlive a test.
class SlowSystem {
public:
    ProxyFinder finder() const
    {
        return [state = m_state](const QUrl &address) {
            ++state->asked;
            state->address = address;
            state->may.acquire();
            return state->answer;
        };
    }
    void answer(const QNetworkProxy &proxy)
    {
        m_state->answer = {proxy};
        m_state->may.release();
    }
    int asked() const { return m_state->asked; }

private:
    struct State {
        std::atomic<int> asked = 0;
        QSemaphore may;
        QUrl address;
        QList<QNetworkProxy> answer;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// The way of a request: through the proxy that the system names, without ever waiting for the system in this thread.
class TestProxyLookup : public QObject {
    Q_OBJECT

private:
    using Outcome = std::shared_ptr<std::optional<Result<HttpAnswer>>>;

    std::shared_ptr<HttpChannel> channelTo(const QUrl &address, const ProxyFinder &finder)
    {
        Connection connection;
        connection.address = address;
        connection.authorityFile = FaultServer::authorityFile();
        return std::make_shared<HttpChannel>(
            connection, Secret::fromStored("key"), std::make_shared<RequestBudget>(1000, 10000, m_clock), m_clock,
            Network{[] { return std::make_unique<QNetworkAccessManager>(); }, nullptr, finder});
    }

    std::shared_ptr<HttpChannel> channelThrough(const QNetworkProxy &proxy, const QString &scheme = u"https"_s)
    {
        const auto channel = channelTo(QUrl(scheme + u"://service.test"_s), [proxy](const QUrl &) {
            return QList<QNetworkProxy>{proxy};
        });
        return channel;
    }

    Outcome send(const std::shared_ptr<HttpChannel> &channel, const HttpRequest &request)
    {
        const auto outcome = std::make_shared<std::optional<Result<HttpAnswer>>>();
        channel->send(request, m_asker.get(), [outcome](const Result<HttpAnswer> &answer) { *outcome = answer; });
        return outcome;
    }

    /// Whether it ends, with all that the clock has to do until then.
    bool ends(const Outcome &outcome)
    {
        return QTest::qWaitFor([&] {
            m_clock.advance(0ms);
            return outcome->has_value();
        });
    }

    bool succeeds(const Outcome &outcome) { return ends(outcome) && outcome->value().has_value(); }
    Failure failureOf(const Outcome &outcome)
    {
        const bool failed = ends(outcome) && !outcome->value().has_value();
        return failed ? outcome->value().error() : Failure{FailureKind::Cancelled, {}, 0, {}, u"no failure"_s, {}, {}};
    }

    static QNetworkProxy http(quint16 port, const QString &user = {}, const QString &password = {})
    {
        return {QNetworkProxy::HttpProxy, u"127.0.0.1"_s, port, user, password};
    }
    static quint16 portOf(const FaultServer &server) { return quint16(server.url().port()); }

    FakeClock m_clock;
    std::unique_ptr<QObject> m_asker;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_asker = std::make_unique<QObject>();
    }
    void cleanup() { m_asker.reset(); }

    void theSystemMayTakeItsTimeAndTheWindowGoesOn()
    {
        const FaultServer service(FaultServer::Transport::Tls);
        const ProxyServer proxy(portOf(service));
        SlowSystem system;
        const auto channel = channelTo(QUrl(u"https://service.test"_s), system.finder());
        const Heartbeat beat;
        channel->prewarm();
        const Outcome stop = send(channel, stopRequest());
        QTRY_COMPARE(system.asked(), 1);
        m_clock.advance(ProxyLookup::patience - 1ms);
        QVERIFY(!stop->has_value());
        QCOMPARE(service.connections(), 0);
        QCOMPARE(channel->budget().spentThisMinute(), 0);

        system.answer(http(proxy.serverPort()));
        QVERIFY(succeeds(stop));
        QVERIFY2(beat.isSteady(100ms), beat.figures().constData());
        QCOMPARE(service.deliveries().size(), 1);
        QVERIFY(proxy.tunnels() >= 1);
        QCOMPARE(QSet(proxy.asked().cbegin(), proxy.asked().cend()), QSet<QByteArray>{"CONNECT service.test:443"});
    }

    void aSystemThatSaysNothingIsNotWaitedForLonger()
    {
        const SlowSystem system;
        const auto channel = channelTo(QUrl(u"https://service.invalid"_s), system.finder());
        const Outcome stop = send(channel, stopRequest());
        m_clock.advance(ProxyLookup::patience);
        const Failure failure = failureOf(stop);
        QCOMPARE(failure.kind, FailureKind::Proxy);
        QCOMPARE(failure.reached, Reached::NeverLeft);
        QVERIFY2(failure.text.startsWith(u"not told within 5 s, and without a proxy: "), qPrintable(failure.text));
    }

    void aLateAnswerCountsFromThenOn()
    {
        const FaultServer service(FaultServer::Transport::Tls);
        const ProxyServer proxy(portOf(service));
        SlowSystem system;
        const auto channel = channelTo(QUrl(u"https://service.test"_s), system.finder());
        m_clock.advance(ProxyLookup::patience);
        system.answer(http(proxy.serverPort()));
        bool through = false;
        QVERIFY(QTest::qWaitFor([&] {
            through = through || succeeds(send(channel, stopRequest()));
            return through;
        }));
        QCOMPARE(proxy.tunnels(), 1);
    }

    void whoHangsKeepsNobodyFromLeaving()
    {
        const SlowSystem system;
        QElapsedTimer time;
        time.start();
        {
            const auto channel = channelTo(QUrl(u"https://service.test"_s), system.finder());
            QTRY_COMPARE(system.asked(), 1);
        }
        QVERIFY2(time.elapsed() < 250, qPrintable(QString::number(time.elapsed())));
    }

    void thisMachineIsNeverReachedThroughAProxy_data()
    {
        QTest::addColumn<QString>("host");
        for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s, u"[::1]"_s})
            QTest::addRow("%s", qPrintable(host)) << host;
    }
    void thisMachineIsNeverReachedThroughAProxy()
    {
        QFETCH(QString, host);
        const SlowSystem system;
        ProxyLookup lookup(QUrl(u"https://"_s + host), system.finder(), m_clock);
        lookup.askAgain();
        bool known = false;
        lookup.whenKnown(m_asker.get(), [&known] { known = true; });
        QVERIFY(known);
        QCOMPARE(lookup.way().proxy.type(), QNetworkProxy::NoProxy);
        QCOMPARE(system.asked(), 0);
    }

    void onAnotherNetworkTheOldAnswerHoldsUntilTheNewIsThere()
    {
        SlowSystem system;
        ProxyLookup lookup(QUrl(u"https://service.test"_s), system.finder(), m_clock);
        system.answer(http(1));
        QTRY_COMPARE(lookup.way().proxy.port(), 1);
        lookup.askAgain();
        lookup.askAgain(); // while it is being asked: once more after that
        m_clock.advance(1min);
        bool known = false;
        lookup.whenKnown(m_asker.get(), [&known] { known = true; });
        QVERIFY(known);
        QCOMPARE(lookup.way().proxy.port(), 1);
        system.answer(http(2));
        QTRY_COMPARE(lookup.way().proxy.port(), 2);
        QTRY_COMPARE(system.asked(), 3);
        system.answer(http(3));
        QTRY_COMPARE(lookup.way().proxy.port(), 3);
        QCOMPARE(system.asked(), 3);
    }

    void newConnectionsAskForTheWayAgain()
    {
        const FaultServer service(FaultServer::Transport::Tls);
        const ProxyServer first(portOf(service));
        const ProxyServer second(portOf(service));
        SlowSystem system;
        const auto channel = channelTo(QUrl(u"https://service.test"_s), system.finder());
        system.answer(http(first.serverPort()));
        QVERIFY(succeeds(send(channel, stopRequest())));
        system.answer(http(second.serverPort()));
        channel->renew();
        QTRY_COMPARE(system.asked(), 2);
        QVERIFY(QTest::qWaitFor([&] { return succeeds(send(channel, stopRequest())) && second.tunnels() > 0; }));
    }

    void aProxyThatKnowsItsUserLetsOneStopThrough()
    {
        const FaultServer service(FaultServer::Transport::Tls);
        const ProxyServer proxy(portOf(service), "keeper:secret");
        const auto channel = channelThrough(http(proxy.serverPort(), u"keeper"_s, u"secret"_s));
        QVERIFY(succeeds(send(channel, stopRequest())));
        QCOMPARE(service.deliveries().size(), 1);
        QCOMPARE(service.deliveries().first().header("Proxy-Authorization"), QByteArray());
        QVERIFY(!service.received().contains("keeper"));
        QVERIFY(proxy.challenges() >= 1);
    }

    /// Qt tells a proxy its user only when asked, and then sends the request once more: here it is told at once, to the
    /// proxy alone.
    void aUserIsToldToTheProxyOfPlainHttpAtOnce()
    {
        const FaultServer service;
        const ProxyServer proxy(portOf(service), "keeper:s\xC3\xA4:cret");
        const auto channel = channelThrough(http(proxy.serverPort(), u"keeper"_s, u"s\u00e4:cret"_s), u"http"_s);
        QVERIFY(succeeds(send(channel, stopRequest())));
        QVERIFY(succeeds(send(channel, {.path = {u"read"_s}})));
        QCOMPARE(proxy.asked(), (QList<QByteArray>{"POST http://service.test/stop", "GET http://service.test/read"}));
        QCOMPARE(proxy.challenges(), 0);
        QCOMPARE(service.deliveries().size(), 2);
        QVERIFY(!service.received().toLower().contains("proxy-"));
    }

    void aProxyThatAsksWhoWeAreIsNamed_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("words");
        for (const QString &scheme : {u"https"_s, u"http"_s}) {
            QTest::addRow("no user, %s", qPrintable(scheme))
                << scheme << QString() << u"asks for a user name and a password, and none are set for it"_s;
            QTest::addRow("a wrong one, %s", qPrintable(scheme))
                << scheme << u"somebody"_s << u"does not accept the user name and password that are set for it"_s;
        }
    }
    void aProxyThatAsksWhoWeAreIsNamed()
    {
        QFETCH(QString, scheme);
        QFETCH(QString, user);
        QFETCH(QString, words);
        const FaultServer service(scheme == u"https" ? FaultServer::Transport::Tls : FaultServer::Transport::Plain);
        const ProxyServer proxy(portOf(service), "keeper:secret");
        for (const HttpRequest &request : {stopRequest(), HttpRequest{.path = {u"read"_s}}}) {
            const Failure failure = failureOf(send(channelThrough(http(proxy.serverPort(), user, user), scheme), request));
            QCOMPARE(failure.text, u"the proxy 127.0.0.1:%1 %2"_s.arg(proxy.serverPort()).arg(words));
            QCOMPARE(failure.kind, FailureKind::Proxy);
            QCOMPARE(failure.reached, Reached::NeverLeft);
        }
        QCOMPARE(service.connections(), 0);
    }

    /// Rather than going directly, past the proxy that somebody wanted.
    void aProxyThatCannotBeUsedIsSaidAndNothingLeaves()
    {
        const FaultServer service(FaultServer::Transport::Tls);
        const auto channel = channelTo(QUrl(u"https://service.test:%1"_s.arg(portOf(service))), [](const QUrl &) {
            return FoundProxies({}, u"the reason"_s);
        });
        channel->prewarm();
        const Failure failure = failureOf(send(channel, stopRequest()));
        QCOMPARE(failure.kind, FailureKind::Proxy);
        QCOMPARE(failure.text, u"the reason"_s);
        QCOMPARE(failure.reached, Reached::NeverLeft);
        QCOMPARE(service.connections(), 0);
    }

    void aDeadProxyIsNamed_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("host");
        for (const QString &scheme : {u"https"_s, u"http"_s}) {
            QTest::addRow("refused, %s", qPrintable(scheme)) << scheme << u"127.0.0.1"_s;
            QTest::addRow("unknown, %s", qPrintable(scheme)) << scheme << u"proxy.invalid"_s;
        }
    }
    void aDeadProxyIsNamed()
    {
        QFETCH(QString, scheme);
        QFETCH(QString, host);
        const quint16 port = deadPort();
        const auto channel = channelThrough({QNetworkProxy::HttpProxy, host, port}, scheme);
        for (const HttpRequest &request : {stopRequest(), HttpRequest{.path = {u"read"_s}}}) {
            const Failure failure = failureOf(send(channel, request));
            QCOMPARE(failure.text, u"could not reach the proxy %1:%2"_s.arg(host).arg(port));
            QCOMPARE(failure.kind, FailureKind::Proxy);
            if (request.body)
                QCOMPARE(failure.reached, Reached::NeverLeft);
        }
    }

    void aProxyThatDoesNotConnectIsNamed()
    {
        QTcpServer proxy;
        QVERIFY(proxy.listen(QHostAddress::LocalHost));
        connect(&proxy, &QTcpServer::newConnection, this, [&proxy] {
            QTcpSocket *client = proxy.nextPendingConnection();
            connect(client, &QTcpSocket::readyRead, client, [client] {
                client->write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
                client->disconnectFromHost();
            });
        });
        const Failure failure = failureOf(send(channelThrough(http(proxy.serverPort())), stopRequest()));
        QCOMPARE(failure.text, u"the proxy 127.0.0.1:%1 does not connect to the service"_s.arg(proxy.serverPort()));
        QCOMPARE(failure.kind, FailureKind::Proxy);
        QCOMPARE(failure.reached, Reached::NeverLeft);
    }

    /// On every Qt what each of them reports; what this one reports of real proxies, the tests above see.
    void eachErrorOfAProxyHasItsWords_data()
    {
        using E = QNetworkReply::NetworkError;
        QTest::addColumn<QNetworkReply::NetworkError>("error");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<QString>("words");
        const QString unreached = u"could not reach the proxy"_s;
        QTest::newRow("refused, https, Qt 6.4") << E::UnknownNetworkError << true << unreached;
        QTest::newRow("refused, http, Qt 6.4") << E::ConnectionRefusedError << false << unreached;
        QTest::newRow("unknown, Qt 6.4") << E::HostNotFoundError << true << unreached;
        QTest::newRow("refused, Qt 6.8") << E::ProxyConnectionRefusedError << true << unreached;
        QTest::newRow("unknown, Qt 6.8") << E::ProxyNotFoundError << true << unreached;
        QTest::newRow("no tunnel") << E::ConnectionRefusedError << true << u"does not connect to the service"_s;
        QTest::newRow("no user") << E::ProxyAuthenticationRequiredError << true << u"asks for a user name"_s;
    }
    void eachErrorOfAProxyHasItsWords()
    {
        QFETCH(QNetworkReply::NetworkError, error);
        QFETCH(bool, encrypted);
        QFETCH(QString, words);
        const Failure bare = httpfailure::fromTransport(error, u"why"_s, 0, httpfailure::BodyTaken::No);
        const Failure failure = Way{http(3128)}.explain(bare, error, encrypted);
        QVERIFY2(failure.text.contains(words), qPrintable(failure.text));
        QCOMPARE(failure.kind, FailureKind::Proxy);
        QCOMPARE(failure.reached, Reached::NeverLeft);
    }

    void whatTheServiceSaysThroughAProxyIsTheServices()
    {
        FaultServer service(FaultServer::Transport::Tls);
        service.answerWith(Reaction::answer(403));
        const ProxyServer proxy(portOf(service));
        const Failure failure = failureOf(send(channelThrough(http(proxy.serverPort())), stopRequest()));
        QCOMPARE(failure.kind, FailureKind::Forbidden);
        QCOMPARE(service.deliveries().size(), 1);
    }

    void theEnvironmentIsReadBeforeTheSystemIsAsked_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("scheme") << "https_proxy"_ba << "http://keeper:s%65cret@127.0.0.1:3128"_ba;
        QTest::newRow("no scheme") << "https_proxy"_ba << "keeper:secret@127.0.0.1:3128"_ba;
        QTest::newRow("capitals") << "HTTPS_PROXY"_ba << "http://keeper:secret@127.0.0.1:3128"_ba;
        QTest::newRow("all") << "all_proxy"_ba << "http://keeper:secret@127.0.0.1:3128"_ba;
    }
    void theEnvironmentIsReadBeforeTheSystemIsAsked()
    {
        QFETCH(QByteArray, variable);
        QFETCH(QByteArray, value);
        qputenv(variable.constData(), value);
        qputenv("no_proxy", "elsewhere.test");
        const FoundProxies found = ProxyLookup::askSystem(QUrl(u"https://service.test"_s));
        const FoundProxies none = ProxyLookup::askSystem(QUrl(u"https://elsewhere.test"_s));
        qunsetenv(variable.constData());
        qunsetenv("no_proxy");
        QCOMPARE(found.proxies.value(0), http(3128, u"keeper"_s, u"secret"_s));
        QCOMPARE(none.proxies.value(0).type(), QNetworkProxy::NoProxy);
    }
};

}

STOPDESK_TEST(proxylookup, TestProxyLookup, QCoreApplication)
#include "tst_proxylookup.moc"
