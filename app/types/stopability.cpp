#include "app/types/stopability.h"

Stopability stopability(const Conversation &conversation, const Circumstances &circumstances)
{
    if (conversation.id.isEmpty())
        return Stopability::NothingChosen;
    if (circumstances.readOnly)
        return Stopability::ReadOnly;
    if (!circumstances.keyKnown)
        return Stopability::NoKey;
    if (circumstances.stopOpen)
        return Stopability::StopOpen;
    if (conversation.agent.isEmpty() && !conversation.isSubTask()) // a sub-task's route names no agent
        return Stopability::NoAgent;
    if (hasEnded(conversation.state) || circumstances.provenOver)
        return Stopability::Ended;
    return circumstances.isLocked ? Stopability::Locked : Stopability::Can;
}
