#pragma once

#include "app/types/conversation.h"
#include "app/types/failure.h"

/// Why a conversation can or cannot be stopped now.
enum class Stopability { Can, NothingChosen, ReadOnly, StopOpen, Ended, NoAgent, NoKey, Locked };

/// What decides it besides the conversation itself.
struct Circumstances {
    bool readOnly = false;
    bool keyKnown = true;
    bool stopOpen = false;  ///< one of ours for this conversation is in line, sending or being checked
    bool provenOver = false; ///< our stop has ended it, and no newer read says that it runs
    bool isLocked = false;  ///< the desktop was, and nobody has pressed since
};

/// What has ended has ended, whatever the age of what was read: to send a stop all the same is a step of its own.
Stopability stopability(const Conversation &conversation, const Circumstances &circumstances);
