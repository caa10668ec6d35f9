#pragma once

#include "app/types/failure.h"

/// How much of the request limits this program has used, in requests, and whether something has to wait for them.
struct RequestUse {
    int minute = 0;
    int minuteLimit = 0; ///< what it allows itself, less than the service does
    int hour = 0;
    int hourLimit = 0;
    Duration stopWait{0};  ///< how long a stop would have to wait for its place now
    bool elsewhere = false; ///< others seem to use the same key

    bool operator==(const RequestUse &) const = default;
};

/// One minute of the last hour.
struct MinuteOfUse {
    int stops = 0;
    int checks = 0;  ///< reads that belong to a stop
    int reads = 0;
    int refused = 0; ///< answers "too many requests"
    std::optional<int> running; ///< conversations that ran, where that was known

    int requests() const { return stops + checks + reads; }
    bool operator==(const MinuteOfUse &) const = default;
};
