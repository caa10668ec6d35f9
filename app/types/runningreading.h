#pragma once

#include "app/types/ids.h"

/// How far the reading of all that runs of an agent has come.
struct RunningReading {
    enum class State { None, Reading, Done, Failed };

    State state = State::None;
    AgentId agent;
    int read = 0; ///< conversations, in this pass
    int total = 0; ///< as the service counts; 0 before its first answer
    int pass = 1;
    bool disturbed = false; ///< Done: the list changed during each pass, so that some may be missing

    bool operator==(const RunningReading &) const = default;
};
