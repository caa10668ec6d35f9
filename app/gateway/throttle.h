#pragma once

#include "app/gateway/rateheaders.h"
#include "app/gateway/ratelimits.h"
#include "app/types/clock.h"

/// Why a lane has to wait.
enum class WaitReason {
    None,
    Minute, ///< this minute's share is spent
    Hour, ///< this hour's share is spent
    RateLimited, ///< the service said: too many
    PlanLimit, ///< the service said: the plan is spent
    ServiceAway, ///< the service failed, and said when to come back: what a person asks for is tried all the same
    ServiceCount, ///< the service counts more than left from here
    Stops, ///< many stops are being sent, and polls would take their places
    Elsewhere, ///< polling's share is halved, because the key is used elsewhere
};

/// How long a lane has to wait, and why.
struct LaneWait {
    Duration time{0};
    WaitReason reason = WaitReason::None;

    bool operator==(const LaneWait &) const = default;
};

/// What the service said about the rate, and how long that holds: Retry-After and 429, by lane; the rate headers, which
/// only ever take away; and whether the key seems to be used elsewhere. A 429 is a limit of the key, and keeps whatever
/// it was told of. Any other failure with a Retry-After says that the service is away: polling waits, what a person
/// asks for is tried at once, and the first success ends the waiting.
class Throttle {
public:
    explicit Throttle(Clock &clock);

    void hold(Lane lane, Duration wait, WaitReason reason); ///< a shorter wait never shortens a longer one
    /// A 429 for rate. Polling waits whatever was refused; stops and checks wait only as long as they were told.
    void refused(Lane lane, std::optional<Duration> retryAfter);
    void planIsSpent(Lane lane);
    /// Another failure that says when to come back: of that the newest word holds. A stop is tried all the same, and so
    /// is what belongs to one.
    void askedToWait(Lane lane, Duration retryAfter);
    void cameBack(Duration leftAt); ///< a success, of whatever lane; what left before the failure came says nothing of it
    void noteElsewhere(); ///< for the next hour
    void accepted(Lane lane);
    /// `underWay`: requests that the service may not have counted yet.
    void hear(const RateHeaders &headers, const RateLimits &limits, int underWay);
    void countSend();

    LaneWait waitOf(Lane lane, bool isAsked = false) const; ///< `isAsked`: by a person, who waits for it
    bool isUsedElsewhere() const;
    /// The span that rate headers speak of; nothing when they do not tell.
    static std::optional<Span> spanOf(const RateHeaders &headers, const RateLimits &limits);

private:
    struct Hold {
        Duration until{0};
        WaitReason reason = WaitReason::None;
    };
    struct Told {
        int left = 0;
        int limit = 0;
        Duration at{0};
        Duration until{0};
    };

    Hold holdFor(Duration wait, WaitReason reason) const;
    Duration remaining(const Hold &hold) const;
    Duration backOff();
    LaneWait toldWait(Lane lane) const;

    Clock &m_clock;
    std::array<Hold, lanes.size()> m_holds; ///< for the key: nobody passes
    Hold m_away; ///< of polling
    Duration m_awaySince{0};
    std::array<Told, spans.size()> m_told;
    std::optional<Duration> m_elsewhereUntil;
    size_t m_step = 0; ///< of the back-off
};
