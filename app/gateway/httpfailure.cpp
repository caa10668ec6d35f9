#include "app/gateway/httpfailure.h"

#include "app/gateway/wire.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Host and port, without a user's name or password.
QString hostOf(const QUrl &url)
{
    return url.authority(QUrl::FullyEncoded).section(u'@', -1);
}

}

FailureKind httpfailure::kindOf(int status)
{
    switch (status) {
    case 401:
        return FailureKind::KeyRefused;
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

Failure httpfailure::fromStatus(int status, const QByteArray &body, const QNetworkReply &reply)
{
    Failure failure;
    failure.kind = kindOf(status);
    failure.reached = Reached::Answered;
    failure.status = status;
    failure.retryAfter = retryAfter(reply.rawHeader("Retry-After"), QDateTime::currentDateTimeUtc());
    failure.text = wire::errorText(body);
    if (failure.kind == FailureKind::Invalid)
        failure.fields = wire::fieldErrors(body);
    if (failure.kind == FailureKind::TooMany && wire::isPlanLimit(body))
        failure.kind = FailureKind::PlanLimit;
    if (failure.kind == FailureKind::Redirected) {
        const QUrl target = reply.url().resolved(QUrl::fromEncoded(reply.rawHeader("Location")));
        failure.text = hostOf(reply.url()) + u" → "_s + hostOf(target);
    }
    return failure;
}

Failure httpfailure::fromTransport(QNetworkReply::NetworkError error, const QString &text, int status, bool left)
{
    Failure failure;
    failure.reached = left ? Reached::MayHaveArrived : Reached::NeverLeft;
    failure.status = status;
    failure.text = text;
    switch (int(error)) {
    case QNetworkReply::ConnectionRefusedError:
        failure.kind = FailureKind::ConnectionRefused;
        failure.reached = Reached::NeverLeft;
        break;
    case QNetworkReply::HostNotFoundError:
        failure.kind = FailureKind::NameNotFound;
        failure.reached = Reached::NeverLeft;
        break;
    case QNetworkReply::SslHandshakeFailedError:
        failure.kind = FailureKind::Tls;
        failure.reached = Reached::NeverLeft;
        break;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        failure.kind = FailureKind::Proxy;
        failure.reached = Reached::NeverLeft;
        break;
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        failure.kind = FailureKind::Proxy;
        break;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        failure.kind = FailureKind::TimedOut;
        break;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
        failure.kind = FailureKind::Unreachable;
        break;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownContentError:
        failure.kind = FailureKind::Unreadable;
        break;
    default: // a number of Qt's, not an enum of ours: everything else means that the connection broke
        failure.kind = FailureKind::ConnectionLost;
    }
    return failure;
}

std::optional<Duration> httpfailure::retryAfter(const QByteArray &header, const QDateTime &now)
{
    if (header.trimmed().isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const double seconds = header.trimmed().toDouble(&isNumber);
    if (isNumber)
        return Duration(qint64(std::clamp(seconds, 1.0, 3600.0) * 1000));
    const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(header.trimmed()), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    const QDateTime until(date.date(), date.time(), Qt::UTC);
    return std::clamp(Duration(now.msecsTo(until)), Duration(1s), Duration(1h));
}
