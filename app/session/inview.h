#pragma once

#include "app/models/conversationlistmodel.h"

/// The rows that a person sees, and what is worth reading of them one by one: the start of a turn, once, and now and
/// then the queue of what runs.
class InView {
public:
    struct Reads {
        QList<ConversationId> records;
        QList<Conversation> runStates; ///< by age, oldest first
    };

    void show(const QList<ConversationId> &ids) { m_ids = ids; } ///< none: nobody told what is in view
    /// At most `limit` reads, of which the caller makes all. Before anybody told what is in view, records only.
    Reads next(const ConversationListModel &conversations, int limit, const QDateTime &now);

private:
    QList<ConversationId> m_ids;
    QHash<ConversationId, QDateTime> m_askedAt; ///< run-states
};
