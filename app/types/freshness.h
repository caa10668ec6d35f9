#pragma once

#include "app/types/failure.h"

#include <QDateTime>

/// Why reading is slower than it could be.
enum class Slowness {
    None,
    ManyRunning,    ///< the list has too many pages to be read whole each time
    Locked,         ///< the desktop is locked: nothing is read at all
    Background,     ///< the window is not in front
    Idle,           ///< nobody touched it for a while
    NearHourShare,    ///< most of what polling may use in an hour is spent
    MinuteShareSpent, ///< all of what it may use in a minute
    HourShareSpent,   ///< all of what it may use in an hour
    RateLimited,    ///< the service said that there were too many requests
    PlanLimit,      ///< the service says that the plan is spent
    ServiceAway,    ///< the service failed and said when to come back; a person's own refresh reads all the same
    StopsBeingSent,   ///< many, which need the places
    UsedElsewhere,  ///< others use the same key
};

/// How old what is shown is, and how the last try went.
struct Freshness {
    QDateTime readAt;                   ///< of the last read of what runs, UTC; invalid before the first
    QDateTime backAt;                   ///< of the read that ended the last time without any; invalid before that
    QDateTime wholeAt;                  ///< no row is older; before `readAt` where the list has many pages
    int listed = 0;                     ///< rows of what runs that were read
    int total = 0;                      ///< how many the service counts
    int unreadable = 0;                 ///< rows of what runs or waits that came and could not be read
    std::optional<Failure> lastFailure; ///< set while the newest try failed
    QDateTime failedAt;
    bool loading = false;
    QDateTime nextAt;                   ///< when the next refresh is due; invalid while held
    bool held = false;                  ///< the person holds updates
    Duration interval{0};               ///< between two refreshes
    Slowness slowness = Slowness::None;

    bool operator==(const Freshness &) const = default;
};

/// Whether what was read is too old to be shown as what is so now: the service cannot be reached, the key was refused,
/// or nothing was read for 45 s (for two refreshes, where the console itself chose to read more slowly). Whoever shows
/// it then shows it as of `readAt`. False before the first read: nothing is shown.
bool isStale(const Freshness &freshness, const QDateTime &now);

/// Whether it was read again less than a minute ago, after it had been stale.
bool isBack(const Freshness &freshness, const QDateTime &now);
