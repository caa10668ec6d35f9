#include "app/types/freshness.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr Duration freshFor = 45s; ///< one refresh may be late, two may not
constexpr Duration slowFor = 10min; ///< the longest that two of the slowest refreshes take
constexpr Duration backFor = 1min;

/// Whether reading is slower by the console's own choice; otherwise something is in its way.
bool isOwnPace(const Freshness &freshness)
{
    switch (freshness.slowness) {
    case Slowness::None:
    case Slowness::ManyRunning:
    case Slowness::Locked:
    case Slowness::Background:
    case Slowness::Idle:
    case Slowness::NearHourShare:
    case Slowness::MinuteShareSpent:
    case Slowness::UsedElsewhere:
    case Slowness::StopsBeingSent: return !freshness.held && !freshness.lastFailure;
    case Slowness::HourShareSpent:
    case Slowness::RateLimited:
    case Slowness::PlanLimit:
    case Slowness::ServiceAway: return false;
    }
    return false;
}

/// Whether it is known already that the next read will fail, or the last one never came back.
bool isCutOff(const Freshness &freshness)
{
    return freshness.lastFailure && freshness.failedAt >= freshness.readAt
        && (freshness.lastFailure->reached != Reached::Answered || freshness.lastFailure->kind == FailureKind::KeyRefused);
}

}

bool isStale(const Freshness &freshness, const QDateTime &now)
{
    if (!freshness.readAt.isValid())
        return false;
    const Duration allowed = isOwnPace(freshness) ? std::clamp<Duration>(2 * freshness.interval, freshFor, slowFor) : freshFor;
    return isCutOff(freshness) || Duration(freshness.readAt.msecsTo(now)) > allowed;
}

bool isBack(const Freshness &freshness, const QDateTime &now)
{
    return freshness.backAt.isValid() && Duration(freshness.backAt.msecsTo(now)) < backFor && !isStale(freshness, now);
}
