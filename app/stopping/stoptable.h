#pragma once

#include "app/types/stop.h"

/// What can happen to a stop.
enum class StopEvent {
    Leaves,              ///< got its place; the first byte follows
    Cancelled,
    NeverLeft,           ///< provably not sent
    Accepted,            ///< 2xx
    Refused,             ///< 3xx, 4xx except 408
    AnswerLost,          ///< may have arrived: no answer, a cut one, 408 or 5xx
    SeenStopped,         ///< it ran, the stop was accepted, and now nothing runs
    SeenStoppedQueueKept, ///< the same, but messages remain although clearing was asked
    SeenIdle,            ///< nothing runs, and nothing proves that the stop did it
    SeenNeverRan,        ///< nothing ran before either, and the record exists
    SeenNoRecord,        ///< nothing ran before either, and there is no such record
    SeenNextMessage,     ///< a waiting message has started
    SeenSubTasks,        ///< it stopped, and sub-tasks of it run on
    AlreadyGone,         ///< the service has no such message any more
    TimeUpRunning,       ///< 30 s passed, and it was last read as running
    TimeUpUnread,        ///< 30 s passed, and no read has settled it
};

/// Every way from one state of a stop to the next; nothing for an event that changes nothing there.
std::optional<StopState> nextState(StopState state, StopEvent event);

/// What a failed request means.
StopEvent eventOf(const Failure &failure, Command command);
