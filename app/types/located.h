#pragma once

#include "app/types/stop.h"

/// Ids typed by hand, as a target, and what a person should know of them before going on.
struct Located {
    StopTarget target;   ///< of the agent that was typed, if one was; a sub-task is stopped by its own id alone
    QString parentTitle; ///< of the conversation that a sub-task belongs to, where the list has it
    AgentId belongsTo;   ///< the agent that list or record names, where another one was typed; else empty
    QString belongsToName;

    bool operator==(const Located &) const = default;
};
