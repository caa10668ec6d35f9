#include "app/types/ending.h"

StopTarget targetOf(const Ending &ending)
{
    const Conversation &conversation = ending.conversation;
    StopTarget target;
    target.agent = conversation.agent;
    target.conversation = conversation.id;
    target.title = conversation.title;
    target.agentName = ending.agentName;
    target.person = conversation.person;
    target.parent = conversation.parent;
    target.command = conversation.isSubTask() ? Command::StopSubTask : Command::StopConversation;
    return target;
}
