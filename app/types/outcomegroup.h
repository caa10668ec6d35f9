#pragma once

#include "app/types/stop.h"

/// Which outcomes a person looks at together. Each stop belongs to exactly one, so that their counts add up.
enum class OutcomeGroup { Refused, Unconfirmed, StillRunning, NotSent, Stopped, UnderWay };

OutcomeGroup groupOf(const StopReport &report);

/// Whether deciding anew makes sense without anything having been seen since: it was refused or not sent, or nobody
/// knows what became of it.
bool canBeRetried(const StopReport &report);
