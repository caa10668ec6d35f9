#pragma once

#include "app/types/conversation.h"

#include <QList>

/// A message that waits behind the running turn. Any part may be missing.
struct QueuedMessage {
    MessageId id;
    QString text;
    Person person;
    QDateTime waitingSince;

    bool operator==(const QueuedMessage &) const = default;
};

/// The live state of one conversation at one moment.
struct RunState {
    ConversationId conversation;
    bool isRunning = false;
    int queueDepth = 0;          ///< may be larger than the list of messages
    QList<QueuedMessage> queue;
    ConversationId activeChild;  ///< the sub-task at work, empty without one
    QString stateWord;           ///< `execution_status`, may be empty
    QDateTime readAt;            ///< when the answer arrived (UTC)

    /// How many messages wait, whichever of the two the service filled in.
    int waiting() const { return qMax(queueDepth, int(queue.size())); }
    /// Whether a turn runs, is about to, or waits for a person. An `execution_status` that still says "executing" does
    /// not count: it comes from another store and lags behind (contract, "Unknown" 5).
    bool isActive() const
    {
        const RowState state = rowStateOf(stateWord);
        return isRunning || state == RowState::NotStarted || state == RowState::WaitingForPerson;
    }
    bool operator==(const RunState &) const = default;
};

/// What a record says of a sub-task, which has no run-state of its own: it runs until the record says that it ended.
RunState runStateOf(const Record &record, const QDateTime &readAt);
