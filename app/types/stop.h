#pragma once

#include "app/types/failure.h"
#include "app/types/runstate.h"

#include <QDateTime>

enum class ClearQueue { No, Yes };

/// What a person can decide. Each has a route, a proof and words of its own, and the states of `StopState`: for the
/// two about the queue, "running" means that the messages still wait.
enum class Command { StopConversation, StopSubTask, EmptyQueue, DiscardMessage };

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
    SubTasksStillRunning,
    Refused,
    NotSent,
    Unconfirmed,
};

/// Whether reads of the service may still change the state.
bool isOpen(StopState state);

/// Whether the answer or its first checks are still awaited: meanwhile nobody needs to decide a second time.
bool isUndecided(StopState state);

/// Whether what was to be stopped has been seen to run no more.
bool hasStopped(StopState state);

/// Where the person asked for the stop, and so which controls an error of it belongs to.
enum class AskedFrom { Window, StopById };

/// What a stop is aimed at, frozen when the question was asked.
struct StopTarget {
    AgentId agent;
    ConversationId conversation;
    QString title;
    QString agentName;
    Person person;
    Command command = Command::StopConversation;
    ConversationId parent;  ///< of a sub-task
    QueuedMessage message;  ///< of DiscardMessage; its text is never written down
    std::optional<bool> ranBefore;  ///< from the question's run-state, else from the list; unset when neither was read
    RowState listedAs = RowState::NotRead; ///< what a list of the service said of it when it was shown
    int waitingBefore = 0;          ///< messages that some read had seen to wait when it was shown
    std::optional<RunState> before; ///< the question's run-state, where it was read
    AskedFrom askedFrom = AskedFrom::Window;
    ConnectionId connection; ///< through which it was shown, and so the only one through which it may be stopped

    bool isSubTask() const { return command == Command::StopSubTask; }
    bool operator==(const StopTarget &) const = default;
};

/// Whether the state is what was read of the service after the answer, or after its loss.
bool isKnownByReading(StopState state);

/// The read that a state of a stop is known by.
struct Evidence {
    enum class Source {
        RunState,
        Record,
        LiveLists, ///< all pages of all live states, read after the answer: running is being listed
    };

    QDateTime readAt;  ///< UTC
    Duration after{0}; ///< since the service's answer
    bool running = false;
    int waiting = 0;
    bool readFailed = false;
    Source source = Source::RunState;
    QDateTime firstAt{}; ///< of live lists that it was absent from: when the reading before `readAt` ended, UTC

    bool operator==(const Evidence &) const = default;
};

/// A mark on what had stopped: it runs again within two minutes.
struct StartedAgain {
    enum class Cause { Unknown, Queue, Source };

    QDateTime at; ///< of the read that said so, UTC
    Cause cause = Cause::Unknown; ///< the likely one: a message waited, or else what starts this conversation
    QString source;               ///< the record's word, for `Cause::Source`

    bool operator==(const StartedAgain &) const = default;
};

/// One stop as it stands now: what the Stops panel shows a row of.
struct StopReport {
    qint64 id = 0;     ///< unique in this run
    qint64 intent = 0; ///< number of its intent in the journal, 0 without one
    BatchId batch;     ///< empty: a decision about this target alone
    int batchSize = 0; ///< of how many targets that decision is; 0 where it is not known
    StopTarget target;
    ClearQueue clearQueue = ClearQueue::No;
    QString reason;
    QString operatorName; ///< who decided: the account that the program ran as
    StopState state = StopState::InLine;
    QDateTime askedAt;    ///< UTC
    QDateTime answeredAt; ///< when the answer came or its loss was noticed, UTC; invalid before
    QDateTime since;      ///< when the state was entered, UTC
    RequestId request;
    int status = 0;     ///< HTTP status of the answer, 0 without one
    std::optional<Failure> failure;   ///< why it was refused, not sent or is unconfirmed
    std::optional<Evidence> evidence; ///< the last read
    QDateTime nextReadAt;             ///< about when it is read again, UTC; invalid where no read is planned
    std::optional<StartedAgain> startedAgain;
    QList<Conversation> subTasks;     ///< those seen to run on after the stop
    bool usedMutatingTools = false;   ///< the record says so: what was done elsewhere stays done
    bool withoutRecord = false;       ///< the person agreed that it may be sent although the journal does not work
    bool dismissed = false;           ///< a person ended the looking up
    bool fromEarlierRun = false;      ///< found open in the journal

    bool operator==(const StopReport &) const = default;
};

/// How many messages waited before the decision, as far as a read had told.
std::optional<int> waitedBefore(const StopTarget &target);

/// Whether what the command is aimed at is still there: it runs or may start, or the messages still wait. A list of
/// messages shorter than the queue proves nothing of those it lacks.
bool isStillThere(const StopTarget &target, const RunState &read);

/// Whether two decisions are the same: of one thing only one may be undecided.
bool isSameDecision(const StopTarget &one, const StopTarget &other);

/// Whether reads go on: the state is open and nobody has dismissed it.
bool isOpen(const StopReport &report);
/// Whether reading has shown that nothing runs any more of what was meant, and nothing of it is left to do.
bool hasEnded(const StopReport &report);

/// Ids typed by hand, as a target, and what a person should know of them before going on.
struct Located {
    StopTarget target;   ///< of the agent that was typed, if one was; a sub-task is stopped by its own id alone
    QString parentTitle; ///< of the conversation that a sub-task belongs to, where the list has it
    AgentId belongsTo;   ///< the agent that list or record names, where another one was typed; else empty
    QString belongsToName;

    bool operator==(const Located &) const = default;
};
