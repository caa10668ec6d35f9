#include "app/stopping/stoptable.h"

#include <algorithm>
#include <array>

namespace {

struct Transition {
    StopState from;
    StopEvent event;
    StopState to;
};

using S = StopState;
using E = StopEvent;

constexpr std::array transitions{
    Transition{S::InLine, E::Leaves, S::Sending},
    Transition{S::InLine, E::Cancelled, S::NotSent},
    Transition{S::InLine, E::NeverLeft, S::NotSent},

    Transition{S::Sending, E::NeverLeft, S::NotSent},
    Transition{S::Sending, E::Accepted, S::Accepted},
    Transition{S::Sending, E::Refused, S::Refused},
    Transition{S::Sending, E::AnswerLost, S::Unconfirmed},
    Transition{S::Sending, E::AlreadyGone, S::WasNotRunning},

    Transition{S::Accepted, E::SeenStopped, S::Stopped},
    Transition{S::Accepted, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Transition{S::Accepted, E::SeenIdle, S::NoLongerRunning},
    Transition{S::Accepted, E::SeenNeverRan, S::WasNotRunning},
    Transition{S::Accepted, E::SeenNoRecord, S::NotKnown},
    Transition{S::Accepted, E::SeenNextMessage, S::NextStarted},
    Transition{S::Accepted, E::TimeUpRunning, S::StillRunning},
    Transition{S::Accepted, E::TimeUpUnread, S::Unconfirmed},

    Transition{S::Unconfirmed, E::SeenStopped, S::Stopped},
    Transition{S::Unconfirmed, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Transition{S::Unconfirmed, E::SeenIdle, S::NoLongerRunning},
    Transition{S::Unconfirmed, E::SeenNeverRan, S::WasNotRunning},
    Transition{S::Unconfirmed, E::SeenNoRecord, S::NotKnown},
    Transition{S::Unconfirmed, E::SeenNextMessage, S::NextStarted},
    Transition{S::Unconfirmed, E::TimeUpRunning, S::StillRunning},

    Transition{S::StillRunning, E::SeenStopped, S::Stopped},
    Transition{S::StillRunning, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Transition{S::StillRunning, E::SeenIdle, S::NoLongerRunning},
    Transition{S::StillRunning, E::SeenNeverRan, S::WasNotRunning},
    Transition{S::StillRunning, E::SeenNoRecord, S::NotKnown},
    Transition{S::StillRunning, E::SeenNextMessage, S::NextStarted},

    // That a message is gone from the queue may be somebody else's doing, while our turn runs on.
    Transition{S::NextStarted, E::SeenStopped, S::Stopped},
    Transition{S::NextStarted, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Transition{S::NextStarted, E::SeenIdle, S::NoLongerRunning},

    // The first read that says "idle" may lie between two messages, and a queue may be cleared a moment later.
    Transition{S::Stopped, E::SeenNextMessage, S::NextStarted},
    Transition{S::StoppedQueueKept, E::SeenStopped, S::Stopped},
    Transition{S::StoppedQueueKept, E::SeenNextMessage, S::NextStarted},
    Transition{S::NoLongerRunning, E::SeenNextMessage, S::NextStarted},

    Transition{S::Stopped, E::SeenSubTasks, S::SubTasksStillRunning},
    Transition{S::StoppedQueueKept, E::SeenSubTasks, S::SubTasksStillRunning},
    Transition{S::NoLongerRunning, E::SeenSubTasks, S::SubTasksStillRunning},
    Transition{S::SubTasksStillRunning, E::SeenStopped, S::Stopped},
    Transition{S::SubTasksStillRunning, E::SeenStoppedQueueKept, S::StoppedQueueKept},
    Transition{S::SubTasksStillRunning, E::SeenIdle, S::NoLongerRunning},
    Transition{S::SubTasksStillRunning, E::SeenNextMessage, S::NextStarted},
};

}

std::optional<StopState> nextState(StopState state, StopEvent event)
{
    const auto found =
        std::ranges::find_if(transitions, [=](const Transition &each) { return each.from == state && each.event == event; });
    return found == transitions.cend() ? std::nullopt : std::optional(found->to);
}

StopEvent eventOf(const Failure &failure, Command command)
{
    if (failure.reached == Reached::NeverLeft)
        return StopEvent::NeverLeft;
    if (command == Command::DiscardMessage && failure.kind == FailureKind::NotFound)
        return StopEvent::AlreadyGone;
    const bool refused = failure.reached == Reached::Answered && refusesCommand(failure.status);
    return refused ? StopEvent::Refused : StopEvent::AnswerLost;
}
