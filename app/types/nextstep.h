#pragma once

#include "app/types/stop.h"

/// What a person can do about a stop, each with a button of its own. The words are in app/words.
enum class NextStep {
    Cancel, ///< take it out of line
    CheckNow,
    StopAgain,         ///< a new decision, through the question
    StopAgainAndClear, ///< the same, with the queue ticked
    StopSubTasks,
    ClearTheQueue,
    CopyNote, ///< for the engineers
    Dismiss,
    ReadAgain,      ///< of what has ended
    StopAllTheSame, ///< a new decision about what has ended, through the question
};

/// Of a conversation that has ended, by our stop or without one.
QList<NextStep> stepsOfEnded();

/// The steps that fit, the most useful first. `canClearQueueAlone`: as in `Connection`.
QList<NextStep> nextSteps(const StopReport &report, bool canClearQueueAlone);
