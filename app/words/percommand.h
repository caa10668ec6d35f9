#pragma once

#include "app/types/stop.h"

#include <array>

/// One text for each `Command`, in its order, untranslated. A missing one is as a conversation's.
using PerCommand = std::array<const char *, size_t(Command::DiscardMessage) + 1>;

inline const char *textFor(Command command, const PerCommand &texts)
{
    const char *own = texts[size_t(command)];
    return own ? own : texts.front();
}

/// Whether a table has one row for each state, in the order of `StopState`.
template <class Row, size_t count> constexpr bool inOrderOfStates(const Row (&table)[count])
{
    for (size_t i = 0; i < count; ++i) {
        if (size_t(table[i].state) != i)
            return false;
    }
    return count == size_t(StopState::Unconfirmed) + 1;
}
