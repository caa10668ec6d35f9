#include "app/gateway/httpchannel.h"

#include "app/gateway/httpcall.h"
#include "app/gateway/networkwatch.h"

#include <QNetworkReply>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration openingPatience = 3s;

}

HttpChannel::HttpChannel(const Connection &connection, const Secret &secret, std::shared_ptr<RequestBudget> budget,
                         Clock &clock, const Network &network)
    : m_connection(connection)
    , m_trust(connection)
    , m_secret(secret)
    , m_budget(std::move(budget))
    , m_clock(clock)
    , m_managers(network.managers)
    , m_heads(network.heads)
    , m_proxies(connection.address, network.proxies, clock)
    , m_commands(makeConnections())
    , m_polls(makeConnections())
{
    if (network.watch)
        connect(network.watch, &NetworkWatch::changed, this, &HttpChannel::renew);
}

HttpChannel::Connections HttpChannel::makeConnections()
{
    const auto end = [heads = m_heads](QNetworkAccessManager *manager) {
        std::unique_ptr<QNetworkAccessManager> left(manager);
        if (heads)
            heads->end(std::move(left));
    };
    const Manager manager(m_managers().release(), end);
    const auto isOpening = std::make_shared<bool>(false);
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager->setStrictTransportSecurityEnabled(false);
    manager->setAutoDeleteReplies(false);
    // A connection opened ahead leaves a reply that nobody owns (Qt finding 7.3).
    connect(manager.get(), &QNetworkAccessManager::finished, manager.get(), [isOpening](QNetworkReply *reply) {
        if (reply->url().scheme() != u"preconnect-https")
            return;
        *isOpening = false;
        reply->deleteLater();
    });
    // Qt sends nothing before this returns, also for a connection opened ahead.
    connect(manager.get(), &QNetworkAccessManager::encrypted, this,
            [this, weak = std::weak_ptr(manager)](const QNetworkReply *reply) {
                if (const Manager left = weak.lock())
                    examine(left, reply->sslConfiguration().peerCertificate());
            });
    return {manager, isOpening};
}

HttpChannel::Deadlines HttpChannel::deadlines(Lane lane)
{
    switch (lane) {
    case Lane::Stop:
    case Lane::Check:
        return {10s, 20s};
    case Lane::Poll:
        break;
    }
    return {15s, 30s};
}

Duration HttpChannel::serviceAhead() const
{
    const QDateTime now = m_clock.now();
    return Duration(toWall(now).msecsTo(m_serviceClock.toService(now)));
}

void HttpChannel::send(const HttpRequest &request, QObject *asker, Answer<HttpAnswer> answer)
{
    auto *call = new HttpCall(shared_from_this(), request, asker, std::move(answer));
    call->start();
}

/// Not while one is being opened: Qt would open another for each call, and says nothing of one that failed.
void HttpChannel::prewarm()
{
    if (m_connection.address.scheme() != u"https")
        return;
    m_proxies.whenKnown(this, [this] {
        const Duration now = m_clock.monotonic();
        const bool isOpening = *m_commands.isOpening && now - m_commands.openingSince < openingPatience;
        if (isOpening || !m_proxies.way().trouble.isEmpty())
            return;
        *m_commands.isOpening = true;
        m_commands.openingSince = now;
        QSslConfiguration tls = m_trust.configuration();
        tls.setAllowedNextProtocols({QSslConfiguration::NextProtocolHttp1_1});
        const QUrl &address = m_connection.address;
        managerFor(Lane::Stop)->connectToHostEncrypted(address.host(), quint16(address.port(443)), tls);
    });
}

/// An old manager goes with the last call that left through it. Clearing its connections instead could block. Of those
/// of the renewal before nothing is left but a command that waits for its answer.
void HttpChannel::renew()
{
    for (const auto &old : std::exchange(m_leftBehind, {m_commands.manager, m_polls.manager})) {
        if (const Manager manager = old.lock())
            Q_EMIT overdue(manager.get());
    }
    m_commands = makeConnections();
    m_polls = makeConnections();
    m_proxies.askAgain();
    prewarm();
    QMetaObject::invokeMethod(this, &HttpChannel::renewed, Qt::QueuedConnection);
}

