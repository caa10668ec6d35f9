#pragma once

#include "app/stopping/stoptable.h"

/// What a read says about a stop; nothing while what it was aimed at is still there. `idleBefore`: an earlier read of
/// this stop said that nothing runs. `SeenNeverRan` of a conversation is to be believed only once its record was found.
std::optional<StopEvent> verdict(const StopReport &report, const RunState &read, bool idleBefore);
