#pragma once

#include "app/types/connection.h"
#include "app/types/stop.h"

/// What a question says, for one target or for several of one kind.
struct QuestionWords {
    QString title; ///< "Stop conversation?", also its name for screen readers
    QString headline; ///< the thing itself: a title, a message's text, or "Stop 3 sub-tasks?"
    QString keep; ///< the button that changes nothing
    QString go; ///< the red button: "Stop 12 conversations in PRODUCTION"
    QString consequence; ///< the line above the buttons
    QString number; ///< caption where the number must be typed
    QString withoutRecord; ///< the tick for when the journal does not work
    QString stillPossible; ///< what a failed read does not keep anybody from
    QString gone; ///< why nothing can be done once it is read as gone; empty: it can be done all the same
};

/// For the one target, or for `count` of which it is the first.
QuestionWords questionWords(const StopTarget &target, int count, const Connection &connection);

/// Whether the number must be typed: for more than ten, for more than one in production, for all of an agent.
bool needsNumber(int count, bool allOfAnAgent, const Connection &connection);
