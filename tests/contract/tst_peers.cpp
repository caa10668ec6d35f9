#include "tests/support/fixture.h"
#include "tests/support/peers.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

namespace peers_test {

using namespace Qt::StringLiterals;

struct Answer {
    int status = 0;
    QByteArray body;

    QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
};

const QString billing = u"92194504-0db3-56b0-b19f-d11148cb609e"_s;
const QString picky = u"f49ce8fa-d2c2-5f92-bf0d-92ec72cd7d1c"_s;

QString conversationPath(const QString &agent, const QString &conversation)
{
    return u"/v1/agents/"_s + agent + u"/gateway/conversations/"_s + conversation;
}

/// That both peers say yes to what is right and no to what is wrong, and would notice a console that errs.
class TestPeers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prismAcceptsTheStopOfTheContract();
    void prismRefusesWhatBreaksTheContract();
    void fastapiSaysWhatWasRecorded();
    void fastapiRemembersAStop();
    void fastapiStopsASubTaskThatNeedsNoBody();
    void fastapiTakesMessagesOutOfAQueueOnce();
    void aPeerEndsWithItsObject();

private:
    Answer send(const Peer &peer, const QByteArray &verb, const QString &path, const QByteArray &body = {},
                const QByteArray &key = "test-key");
    QString conversationOf(const Peer &peer, const QString &agent);

    QNetworkAccessManager m_network;
};

Answer TestPeers::send(const Peer &peer, const QByteArray &verb, const QString &path, const QByteArray &body,
                       const QByteArray &key)
{
    QNetworkRequest request(peer.url().resolved(QUrl(path)));
    request.setTransferTimeout(20'000);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    if (!key.isEmpty()) {
        request.setRawHeader("x-api-key", key);
    }
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, body));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 30'000); }();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
}

QString TestPeers::conversationOf(const Peer &peer, const QString &agent)
{
    const QJsonObject page = send(peer, "GET", u"/v1/agents/"_s + agent + u"/tasks"_s).object();
    return page[u"items"_s][0][u"id"_s].toString();
}

void TestPeers::prismAcceptsTheStopOfTheContract()
{
    const Peer prism = Peer::prism();

    const QString path = conversationPath(u"a"_s, u"c"_s);
    QCOMPARE(send(prism, "POST", path + u"/stop"_s, "{\"clear_queue\":true}").status, 200);
    const Answer runState = send(prism, "GET", path + u"/run-state"_s);
    QCOMPARE(runState.status, 200);
    QCOMPARE(runState.object(), fixtureObject(u"run-state-running"_s));
    QCOMPARE(send(prism, "GET", u"/v1/agents?page=1&per_page=1"_s).object(), fixtureObject(u"agents-page"_s));
    QCOMPARE(send(prism, "POST", u"/v1/tasks/t/stop"_s).status, 200);
    QCOMPARE(send(prism, "DELETE", path + u"/queue"_s).status, 200);
    QCOMPARE(send(prism, "DELETE", path + u"/queue/m"_s).status, 200);
}

void TestPeers::prismRefusesWhatBreaksTheContract()
{
    const Peer prism = Peer::prism();

    const QString stop = conversationPath(u"a"_s, u"c"_s) + u"/stop"_s;
    QCOMPARE(send(prism, "POST", stop, "{\"clear_queue\":\"yes\"}").status, 422);
    QCOMPARE(send(prism, "POST", stop).status, 422);
    QCOMPARE(send(prism, "POST", stop, "{\"clear_queue\":true}", {}).status, 401);
    QCOMPARE(send(prism, "GET", u"/v1/agents?per_page=51"_s).status, 422);
    QCOMPARE(send(prism, "GET", u"/v1/nonsense"_s).status, 404);
    QCOMPARE(send(prism, "POST", u"/v1/tasks/t/stop"_s, "{}").status, 422);
    QCOMPARE(send(prism, "DELETE", u"/v1/agents/a/conversations/c/queue"_s).status, 404);
}

void TestPeers::fastapiSaysWhatWasRecorded()
{
    const Peer service = Peer::fastapi();

    const Answer answer = send(service, "POST",
                               conversationPath(picky, conversationOf(service, picky)) + u"/stop"_s,
                               "{\"clear_queue\":true}");

    QCOMPARE(answer.status, 422);
    const bool isPydantic2 = send(service, "GET", u"/test/pydantic"_s).body.startsWith("[\"2.");
    QCOMPARE(answer.body,
             isPydantic2 ? QByteArray(R"({"detail":[{"type":"literal_error","loc":["body","clear_queue"],)"
                                      R"("msg":"Input should be False","input":true,"ctx":{"expected":"False"}}]})")
                         : fixture(u"errors/v1-body-not-permitted"_s));
    const Answer refused = send(service, "GET", u"/v1/agents"_s, {}, "another-key");
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.body, fixture(u"errors/string-key-refused"_s));
}

