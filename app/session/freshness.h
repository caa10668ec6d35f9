#pragma once

#include "app/types/failure.h"

#include <QDateTime>

/// How old what is shown is, and how the last try went.
struct Freshness {
    QDateTime readAt;                   ///< of the last complete read, UTC; invalid before the first
    std::optional<Failure> lastFailure; ///< set while the newest try failed
    QDateTime failedAt;
    bool loading = false;
    QDateTime nextAt;                   ///< when the next refresh is due; invalid while held
    bool held = false;                  ///< the person holds updates

    bool operator==(const Freshness &) const = default;
};
