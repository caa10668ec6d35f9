#pragma once

#include "app/types/failure.h"
#include "app/types/runstate.h"

#include <QDateTime>

enum class ClearQueue { No, Yes };

/// States and outcomes of one stop (product.md, "Words for states"). Only `Stop` changes them, by its table.
enum class StopState {
    InLine,
    Sending,
    Accepted, ///< 2xx: checking, proves nothing yet
    Stopped,
    StoppedQueueKept,
    NoLongerRunning,
    WasNotRunning,
    NotKnown,
    NextStarted,
    StillRunning,
    Refused,
    NotSent,
    Unconfirmed,
};

/// Whether reads of the service may still change the state.
bool isOpen(StopState state);

/// Whether the answer or its first checks are still awaited: meanwhile nobody needs to decide a second time.
bool isUndecided(StopState state);

/// Where the person asked for the stop, and so which controls an error of it belongs to.
enum class AskedFrom { Window, StopById };

/// What a stop is aimed at, frozen when the question was asked.
struct StopTarget {
    AgentId agent;
    ConversationId conversation;
    QString title;
    QString agentName;
    Person person;
    bool isSubTask = false;
    std::optional<bool> ranBefore;  ///< from the question's run-state, else from the list; unset when neither was read
    std::optional<RunState> before; ///< the question's run-state, where it was read
    AskedFrom askedFrom = AskedFrom::Window;
    ConnectionId connection; ///< through which it was shown, and so the only one through which it may be stopped

    bool operator==(const StopTarget &) const = default;
};

/// The read that a state of a stop is known by.
struct Evidence {
    QDateTime readAt;   ///< UTC
    Duration after{0};  ///< since the service's answer
    bool running = false;
    int waiting = 0;
    bool readFailed = false;

    bool operator==(const Evidence &) const = default;
};

/// One stop as it stands now: what the Stops panel shows a row of.
struct StopReport {
    qint64 id = 0; ///< unique in this run
    StopTarget target;
    ClearQueue clearQueue = ClearQueue::No;
    QString reason;
    StopState state = StopState::InLine;
    QDateTime askedAt;  ///< UTC
    QDateTime since;    ///< when the state was entered, UTC
    RequestId request;
    int status = 0;     ///< HTTP status of the answer, 0 without one
    std::optional<Failure> failure;   ///< why it was refused, not sent or is unconfirmed
    std::optional<Evidence> evidence; ///< the last read

    bool operator==(const StopReport &) const = default;
};
