#include "app/demo/httpserver.h"
#include "tests/support/testmain.h"

#include <QTcpSocket>
#include <QTest>

namespace httpserver_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using demo::HttpRequest;
using demo::Reaction;

/// Says back what it was asked, or does what it is told first.
class EchoServer final : public demo::HttpServer {
public:
    Reaction reactTo(const HttpRequest &request) override
    {
        requests.append(request);
        return reactions.isEmpty() ? Reaction::answer(200, request.path + ' ' + request.body) : reactions.takeFirst();
    }
    std::optional<Reaction> reactBeforeReading() override
    {
        ++timesAskedBeforeReading;
        return {};
    }

    void noteBytes(const QByteArray &more) override { bytes += more; }

    QByteArray bytes;
    QList<HttpRequest> requests;
    QList<Reaction> reactions;
    int timesAskedBeforeReading = 0;
};

/// A client that sends just the bytes it is given.
class BareClient {
public:
    explicit BareClient(const EchoServer &server)
    {
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
        if (!QTest::qWaitFor([this] { return socket.state() == QAbstractSocket::ConnectedState; })) {
            qFatal("No connection");
        }
    }

    const QByteArray &got() { return m_got += socket.readAll(); }
    bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    QTcpSocket socket;

private:
    QByteArray m_got;
};

const QByteArray chunkedPost = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

class TestHttpServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aBodyIsRead_data();
    void aBodyIsRead();
    void aRequestMayComeByteByByte();
    void pipelinedRequestsAreAnsweredInTheirOrder();
    void earlyReactionsAreAskedForOncePerArrival();
    void theConnectionStaysOpenAsTheRequestAsks_data();
    void theConnectionStaysOpenAsTheRequestAsks();
    void aHangOutlastsAWishToClose();
    void aChunkedAnswerIsWhole();
    void whatIsNoRequestIsRefused_data();
    void whatIsNoRequestIsRefused();
    void whoIsRefusedMayFinishSendingAndIsClosedThen();
    void anEndlessClientIsCutOff_data();
    void anEndlessClientIsCutOff();
    void aClientThatLeavesHalfWayIsForgotten();

private:
    std::unique_ptr<EchoServer> m_server;
};

void TestHttpServer::init()
{
    m_server = std::make_unique<EchoServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

void TestHttpServer::aBodyIsRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("none") << QByteArray("POST /c HTTP/1.1\r\n\r\n") << QByteArray();
    QTest::newRow("length") << QByteArray("POST /c HTTP/1.1\r\ncontent-length: 4\r\n\r\nab\r\n") << QByteArray("ab\r\n");
    QTest::newRow("chunks") << chunkedPost + "3\r\nabc\r\n2;note=1\r\nde\r\n0\r\n\r\n" << QByteArray("abcde");
    QTest::newRow("no chunk") << chunkedPost + "0\r\n\r\n" << QByteArray();
    QTest::newRow("trailer") << chunkedPost + "1\r\nz\r\n0\r\nX-Sum: 9\r\n\r\n" << QByteArray("z");
    QTest::newRow("as much as may be") << "POST /c HTTP/1.1\r\nContent-Length: 65536\r\n\r\n" + QByteArray(65536, 'm')
                                       << QByteArray(65536, 'm');
}

void TestHttpServer::aBodyIsRead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    BareClient client(*m_server);

    client.socket.write(bytes);

    QTRY_COMPARE(m_server->requests.size(), 1);
    const HttpRequest &request = m_server->requests.constFirst();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.path, "/c");
    QCOMPARE(request.body, body);
    QVERIFY(request.keepsOpen);
    QTRY_VERIFY(client.got().endsWith("/c " + body));
}

void TestHttpServer::aRequestMayComeByteByByte()
{
    BareClient client(*m_server);
    const QByteArray first = "PUT /slow?a=%20 HTTP/1.1\r\nX-One: 1\r\nContent-Length: 3\r\n\r\nabc";
    const QByteArray second = chunkedPost + "3\r\nxyz\r\n0\r\n\r\n";
    QVERIFY(QTest::qWaitFor([&] { return !m_server->findChildren<QTcpSocket *>().isEmpty(); }));
    auto *received = m_server->findChildren<QTcpSocket *>().constFirst();

    for (const char byte : first + second) {
        client.socket.write(&byte, 1);
        QVERIFY(client.socket.waitForBytesWritten());
        QVERIFY(received->waitForReadyRead());
    }

    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(m_server->requests.at(0).path, "/slow?a=%20");
    QCOMPARE(m_server->requests.at(0).header("x-one"), "1");
    QCOMPARE(m_server->requests.at(0).body, "abc");
    QCOMPARE(m_server->requests.at(1).body, "xyz");
}

void TestHttpServer::pipelinedRequestsAreAnsweredInTheirOrder()
{
    BareClient client(*m_server);
    m_server->reactions = {Reaction::answer(200, "<slow>").after(50ms), Reaction::drip("<drip>", 1ms)};

    client.socket.write("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n" + chunkedPost + "1\r\nz\r\n0\r\n\r\n");

    QTRY_VERIFY(client.got().endsWith("/c z"));
    QCOMPARE(client.got().count("HTTP/1.1 200 OK"), 3);
    QVERIFY(client.got().indexOf("<slow>") < client.got().indexOf("<drip>"));
    QCOMPARE(m_server->requests.size(), 3);
    QCOMPARE(m_server->requests.constLast().connection, 1);
}

