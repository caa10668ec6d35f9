#pragma once

#include "app/session/session.h"

#include <QHash>
#include <QSortFilterProxyModel>

#include <optional>

/// The rows of the conversations' table that are shown: those of the chosen agent and states that match Find, by the
/// column that was clicked, or in the order of the list with sub-tasks under their conversation when none was. Our own
/// stops and the kept row stay, whatever became of their state.
class VisibleConversations final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit VisibleConversations(ConversationListModel &conversations, QObject *parent = nullptr);

    void showOnly(const AgentId &agent, StateFilter states); ///< an empty agent: all
    void keep(const ConversationId &id);                     ///< the chosen one: no change of state hides it
    /// Whether the row is of the chosen agent.
    bool isOfAgent(const Conversation &conversation) const;

    /// Rows whose title, person or id contain `text` stay. Looks at loaded rows only.
    void find(const QString &text);
    const QString &findText() const { return m_find; }
    int hidden() const; ///< loaded rows that Find hides

    /// -1 goes back to the order of the list.
    void sortBy(int column, Qt::SortOrder order);

    QModelIndex indexOf(const ConversationId &id, int column = 0) const; ///< invalid when hidden or not loaded
    ConversationId idAt(const QModelIndex &index) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    bool isWanted(const ConversationRow &row) const;
    bool isFound(const Conversation &conversation) const;
    void placeSubTasks();
    std::pair<int, int> placeInList(int row) const;

    ConversationListModel &m_conversations;
    AgentId m_agent;
    StateFilter m_states = StateFilter::Live;
    ConversationId m_kept;
    QString m_find;
    bool m_listOrder = true;
    mutable std::optional<QHash<ConversationId, int>> m_rowsById; ///< built when needed, dropped when rows move
};
