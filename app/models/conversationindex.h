#pragma once

#include "app/types/conversation.h"

#include <QHash>
#include <QSet>

struct ConversationRow;

/// Which rows of a long list are worth a look at every turn, so that nobody walks over all: those that live or that
/// we stopped, those that are gone, and the sub-tasks of each conversation. Told of every row that comes, changes or
/// goes.
class ConversationIndex {
public:
    void take(const ConversationRow &row);
    void forget(const ConversationRow &row);

    /// Rows that are live by any word of theirs, or have a stop of ours.
    const QSet<ConversationId> &watched() const { return m_watched; }
    const QSet<ConversationId> &gone() const { return m_gone; } ///< "No longer listed"
    QSet<ConversationId> subTasksOf(const ConversationId &parent) const { return m_subTasks.value(parent); }

private:
    QSet<ConversationId> m_watched;
    QSet<ConversationId> m_gone;
    QHash<ConversationId, QSet<ConversationId>> m_subTasks;
};