void TestHttpServer::earlyReactionsAreAskedForOncePerArrival()
{
    BareClient client(*m_server);
    client.socket.write("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
    QTRY_VERIFY(client.got().endsWith("/b "));
    QCOMPARE(m_server->timesAskedBeforeReading, 2); // of the connection, of the bytes
    client.socket.write("GET /c HTTP/1.1\r\n\r\n");
    QTRY_VERIFY(client.got().endsWith("/c "));
    QCOMPARE(m_server->timesAskedBeforeReading, 3);
}

void TestHttpServer::theConnectionStaysOpenAsTheRequestAsks_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("staysOpen");
    QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\n\r\n") << true;
    QTest::newRow("1.1, close") << QByteArray("GET / HTTP/1.1\r\nConnection: close\r\n\r\n") << false;
    QTest::newRow("1.1, among others") << QByteArray("GET / HTTP/1.1\r\nConnection: te, Close\r\n\r\n") << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0, keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << false;
}

void TestHttpServer::theConnectionStaysOpenAsTheRequestAsks()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, staysOpen);
    BareClient client(*m_server);

    client.socket.write(request + "GET /second HTTP/1.1\r\nConnection: close\r\n\r\n");

    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.got().count("HTTP/1.1 200 OK"), staysOpen ? 2 : 1);
    QCOMPARE(m_server->requests.size(), staysOpen ? 2 : 1);
}

void TestHttpServer::aHangOutlastsAWishToClose()
{
    BareClient client(*m_server);
    m_server->reactions = {Reaction::hang()};
    client.socket.write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    QTRY_COMPARE(m_server->requests.size(), 1);
    QVERIFY(!QTest::qWaitFor([&] { return client.isClosed(); }, 100));
    QCOMPARE(client.got(), QByteArray());
    m_server->closeConnections();
    QTRY_VERIFY(client.isClosed());
}

void TestHttpServer::aChunkedAnswerIsWhole()
{
    BareClient client(*m_server);
    m_server->reactions = {Reaction::chunked("0123456789abcdefg"), Reaction::answer(204, {}, {{"X-Empty", ""}})};
    client.socket.write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    const QByteArray json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    QTRY_COMPARE(client.got(),
                 json + "Transfer-Encoding: chunked\r\n\r\n11\r\n0123456789abcdefg\r\n0\r\n\r\n"
                     + "HTTP/1.1 204 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n");
}

void TestHttpServer::whatIsNoRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray post = "POST / HTTP/1.1\r\n";
    QTest::newRow("no method") << QByteArray("\x16\x03\x01\x02", 4) << 400;
    QTest::newRow("no target") << QByteArray("GET HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("another protocol") << QByteArray("GET / SSH/2.0\r\n\r\n") << 400;
    QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
    QTest::newRow("no header line") << QByteArray("GET / HTTP/1.1\r\nno colon\r\n\r\n") << 400;
    QTest::newRow("length of words") << post + "Content-Length: three\r\n\r\nabc" << 400;
    QTest::newRow("two lengths") << post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab" << 400;
    QTest::newRow("length and chunks") << post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" << 400;
    QTest::newRow("bad chunk") << chunkedPost + "zz\r\nabc\r\n0\r\n\r\n" << 400;
    QTest::newRow("one long header line") << post + "X-Long: " + QByteArray(200 * 1024, 'h') << 431;
    QTest::newRow("many header lines") << post + QByteArray("X-A: b\r\n").repeated(20 * 1024) + "\r\n" << 431;
    QTest::newRow("long target") << "GET /" + QByteArray(200 * 1024, 'p') << 431;
    QTest::newRow("announced body") << post + "Content-Length: 65537\r\n\r\n" << 413;
    QTest::newRow("announced chunk") << chunkedPost + "10001\r\n" << 413;
    QTest::newRow("many chunks") << chunkedPost + ("8000\r\n" + QByteArray(0x8000, 'c') + "\r\n").repeated(3) << 413;
}

void TestHttpServer::whatIsNoRequestIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    BareClient client(*m_server);

    client.socket.write(bytes);

    QTRY_VERIFY(client.got().endsWith("\r\n\r\n"));
    QVERIFY2(client.got().startsWith("HTTP/1.1 " + QByteArray::number(status)), client.got().constData());
    QVERIFY(client.got().contains("Connection: close\r\n"));
    QCOMPARE(m_server->requests.size(), 0);
}

void TestHttpServer::whoIsRefusedMayFinishSendingAndIsClosedThen()
{
    BareClient client(*m_server);
    client.socket.write("nonsense\r\n\r\n");
    QTRY_VERIFY(client.got().startsWith("HTTP/1.1 400"));

    client.socket.write("GET /more HTTP/1.1\r\n\r\n");

    QTRY_VERIFY(m_server->bytes.endsWith("GET /more HTTP/1.1\r\n\r\n"));
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(m_server->requests.size(), 0);
}

void TestHttpServer::anEndlessClientIsCutOff_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("words about a chunk") << chunkedPost + "1;" + QByteArray(6 * 1024 * 1024, 'w');
    QTest::newRow("ahead of an answer") << "GET / HTTP/1.1\r\n\r\n" + QByteArray(6 * 1024 * 1024, 'w');
}

void TestHttpServer::anEndlessClientIsCutOff()
{
    QFETCH(QByteArray, bytes);
    BareClient client(*m_server);
    m_server->reactions = {Reaction::hang().after(1min)};
    client.socket.write(bytes);
    QTRY_VERIFY(client.isClosed());
}

void TestHttpServer::aClientThatLeavesHalfWayIsForgotten()
{
    BareClient client(*m_server);
    client.socket.write("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf");
    QTRY_COMPARE(m_server->findChildren<QTcpSocket *>().size(), 1);
    client.socket.disconnectFromHost();
    QTRY_COMPARE(m_server->findChildren<QTcpSocket *>().size(), 0);
    QCOMPARE(m_server->requests.size(), 0);
}

}

STOPDESK_TEST(httpserver, TestHttpServer, QCoreApplication)
#include "tst_httpserver.moc"
