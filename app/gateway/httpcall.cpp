#include "app/gateway/httpcall.h"

#include "app/gateway/oneshotbody.h"
#include "app/gateway/wire.h"
#include "app/types/background.h"
#include "app/types/redactor.h"

#include <QLoggingCategory>
#include <QTimerEvent>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(log, "stopdesk.http", QtInfoMsg)

constexpr qint64 atOnce = 64 * 1024; ///< bytes, in one turn of the event loop
constexpr qint64 leastRead = 16 * 1024; ///< bytes; how much a packed body has Qt does not tell
constexpr qsizetype longRefusal = 4 * 1024; ///< bytes; from here on it is read in another thread

const Failure cancelled{FailureKind::Cancelled, Reached::NeverLeft, 0, {}, {}, {}, {}};

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

}

HttpCall::HttpCall(std::shared_ptr<HttpChannel> channel, const HttpRequest &request, QObject *asker,
                   Answer<HttpAnswer> answer)
    : QObject(asker)
    , m_channel(std::move(channel))
    , m_request(request)
    , m_answer(std::move(answer))
    , m_body(std::make_unique<OneShotBody>(request.body.value_or(QByteArray())))
{
}

HttpCall::~HttpCall()
{
    if (m_hasPlace)
        m_channel->budget().arrived(m_request.lane);
}

void HttpCall::start()
{
    m_channel->m_proxies.whenKnown(this, [this] {
        m_channel->budget().ask(
            m_request.lane, this, [this] { leave(); }, [this] { endUnsent(cancelled); }, m_channel->connection().id,
            m_request.isAsked);
    });
}

void HttpCall::leave()
{
    m_hasPlace = true;
    m_leftAt = m_channel->clock().monotonic();
    if (m_request.leaving && !m_request.leaving())
        return giveUp(cancelled);
    m_way = m_channel->m_proxies.way();
    if (!m_way.trouble.isEmpty())
        return giveUp({FailureKind::Proxy, Reached::NeverLeft, 0, {}, m_way.trouble, {}, {}});
    m_manager = m_channel->managerFor(m_request.lane);
    m_onItsWay.emplace(m_channel->m_heads, m_channel->ports());
    m_reply.reset(m_manager->sendCustomRequest(m_channel->dress(m_request), m_request.verb, m_body.get()));
    m_reply->setParent(nullptr);
    m_reply->setReadBufferSize(1024 * 1024);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &HttpCall::collect);
    // Queued: the answer may delete what is on the stack of the reply's own signal.
    connect(m_reply.get(), &QNetworkReply::finished, this, &HttpCall::finish, Qt::QueuedConnection);
    watchDeadline();
    watchStep();
    watchPeer();
}

/// Answers later, as every ask does.
void HttpCall::giveUp(const Failure &failure)
{
    QMetaObject::invokeMethod(this, [this, failure] { endUnsent(failure); }, Qt::QueuedConnection);
}

void HttpCall::endUnsent(const Failure &failure)
{
    deleteLater();
    deliver(tl::unexpected(failed(failure)));
}

/// An absolute limit from the moment of sending: a transfer time-out never fires while bytes drip (Qt finding 11.8).
void HttpCall::watchDeadline()
{
    m_channel->clock().after(HttpChannel::deadlines(m_request.lane).absolute, this, [this] {
        m_pastDeadline = true;
        m_reply->abort();
    });
}

/// What comes out of step is told at once, before anything else leaves over the same connection. Who has ended by then
/// was answered before.
void HttpCall::watchStep()
{
    connect(m_channel.get(), &HttpChannel::outOfStep, this, [this](const QNetworkAccessManager *manager, int status) {
        if (manager == m_manager.get() && !m_reply->isFinished())
            m_interim = status;
    });
    connect(m_channel.get(), &HttpChannel::overdue, this, [this](const QNetworkAccessManager *manager) {
        if (manager != m_manager.get() || m_request.verb != "GET")
            return;
        m_pastDeadline = true;
        m_reply->abort();
    });
    connect(m_reply.get(), &QNetworkReply::metaDataChanged, this, [this] {
        if (const int status = statusOf(*m_reply); status >= 100 && status < 200)
            m_channel->leaveOutOfStep(m_manager, status);
    });
}

