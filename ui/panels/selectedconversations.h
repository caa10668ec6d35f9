#pragma once

#include "app/types/ids.h"

#include <QObject>
#include <QSet>

class ConversationListModel;
class RowTable;
class VisibleConversations;

/// Which conversations are selected, by id: `ids` is what can be seen, and nothing else may be stopped. What Find or a
/// filter hides leaves it and is counted; shown again it is selected again, until a person selects something else. A
/// selected row is held: it stays when its state changes, and as "No longer listed" when it vanishes.
class SelectedConversations final : public QObject {
    Q_OBJECT

public:
    SelectedConversations(RowTable &table, VisibleConversations &visible, ConversationListModel &conversations,
                          QObject *parent);

    const QList<ConversationId> &ids() const { return m_ids; } ///< in the order shown
    int hidden() const { return m_hidden; }
    void takeOut(const ConversationId &id);
    void select(const QList<ConversationId> &ids); ///< these and no others, as if a person did

Q_SIGNALS:
    void changed(); ///< ids, their order, or hidden

private:
    void follow();
    void settleLater();
    void settle();
    void selectAgain(const QList<int> &rows);
    void show(const QList<ConversationId> &ids);
    void hold();
    QList<ConversationId> shown() const;

    RowTable &m_table;
    VisibleConversations &m_visible;
    ConversationListModel &m_conversations;
    QList<ConversationId> m_ids;
    QSet<ConversationId> m_wanted; ///< by the person: what is shown of it, and what is hidden
    QSet<ConversationId> m_held;
    int m_hidden = 0;
    bool m_settling = false; ///< will be done in a moment
    bool m_selecting = false; ///< the table follows, not the person leads
};
