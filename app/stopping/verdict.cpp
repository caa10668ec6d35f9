#include "app/stopping/verdict.h"

#include <algorithm>

namespace {

bool isAccepted(const StopReport &report)
{
    return report.status >= 200 && report.status < 300 && !report.failure;
}

bool ofConversation(const StopReport &report)
{
    return report.target.command == Command::StopConversation;
}

/// Whether a message that waited when the question was asked is gone from a queue that was not to be cleared.
bool messageHasStarted(const StopReport &report, const RunState &read)
{
    if (report.clearQueue == ClearQueue::Yes || !report.target.before || read.queue.size() < read.queueDepth)
        return false;
    return std::ranges::any_of(report.target.before->queue, [&read](const QueuedMessage &waited) {
        return !waited.id.isEmpty() && std::ranges::none_of(read.queue, [&waited](const QueuedMessage &message) {
            return message.id == waited.id;
        });
    });
}

std::optional<StopEvent> whenTimeIsUp(const Facts &facts, StopEvent event)
{
    return facts.readAfter >= timeUp ? std::optional(event) : std::nullopt;
}

/// It runs, is about to or waits for a person.
std::optional<StopEvent> verdictOfLive(const StopReport &report, const Facts &facts)
{
    const bool isItself = facts.newest == Facts::Newest::Itself;
    if (facts.stoppedFor) {
        const bool isNext = isItself && facts.waitedWhenIdle && *facts.stoppedFor <= followUp;
        return isNext ? std::optional(StopEvent::SeenNextMessage) : std::nullopt;
    }
    if (isItself && ofConversation(report) && (facts.idleBefore || messageHasStarted(report, *facts.itself)))
        return StopEvent::SeenNextMessage;
    return whenTimeIsUp(facts, StopEvent::TimeUpRunning);
}

/// "Not running" is also what a service may say of what it has never heard of (contract, "Unknown" 3): only a record
/// tells the two apart.
std::optional<StopEvent> verdictOfWhatNeverRan(const StopReport &report, const Facts &facts)
{
    if (!ofConversation(report) || facts.record == Facts::RecordFate::Found)
        return StopEvent::SeenNeverRan;
    if (facts.record == Facts::RecordFate::Missing)
        return StopEvent::SeenNoRecord;
    return whenTimeIsUp(facts, StopEvent::TimeUpUnread);
}

/// Nothing runs any more, by its own run state or record.
std::optional<StopEvent> verdictOfIdle(const StopReport &report, const Facts &facts, bool messagesWait)
{
    if (report.target.ranBefore == false)
        return verdictOfWhatNeverRan(report, facts);
    if (!isAccepted(report) || !report.target.ranBefore)
        return StopEvent::SeenIdle;
    const bool isKept = ofConversation(report) && report.clearQueue == ClearQueue::Yes && messagesWait;
    return isKept ? StopEvent::SeenStoppedQueueKept : StopEvent::SeenStopped;
}

/// It has stopped, and its sub-tasks decide, whatever it does since.
std::optional<StopEvent> verdictOfSubTasks(const StopReport &report, const Facts &facts)
{
    const bool haveEnded = facts.stoppedFor && facts.subTasks && facts.subTasks->isEmpty();
    return haveEnded ? verdictOfIdle(report, facts, facts.waitedWhenIdle) : std::nullopt;
}

/// It is on none of the live lists.
std::optional<StopEvent> verdictOfAbsent(const StopReport &report, const Facts &facts)
{
    const bool isProven = canListsProve(report, facts) && facts.absentSince
        && facts.absentUntil - *facts.absentSince >= betweenAbsences;
    return isProven ? std::optional(StopEvent::SeenStopped) : std::nullopt;
}

}

bool canListsProve(const StopReport &report, const Facts &facts)
{
    const StopTarget &target = report.target;
    const bool hasQueue = target.waitingBefore > 0 || (target.before && target.before->waiting() > 0)
        || (facts.itself && facts.itself->waiting() > 0);
    return isAccepted(report) && ofConversation(report) && report.clearQueue == ClearQueue::No && !hasQueue
        && target.ranBefore == true && facts.wasListed && !facts.changedState;
}

std::optional<StopEvent> verdict(const StopReport &report, const Facts &facts)
{
    const bool isItself = facts.newest == Facts::Newest::Itself;
    if (facts.newest == Facts::Newest::None)
        return std::nullopt;
    if (facts.newest == Facts::Newest::Failed)
        return facts.stoppedFor ? std::nullopt : whenTimeIsUp(facts, StopEvent::TimeUpUnread);
    const bool isLive = isItself ? isStillThere(report.target, *facts.itself) : facts.isListed;
    const std::optional<StopEvent> ofLive = isLive ? verdictOfLive(report, facts) : std::nullopt;
    if (report.state == StopState::SubTasksStillRunning && !ofLive)
        return verdictOfSubTasks(report, facts);
    if (isLive)
        return ofLive;
    if (hasStopped(report.state) && ofConversation(report) && facts.subTasks && !facts.subTasks->isEmpty())
        return StopEvent::SeenSubTasks;
    return isItself ? verdictOfIdle(report, facts, facts.itself->waiting() > 0) : verdictOfAbsent(report, facts);
}
