#pragma once

#include "app/gateway/sendforecast.h"
#include "app/models/conversationlistmodel.h"
#include "app/stopping/stopservice.h"
#include "app/types/ticker.h"

#include <functional>

/// What a question asks of the connection that it is about, and of this run. All of it outlives the question.
struct QuestionContext {
    const ConversationListModel &conversations;
    StopService &stops;
    Ticker &ticker;
    Clock &clock;
    std::function<void(const StopTarget &target, QObject *asker, Answer<RunState> answer)> readRunState;
    /// How long so many stops would take from now on; nothing where there is no service.
    std::function<std::optional<SendForecast>(int stops, int readAlone)> whenSent;
    std::function<void()> prewarm; ///< a decision may come soon
    std::function<bool()> isStale; ///< what the list says is as of when it was read
    std::function<bool()> isArmed; ///< something can be decided: not since the desktop was locked
};
