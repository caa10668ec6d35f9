#pragma once

#include "app/models/conversationlistmodel.h"

/// What runs besides what a question about several was asked about: conversations of its agents that were not known to
/// run then and are not among its targets. Sub-tasks do not count. What ends again is taken back.
class NewSince final : public QObject {
    Q_OBJECT

public:
    /// `allOf`: the agent all of which is meant; empty: the agents of the targets.
    NewSince(const QList<StopTarget> &targets, const AgentId &allOf, const ConversationListModel &conversations,
             QObject *parent = nullptr);

    const QList<ConversationId> &found() const { return m_found; } ///< as they came; those that run now
    /// Whether this conversation is one of the targets, and so which decision it belongs to.
    bool isAbout(const ConversationId &conversation) const { return m_targets.contains(conversation); }

Q_SIGNALS:
    void changed();

private:
    bool take(const ConversationId &conversation); ///< whether it was not there before
    bool forget(const ConversationId &conversation); ///< whether it was there
    bool isNew(const ConversationRow &row) const;
    void look(int first, int last);
    void forget(int first, int last);

    const ConversationListModel &m_conversations;
    QSet<AgentId> m_agents;
    QSet<ConversationId> m_targets;
    QSet<ConversationId> m_ranBefore;
    QList<ConversationId> m_found;
    QSet<ConversationId> m_isFound; ///< the same
};
