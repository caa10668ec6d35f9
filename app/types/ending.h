#pragma once

#include "app/types/stop.h"

/// That a conversation or sub-task has ended, by the service's word, and what stop of ours there was since the program
/// started.
struct Ending {
    Conversation conversation; ///< as read
    QString agentName;
    QDateTime finishedAt; ///< UTC; invalid: not told
    QDateTime readAt;     ///< UTC
    std::optional<StopReport> stop; ///< the newest one of it
    bool isByStop = false;          ///< that one ended it, and no other turn was seen since
};

/// What a new stop of it would be aimed at, but for the connection.
StopTarget targetOf(const Ending &ending);