void HttpCall::watchPeer()
{
    connect(m_reply.get(), &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_doubts += errors; });
    connect(m_channel.get(), &HttpChannel::distrusted, this,
            [this](const QNetworkAccessManager *manager, const QSslCertificate &peer) {
                if (manager != m_manager.get() || m_reply->isFinished())
                    return;
                m_doubts = {QSslError(QSslError::HostNameMismatch, peer)};
                m_isDistrusted = true;
                m_reply->abort();
            });
}

qint64 HttpCall::cap() const
{
    return statusOf(*m_reply) >= 300 ? bodycap::refusal : m_request.cap;
}

/// What is more than a piece waits for a later turn of the event loop, and Qt for us. Else a long body would come in one
/// turn, since Qt sends on as it is read, and the window would stand still.
void HttpCall::collect()
{
    if (!m_nextPiece.isActive() && takePiece())
        m_nextPiece.start(0, this);
}

void HttpCall::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_nextPiece.timerId())
        return QObject::timerEvent(event);
    m_nextPiece.stop();
    if (m_isOver)
        finish();
    else
        collect();
}

/// Whether there may be more. Never more at once than may come in all: what is packed unpacks as it is read, and may be
/// a hundred times as much. Of a refusal that is too large the beginning counts.
bool HttpCall::takePiece()
{
    if (m_tooLarge || !m_reply->isOpen())
        return false;
    if (m_bytes.size() >= atOnce)
        m_bytes.reserve(cap() + 1); // what grows step by step is copied each time
    for (qint64 room = std::min(atOnce, cap() + 1 - m_bytes.size()); room > 0;) {
        const qsizetype before = m_bytes.size();
        m_bytes.resize(before + std::min(room, std::max(leastRead, m_reply->bytesAvailable())));
        const qint64 more = std::max<qint64>(0, m_reply->read(m_bytes.data() + before, m_bytes.size() - before));
        m_bytes.truncate(before + more);
        if (more == 0)
            return false;
        m_onItsWay->noteGiven(more);
        room -= more;
    }
    if (m_bytes.size() <= cap())
        return true;
    m_tooLarge = true;
    m_bytes.truncate(statusOf(*m_reply) >= 300 ? bodycap::refusal : 0);
    m_reply->abort();
    return false;
}

void HttpCall::finish()
{
    m_isOver = true;
    if (m_nextPiece.isActive())
        return; // it comes back here
    if (takePiece())
        return m_nextPiece.start(0, this);
    m_onItsWay.reset();
    m_took = m_channel->clock().monotonic() - m_leftAt;
    const int status = statusOf(*m_reply);
    if (m_interim == 0 && status >= 200 && status < 300)
        m_channel->m_serviceClock.hear(m_reply->rawHeader("Date"), m_channel->clock().now(), m_took);
    if (status < 300)
        return conclude({});
    const auto readRefusal = [body = m_bytes, status, key = m_channel->m_secret] {
        return wire::refusal(body, status, key);
    };
    if (m_bytes.size() < longRefusal)
        conclude(readRefusal());
    else
        workInBackground<Refusal>(this, readRefusal, [this](const Refusal &said) { conclude(said); });
}

void HttpCall::conclude(const Refusal &said)
{
    const Result<HttpAnswer> result = read(said);
    const QString path = m_reply->url().path(QUrl::FullyEncoded);
    qCDebug(log).noquote() << m_request.verb << path << statusOf(*m_reply) << m_took.count() << "ms"
                           << m_request.id.value;
    tellBudget(result, said);
    deleteLater();
    // The answer may delete this.
    const std::shared_ptr<HttpChannel> channel = m_channel;
    const HttpChannel::Manager manager = m_manager;
    deliver(result);
    channel->ended(manager, result || result.error().kind != FailureKind::TimedOut);
}

