#pragma once

#include "app/types/failure.h"
#include "app/types/ids.h"

#include <optional>

/// How far the search through older pages has come.
struct OlderSearch {
    enum class State { None, Reading, Done, Cancelled, Failed };

    State state = State::None;
    int looked = 0;                 ///< conversations, of all that were read
    int total = 0;
    int requests = 0;               ///< asked for the search
    std::optional<Duration> left;   ///< until its end, as far as the pace and the limits tell

    bool operator==(const OlderSearch &) const = default;
};

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
