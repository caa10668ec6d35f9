#pragma once

#include "app/types/ids.h"

#include <QDateTime>

#include <optional>

/// State of a row, from the words of the service (product.md, "Words for states").
enum class RowState {
    NotRead,
    NotStarted,
    Running,
    WaitingForPerson,
    Completed,
    Failed,
    StoppedByPerson,
    EndedByService,
    Ended,
    Unknown, ///< a word we do not know, shown as it is
    NoLongerListed,
};

/// What is known of a person. Any part may be missing.
struct Person {
    QString id;
    QString email;
    QString name;

    bool operator==(const Person &) const = default;
};

/// One row of a conversation list. A set `parent` makes it delegated work (a sub-task), not a conversation.
struct Conversation {
    ConversationId id;
    AgentId agent;
    ConversationId parent;
    QString title;
    QString stateWord; ///< `status` as the wire has it
    RowState state = RowState::NotRead;
    QString source;
    Person person;
    QDateTime createdAt; ///< of the first turn: never the start of what runs now
    QDateTime updatedAt;

    bool isSubTask() const { return !parent.isEmpty(); }
    bool operator==(const Conversation &) const = default;
};

/// What a list said of a conversation, apart from every other source.
struct Listing {
    RowState state = RowState::NotRead;
    QString word; ///< as the wire has it
    QDateTime readAt; ///< UTC; invalid while no list has told

    bool operator==(const Listing &) const = default;
};

/// The full record, as far as the console reads it. What the contract marks sensitive never gets in here.
struct Record {
    ConversationId id;
    AgentId agent;
    ConversationId parent;
    QString title;
    QString stateWord;
    RowState state = RowState::NotRead;
    QString source;
    Person person;
    QDateTime startedAt; ///< start of the current turn
    QDateTime finishedAt;
    bool usedMutatingTools = false;

    bool operator==(const Record &) const = default;
};

/// The state that a word of the service stands for. `manuallyStopped` is only known from a full record.
RowState rowStateOf(const QString &word, std::optional<bool> manuallyStopped = std::nullopt);

/// A list and a run-state say `stopped` without saying by whom; what a full record said before of the same word holds.
RowState finerState(RowState before, const QString &wordBefore, RowState said, const QString &word);

/// Whether something runs, waits or may start: what the console watches.
bool isLive(RowState state);

/// Whether the service said that the turn is over.
bool hasEnded(RowState state);

/// Which conversations are listed.
enum class StateFilter { Live, Running, NotStarted, WaitingForPerson, All, JustStopped };
