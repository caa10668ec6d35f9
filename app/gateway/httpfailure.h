#pragma once

#include "app/types/failure.h"

#include <QNetworkReply>

struct Refusal;

/// How a reply that is no success becomes a `Failure`: the one table of HTTP statuses, and the one of transport errors.
namespace httpfailure {

FailureKind kindOf(int status);

/// A finished reply with an HTTP status from 300 on, whose body says that. `now` by the service's clock: what its dates
/// are counted from.
Failure fromStatus(int status, const Refusal &said, const QNetworkReply &reply, const QDateTime &now);

/// What Qt took for the whole answer was only an interim one: the answer proper is lost.
Failure fromInterim(int status, const QByteArray &verb);

/// Whether Qt began to take the body, which it does only once the connection stands. A body that was not taken has not
/// left, whatever the error; one that was may have arrived, whatever the error.
enum class BodyTaken { No, Yes, NoBody };

/// A reply without a status, or cut off after it.
Failure fromTransport(QNetworkReply::NetworkError error, const QString &text, int status, BodyTaken taken);

/// Retry-After in seconds or as a date, clamped to 1 s … 1 h; nothing for what cannot be read.
std::optional<Duration> retryAfter(const QByteArray &header, const QDateTime &now);

}
