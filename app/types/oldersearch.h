#pragma once

#include "app/types/failure.h"

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
