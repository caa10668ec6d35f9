#pragma once

#include "app/types/conversation.h"

#include <QList>
#include <QSet>

#include <set>
#include <tuple>

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
    QList<ConversationId> subTasksOf(const ConversationId &parent) const;

private:
    QSet<ConversationId> m_watched;
    QSet<ConversationId> m_gone;
    /// Of a parent. One ordered set: a hash of sets would take 1.3 KB for each parent.
    struct SubTask {
        ConversationId parent;
        ConversationId id{};
        bool operator<(const SubTask &other) const
        {
            return std::tie(parent.value, id.value) < std::tie(other.parent.value, other.id.value);
        }
    };
    std::set<SubTask> m_subTasks;
};
