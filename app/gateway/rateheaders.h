#pragma once

#include "app/types/failure.h"

class QDateTime;
class QNetworkReply;

/// What the rate headers of an answer say (contract, "Limits"). What cannot be read, or cannot be true, is left out.
struct RateHeaders {
    std::optional<int> limit;
    std::optional<int> remaining;
    std::optional<Duration> untilReset; ///< clamped to 1 s … 1 h

    bool operator==(const RateHeaders &) const = default;

    /// `reset` in Unix seconds, `now` by the service's clock, too.
    static RateHeaders read(const QByteArray &limit, const QByteArray &remaining, const QByteArray &reset,
                            const QDateTime &now);
    static RateHeaders of(const QNetworkReply &reply, const QDateTime &now);
};
