#include "app/gateway/throttle.h"

#include <cmath>

using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 3> steps{5s, 15s, 60s}; // without Retry-After
constexpr Duration longest = 1h;
constexpr Duration planWait = 5min;
constexpr Duration elsewhereFor = 1h;
constexpr Duration stopPatience = 1min; // a stop that is sent in vain hurts less than one that is not sent
constexpr Duration sameReset = 2s;

}

Throttle::Throttle(Clock &clock)
    : m_clock(clock)
{
}

void Throttle::hold(Lane lane, Duration wait, WaitReason reason)
{
    Hold &held = m_holds[size_t(lane)];
    wait = std::clamp(wait, Duration(0), longest);
    if (wait > remaining(held))
        held = holdFor(wait, reason);
}

Throttle::Hold Throttle::holdFor(Duration wait, WaitReason reason) const
{
    return {m_clock.monotonic() + wait, reason};
}

Duration Throttle::remaining(const Hold &hold) const
{
    return std::max(Duration(0), hold.until - m_clock.monotonic());
}

void Throttle::refused(Lane lane, std::optional<Duration> retryAfter)
{
    if (lane != Lane::Poll && retryAfter)
        hold(lane, *retryAfter, WaitReason::RateLimited);
    // What left before the hold and is refused during it says nothing new.
    if (retryAfter || remaining(m_holds[size_t(Lane::Poll)]) == 0ms)
        hold(Lane::Poll, retryAfter ? *retryAfter : backOff(), WaitReason::RateLimited);
}

/// Full jitter, so that consoles that were refused together do not come back together.
Duration Throttle::backOff()
{
    const Duration most = steps[m_step];
    m_step = std::min(m_step + 1, steps.size() - 1);
    return std::max(Duration(1s), Duration(std::llround(double(most.count()) * m_clock.random())));
}

/// A refused stop says nothing of reads: those may still be free.
void Throttle::planIsSpent(Lane lane)
{
    if (lane != Lane::Stop)
        hold(Lane::Poll, planWait, WaitReason::PlanLimit);
}

void Throttle::askedToWait(Lane lane, Duration retryAfter)
{
    if (lane != Lane::Poll)
        return;
    m_away = holdFor(std::clamp(retryAfter, Duration(0), longest), WaitReason::ServiceAway);
    m_awaySince = m_clock.monotonic();
}

void Throttle::cameBack(Duration leftAt)
{
    if (leftAt > m_awaySince)
        m_away = {};
}

void Throttle::noteElsewhere()
{
    m_elsewhereUntil = m_clock.monotonic() + elsewhereFor;
}

void Throttle::accepted(Lane lane)
{
    if (lane == Lane::Poll)
        m_step = 0;
}

std::optional<Span> Throttle::spanOf(const RateHeaders &headers, const RateLimits &limits)
{
    if (headers.untilReset > lengthOf(Span::Minute) + sameReset)
        return Span::Hour;
    if (!headers.limit)
        return std::nullopt;
    const int toMinute = std::abs(*headers.limit - limits.of(Span::Minute));
    const int toHour = std::abs(*headers.limit - limits.of(Span::Hour));
    return toHour < toMinute ? Span::Hour : Span::Minute;
}

/// Within one reset of the service the lower count holds, so that an answer that was overtaken gives nothing back.
void Throttle::hear(const RateHeaders &headers, const RateLimits &limits, int underWay)
{
    if (!headers.remaining)
        return;
    const Span span = spanOf(headers, limits).value_or(Span::Minute);
    const Duration now = m_clock.monotonic();
    Told heard{std::max(0, *headers.remaining - underWay), headers.limit.value_or(limits.of(span)), now,
               now + headers.untilReset.value_or(lengthOf(Span::Minute))};
    Told &told = m_told[size_t(span)];
    const bool isSame = told.until > now && heard.until < told.until + sameReset;
    if (isSame && told.left < heard.left)
        return;
    if (isSame && told.left == 0)
        heard.at = told.at;
    told = heard;
}

void Throttle::countSend()
{
    for (Told &told : m_told)
        told.left = std::max(0, told.left - 1);
}

/// What is left above the share of the lane is not for it, as with our own count. A stop may take the last one, and
/// waits for a count that it was told no longer than for a minute.
LaneWait Throttle::toldWait(Lane lane) const
{
    LaneWait wait;
    for (const Span span : spans) {
        const Told &told = m_told[size_t(span)];
        const int kept = lane == Lane::Stop ? 0 : told.limit - RateLimits{told.limit, told.limit}.of(lane, span);
        const Duration until = lane == Lane::Stop ? std::min(told.until, told.at + stopPatience) : told.until;
        if (told.left <= kept && until - m_clock.monotonic() > wait.time)
            wait = {until - m_clock.monotonic(), WaitReason::ServiceCount};
    }
    return wait;
}

LaneWait Throttle::waitOf(Lane lane, bool isAsked) const
{
    LaneWait longestWait = toldWait(lane);
    const auto add = [this, &longestWait](const Hold &hold) {
        if (const Duration wait = remaining(hold); wait > 0ms && wait >= longestWait.time)
            longestWait = {wait, hold.reason};
    };
    add(m_holds[size_t(lane)]);
    if (lane == Lane::Poll && !isAsked)
        add(m_away);
    return longestWait;
}

bool Throttle::isUsedElsewhere() const
{
    return m_elsewhereUntil && *m_elsewhereUntil > m_clock.monotonic();
}
