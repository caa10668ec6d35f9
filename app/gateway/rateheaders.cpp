#include "app/gateway/rateheaders.h"

#include <QDateTime>
#include <QNetworkReply>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

/// A whole number of at most 15 digits: beyond any count and any date, and within any arithmetic.
std::optional<qint64> numberIn(const QByteArray &header)
{
    const QByteArray digits = header.trimmed();
    const bool isNumber = !digits.isEmpty() && digits.size() <= 15
        && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? std::optional(digits.toLongLong()) : std::nullopt;
}

std::optional<int> countIn(const QByteArray &header)
{
    const auto number = numberIn(header);
    return number && *number <= 1'000'000'000 ? std::optional(int(*number)) : std::nullopt;
}

}

RateHeaders RateHeaders::read(const QByteArray &limit, const QByteArray &remaining, const QByteArray &reset,
                              const QDateTime &now)
{
    RateHeaders headers{countIn(limit), countIn(remaining), std::nullopt};
    if (headers.limit == 0)
        headers.limit.reset();
    if (headers.limit && headers.remaining > headers.limit)
        headers.remaining.reset();
    if (const auto seconds = numberIn(reset))
        headers.untilReset =
            std::clamp(Duration(*seconds * 1000 - now.toMSecsSinceEpoch()), Duration(1s), Duration(1h));
    return headers;
}

RateHeaders RateHeaders::of(const QNetworkReply &reply, const QDateTime &now)
{
    return read(reply.rawHeader("X-RateLimit-Limit"), reply.rawHeader("X-RateLimit-Remaining"),
                reply.rawHeader("X-RateLimit-Reset"), now);
}
