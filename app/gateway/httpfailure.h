#pragma once

#include "app/types/failure.h"

#include <QNetworkReply>

/// How a reply that is no success becomes a `Failure`: the one table of HTTP statuses, and the one of transport errors.
namespace httpfailure {

FailureKind kindOf(int status);

/// A finished reply with an HTTP status outside 2xx.
Failure fromStatus(int status, const QByteArray &body, const QNetworkReply &reply);

/// A reply without a status, or cut off after it. `left` is whether a byte may have reached the service.
Failure fromTransport(QNetworkReply::NetworkError error, const QString &text, int status, bool left);

/// Retry-After in seconds or as a date, clamped to 1 s … 1 h; nothing for what cannot be read.
std::optional<Duration> retryAfter(const QByteArray &header, const QDateTime &now);

}
