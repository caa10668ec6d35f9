#include "app/gateway/proxylookup.h"

#include "app/gateway/environmentproxy.h"
#include "app/types/connection.h"

#include <QCoreApplication>
#include <QThread>

using namespace std::chrono_literals;

namespace {

QString tr(const char *words)
{
    return QCoreApplication::translate("Proxy", words);
}

/// Ends of a request that never became one, as they look when the proxy is at fault, or the lack of one.
bool isOnTheWay(FailureKind kind)
{
    return kind == FailureKind::ConnectionRefused || kind == FailureKind::NameNotFound
        || kind == FailureKind::Unreachable || kind == FailureKind::Proxy;
}

}

bool Way::isProxied() const
{
    return proxy.type() != QNetworkProxy::DefaultProxy && proxy.type() != QNetworkProxy::NoProxy;
}

/// Within an encrypted connection it is not the proxy of this computer that speaks.
QString Way::wantsPassword(bool encrypted) const
{
    if (!isProxied() || encrypted)
        return tr("a proxy on the way asks for a user name and a password");
    if (!proxy.user().isEmpty())
        return tr("the proxy %1 does not accept the user name and password that are set for it").arg(name());
    return tr("the proxy %1 asks for a user name and a password, and none are set for it").arg(name());
}

QByteArray Way::userForProxy(bool encrypted) const
{
    if (encrypted || proxy.type() != QNetworkProxy::HttpProxy || proxy.user().isEmpty())
        return {};
    return "Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64();
}

QString Way::name() const
{
    return proxy.hostName() + u':' + QString::number(proxy.port());
}

/// Through a tunnel a refusal is the proxy's word about the service. For a proxy that refuses Qt 6.4 reports
/// UnknownNetworkError (https) or ConnectionRefusedError (http), for one with an unknown name HostNotFoundError; Qt 6.8
/// reports ProxyConnectionRefusedError and ProxyNotFoundError.
Failure Way::explain(Failure failure, QNetworkReply::NetworkError error, bool encrypted) const
{
    const bool noAnswer = isGuess && failure.kind == FailureKind::TimedOut && failure.reached == Reached::NeverLeft;
    if (failure.status != 0 || !(isOnTheWay(failure.kind) || noAnswer) || !(isProxied() || isGuess))
        return failure;
    if (isGuess)
        failure.text = tr("not told within %1 s, and without a proxy: %2")
                           .arg(ProxyLookup::patience / 1s)
                           .arg(failure.text);
    else if (error == QNetworkReply::ProxyAuthenticationRequiredError)
        failure.text = wantsPassword(false);
    else if (error == QNetworkReply::ConnectionRefusedError && encrypted)
        failure.text = tr("the proxy %1 does not connect to the service").arg(name());
    else
        failure.text = tr("could not reach the proxy %1").arg(name());
    failure.kind = FailureKind::Proxy;
    return failure;
}

ProxyLookup::ProxyLookup(const QUrl &address, ProxyFinder finder, Clock &clock)
    : m_address(address)
    , m_finder(std::move(finder))
    , m_clock(clock)
{
    if (isLoopback(address.host()))
        settle({QNetworkProxy::NoProxy});
    else if (!m_finder)
        settle({});
    else
        ask();
}

FoundProxies ProxyLookup::askSystem(const QUrl &address)
{
    if (const auto found = environmentProxy(address, QProcessEnvironment::systemEnvironment()))
        return *found;
    return QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(address));
}

void ProxyLookup::whenKnown(QObject *asker, std::function<void()> then)
{
    if (m_isKnown)
        return then();
    m_waiting.push_back({asker, std::move(then)});
}

void ProxyLookup::askAgain()
{
    m_isOutdated = m_isAsking;
    if (!m_isAsking && m_finder && !isLoopback(m_address.host()))
        ask();
}

/// Neither a pool's thread nor one that anybody waits for: it may hang, also when the program ends.
void ProxyLookup::ask()
{
    m_isAsking = true;
    const auto found = std::make_shared<FoundProxies>();
    QThread *thread = QThread::create([finder = m_finder, address = m_address, found] { *found = finder(address); });
    connect(thread, &QThread::finished, this, [this, found] { take(*found); });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
    m_clock.after(patience, this, [this] {
        if (!m_isKnown)
            settle({QNetworkProxy::NoProxy, true});
    });
}

void ProxyLookup::take(const FoundProxies &found)
{
    m_isAsking = false;
    settle({found.proxies.isEmpty() ? QNetworkProxy::NoProxy : found.proxies.first(), false, found.trouble});
    if (std::exchange(m_isOutdated, false))
        ask();
}

void ProxyLookup::settle(const Way &way)
{
    m_way = way;
    m_isKnown = true;
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        if (waiting.asker)
            waiting.then();
    }
}
