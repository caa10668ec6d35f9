#include "app/types/problem.h"

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

Occasion occasionOf(const StopTarget &target)
{
    const QString about = target.title.isEmpty() ? target.conversation.value : target.title;
    return {subjectOf(target), about, target.connection, target.conversation};
}
