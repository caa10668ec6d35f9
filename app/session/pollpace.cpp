#include "app/session/pollpace.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr Duration longListInterval = 28s; // leaves more of the hour for the further pages
constexpr int shortList = 3;               // pages
constexpr Duration backgroundInterval = 60s;
constexpr Duration slowest = 5min;
constexpr Duration idleStep = 2min; // without input; the interval doubles after each
constexpr int mostExtra = 12;       // requests a round
constexpr int extraHorizon = 12;    // rounds over which what is left for extra reads is spread
constexpr double readsPerRound = 2.5;      // with what is read only now and then
constexpr double extraUpTo = 0.88;
constexpr double nearShare = 0.92;
constexpr double atShare = 0.97;

Pace watched(const Attention &attention, int pages)
{
    if (!attention.shown)
        return {slowest, 1, Slowness::Background};
    if (!attention.inFront)
        return {backgroundInterval, 1, Slowness::Background};
    if (pages > shortList)
        return {longListInterval, mostExtra, Slowness::ManyRunning};
    return {closeInterval, mostExtra, Slowness::None};
}

void slowDown(Pace &pace, double factor, Slowness slowness)
{
    pace.interval = std::min(slowest, std::chrono::duration_cast<Duration>(pace.interval * factor));
    pace.slowness = slowness;
}

}

Pace paceOf(const Attention &attention, const PollSpending &spending, int pages, const QDateTime &now)
{
    if (attention.isLocked)
        return {slowest, 0, Slowness::Locked};
    Pace pace = watched(attention, pages);
    const Duration idle(attention.lastInput.isValid() ? attention.lastInput.msecsTo(now) : 0);
    for (Duration past = idleStep; past <= idle && pace.interval < slowest; past += idleStep)
        slowDown(pace, 2, pace.slowness == Slowness::Background ? Slowness::Background : Slowness::Idle);
    if (idle >= idleStep)
        pace.extra = 1;
    const double spent = spending.share > 0 ? double(spending.spent) / spending.share : 1;
    if (spent >= nearShare)
        slowDown(pace, spent >= atShare ? 4 : 2, Slowness::NearHourShare);
    const double goal = extraUpTo * spending.share;
    const double needed = readsPerRound * double(Duration(1h).count()) / double(pace.interval.count());
    const int left = int(std::min(goal - needed - spending.extra, goal - spending.spent));
    pace.extra = std::clamp((left + extraHorizon - 1) / extraHorizon, 0, pace.extra);
    return pace;
}
