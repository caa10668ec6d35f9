#include "app/gateway/httpchannel.h"
#include "app/models/problementries.h"
#include "app/words/failurewords.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QLoggingCategory>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QNetworkReply>
#include <QtTest>

namespace httpchannel_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Transport = FaultServer::Transport;
using Certificate = FaultServer::Certificate;

const QByteArray key = "canary-key";
QByteArray logged; // NOLINT: what a message handler can reach

void keepLog(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged += text.toUtf8() + '\n';
}

HttpRequest stopRequest()
{
    return {.verb = "POST", .path = {u"stop"_s}, .body = R"({"clear_queue":true})", .lane = Lane::Stop};
}

HttpRequest readRequest(const QString &path = u"read"_s)
{
    return {.path = {path}, .lane = Lane::Check};
}

/// One request on the real network stack against a server that misbehaves.
class TestHttpChannel : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<HttpChannel> channelTo(const QUrl &address)
    {
        Connection connection;
        connection.address = address;
        connection.authorityFile = FaultServer::authorityFile();
        return std::make_shared<HttpChannel>(connection, Secret::fromStored(key),
                                             std::make_shared<RequestBudget>(1000, 10000, m_clock), m_clock,
                                             [this] { return makeManager(); });
    }

    std::unique_ptr<QNetworkAccessManager> makeManager()
    {
        auto manager = std::make_unique<QNetworkAccessManager>();
        connect(manager.get(), &QNetworkAccessManager::finished, this, [this](const QNetworkReply *reply) {
            m_openedAhead += reply->url().scheme() == u"preconnect-https" ? 1 : 0;
        });
        return manager;
    }

    /// In KB, as the kernel tells of this process.
    static qint64 memory(const QByteArray &name)
    {
        QFile status(u"/proc/self/status"_s);
        if (!status.open(QFile::ReadOnly))
            return 0;
        const QByteArray text = status.readAll();
        return text.mid(text.indexOf(name + ':') + name.size() + 1).trimmed().split(' ').first().toLongLong();
    }

    /// Sends, and returns when it is on its way. What was sent before is not heard any more: its answer may be late.
    void send(const std::shared_ptr<HttpChannel> &channel, const HttpRequest &request)
    {
        m_answer.reset();
        m_asker = std::make_unique<QObject>();
        channel->send(request, m_asker.get(), [this](const Result<HttpAnswer> &answer) { m_answer = answer; });
        m_clock.advance(1ms);
    }

    bool answered(std::chrono::milliseconds patience = 10s)
    {
        return QTest::qWaitFor([this] { return m_answer.has_value(); }, int(patience.count()));
    }

    /// The failure that the request ends with; a success is a failure of kind Cancelled here.
    Failure failureOf(const QUrl &address, const HttpRequest &request)
    {
        send(channelTo(address), request);
        if (!answered() || m_answer->has_value())
            return {FailureKind::Cancelled, Reached::Answered, 0, {}, {}, {}, {}};
        return m_answer->error();
    }

    static int deliveriesOf(const FaultServer &server, const QByteArray &method)
    {
        const auto all = server.deliveries();
        return int(std::ranges::count_if(all, [&](const Delivery &delivery) { return delivery.method == method; }));
    }

    /// Answers each request of the next connection with the last word of its path, after an interim answer.
    static void answerEarly(QTcpServer &server, const QByteArray &interim, int later)
    {
        QTcpSocket *client = server.nextPendingConnection();
        const auto read = std::make_shared<QByteArray>();
        connect(client, &QTcpSocket::readyRead, client, [client, read, interim, later] {
            read->append(client->readAll());
            for (qsizetype end = read->indexOf("\r\n\r\n"); end >= 0; end = read->indexOf("\r\n\r\n")) {
                const QByteArray head = read->left(end);
                const qsizetype body = head.startsWith("POST") ? stopRequest().body->size() : 0;
                if (read->size() < end + 4 + body)
                    return;
                read->remove(0, end + 4 + body);
                const QByteArray path = head.split(' ').value(1).mid(1);
                const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + QByteArray::number(path.size()) + "\r\n\r\n" + path;
                client->write(later < 0 ? interim + answer : interim);
                client->flush();
                if (later >= 0)
                    QTimer::singleShot(later, client, [client, answer] { client->write(answer); });
            }
        });
    }

    FakeClock m_clock;
    std::unique_ptr<QObject> m_asker;
    std::optional<Result<HttpAnswer>> m_answer;
    int m_openedAhead = 0; ///< connections that stood when nobody needed them yet

