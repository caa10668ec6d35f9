#include "app/types/problem.h"

#include <algorithm>

namespace {

Subject subjectOf(const StopTarget &target)
{
    switch (target.command) {
    case Command::StopConversation:
    case Command::StopSubTask:
        return target.askedFrom == AskedFrom::StopById ? Subject::StopById : Subject::Stop;
    case Command::EmptyQueue:
    case Command::DiscardMessage:
        return Subject::Queue;
    }
    return Subject::Stop;
}

}

bool isOfStop(Subject subject)
{
    return subject == Subject::Stop || subject == Subject::StopById;
}

bool isOfCommand(Subject subject)
{
    return isOfStop(subject) || subject == Subject::Queue;
}

bool Problem::isFollowed() const
{
    return !affected.isEmpty()
        && std::ranges::none_of(affected, [](const Affected &each) { return each.since.isEmpty(); });
}

QDateTime Problem::settledAt() const
{
    QDateTime last;
    for (const Affected &each : affected) {
        if (!each.endedAt.isValid())
            return {};
        last = qMax(last, each.endedAt);
    }
    return last;
}

Occasion occasionOf(const StopTarget &target)
{
    const QString about = target.title.isEmpty() ? target.conversation.value : target.title;
    return {subjectOf(target), about, target.connection, target.conversation, false, target.message.id};
}
