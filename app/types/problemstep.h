#pragma once

#include "app/types/problem.h"

/// What a person can do about a problem, with a button of its own. The words are in app/words.
enum class ProblemStep {
    None,
    ShowField,      ///< the control that the error belongs to
    NewKey,
    EditConnection,
    Wait,           ///< until the service answers again; nothing can be done before
    CheckAgain,     ///< reads the lists again
    OpenDetails,    ///< of the conversation that it happened to
    StopById,       ///< with ids typed by hand
    Remove,         ///< of the entry: it is over, and there is nothing to look at
};

/// The step that fits best at `now` (UTC).
ProblemStep stepOf(const Problem &problem, const QDateTime &now);

/// How long it is until the service answers again, by what it said. 0: now, or it said nothing.
Duration waitOf(const Problem &problem, const QDateTime &now);
