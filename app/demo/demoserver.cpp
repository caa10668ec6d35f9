#include "app/demo/demoserver.h"

#include "app/demo/tally.h"

#include <QDateTime>
#include <QHostAddress>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace demo {

Server::Server(const ServerOptions &options, Tally &tally)
    : m_tally(tally)
    , m_style(options.style)
    , m_key(options.key.toLatin1())
    , m_log(options.keepIn)
    , m_state(options.extraConversations, options.speed, m_log.began())
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
    if (!m_log.trouble().isEmpty() || !listen(QHostAddress::LocalHost, m_log.port()) || !m_elsewhere.listen(QHostAddress::LocalHost)) {
        return {};
    }
    const QString base = u"http://127.0.0.1:%1"_s;
    m_api = std::make_unique<Api>(m_state, m_style, (base.arg(m_elsewhere.serverPort()) + u"/v1/moved"_s).toLatin1());
    for (const ServiceLog::Order &order : m_log.orders()) {
        if (const auto question = m_api->question(order.call)) {
            m_api->answer(*question, order.at);
        }
        m_before = order.at; // the clock may have been set back since
    }
    m_before = std::max(m_before, m_log.began().msecsTo(QDateTime::currentDateTimeUtc()));
    m_log.keepPort(serverPort());
    m_address = QUrl(base.arg(serverPort()));
    return m_address;
}

QString Server::trouble() const
{
    if (!m_log.trouble().isEmpty()) {
        return m_log.trouble();
    }
    const bool isPortTaken = !isListening() && m_log.port() != 0;
    return isPortTaken ? u"Port %1, at which the kept demo listens: %2"_s.arg(m_log.port()).arg(errorString())
                       : isListening() ? m_elsewhere.errorString() : errorString();
}

static Reaction reactionOf(const Answer &answer, const HttpRequest &request, const QDateTime &time)
{
    HeaderLines headers = answer.headers;
    headers << HeaderLines{{"Date", httpDate(time)},
                           {"Content-Type", answer.mimeType},
                           {"X-Request-ID", request.header("x-request-id")},
                           {"Connection", request.keepsOpen ? "" : "close"}};
    switch (answer.delivery) {
    case Answer::Delivery::Whole: return Reaction::answer(answer.status, answer.body, headers);
    case Answer::Delivery::CutShort: return Reaction::halfBody(answer.body, answer.status, headers);
    case Answer::Delivery::CloseUnanswered: return Reaction::closeAfterReading();
    case Answer::Delivery::Hang: return Reaction::hang();
    }
    Q_UNREACHABLE();
}

Reaction Server::reactTo(const HttpRequest &request)
{
    m_tally.addRequest();
    if (!isForUs(request)) {
        return reactionOf(detailAnswer(421, u"Misdirected Request"_s), request, time());
    }
    const Call call{request.method, QUrl::fromEncoded(request.path), request.header("content-type"), request.body};
    const auto question = m_api->question(call);
    return reactionOf(question ? admitted(request, call, *question) : detailAnswer(404, u"Not Found"_s), request, time());
}

/// A page in a browser reaches this address under a name of its own, which then leads here (DNS rebinding).
bool Server::isForUs(const HttpRequest &request) const
{
    return request.header("host") == m_address.authority().toLatin1();
}

bool Server::isKeyRight(const HttpRequest &request) const
{
    return request.header("x-api-key") == m_key || request.header("authorization") == "Bearer " + m_key;
}

Answer Server::admitted(const HttpRequest &request, const Call &call, const Api::Question &question)
{
    if (question.order) {
        m_tally.addOrder(*question.order, question.about());
    }
    if (!isKeyRight(request)) {
        return detailAnswer(401, u"Invalid or missing API key"_s);
    }
    const RateLimit::Verdict verdict = m_limit.take(m_clock.elapsed());
    if (verdict.isAllowed) {
        const qint64 now = this->now();
        if (question.order) {
            m_log.keep({now, call});
        }
        return m_api->answer(question, now);
    }
    const qint64 reset = time().toSecsSinceEpoch() + (verdict.msUntilFree + 999) / 1000;
    Answer refusal = detailAnswer(429, u"Rate limit exceeded"_s);
    refusal.headers = {{"X-RateLimit-Limit", QByteArray::number(verdict.limit)},
                       {"X-RateLimit-Remaining", "0"},
                       {"X-RateLimit-Reset", QByteArray::number(reset)}};
    return refusal;
}

}
