#include "app/demo/ratelimit.h"

#include <algorithm>

namespace demo {

static constexpr qint64 minute = 60 * 1000;
static constexpr qint64 hour = 60 * minute;

/// Until the oldest of the last `limit` requests leaves the window; 0 when there is room.
static qint64 wait(const QList<qint64> &taken, int limit, qint64 window, qint64 now)
{
    if (limit <= 0) {
        return window;
    }
    if (taken.size() < limit) {
        return 0;
    }
    return std::max<qint64>(0, taken.at(taken.size() - limit) + window - now);
}

RateLimit::RateLimit(int perMinute, int perHour)
    : m_perMinute(perMinute)
    , m_perHour(perHour)
{
}

RateLimit::Verdict RateLimit::take(qint64 now)
{
    const auto recent = std::upper_bound(m_taken.cbegin(), m_taken.cend(), now - hour);
    m_taken.erase(m_taken.cbegin(), recent);

    if (const qint64 ms = wait(m_taken, m_perHour, hour, now); ms > 0) {
        return {false, m_perHour, ms};
    }
    if (const qint64 ms = wait(m_taken, m_perMinute, minute, now); ms > 0) {
        return {false, m_perMinute, ms};
    }
    m_taken.append(now);
    return {true, m_perMinute, 0};
}

}
