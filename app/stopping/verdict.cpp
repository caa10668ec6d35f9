#include "app/stopping/verdict.h"

#include <algorithm>

namespace {

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

}

std::optional<StopEvent> verdict(const StopReport &report, const RunState &read, bool idleBefore)
{
    const bool ofConversation = report.target.command == Command::StopConversation;
    if (isStillThere(report.target, read)) {
        if (ofConversation && (idleBefore || messageHasStarted(report, read)))
            return StopEvent::SeenNextMessage;
        return std::nullopt;
    }
    if (report.target.ranBefore == false)
        return StopEvent::SeenNeverRan;
    const bool accepted = report.status >= 200 && report.status < 300 && !report.failure;
    if (!accepted || !report.target.ranBefore)
        return StopEvent::SeenIdle;
    const bool kept = ofConversation && report.clearQueue == ClearQueue::Yes && read.waiting() > 0;
    return kept ? StopEvent::SeenStoppedQueueKept : StopEvent::SeenStopped;
}