/// By the answer's own date: a reset or a way back is told by the clock of whoever answered.
QDateTime HttpCall::serviceNow() const
{
    const QDateTime told = ServiceClock::dateIn(m_reply->rawHeader("Date"));
    return told.isValid() ? told : m_channel->m_serviceClock.toService(m_channel->clock().now());
}

/// Success, error status, cut or no answer, in that order: the status is believed before Qt's error (Qt finding 7.3).
Result<HttpAnswer> HttpCall::read(const Refusal &said) const
{
    const int status = statusOf(*m_reply);
    if (m_interim != 0)
        return tl::unexpected(failed(httpfailure::fromInterim(m_interim, m_request.verb)));
    if (status >= 300) {
        Failure failure = httpfailure::fromStatus(status, said, *m_reply, serviceNow());
        if (status == proxyAsksForPassword)
            failure.text = m_way.wantsPassword(m_reply->url().scheme() == u"https");
        return tl::unexpected(failed(failure));
    }
    if (m_tooLarge)
        return tl::unexpected(failed({FailureKind::TooLarge, Reached::MayHaveArrived, status, {}, {}, {}, {}}));
    if (status >= 200 && m_reply->error() == QNetworkReply::NoError)
        return HttpAnswer{status, m_bytes, m_channel->clock().now(), m_channel->m_serviceClock};
    return tl::unexpected(failed(broken()));
}

/// Without an answer, or without the end of one.
Failure HttpCall::broken() const
{
    const QNetworkReply::NetworkError told = m_reply->error();
    const QNetworkReply::NetworkError error = m_isDistrusted ? QNetworkReply::SslHandshakeFailedError
        : told == QNetworkReply::NoError                     ? QNetworkReply::RemoteHostClosedError
                                                             : told;
    Failure failure = httpfailure::fromTransport(error, m_reply->errorString(), statusOf(*m_reply), bodyTaken());
    if (m_pastDeadline)
        failure.kind = FailureKind::TimedOut;
    const QDateTime now = m_channel->clock().now();
    const ServiceClock &clock = m_channel->m_serviceClock;
    failure = m_channel->m_trust.explain(failure, m_doubts, toWall(now),
                                         clock.isKnown() ? std::optional(clock.toService(now)) : std::nullopt);
    return m_way.explain(failure, error, m_reply->url().scheme() == u"https");
}

void HttpCall::tellBudget(const Result<HttpAnswer> &result, const Refusal &said)
{
    RequestBudget &budget = m_channel->budget();
    if (m_interim != 0) {
        // Whichever request it answers, it says nothing good of this one; that there were too many holds for all.
        if (statusOf(*m_reply) == 429)
            budget.hear(m_request.lane, {}, httpfailure::fromStatus(429, said, *m_reply, serviceNow()), m_leftAt);
    } else if (statusOf(*m_reply) > 0) {
        budget.hear(m_request.lane, RateHeaders::of(*m_reply, serviceNow()),
                    result ? std::nullopt : std::optional(result.error()), m_leftAt);
    }
    budget.arrived(m_request.lane);
    m_hasPlace = false;
}

Failure HttpCall::failed(Failure failure) const
{
    failure.request = m_request.id;
    hideKey(failure);
    return failure;
}

void HttpCall::hideKey(Failure &failure) const
{
    const Redactor key(m_channel->m_secret);
    failure.text = key.redacted(failure.text);
    failure.rest = key.redacted(failure.rest);
    for (FieldError &error : failure.fields) {
        error.message = key.redacted(error.message);
        error.type = key.redacted(error.type);
        for (QString &word : error.place)
            word = key.redacted(word);
    }
}

httpfailure::BodyTaken HttpCall::bodyTaken() const
{
    if (m_body->size() == 0)
        return httpfailure::BodyTaken::NoBody;
    return m_body->wasRead() ? httpfailure::BodyTaken::Yes : httpfailure::BodyTaken::No;
}

void HttpCall::deliver(const Result<HttpAnswer> &result)
{
    const Answer<HttpAnswer> answer = std::move(m_answer);
    answer(result);
}
