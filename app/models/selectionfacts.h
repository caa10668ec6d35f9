#pragma once

#include "app/models/conversationlistmodel.h"
#include "app/types/manytargets.h"
#include "app/types/stopability.h"

/// Several conversations that are chosen together, before the click. Of many, only those are stopped that may run: what
/// was read as ended is "not running" however old that read is, as is a row that is gone. Sub-tasks have a route of
/// their own and are left out. Agents, persons, time and messages are told of those that can be stopped.
struct SelectionFacts {
    int chosen = 0;
    QList<ConversationId> stoppable{}; ///< in the order chosen
    int notRunning = 0;
    int underWay = 0; ///< a stop of ours is undecided
    int subTasks = 0;
    int withoutAgent = 0;
    Stopability stopability = Stopability::NothingChosen; ///< of all of them together
    QList<AgentShare> agents{}; ///< largest first
    QList<AgentShare> persons{}; ///< largest first
    ConversationId longest{}; ///< of those that run; empty when none is known to
    std::optional<QDateTime> longestSince{};
    bool longestOnlySeen = false; ///< its start was not read
    WaitingSum waiting{};

    bool operator==(const SelectionFacts &) const = default;
};

/// What the list knows of them now. Ids that are not in it count as not running.
SelectionFacts factsOf(const QList<ConversationId> &chosen, const ConversationListModel &conversations,
                       const Circumstances &circumstances);
