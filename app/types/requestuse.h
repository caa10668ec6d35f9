#pragma once

#include "app/types/failure.h"

#include <QDateTime>

/// How much of the request limits this program has used, in requests, and whether something has to wait for them.
struct RequestUse {
    int minute = 0;
    int minuteLimit = 0; ///< what it allows itself, less than the service does
    int hour = 0;
    int hourLimit = 0;
    Duration stopWait{0};  ///< how long a stop would have to wait for its place now
    bool elsewhere = false; ///< others seem to use the same key
    Duration readWait{0};  ///< how long what a person asks to be read would have to wait
    int hourForPolls = 0;  ///< polling leaves only while less than this is used of the hour

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

/// How long the sending of many stops will take, as far as the limits tell.
struct SendForecast {
    int stops = 0;
    Duration total{0};     ///< until the last one leaves
    QDateTime endsAt;      ///< when that will be, UTC
    int beforeHour = 0;    ///< those that leave before the hour's requests are spent
    QDateTime hourFreesAt; ///< when the next one may leave then, UTC; invalid where the hour has room for all
    Duration proven{0};    ///< until about the last outcome is known, where all of them stop at once

    bool operator==(const SendForecast &) const = default;
};
