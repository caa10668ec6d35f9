#include "app/gateway/httpfailure.h"

#include "app/gateway/rateheaders.h"
#include "app/gateway/serviceclock.h"
#include "app/gateway/wire.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Redirects {
    Q_DECLARE_TR_FUNCTIONS(Redirects)
};

FailureKind kindOfBreak(QNetworkReply::NetworkError error)
{
    switch (int(error)) {
    case QNetworkReply::ConnectionRefusedError: return FailureKind::ConnectionRefused;
    case QNetworkReply::HostNotFoundError: return FailureKind::NameNotFound;
    case QNetworkReply::SslHandshakeFailedError: return FailureKind::Tls;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError: return FailureKind::Proxy;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: return FailureKind::TimedOut;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError: return FailureKind::Unreachable;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownContentError: return FailureKind::Unreadable;
    default: // a number of Qt's, not an enum of ours: everything else means that the connection broke
        return FailureKind::ConnectionLost;
    }
}

/// Errors that come before any byte of a request.
bool endsBeforeSending(QNetworkReply::NetworkError error)
{
    constexpr std::array before{
        QNetworkReply::ConnectionRefusedError,  QNetworkReply::HostNotFoundError,
        QNetworkReply::SslHandshakeFailedError, QNetworkReply::ProxyConnectionRefusedError,
        QNetworkReply::ProxyNotFoundError,      QNetworkReply::ProxyAuthenticationRequiredError};
    return std::ranges::find(before, error) != before.cend();
}

/// Host and port, without a user's name or password.
QString hostOf(const QUrl &url)
{
    return url.authority(QUrl::FullyEncoded).section(u'@', -1);
}

QString withScheme(const QUrl &url)
{
    return url.scheme() + u"://"_s + hostOf(url);
}

/// Without a query: what stands there is not for a screen.
QString withPath(const QUrl &url)
{
    return hostOf(url) + url.path(QUrl::FullyEncoded);
}

/// Of the path, what a person can do something about: "" where both are the same.
QString pathDifference(const QString &from, const QString &to)
{
    if (from == to)
        return {};
    if (from + u'/' == to)
        return Redirects::tr("a slash at its end");
    return from == to + u'/' ? Redirects::tr("no slash at its end") : Redirects::tr("another path");
}

/// Both addresses, as far as they differ.
QString directions(const QUrl &from, const QUrl &to)
{
    const auto arrow = [&from, &to](QString (*shown)(const QUrl &)) { return shown(from) + u" → "_s + shown(to); };
    if (hostOf(from) != hostOf(to))
        return arrow(hostOf);
    const QString path = pathDifference(from.path(QUrl::FullyEncoded), to.path(QUrl::FullyEncoded));
    if (from.scheme() != to.scheme())
        return Redirects::tr("%1 (%2)").arg(arrow(withScheme), path.isEmpty() ? Redirects::tr("another scheme")
                                                                              : Redirects::tr("another scheme, %1").arg(path));
    if (!path.isEmpty())
        return Redirects::tr("%1 (%2)").arg(arrow(withPath), path);
    return from.query() == to.query() ? Redirects::tr("%1 (the same once more)").arg(withPath(to))
                                      : Redirects::tr("%1 (the same with another query)").arg(withPath(to));
}

/// A way back that is stated wins over words: of a spent plan nobody says that it ends in 8 s.
bool saysWhenItEnds(const Failure &refusal, const RateHeaders &rate)
{
    return refusal.retryAfter || (rate.remaining == 0 && rate.untilReset);
}

}

FailureKind httpfailure::kindOf(int status)
{
    switch (status) {
    case 401:
        return FailureKind::KeyRefused;
    case proxyAsksForPassword:
        return FailureKind::Proxy;
    case networkAsksForSignIn:
        return FailureKind::Unreachable;
    case 403:
        return FailureKind::Forbidden;
    case 404:
    case 410:
        return FailureKind::NotFound;
    case 409:
        return FailureKind::Conflict;
    case 422:
        return FailureKind::Invalid;
    case 429:
        return FailureKind::TooMany;
    case 408:
    case 504:
        return FailureKind::ServerTimeout;
    }
    if (status >= 300 && status < 400)
        return FailureKind::Redirected;
    return status >= 500 ? FailureKind::ServerError : FailureKind::BadRequest;
}

Failure httpfailure::fromStatus(int status, const Refusal &said, const QNetworkReply &reply, const QDateTime &now)
{
    Failure failure;
    failure.kind = kindOf(status);
    const bool isOfTheWay = status == proxyAsksForPassword || status == networkAsksForSignIn;
    failure.reached = isOfTheWay ? Reached::NeverLeft : Reached::Answered;
    failure.status = status;
    failure.retryAfter = retryAfter(reply.rawHeader("Retry-After"), now);
    failure.text = said.text;
    failure.rest = said.rest;
    if (status == 400 || status == 422) {
        failure.fields = said.fields;
        failure.moreFields = said.moreFields;
    }
    if (failure.kind == FailureKind::TooMany && !saysWhenItEnds(failure, RateHeaders::of(reply, now))
        && wire::isPlanLimit(said.text))
        failure.kind = FailureKind::PlanLimit;
    if (failure.kind == FailureKind::Redirected) {
        const QByteArray location = reply.rawHeader("Location");
        failure.text = location.isEmpty() ? QString()
                                          : directions(reply.url(), reply.url().resolved(QUrl::fromEncoded(location)));
    }
    return failure;
}

/// What left to change something may have arrived. Of a read nothing but its answer is lost.
Failure httpfailure::fromInterim(int status, const QByteArray &verb)
{
    const Reached reached = verb == "GET" ? Reached::Answered : Reached::MayHaveArrived;
    return {FailureKind::Unreadable, reached, status, {}, QString::number(status), {}, {}};
}

Failure httpfailure::fromTransport(QNetworkReply::NetworkError error, const QString &text, int status, BodyTaken taken)
{
    Failure failure;
    failure.kind = kindOfBreak(error);
    failure.status = status;
    failure.text = text;
    switch (taken) {
    case BodyTaken::Yes: failure.reached = Reached::MayHaveArrived; break;
    case BodyTaken::No: failure.reached = Reached::NeverLeft; break;
    case BodyTaken::NoBody:
        failure.reached = endsBeforeSending(error) ? Reached::NeverLeft : Reached::MayHaveArrived;
        break;
    }
    return failure;
}

std::optional<Duration> httpfailure::retryAfter(const QByteArray &header, const QDateTime &now)
{
    if (header.trimmed().isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const double seconds = header.trimmed().toDouble(&isNumber);
    if (isNumber && std::isfinite(seconds))
        return Duration(qint64(std::clamp(seconds, 1.0, 3600.0) * 1000));
    const QDateTime until = ServiceClock::dateIn(header);
    if (!until.isValid())
        return std::nullopt;
    return std::clamp(Duration(now.msecsTo(until)), Duration(1s), Duration(1h));
}
