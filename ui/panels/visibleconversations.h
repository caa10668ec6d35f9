#pragma once

#include "app/types/ids.h"

#include <QHash>
#include <QSortFilterProxyModel>

#include <optional>

class ConversationListModel;

/// The rows of the conversations' table that are shown: those that match Find, by the column that was clicked, or in
/// the order of the list with sub-tasks under their conversation when none was.
class VisibleConversations final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit VisibleConversations(ConversationListModel &conversations, QObject *parent = nullptr);

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
    void placeSubTasks();
    std::pair<int, int> placeInList(int row) const;

    ConversationListModel &m_conversations;
    QString m_find;
    bool m_listOrder = true;
    mutable std::optional<QHash<ConversationId, int>> m_rowsById; ///< built when needed, dropped when rows move
};
