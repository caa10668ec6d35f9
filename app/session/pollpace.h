#pragma once

#include "app/types/freshness.h"

/// Who looks, as far as the window can tell.
struct Attention {
    bool inFront = true;
    bool shown = true;   ///< not minimised
    QDateTime lastInput; ///< UTC; invalid: a moment ago
    bool isLocked = false; ///< the desktop is: nobody can look

    bool operator==(const Attention &) const = default;
};

/// What an hour of polling has cost so far, in requests.
struct PollSpending {
    int spent = 0;
    int share = 0; ///< what polling may spend
    int extra = 0; ///< of what is spent: extra reads
};

/// How often the console reads, and how much more than the least it reads each time.
struct Pace {
    Duration interval{0};
    int extra = 0; ///< requests of a round beyond its first pages and the chosen conversation
    Slowness slowness = Slowness::None;

    bool operator==(const Pace &) const = default;
};

/// The pace of the poll plan. Watching closely costs about 450 requests an hour; extra reads may use what an hour of
/// that leaves of 88 % of polling's share, faster while little is spent. From 92 % on the interval doubles, from 97 %
/// on it doubles again.
/// Without anybody looking it falls to one round in 5 min, some 40 requests an hour (contract, "Limits": 5,000 a day);
/// of a locked desktop the interval is told and not used, polling pauses.
/// `pages`: of the list of what runs.
Pace paceOf(const Attention &attention, const PollSpending &spending, int pages, const QDateTime &now);

/// The interval while somebody looks and the list is short.
inline constexpr Duration closeInterval = std::chrono::seconds(20);
