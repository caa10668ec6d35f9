#pragma once

#include "app/types/conversation.h"
#include "app/types/failure.h"

/// Why a conversation can or cannot be stopped now.
enum class Stopability { Can, NothingChosen, ReadOnly, StopOpen, Ended, NoAgent, NoKey };

/// What decides it besides the conversation itself.
struct Circumstances {
    bool readOnly = false;
    bool keyKnown = true;
    bool stopOpen = false;  ///< one of ours for this conversation is in line, sending or being checked
    Duration dataAge{0};
};

/// Old data must not keep anybody from stopping: what was read as ended longer than 15 s ago can be stopped.
Stopability stopability(const Conversation &conversation, const Circumstances &circumstances);
