#pragma once

#include "app/models/agentlistmodel.h"
#include "app/models/conversationlistmodel.h"
#include "app/types/ending.h"
#include "app/types/stopability.h"

/// What the Details panel shows: the chosen conversation as far as it was read.
struct Details {
    ConversationRow row;
    std::optional<RunState> runState;
    std::optional<Record> record;
    QString agentName;
    QString parentTitle;              ///< of a sub-task's conversation; empty when that is not listed
    QList<ConversationRow> subTasks;  ///< listed ones, and those that the last stop saw running on
    Stopability stopability = Stopability::NothingChosen;
    bool isStale = false;             ///< the row is as of when it was read, not as of now
    bool isLocked = false;            ///< nothing can be decided before somebody has pressed (`Circumstances`)

    bool operator==(const Details &) const = default;
};

/// How it ended, where it has.
Ending endingOf(const Details &details);

/// Those of them that are not known to have ended.
QList<ConversationRow> runningSubTasks(const Details &details);

/// What the lists know of the conversation; nothing when it is not in them. What our stop of it has proven is filled in.
std::optional<Details> detailsOf(const ConversationId &chosen, const ConversationListModel &conversations,
                                 const AgentListModel &agents, Circumstances circumstances);
