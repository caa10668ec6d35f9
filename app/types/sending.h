#pragma once

#include "app/types/failure.h"

#include <QDateTime>

/// How the sending of one batch of this run goes.
struct BatchSending {
    BatchId id;
    int left = 0;          ///< stops that have not left yet
    QDateTime pausedUntil; ///< UTC; invalid while it is not paused
    std::optional<Failure> halt; ///< why the rest, or an agent's rest, was not sent
    Duration rest{0};      ///< about so long until the last has left; 0 where nothing is left

    bool operator==(const BatchSending &) const = default;
};

/// How the sending of batches goes.
struct Sending {
    int left = 0;          ///< stops that have not left yet
    int readAlone = 0;     ///< of them: each is proven by a read of its own
    QDateTime pausedUntil; ///< UTC; invalid while nothing is paused
    QList<BatchSending> batches; ///< of this run, in the order of their decisions

    bool operator==(const Sending &) const = default;
};
