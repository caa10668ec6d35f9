#include "app/types/stop.h"

#include <algorithm>

namespace {

bool waits(const RunState &read, const QueuedMessage &message)
{
    return read.queue.size() < read.queueDepth || std::ranges::any_of(read.queue, [&message](const QueuedMessage &each) {
        return each.id == message.id;
    });
}

/// Messages that came after the question are none of its business.
bool queueWaits(const StopTarget &target, const RunState &read)
{
    if (!target.before || target.before->queue.isEmpty())
        return read.waiting() > 0;
    return std::ranges::any_of(target.before->queue,
                               [&read](const QueuedMessage &message) { return waits(read, message); });
}

}

bool isOpen(StopState state)
{
    switch (state) {
    case StopState::InLine:
    case StopState::Sending:
    case StopState::Accepted:
    case StopState::StillRunning:
    case StopState::SubTasksStillRunning:
    case StopState::Unconfirmed:
        return true;
    case StopState::Stopped:
    case StopState::StoppedQueueKept:
    case StopState::NoLongerRunning:
    case StopState::WasNotRunning:
    case StopState::NotKnown:
    case StopState::NextStarted:
    case StopState::Refused:
    case StopState::NotSent:
        return false;
    }
    return false;
}

bool isUndecided(StopState state)
{
    return state == StopState::InLine || state == StopState::Sending || state == StopState::Accepted;
}

bool hasStopped(StopState state)
{
    return state == StopState::Stopped || state == StopState::StoppedQueueKept || state == StopState::NoLongerRunning
        || state == StopState::SubTasksStillRunning;
}

bool isKnownByReading(StopState state)
{
    return hasStopped(state) || state == StopState::WasNotRunning || state == StopState::NotKnown
        || state == StopState::NextStarted || state == StopState::StillRunning;
}

std::optional<int> waitedBefore(const StopTarget &target)
{
    if (target.before)
        return target.before->waiting();
    return target.waitingBefore > 0 ? std::optional(target.waitingBefore) : std::nullopt;
}

bool isStillThere(const StopTarget &target, const RunState &read)
{
    switch (target.command) {
    case Command::StopConversation:
    case Command::StopSubTask:
        return read.isActive();
    case Command::EmptyQueue:
        return queueWaits(target, read);
    case Command::DiscardMessage:
        return waits(read, target.message);
    }
    return true;
}

bool isSameDecision(const StopTarget &one, const StopTarget &other)
{
    return one.connection == other.connection && one.conversation == other.conversation
        && one.command == other.command && one.message.id == other.message.id;
}

bool isOpen(const StopReport &report)
{
    return isOpen(report.state) && !report.dismissed;
}

bool hasEnded(const StopReport &report)
{
    const bool isOver = report.state == StopState::Stopped || report.state == StopState::NoLongerRunning
        || report.state == StopState::WasNotRunning;
    return isOver && !report.startedAgain;
}
