#pragma once

#include "app/types/ids.h"

#include <QObject>
#include <QSet>

class RowTable;
class VisibleConversations;

/// Which conversations are selected, by id: `ids` is what can be seen, and nothing else may be stopped. What Find or a
/// filter hides leaves it and is counted; shown again it is selected again, until a person selects something else. A
/// selected row is kept: it stays when its state changes, and as "No longer listed" when it vanishes. The table's own
/// selection follows the ids whenever rows moved: Qt's, carried through a change of layout in which rows come and go,
/// may be of other rows.
class SelectedConversations final : public QObject {
    Q_OBJECT

public:
    SelectedConversations(RowTable &table, VisibleConversations &visible, QObject *parent);

    const QList<ConversationId> &ids() const { return m_ids; } ///< in the order shown
    int hidden() const { return m_hidden; }
    void takeOut(const ConversationId &id);
    void select(const QList<ConversationId> &ids); ///< these and no others, as if a person did

Q_SIGNALS:
    void changed(); ///< ids, their order, or hidden

private:
    void readTable();
    void clearTable();
    void restoreTable();
    void selectWanted();
    void forgetAll();
    void settleLater();
    void settle();
    void update();
    QList<ConversationId> idsInTable() const;

    RowTable &m_table;
    VisibleConversations &m_visible;
    QList<ConversationId> m_ids;
    QSet<ConversationId> m_wanted; ///< by the person: what is shown of it, and what is hidden
    int m_hidden = 0;
    bool m_settling = false; ///< will be done in a moment
    bool m_selecting = false; ///< the table follows, not the person leads
};