void TestPeers::fastapiRemembersAStop()
{
    const Peer service = Peer::fastapi();
    const QString path = conversationPath(billing, conversationOf(service, billing));
    QCOMPARE(send(service, "GET", path + u"/run-state"_s).object()[u"queue_depth"_s].toInt(), 2);

    QCOMPARE(send(service, "POST", path + u"/stop"_s, "{\"clear_queue\":true}").status, 200);

    const QJsonObject after = send(service, "GET", path + u"/run-state"_s).object();
    QCOMPARE(after[u"is_running"_s].toBool(true), false);
    QCOMPARE(after[u"queue_depth"_s].toInt(-1), 0);
    const Answer seen = send(service, "GET", u"/test/deliveries"_s);
    const QJsonArray deliveries = QJsonDocument::fromJson(seen.body).array();
    QCOMPARE(deliveries.size(), 4);
    QCOMPARE(deliveries[2][u"body"_s].toString(), u"{\"clear_queue\":true}"_s);
    QCOMPARE(deliveries[2][u"headers"_s][u"x-api-key"_s].toString(), u"test-key"_s);
}

void TestPeers::fastapiStopsASubTaskThatNeedsNoBody()
{
    const Peer service = Peer::fastapi();
    const QJsonObject page = send(service, "GET", u"/v1/tasks?per_page=50"_s).object();
    const QJsonArray rows = page[u"items"_s].toArray();
    const QString parent = rows[rows.size() - 1][u"parent_task_id"_s].toString();
    const auto running = [&]() -> QJsonValue {
        return send(service, "GET", u"/v1/tasks?status=executing&parent_task_id="_s + parent).object()[u"total"_s];
    };
    QCOMPARE(running(), 2);

    const QString atOnce = u"/v1/tasks/"_s + rows[rows.size() - 2][u"id"_s].toString();
    const QString late = u"/v1/tasks/"_s + rows[rows.size() - 1][u"id"_s].toString();
    QCOMPARE(send(service, "POST", atOnce + u"/stop"_s).object()[u"status"_s], u"stopped"_s);
    QCOMPARE(send(service, "POST", late + u"/stop"_s, "{}").object()[u"status"_s], u"executing"_s);
    QCOMPARE(running(), 1);
    QTRY_COMPARE(send(service, "GET", late).object()[u"is_manually_stopped"_s], true);

    const Answer unknown = send(service, "POST", u"/v1/tasks/"_s + billing + u"/stop"_s);
    QCOMPARE(unknown.status, 404);
    QCOMPARE(unknown.object()[u"detail"_s], u"Task not found"_s);
    const Answer nonsense = send(service, "POST", u"/v1/tasks/nonsense/stop"_s);
    QCOMPARE(nonsense.status, 422);
    QCOMPARE(nonsense.object()[u"detail"_s][0][u"loc"_s].toArray(), QJsonArray({u"path"_s, u"task_id"_s}));
}

void TestPeers::fastapiTakesMessagesOutOfAQueueOnce()
{
    const Peer service = Peer::fastapi();
    const QString path = conversationPath(billing, conversationOf(service, billing));
    const auto queue = [&] {
        return send(service, "GET", path + u"/run-state"_s).object()[u"queued_messages"_s].toArray();
    };
    const QString first = path + u"/queue/"_s + queue()[0][u"id"_s].toString();

    QCOMPARE(send(service, "DELETE", first).status, 200);
    QCOMPARE(queue().size(), 1);
    const Answer again = send(service, "DELETE", first);
    QCOMPARE(again.status, 404);
    QCOMPARE(again.object()[u"detail"_s], u"Message not found"_s);
    QCOMPARE(send(service, "DELETE", path + u"/queue/nonsense"_s).object()[u"detail"_s][0][u"loc"_s].toArray(),
             QJsonArray({u"path"_s, u"message_id"_s}));

    QCOMPARE(send(service, "DELETE", path + u"/queue"_s).status, 200);
    QCOMPARE(queue().size(), 0);
    QCOMPARE(send(service, "DELETE", conversationPath(billing, billing) + u"/queue"_s).status, 404);
    QCOMPARE(send(service, "DELETE", conversationPath(picky, u"nonsense"_s) + u"/queue"_s).status, 422);
}

void TestPeers::aPeerEndsWithItsObject()
{
    std::optional<Peer> service = Peer::fastapi();
    const QUrl url = service->url();
    service.reset();

    const std::unique_ptr<QNetworkReply> reply(m_network.get(QNetworkRequest(url)));
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 10'000);
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
}

}

STOPDESK_TEST(peers, TestPeers, QCoreApplication)

#include "tst_peers.moc"
