#pragma once

#include "app/types/stop.h"

#include <QDateTime>

/// What a failed ask was about: decides where its problem leads and what it says about stopping.
enum class Subject { Stop, StopById, Queue, Agents, Conversations, RunState, Record, ConnectionTest, Connection, Keychain, Journal };

// g++ 12 takes the enumerators of a scoped enum for declarations that shadow the types of the same names
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
/// A control that an error can belong to.
enum class Field {
    None,
    ClearQueue,
    Agents,         ///< the table of agents
    Conversations,  ///< the table of conversations
    AgentId,        ///< of Stop by id
    ConversationId, ///< of Stop by id
    ConnectionName,
    Address,
    PlainHttp,
    Key,
    MayStop, ///< whether a connection may stop conversations
    Routes,
    Authority,
    Limits,
    Number, ///< of the question about several
};
#pragma GCC diagnostic pop

/// The first column of the Problems panel.
enum class Effect { NothingStopped, MayHaveStopped, NoStopInvolved };

bool isOfStop(Subject subject);
bool isOfCommand(Subject subject); ///< of a stop, or of what else a person can decide

/// What was asked when it failed, and about what, as far as it is known.
struct Occasion {
    Subject subject = Subject::Stop;
    QString about; ///< title of the conversation, or name of the connection
    ConnectionId connection{};
    ConversationId conversation{};
    bool ofMany = false; ///< of a decision about several, whose sum is shown elsewhere
    MessageId message{}; ///< that waits, where it is about one

    bool operator==(const Occasion &) const = default;
};

/// That of a stop, or of what else a person can decide.
Occasion occasionOf(const StopTarget &target);

/// One entry of the Problems panel: one failure, or one error of a 422, with everything that it happened to.
struct Problem {
    /// What it happened to, and what became of that.
    struct Affected {
        QString name; ///< as in `Occasion`
        ConnectionId connection{};
        ConversationId conversation{};
        QString since{}; ///< what its stop came to later, in words: "Stopped 12:04:31"; empty before
        QDateTime endedAt{}; ///< UTC; from then on nothing of it is left to do; invalid while there is
        MessageId message{};

        bool operator==(const Affected &) const = default;
    };

    Effect effect = Effect::NoStopInvolved;
    Subject subject = Subject::Stop;
    Failure failure;
    FieldError error;         ///< the one error of a 422 or local check; empty place and message without one
    Field field = Field::None;
    QString fieldGone;        ///< why its control cannot be led to, in words; empty while nobody tried in vain
    QList<Affected> affected; ///< newest first; never empty in a model
    QDateTime at;             ///< UTC, the last time
    int count = 1;            ///< how often it happened

    Affected latest() const { return affected.value(0); }
    bool isFollowed() const; ///< of all that it happened to it is known what became of it
    bool isSettled() const { return settledAt().isValid(); } ///< all of it has ended: nothing is left to do
    QDateTime settledAt() const; ///< UTC, when the last of it ended; invalid while something is left to do
    bool operator==(const Problem &) const = default;
};
