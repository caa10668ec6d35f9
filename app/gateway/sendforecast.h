#pragma once

#include "app/gateway/ratelimits.h"
#include "app/types/requestuse.h"

/// What is known at a door when a batch is about to begin.
struct DoorNow {
    RateLimits limits;
    SendLog log;            ///< by the same clock as `now`
    Duration now{0};
    Duration held{0};       ///< the service said: no stop before that
    QDateTime wallNow;
};

/// When so many stops would have left if nothing else asked for a place: the two windows played through, exactly. At
/// least `each` lies between two sends. Their proof takes places, too: one after each of the first `readAlone` stops,
/// whose own state is read, and one after every `stopsPerRead` others, for a page of the lists.
SendForecast forecast(const DoorNow &door, int stops, Duration each, int readAlone = 0);

inline constexpr int stopsPerRead = 24;
