#include "app/gateway/environmentproxy.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct EnvironmentWords {
    Q_DECLARE_TR_FUNCTIONS(EnvironmentProxy)
};

struct Variable {
    QString name; ///< as it is spelled there
    QString value;
};

/// In whichever letters it is set; empty is as good as not there.
Variable variable(const QProcessEnvironment &environment, const QString &name)
{
    for (const QString &spelled : {name, name.toUpper()}) {
        if (const QString value = environment.value(spelled).trimmed(); !value.isEmpty())
            return {spelled, value};
    }
    return {};
}

QStringList variablesFor(const QString &scheme)
{
    if (scheme == u"http")
        return {u"http_proxy"_s, u"all_proxy"_s};
    return {u"https_proxy"_s, u"all_proxy"_s, u"http_proxy"_s};
}

QString withoutDotAtEnd(QString host)
{
    if (host.endsWith(u'.'))
        host.chop(1);
    return host;
}

/// One of "*", "10.0.0.0/8", "10.1.2.3", "[fd00::1]:8443", "intranet", ".example.com", "*.example.com:8443". A name
/// stands for all below it too.
bool isExempt(const QUrl &address, QString entry)
{
    if (entry == u"*")
        return true;
    const QString host = withoutDotAtEnd(address.host(QUrl::FullyEncoded).toLower());
    const QHostAddress machine(address.host());
    if (entry.contains(u'/')) {
        const auto subnet = QHostAddress::parseSubnet(entry);
        return !machine.isNull() && subnet.second >= 0 && machine.isInSubnet(subnet);
    }
    if (const QHostAddress named(entry); !named.isNull())
        return named == machine;
    if (entry.startsWith(u'*'))
        entry.remove(0, 1);
    if (entry.startsWith(u'.'))
        entry.remove(0, 1);
    const QUrl named(u"//"_s + entry);
    const int port = address.port(address.scheme() == u"http" ? 80 : 443);
    if (named.host().isEmpty() || named.port(port) != port)
        return false;
    if (!machine.isNull())
        return QHostAddress(named.host()) == machine;
    const QString name = withoutDotAtEnd(named.host(QUrl::FullyEncoded).toLower());
    return host == name || host.endsWith(u'.' + name);
}

bool isExempt(const QUrl &address, const QProcessEnvironment &environment)
{
    static const QRegularExpression between(u"[,\\s]+"_s);
    const QStringList entries = variable(environment, u"no_proxy"_s).value.split(between, Qt::SkipEmptyParts);
    return std::ranges::any_of(entries, [&address](const QString &entry) { return isExempt(address, entry); });
}

QString decoded(const QString &text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

/// The value is never told: a password may stand in it. For the same reason all before the last @ is user and password,
/// also where signs of an address were not encoded in it: no piece of them becomes a host that is named.
FoundProxies proxyIn(const Variable &found)
{
    constexpr QLatin1StringView afterScheme = "://"_L1;
    const auto schemeEnd = found.value.indexOf(afterScheme);
    const QString scheme = schemeEnd < 0 ? u"http"_s : found.value.left(schemeEnd).toLower();
    const QString rest = schemeEnd < 0 ? found.value : found.value.mid(schemeEnd + afterScheme.size());
    const auto at = rest.lastIndexOf(u'@');
    const QString user = rest.left(std::max<qsizetype>(at, 0));
    const QUrl place(u"//"_s + rest.mid(at + 1));
    const bool isSocks = scheme == u"socks5" || scheme == u"socks5h" || scheme == u"socks";
    if (scheme == u"https")
        return {{}, EnvironmentWords::tr("%1 names a proxy that is to be spoken to over https, which Stopdesk cannot; "
                                         "most take http:// too").arg(found.name)};
    if (scheme == u"socks4" || scheme == u"socks4a")
        return {{}, EnvironmentWords::tr("%1 names a proxy of SOCKS 4, and Stopdesk speaks SOCKS 5").arg(found.name)};
    if (!(isSocks || scheme == u"http") || !place.isValid() || place.host().isEmpty())
        return {{}, EnvironmentWords::tr("what %1 says cannot be read as the address of a proxy").arg(found.name)};
    return QList<QNetworkProxy>{{isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, place.host(),
                                 quint16(place.port(isSocks ? 1080 : 80)), decoded(user.section(u':', 0, 0)),
                                 decoded(user.section(u':', 1))}};
}

}

std::optional<FoundProxies> environmentProxy(const QUrl &address, const QProcessEnvironment &environment)
{
    if (isExempt(address, environment))
        return QList<QNetworkProxy>{QNetworkProxy::NoProxy};
    for (const QString &name : variablesFor(address.scheme())) {
        if (const Variable found = variable(environment, name); !found.value.isEmpty())
            return proxyIn(found);
    }
    return std::nullopt;
}