private Q_SLOTS:
    void init() { m_openedAhead = 0; }

    void aWholeAnswer_data()
    {
        QTest::addColumn<Transport>("transport");
        QTest::newRow("plain") << Transport::Plain;
        QTest::newRow("TLS") << Transport::Tls;
    }
    void aWholeAnswer()
    {
        QFETCH(Transport, transport);
        FaultServer server(transport);
        server.answerWith(Reaction::answer(202, R"({"ok":1})"));
        send(channelTo(server.url()), stopRequest());
        QVERIFY(answered());
        QCOMPARE((*m_answer)->status, 202);
        QCOMPARE((*m_answer)->body, R"({"ok":1})");
        const Delivery delivery = server.deliveries().first();
        QCOMPARE(delivery.body, R"({"clear_queue":true})");
        QCOMPARE(delivery.header("x-api-key"), key);
        QCOMPARE(delivery.header("Content-Type"), "application/json");
        QVERIFY(!delivery.header("X-Request-ID").isEmpty());
    }

    void tlsErrorsEndItBeforeAnythingIsSent_data()
    {
        QTest::addColumn<Certificate>("certificate");
        QTest::newRow("expired") << Certificate::Expired;
        QTest::newRow("not yet valid") << Certificate::NotYet;
        QTest::newRow("wrong host") << Certificate::WrongHost;
        QTest::newRow("common name alone") << Certificate::CommonName;
        QTest::newRow("self-signed") << Certificate::SelfSigned;
    }
    void tlsErrorsEndItBeforeAnythingIsSent()
    {
        QFETCH(Certificate, certificate);
        const FaultServer server(Transport::Tls, certificate);
        for (const HttpRequest &request : {stopRequest(), readRequest()}) {
            const Failure failure = failureOf(server.url(), request);
            const bool isOfDate = certificate == Certificate::Expired || certificate == Certificate::NotYet;
            QCOMPARE(failure.kind, isOfDate ? FailureKind::CertificateDate : FailureKind::Tls);
            QCOMPARE(failure.reached, Reached::NeverLeft);
            QVERIFY(!failure.text.isEmpty());
        }
        QVERIFY(server.deliveries().isEmpty());
        QVERIFY(server.received().isEmpty());
    }

    void redirectsAreReadAndNotFollowed_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("relative");
        for (const int status : {300, 301, 302, 303, 307, 308}) {
            QTest::addRow("%d other port", status) << status << false;
            QTest::addRow("%d //host", status) << status << true;
        }
    }
    void redirectsAreReadAndNotFollowed()
    {
        QFETCH(int, status);
        QFETCH(bool, relative);
        FaultServer first(Transport::Tls);
        const FaultServer second(Transport::Tls);
        QUrl target = second.url().resolved(QUrl(u"/elsewhere"_s));
        if (relative)
            target.setScheme({});
        first.answerWith(Reaction::redirect(status, target));
        for (const HttpRequest &request : {stopRequest(), readRequest()}) {
            const Failure failure = failureOf(first.url(), request);
            QCOMPARE(failure.kind, FailureKind::Redirected);
            QCOMPARE(failure.reached, Reached::Answered);
            QCOMPARE(failure.status, status);
            QVERIFY(failure.text.contains(first.url().authority()) && failure.text.contains(second.url().authority()));
        }
        QCOMPARE(first.deliveries().size(), 2);
        QCOMPARE(second.connections(), 0);
    }

    void aRedirectToTheSameHostSaysWhatDiffers_data()
    {
        QTest::addColumn<QString>("location"); // %1 is host and port
        QTest::addColumn<QString>("says");
        QTest::newRow("a scheme") << u"https://%1/read"_s << u"http://%1 → https://%1 (another scheme)"_s;
        QTest::newRow("a slash more") << u"http://%1/read/"_s << u"%1/read → %1/read/ (a slash at its end)"_s;
        QTest::newRow("relative") << u"/read/?token=secret"_s << u"%1/read → %1/read/ (a slash at its end)"_s;
        QTest::newRow("another path") << u"/sign/in"_s << u"%1/read → %1/sign/in (another path)"_s;
        QTest::newRow("scheme and path") << u"https://%1/read/"_s
                                         << u"http://%1 → https://%1 (another scheme, a slash at its end)"_s;
        QTest::newRow("itself") << u"/read"_s << u"%1/read (the same once more)"_s;
        QTest::newRow("a query") << u"/read?again=1"_s << u"%1/read (the same with another query)"_s;
        QTest::newRow("a user is not shown") << u"https://u:p@%1/read"_s << u"http://%1 → https://%1 (another scheme)"_s;
    }
    void aRedirectToTheSameHostSaysWhatDiffers()
    {
        QFETCH(QString, location);
        QFETCH(QString, says);
        FaultServer server;
        const QString host = server.url().authority();
        const QByteArray target = location.replace(u"%1"_s, host).toLatin1();
        server.answerWith(Reaction::answer(308, "{}", {{"Location", target}}));
        QCOMPARE(failureOf(server.url(), readRequest()).text, says.replace(u"%1"_s, host));
        QCOMPARE(server.deliveries().size(), 1);
    }

    void theNetworksAndTheProxysWordsAreNotTheServices_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<FailureKind>("kind");
        QTest::newRow("sign in to the network") << 511 << FailureKind::Unreachable;
        QTest::newRow("a password for the proxy") << 407 << FailureKind::Proxy;
    }
    void theNetworksAndTheProxysWordsAreNotTheServices()
    {
        QFETCH(int, status);
        FaultServer server;
        server.answerWith(Reaction::answer(status, "<html>Please sign in</html>",
                                           {{"Content-Type", "text/html"}, {"Proxy-Authenticate", "Basic realm=\"x\""}}));
        for (const HttpRequest &request : {stopRequest(), readRequest()}) {
            const Failure failure = failureOf(server.url(), request);
            QTEST(failure.kind, "kind");
            QCOMPARE(failure.status, status);
            QCOMPARE(failure.reached, Reached::NeverLeft);
        }
        QCOMPARE(server.deliveries().size(), 2); // none of them twice
    }

    void anInterimAnswerIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("interim");
        QTest::addColumn<int>("later"); // ms between it and the answer; -1: in one piece
        const QByteArray hints = "HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n";
        const QByteArray processing = "HTTP/1.1 102 Processing\r\n\r\n";
        for (const int later : {-1, 0, 60, 300}) {
            QTest::addRow("103, %d ms", later) << hints << later;
            QTest::addRow("102, %d ms", later) << processing << later;
        }
        QTest::newRow("both") << processing + hints << 60;
    }
    /// Qt 6.4 takes it for the whole answer, and the answer proper for that of the next request. Later ones skip it.
    void anInterimAnswerIsNoAnswer()
    {
        QFETCH(QByteArray, interim);
        QFETCH(int, later);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] { answerEarly(server, interim, later); });
        const auto channel = channelTo(QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort())));
        for (const QString &path : {u"one"_s, u"two"_s, u"three"_s, u"four"_s}) {
            HttpRequest request = path == u"two" ? stopRequest() : readRequest(path);
            request.path = {path};
            send(channel, request);
            QVERIFY(answered());
            if (m_answer->has_value()) {
                QCOMPARE((*m_answer)->body, path.toLatin1()); // its own, and no other's
                continue;
            }
            const Failure &failure = m_answer->error();
            QCOMPARE(failure.kind, FailureKind::Unreadable);
            QVERIFY(failure.status >= 100 && failure.status < 200);
            QCOMPARE(failure.text, QString::number(failure.status));
            QCOMPARE(failure.reached, request.body ? Reached::MayHaveArrived : Reached::Answered);
        }
    }

    /// What was sent over the same connections before the interim answer was seen is not believed either.
    void whatWasOnItsWayBesideAnInterimAnswerIsNotMixedUp()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QByteArray interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
        connect(&server, &QTcpServer::newConnection, this, [&] { answerEarly(server, interim, 20); });
        const auto channel = channelTo(QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort())));
        int answers = 0;
        QStringList mixedUp;
        for (int i = 0; i < 40; ++i) {
            const QString path = u"n%1"_s.arg(i);
            channel->send(readRequest(path), this, [&answers, &mixedUp, path](const Result<HttpAnswer> &answer) {
                ++answers;
                if (answer && answer->body != path.toLatin1())
                    mixedUp.append(path);
            });
        }
        QVERIFY(QTest::qWaitFor([&] {
            m_clock.advance(1ms);
            return answers == 40;
        }, 20000));
        QCOMPARE(mixedUp, QStringList());
    }

    void aRedirectWithoutATargetIsStillOne()
    {
        FaultServer server;
        server.answerWith(Reaction::answer(302));
        QCOMPARE(failureOf(server.url(), stopRequest()).kind, FailureKind::Redirected);
        QCOMPARE(server.deliveries().size(), 1);
    }

    void whoeverAsksForAPasswordGetsNone_data()
    {
        QTest::addColumn<QByteArray>("scheme");
        for (const char *scheme :
             {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"1\"", "Negotiate", "NTLM", "Bearer"})
            QTest::newRow(scheme) << QByteArray(scheme);
    }
    void whoeverAsksForAPasswordGetsNone()
    {
        QFETCH(QByteArray, scheme);
        FaultServer server;
        server.answerWith(Reaction::answer(401, R"({"detail":"Invalid API key"})", {{"WWW-Authenticate", scheme}}));
        const Failure failure = failureOf(server.url(), stopRequest());
        QCOMPARE(failure.kind, FailureKind::KeyRefused);
        QCOMPARE(failure.text, u"Invalid API key"_s);
        QCOMPARE(server.deliveries().size(), 1);
    }

    void cookiesAreNotSentBackAndNothingIsCached()
    {
        FaultServer server;
        server.answerWith(
            Reaction::answer(200, "{}", {{"Set-Cookie", "session=1; Path=/"}, {"Cache-Control", "max-age=600"}}));
        const auto channel = channelTo(server.url());
        for (int i = 0; i < 2; ++i) {
            send(channel, readRequest());
            QVERIFY(answered());
        }
        QCOMPARE(server.deliveries().size(), 2);
        QVERIFY(server.deliveries().last().header("Cookie").isNull());
    }

    void bodiesThatAreTooMuchOrCut_data()
    {
        QTest::addColumn<Reaction>("reaction");
        QTest::addColumn<FailureKind>("kind");
        const QByteArray body(64, 'x');
        QTest::newRow("a flood") << Reaction::flood(40) << FailureKind::TooLarge;
        QTest::newRow("a byte too much") << Reaction::answer(200, QByteArray(bodycap::one + 1, 'x'))
                                         << FailureKind::TooLarge;
        QTest::newRow("a gzip bomb") << gzipBomb(40) << FailureKind::Unreadable;
        QTest::newRow("a gzip bomb just above the cap") << gzipBomb(9) << FailureKind::Unreadable;
        if (QLibraryInfo::version() < QVersionNumber(6, 9)) // Qt 6.11 takes a header of 1 MiB
            QTest::newRow("a huge header") << Reaction::hugeHeader(1) << FailureKind::ConnectionLost;
        QTest::newRow("half a header") << Reaction::halfHeader() << FailureKind::ConnectionLost;
        QTest::newRow("half a body") << Reaction::halfBody(body) << FailureKind::ConnectionLost;
        QTest::newRow("not HTTP") << Reaction::raw("SSH-2.0-OpenSSH_9.2\r\n\r\n", Reaction::Then::Close)
                                  << FailureKind::ConnectionLost;
    }
    void bodiesThatAreTooMuchOrCut()
    {
        QFETCH(Reaction, reaction);
        FaultServer server;
        server.answerWith(reaction);
        for (const HttpRequest &request : {stopRequest(), readRequest()}) {
            const Failure failure = failureOf(server.url(), request);
            QTEST(failure.kind, "kind");
            QCOMPARE(failure.reached, Reached::MayHaveArrived);
        }
        QCOMPARE(deliveriesOf(server, "POST"), 1);
        const int reads = deliveriesOf(server, "GET"); // Qt 6.11 asks up to three times more, Qt 6.8 does not
        QVERIFY2(reads >= 1 && reads <= (QLibraryInfo::version() < QVersionNumber(6, 9) ? 1 : 4), qPrintable(QString::number(reads)));
    }

