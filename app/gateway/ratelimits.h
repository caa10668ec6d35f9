#pragma once

#include "app/gateway/sendlog.h"

#include <algorithm>

/// The spans over which the service counts.
enum class Span { Minute, Hour };

inline constexpr std::array spans{Span::Minute, Span::Hour};

constexpr Duration lengthOf(Span span)
{
    return span == Span::Minute ? Duration(std::chrono::minutes(1)) : Duration(std::chrono::hours(1));
}

/// The service's limits for one key, in requests, and the one table of what a lane may have spent of them. A lane
/// leaves only while all lanes together have spent less, so what lies above its share is always there for those before
/// it: with 100 and 1000, polling keeps 30 and 250 free, and checks keep 10 and 50 free for stops alone.
struct RateLimits {
    int perMinute = 100;
    int perHour = 1000;

    bool operator==(const RateLimits &) const = default;

    constexpr int of(Span span) const { return std::max(1, span == Span::Minute ? perMinute : perHour); }
    /// Per cent of the service's limit.
    static constexpr int share(Lane lane, Span span)
    {
        switch (lane) {
        case Lane::Stop: return 90;
        case Lane::Check: return span == Span::Minute ? 80 : 85;
        case Lane::Poll: break;
        }
        return span == Span::Minute ? 60 : 65;
    }
    constexpr int of(Lane lane, Span span) const
    {
        return int(std::max(1LL, 1LL * of(span) * share(lane, span) / 100));
    }
};
