#pragma once

#include "app/types/failure.h"

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
    Authority,
    Limits,
    Number, ///< of the question about several
};
#pragma GCC diagnostic pop

/// The first column of the Problems panel.
enum class Effect { NothingStopped, MayHaveStopped, NoStopInvolved };

/// One entry of the Problems panel: one failure, or one error of a 422.
struct Problem {
    Effect effect = Effect::NoStopInvolved;
    Subject subject = Subject::Stop;
    Failure failure;
    FieldError error;         ///< the one error of a 422 or local check; empty place and message without one
    Field field = Field::None;
    QString about;            ///< title of the conversation, or name of the connection
    QStringList alsoAbout;    ///< what else it happened to before, newest first
    QDateTime at;             ///< UTC, the last time
    int count = 1;            ///< how often it happened

    bool operator==(const Problem &) const = default;
};
