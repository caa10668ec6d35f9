#include "app/demo/demoserver.h"

#include "app/demo/tally.h"

#include <QDateTime>
#include <QHostAddress>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace demo {

Server::Server(const ServerOptions &options, Tally &tally)
    : m_tally(tally)
    , m_style(options.style)
    , m_key(options.key.toLatin1())
    , m_state(options.extraConversations, options.speed)
    , m_limit(options.requestsPerMinute, options.requestsPerHour)
{
    m_clock.start();
    connect(&m_elsewhere, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *visitor = m_elsewhere.nextPendingConnection()) {
            m_tally.addVisitElsewhere();
            visitor->abort();
            visitor->deleteLater();
        }
    });
}

QUrl Server::open()
{
    auto door = std::make_unique<QTcpServer>();
    if (!door->listen(QHostAddress::LocalHost) || !m_elsewhere.listen(QHostAddress::LocalHost)) {
        m_errorString = door->isListening() ? m_elsewhere.errorString() : door->errorString();
        return {};
    }
    const QString base = u"http://127.0.0.1:%1"_s;
    m_api = std::make_unique<Api>(m_state, m_style, (base.arg(m_elsewhere.serverPort()) + u"/v1/moved"_s).toLatin1());
    const QUrl address(base.arg(door->serverPort()));
    bind(door.release());
    return address;
}

static QByteArray verb(const QHttpServerRequest &request)
{
    switch (request.method()) {
    case QHttpServerRequest::Method::Get: return "GET";
    case QHttpServerRequest::Method::Post: return "POST";
    case QHttpServerRequest::Method::Delete: return "DELETE";
    case QHttpServerRequest::Method::Unknown:
    case QHttpServerRequest::Method::Put:
    case QHttpServerRequest::Method::Head:
    case QHttpServerRequest::Method::Options:
    case QHttpServerRequest::Method::Patch:
    case QHttpServerRequest::Method::Connect:
    case QHttpServerRequest::Method::Trace:
    case QHttpServerRequest::Method::AnyKnown: break;
    }
    return {};
}

bool Server::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    m_tally.addRequest();
    const auto question =
        m_api->question({verb(request), request.url(), request.value("content-type"), request.body()});
    if (!question) {
        return false;
    }
    deliver(admitted(request, *question), request, socket);
    return true;
}

void Server::missingHandler(const QHttpServerRequest &request, QTcpSocket *socket)
{
    deliver(detailAnswer(404, u"Not Found"_s), request, socket);
}

bool Server::isKeyRight(const QHttpServerRequest &request) const
{
    return request.value("x-api-key") == m_key || request.value("authorization") == "Bearer " + m_key;
}

Answer Server::admitted(const QHttpServerRequest &request, const Api::Question &question)
{
    if (question.order) {
        m_tally.addOrder(*question.order, question.about());
    }
    if (!isKeyRight(request)) {
        return detailAnswer(401, u"Invalid or missing API key"_s);
    }
    const RateLimit::Verdict verdict = m_limit.take(m_clock.elapsed());
    if (verdict.isAllowed) {
        return m_api->answer(question);
    }
    const qint64 reset = QDateTime::currentSecsSinceEpoch() + (verdict.msUntilFree + 999) / 1000;
    Answer refusal = detailAnswer(429, u"Rate limit exceeded"_s);
    refusal.headers = {{"X-RateLimit-Limit", QByteArray::number(verdict.limit)},
                       {"X-RateLimit-Remaining", "0"},
                       {"X-RateLimit-Reset", QByteArray::number(reset)}};
    return refusal;
}

/// An answer is withheld by closing the socket, or by leaving it alone: Qt HttpServer 6.4 writes nothing of
/// its own.
void Server::deliver(const Answer &answer, const QHttpServerRequest &request, QTcpSocket *socket)
{
    if (answer.delivery == Answer::Delivery::Hang) {
        return;
    }
    if (answer.delivery == Answer::Delivery::CloseUnanswered) {
        socket->disconnectFromHost();
        return;
    }
    const bool isCut = answer.delivery == Answer::Delivery::CutShort;
    QHttpServerResponder responder = makeResponder(request, socket);
    responder.writeStatusLine(QHttpServerResponder::StatusCode(answer.status));
    if (!answer.mimeType.isEmpty()) {
        responder.writeHeader("Content-Type", answer.mimeType);
    }
    responder.writeHeader("Content-Length", QByteArray::number(answer.body.size()));
    if (const QByteArray id = request.value("x-request-id"); !id.isEmpty()) {
        responder.writeHeader("X-Request-ID", id);
    }
    for (const auto &[name, value] : answer.headers) {
        responder.writeHeader(name, value);
    }
    responder.writeBody(isCut ? answer.body.first(answer.body.size() / 2) : answer.body);
    if (isCut || request.value("connection").toLower() == "close") {
        socket->disconnectFromHost();
    }
}

}