const HttpChannel::Manager &HttpChannel::managerFor(Lane lane)
{
    const Manager &manager = lane == Lane::Poll ? m_polls.manager : m_commands.manager;
    manager->setProxy(m_proxies.way().proxy);
    return manager;
}

HeadWatch::Ports HttpChannel::ports() const
{
    const QUrl &address = m_connection.address;
    return {quint16(address.port(address.scheme() == u"https" ? 443 : 80)), m_proxies.way().proxy.port()};
}

void HttpChannel::ended(const Manager &manager, bool inTime)
{
    for (Connections *lane : {&m_commands, &m_polls}) {
        if (lane->manager != manager)
            continue;
        lane->timeouts = inTime ? 0 : lane->timeouts + 1;
        if (lane->timeouts >= mostTimeouts)
            return renew();
    }
}

/// For Qt 6.4 an interim answer other than 100 ends the reply. The answer proper follows over a connection that Qt takes
/// for idle, and becomes that of the next request.
void HttpChannel::leaveOutOfStep(const Manager &manager, int status)
{
    leaveBehind(manager);
    Q_EMIT outOfStep(manager.get(), status);
}

void HttpChannel::leaveBehind(const Manager &manager)
{
    for (Connections *lane : {&m_commands, &m_polls}) {
        if (lane->manager == manager)
            *lane = makeConnections();
    }
}

/// Each request that waits for a connection of this manager could be the next to use this one.
void HttpChannel::examine(const Manager &manager, const QSslCertificate &peer)
{
    if (m_trust.accepts(peer))
        return;
    leaveBehind(manager);
    Q_EMIT distrusted(manager.get(), peer);
    QMetaObject::invokeMethod(this, [manager] {}, Qt::QueuedConnection); // it does not go within its own signal
}

/// Ids are encoded, never interpreted; whether one may leave at all is the business of `Gateway`.
QUrl HttpChannel::urlOf(const HttpRequest &request) const
{
    QByteArray url = m_connection.address.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    while (url.endsWith('/'))
        url.chop(1);
    for (const QString &segment : request.path)
        url += '/' + QUrl::toPercentEncoding(segment);
    QUrl whole = QUrl::fromEncoded(url, QUrl::StrictMode);
    if (!request.query.isEmpty())
        whole.setQuery(request.query);
    return whole;
}

QNetworkRequest HttpChannel::dress(const HttpRequest &request) const
{
    QNetworkRequest dressed(urlOf(request));
    dressed.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    dressed.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    dressed.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    dressed.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    dressed.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    dressed.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    dressed.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    dressed.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    dressed.setTransferTimeout(int(deadlines(request.lane).idle.count()));
    // From here on Qt checks the ratio. What a runaway repeats compresses like a bomb; more than this is not read anyway.
    dressed.setDecompressedSafetyCheckThreshold(request.cap);
    dressed.setSslConfiguration(m_trust.configuration());
    dressed.setHeader(QNetworkRequest::ContentLengthHeader, request.body.value_or(QByteArray()).size());
    if (request.body)
        dressed.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_ba);
    dressed.setRawHeader("Accept", "application/json");
    dressed.setRawHeader("User-Agent", "Stopdesk/" STOPDESK_VERSION);
    dressed.setRawHeader("X-Request-ID", request.id.value.toLatin1());
    const QByteArray userForProxy = m_proxies.way().userForProxy(dressed.url().scheme() == u"https");
    if (!userForProxy.isEmpty())
        dressed.setRawHeader("Proxy-Authorization", userForProxy);
    if (m_connection.credential == CredentialKind::ApiKey)
        dressed.setRawHeader("x-api-key", m_secret.reveal());
    else
        dressed.setRawHeader("Authorization", "Bearer " + m_secret.reveal());
    return dressed;
}
