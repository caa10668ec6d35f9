#include "app/stopping/stoptable.h"

#include <algorithm>
#include <array>

namespace {

struct Way {
    StopState from;
    StopEvent event;
    StopState to;
};

using S = StopState;
using E = StopEvent;

constexpr std::array ways{
    Way{S::InLine, E::Leaves, S::Sending},
    Way{S::InLine, E::Cancelled, S::NotSent},
    Way{S::InLine, E::NeverLeft, S::NotSent},

    Way{S::Sending, E::NeverLeft, S::NotSent},
    Way{S::Sending, E::Accepted, S::Accepted},
    Way{S::Sending, E::Refused, S::Refused},
    Way{S::Sending, E::AnswerLost, S::Unconfirmed},
    Way{S::Sending, E::AlreadyGone, S::WasNotRunning},

    Way{S::Accepted, E::SeenStopped, S::Stopped},
    Way{S::Accepted, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Way{S::Accepted, E::SeenIdle, S::NoLongerRunning},
    Way{S::Accepted, E::SeenNeverRan, S::WasNotRunning},
    Way{S::Accepted, E::SeenNoRecord, S::NotKnown},
    Way{S::Accepted, E::SeenNextMessage, S::NextStarted},
    Way{S::Accepted, E::TimeUpRunning, S::StillRunning},
    Way{S::Accepted, E::TimeUpUnread, S::Unconfirmed},

    Way{S::Unconfirmed, E::SeenStopped, S::Stopped},
    Way{S::Unconfirmed, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Way{S::Unconfirmed, E::SeenIdle, S::NoLongerRunning},
    Way{S::Unconfirmed, E::SeenNeverRan, S::WasNotRunning},
    Way{S::Unconfirmed, E::SeenNoRecord, S::NotKnown},
    Way{S::Unconfirmed, E::SeenNextMessage, S::NextStarted},
    Way{S::Unconfirmed, E::TimeUpRunning, S::StillRunning},

    Way{S::StillRunning, E::SeenStopped, S::Stopped},
    Way{S::StillRunning, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Way{S::StillRunning, E::SeenIdle, S::NoLongerRunning},
    Way{S::StillRunning, E::SeenNeverRan, S::WasNotRunning},
    Way{S::StillRunning, E::SeenNoRecord, S::NotKnown},
    Way{S::StillRunning, E::SeenNextMessage, S::NextStarted},

    // The first read that says "idle" may lie between two messages, and a queue may be cleared a moment later.
    Way{S::Stopped, E::SeenNextMessage, S::NextStarted},
    Way{S::StoppedQueueKept, E::SeenStopped, S::Stopped},
    Way{S::StoppedQueueKept, E::SeenNextMessage, S::NextStarted},
    Way{S::NoLongerRunning, E::SeenNextMessage, S::NextStarted},

    Way{S::Stopped, E::SeenSubTasks, S::SubTasksStillRunning},
    Way{S::StoppedQueueKept, E::SeenSubTasks, S::SubTasksStillRunning},
    Way{S::NoLongerRunning, E::SeenSubTasks, S::SubTasksStillRunning},
    Way{S::SubTasksStillRunning, E::SeenStopped, S::Stopped},
    Way{S::SubTasksStillRunning, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Way{S::SubTasksStillRunning, E::SeenIdle, S::NoLongerRunning},
    Way{S::SubTasksStillRunning, E::SeenNextMessage, S::NextStarted},
};

}

std::optional<StopState> nextState(StopState state, StopEvent event)
{
    const auto way = std::ranges::find_if(ways, [=](const Way &w) { return w.from == state && w.event == event; });
    return way == ways.cend() ? std::nullopt : std::optional(way->to);
}

StopEvent eventOf(const Failure &failure, Command command)
{
    if (failure.reached == Reached::NeverLeft)
        return StopEvent::NeverLeft;
    if (command == Command::DiscardMessage && failure.kind == FailureKind::NotFound)
        return StopEvent::AlreadyGone;
    const bool refused = failure.reached == Reached::Answered && failure.status >= 300 && failure.status < 500
        && failure.status != 408;
    return refused ? StopEvent::Refused : StopEvent::AnswerLost;
}