#ifdef Q_OS_LINUX
    /// 150 MiB in 150 KB, and in 8 MB, which no ratio tells from a list that repeats itself. The server is a process of
    /// its own: what it keeps is not counted.
    void aBombCostsLessThan100MbOfMemory_data()
    {
        QTest::addColumn<QString>("block");
        QTest::newRow("of zeros") << u"bytes(1 << 20)"_s;
        QTest::newRow("of what packs less well") << u"b''.join(random.randbytes(32) + bytes(992) for _ in range(1024))"_s;
    }
    void aBombCostsLessThan100MbOfMemory()
    {
        QFETCH(QString, block);
        QProcess server;
        server.start(u"python3"_s, {u"-c"_s, uR"(
import http.server, random, zlib
packer = zlib.compressobj(1, zlib.DEFLATED, 31)
bomb = b''.join(packer.compress(%1) for _ in range(150)) + packer.flush()
class Bomb(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Encoding', 'gzip')
        self.send_header('Content-Length', str(len(bomb)))
        self.end_headers()
        self.wfile.write(bomb)
listener = http.server.HTTPServer(('127.0.0.1', 0), Bomb)
print(listener.server_port, flush=True)
listener.serve_forever()
)"_s.arg(block)});
        QVERIFY(server.waitForReadyRead(60'000));
        const QUrl url(u"http://127.0.0.1:"_s + QString::fromLatin1(server.readLine().trimmed()));
        const qint64 before = memory("VmRSS");
        QFile peak(u"/proc/self/clear_refs"_s);
        QVERIFY(peak.open(QFile::WriteOnly) && peak.write("5") == 1); // the peak begins anew
        peak.close();
        const Failure failure = failureOf(url, readRequest());
        QCOMPARE(failure.kind, FailureKind::TooLarge);
        const qint64 cost = memory("VmHWM") - before;
        server.kill();
        server.waitForFinished();
        qInfo("it cost %lld MB", cost / 1000);
        QVERIFY2(cost < 100'000, qPrintable(QString::number(cost)));
    }
#endif

    void aBodyAsLargeAsMayComeIsRead()
    {
        FaultServer server;
        server.answerWith(Reaction::answer(200, QByteArray(bodycap::one, 'x')));
        send(channelTo(server.url()), readRequest());
        QVERIFY(answered() && m_answer->has_value());
        QCOMPARE(m_answer->value().body.size(), bodycap::one);
    }

    /// Repetition is what runaways do: 26 rows whose results repeat one sentence, 2.5 MB in some 15 KB.
    void aListThatRepeatsItselfIsRead()
    {
        const QByteArray body = "[" + QByteArrayList(26, '"' + QByteArray("I will try that again. ").repeated(4200) + '"').join(',') + ']';
        QVERIFY(body.size() > 2'500'000);
        FaultServer server;
        server.answerWith(gzipped(200, body));
        HttpRequest list = readRequest();
        list.cap = bodycap::list;
        send(channelTo(server.url()), list);
        QVERIFY(answered());
        QVERIFY2(m_answer->has_value(), qPrintable(m_answer->has_value() ? QString() : m_answer->error().text));
        QCOMPARE(m_answer->value().body, body);
    }

    void aRefusalIsToldHoweverItsBodyComes_data()
    {
        QTest::addColumn<Reaction>("reaction");
        QTest::addColumn<int>("status");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("fields");
        const QByteArray body = R"({"detail":[{"loc":["body","clear_queue"],"msg":"No boolean","type":"bool"},)"
                                R"({"loc":["path","agent_id"],"msg":"No id, and so no agent is known","type":"id"}]})";
        const QString both = u"No boolean; No id, and so no agent is known"_s;
        const QString beginning = QString(1999, u'x') + u'…';
        QTest::newRow("whole") << Reaction::answer(422, body) << 422 << FailureKind::Invalid << both << 2;
        QTest::newRow("as a bad request") << Reaction::answer(400, body) << 400 << FailureKind::BadRequest << both << 2;
        QTest::newRow("as a conflict") << Reaction::answer(409, body) << 409 << FailureKind::Conflict << both << 0;
        QTest::newRow("packed") << gzipped(422, body) << 422 << FailureKind::Invalid << both << 2;
        QTest::newRow("packed by name only") << Reaction::answer(502, body, {{"Content-Encoding", "gzip"}}) << 502
                                             << FailureKind::ServerError << QString() << 0;
        QTest::newRow("half") << Reaction::halfBody(body, 422) << 422 << FailureKind::Invalid << QString() << 0;
        QTest::newRow("a flood") << Reaction::flood(10, 502) << 502 << FailureKind::ServerError << beginning << 0;
        QTest::newRow("a flood of entries") << Reaction::flood(10, 422) << 422 << FailureKind::Invalid << beginning << 0;
    }
    void aRefusalIsToldHoweverItsBodyComes()
    {
        QFETCH(Reaction, reaction);
        FaultServer server;
        server.answerWith(reaction);
        const Failure failure = failureOf(server.url(), stopRequest());
        QTEST(failure.status, "status");
        QTEST(failure.kind, "kind");
        QTEST(failure.text, "text");
        QTEST(int(failure.fields.size()), "fields");
        QCOMPARE(failure.reached, Reached::Answered);
    }

    /// Each entry as Problems has it: the control it leads to, what is said, and what an engineer finds beside it.
    void noWordsOfTheServiceAreLost_data()
    {
        QTest::addColumn<Reaction>("reaction");
        QTest::addColumn<QStringList>("entries");
        QTest::addColumn<QString>("details");
        const auto row = [](const char *name, const QByteArray &body, const QStringList &entries, const QString &details) {
            QTest::newRow(name) << Reaction::answer(422, body) << entries << details;
        };
        const QString queue = u"Also clear the queue: Input should be a valid boolean"_s;
        const QString unnamed = u"Also clear the queue: The service did not accept this value."_s;
        row("a map", R"({"detail":{"clear_queue":["Input should be a valid boolean"]}})", {queue}, queue.section(u": "_s, 1));
        row("a map and no more", R"({"clear_queue":["Input should be a valid boolean"]})", {queue}, queue.section(u": "_s, 1));
        row("a place as one word", R"({"detail":[{"loc":"body.clearQueue","msg":"Input should be a valid boolean"}]})",
            {queue}, u"Place: body.clearQueue"_s);
        row("the body in the body", R"({"detail":[{"loc":["body","body","clear_queue"],"msg":"Input should be a valid boolean"}]})",
            {queue}, u"Place: body › body › clear_queue"_s);
        row("a validator", R"({"detail":[{"loc":["body","function-after[check(), Stop]","clear_queue"],)"
                           R"("msg":"Input should be a valid boolean"}]})", {queue}, u"function-after[check(), Stop]"_s);
        row("other names for the words", R"({"detail":[{"loc":["body","clear_queue"],"why":"Too vague","input":"canary"},)"
                                         R"({"loc":["body","clear_queue"],"why":"Too late","ctx":{"a":"canary"}}]})",
            {unnamed, unnamed}, u"Rest of the answer: why: Too vague; why: Too late"_s);
        const QString vague = u"Weekly outreach: The service did not understand a part of this stop. Look at the technical "
                              "details, then stop it again or give the engineers the request id."_s;
        row("names of its own", R"({"fault":[{"why":"The queue is away","url":"canary"}]})", {vague},
            u"Rest of the answer: why: The queue is away"_s);
        row("nothing", {}, {vague}, {});
        QTest::newRow("half") << Reaction::halfBody(R"({"detail":[{"why":"The queue is away","input":"canary, canary, canary"}]})", 422)
                              << QStringList{vague} << u"Rest of the answer: {\"detail\":[{\"why\":\"The queue i"_s;
    }
    void noWordsOfTheServiceAreLost()
    {
        QFETCH(Reaction, reaction);
        QFETCH(QString, details);
        FaultServer server;
        server.answerWith(reaction);
        QStringList entries;
        const Occasion occasion{Subject::Stop, u"Weekly outreach"_s};
        for (const Problem &problem : entriesOf(failureOf(server.url(), stopRequest()), occasion, {})) {
            entries.append(words::placeInWords(problem) + u": "_s + words::messageOf(problem));
            QVERIFY2(words::detailsOf(problem).contains(details), qPrintable(words::detailsOf(problem)));
            QVERIFY(!words::detailsOf(problem).contains(u"canary"_s));
        }
        QTEST(entries, "entries");
    }

    void tenThousandEntriesAreCounted()
    {
        FaultServer server;
        server.answerWith(Reaction::answer(422, R"({"detail":[)" + QByteArray("\"no\",").repeated(9'999) + "\"no\"]}"));
        const Failure failure = failureOf(server.url(), stopRequest());
        QCOMPARE(failure.fields.size(), 100);
        QCOMPARE(failure.moreFields, 9'900);
    }

    void aKeyThatTheServiceRepeatsIsNotTold()
    {
        FaultServer server;
        server.answerWith(Reaction::answer(422, R"({"detail":[{"loc":["header","canary-key"],"msg":"Wrong: canary-key",)"
                                                R"("type":"canary-key","why":"No canary-key"}],"input":"canary-key"})"));
        const Failure failure = failureOf(server.url(), readRequest());
        QCOMPARE(failure.text, u"Wrong: •••"_s);
        QCOMPARE(failure.rest, u"why: No •••"_s);
        QCOMPARE(failure.fields, QList<FieldError>({{{u"header"_s, u"•••"_s}, u"Wrong: •••"_s, u"•••"_s}}));
    }

    /// Texts, types and places are cut: a long key inside of that stays hidden.
    void aLongKeyIsNotToldWhereverItIsCut()
    {
        QByteArray longKey;
        for (int i = 0; longKey.size() < 1500; ++i)
            longKey += QByteArray::number(i * 7919) + (i % 2 == 0 ? 'k' : '/');
        const QByteArray words = "The key " + QByteArray("x").repeated(900) + longKey;
        FaultServer server;
        server.answerWith(Reaction::answer(422, R"({"detail":[{"loc":["header",")" + longKey + R"("],"msg":")" + words
                                                    + R"(","type":")" + longKey + R"(","why":")" + words + R"("}]})"));
        Connection connection;
        connection.address = server.url();
        send(std::make_shared<HttpChannel>(connection, Secret::fromStored(longKey),
                                           std::make_shared<RequestBudget>(1000, 10000, m_clock), m_clock,
                                           [this] { return makeManager(); }), readRequest());
        QVERIFY(answered());
        QVERIFY(!*m_answer);
        const Failure &failure = m_answer->error();
        QCOMPARE(failure.fields.size(), 1);
        QVERIFY(failure.text.startsWith(u"The key x"));
        const FieldError &field = failure.fields.first();
        const QString all = failure.text + failure.rest + field.message + field.type + field.place.join(u' ');
        for (qsizetype at = 0; at + 20 <= longKey.size(); ++at)
            QVERIFY2(!all.contains(QString::fromLatin1(longKey.mid(at, 20))), qPrintable(all));
    }

    void whatHangsEndsAtTheAbsoluteDeadline_data()
    {
        QTest::addColumn<Transport>("transport");
        QTest::addColumn<Reaction>("reaction");
        QTest::addColumn<int>("deliveries");
        QTest::addColumn<Reached>("reached");
        const Reaction drip = Reaction::drip(QByteArray(100'000, ' '), 1ms);
        QTest::newRow("reads and is silent") << Transport::Plain << Reaction::hang() << 1 << Reached::MayHaveArrived;
        QTest::newRow("the same, TLS") << Transport::Tls << Reaction::hang() << 1 << Reached::MayHaveArrived;
        QTest::newRow("drips") << Transport::Plain << drip << 1 << Reached::MayHaveArrived;
        QTest::newRow("drips, TLS") << Transport::Tls << drip << 1 << Reached::MayHaveArrived;
        QTest::newRow("a header of 20 MiB")
            << Transport::Plain << Reaction::hugeHeader(20) << 1 << Reached::MayHaveArrived;
        QTest::newRow("no handshake") << Transport::Tls << Reaction::hangBeforeReading() << 0 << Reached::NeverLeft;
    }
    void whatHangsEndsAtTheAbsoluteDeadline()
    {
        QFETCH(Transport, transport);
        QFETCH(Reaction, reaction);
        QFETCH(int, deliveries);
        FaultServer server(transport);
        server.answerWith(reaction);
        send(channelTo(server.url()), stopRequest());
        QTRY_COMPARE(server.deliveries().size(), deliveries);
        QTRY_COMPARE(server.connections(), 1);
        m_clock.advance(HttpChannel::deadlines(Lane::Stop).absolute - 10ms);
        QVERIFY(!answered(100ms));
        m_clock.advance(20ms);
        QVERIFY(answered());
        QVERIFY(!*m_answer);
        QCOMPARE(m_answer->error().kind, FailureKind::TimedOut);
        QTEST(m_answer->error().reached, "reached");
        QCOMPARE(server.deliveries().size(), deliveries);
    }

    void nobodyThere()
    {
        FaultServer server;
        server.stopListening();
        for (const HttpRequest &request : {stopRequest(), readRequest()}) {
            const Failure refused = failureOf(server.url(), request);
            QCOMPARE(refused.kind, FailureKind::ConnectionRefused);
            QCOMPARE(refused.reached, Reached::NeverLeft);
            const Failure unknown = failureOf(QUrl(u"https://stopdesk.invalid"_s), request);
            QCOMPARE(unknown.kind, FailureKind::NameNotFound);
            QCOMPARE(unknown.reached, Reached::NeverLeft);
        }
    }

    void pollingThatHangsDoesNotKeepAStopWaiting()
    {
        FaultServer server;
        server.onPath("read", Reaction::hang());
        const auto channel = channelTo(server.url());
        for (int i = 0; i < 20; ++i)
            channel->send({.path = {u"read"_s}}, this, [](const auto &) {});
        m_clock.advance(1ms);
        QTRY_COMPARE(deliveriesOf(server, "GET"), RequestBudget::inFlight);
        send(channel, stopRequest());
        QVERIFY(answered());
        QCOMPARE(deliveriesOf(server, "POST"), 1);
    }

    void aStopFindsItsConnectionOpen()
    {
        const FaultServer server(Transport::Tls);
        const auto channel = channelTo(server.url());
        channel->prewarm();
        QTRY_COMPARE(m_openedAhead, 1);
        send(channel, stopRequest());
        QVERIFY(answered());
        QVERIFY(m_answer->has_value());
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.deliveries().size(), 1);
    }

    /// Servers close what is idle, uvicorn after 5 s. As often as it is asked for, there is one connection, and no
    /// request.
    void theConnectionIsKeptWarm()
    {
        FaultServer server(Transport::Tls);
        const auto channel = channelTo(server.url());
        for (int round = 1; round <= 3; ++round) {
            for (int i = 0; i < 5; ++i)
                channel->prewarm();
            QTRY_COMPARE(m_openedAhead, 2 * round - 1);
            QCOMPARE(server.connections(), round);
            channel->prewarm();
            QTRY_COMPARE(m_openedAhead, 2 * round);
            QVERIFY(!QTest::qWaitFor([&] { return server.connections() > round; }, 50));
            server.closeConnections();
            QVERIFY(!QTest::qWaitFor([&] { return server.connections() > round; }, 50));
        }
        channel->prewarm();
        QTRY_COMPARE(m_openedAhead, 7);
        QCOMPARE(channel->budget().spentThisMinute(), 0);
        send(channel, stopRequest());
        QVERIFY(answered());
        QCOMPARE(server.connections(), 4);
        QCOMPARE(server.deliveries().size(), 1);
    }

    void aConnectionThatCannotBeOpenedIsTriedAgain()
    {
        QTcpServer server; // takes connections and ends them before any handshake
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int ended = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            server.nextPendingConnection()->abort();
            ++ended;
        });
        const auto channel = channelTo(QUrl(u"https://127.0.0.1:%1"_s.arg(server.serverPort())));
        QVERIFY(QTest::qWaitFor([&] {
            m_clock.advance(5s);
            channel->prewarm();
            return ended >= 3;
        }));
    }

    void noKeyAndNoBodyInTheLog()
    {
        logged.clear();
        QLoggingCategory::setFilterRules(u"*=true"_s);
        const auto before = qInstallMessageHandler(keepLog);
        FaultServer server(Transport::Tls);
        server.next({Reaction::answer(200, "canary-body"), Reaction::answer(401, R"({"detail":"canary-body"})"),
                     Reaction::closeAfterReading(), Reaction::halfHeader(), Reaction::redirect(302, server.url())});
        for (int i = 0; i < 5; ++i)
            failureOf(server.url(), stopRequest());
        qDebug() << Secret::fromStored(key);
        qInstallMessageHandler(before);
        QLoggingCategory::setFilterRules({});
        QVERIFY(logged.contains("POST /stop 401"));
        QVERIFY(!logged.contains("canary"));
    }
};

}

STOPDESK_TEST(httpchannel, TestHttpChannel, QCoreApplication)
#include "tst_httpchannel.moc"
