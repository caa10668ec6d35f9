#pragma once

#include "app/models/conversationlistmodel.h"
#include "app/types/conversation.h"

#include <QSortFilterProxyModel>
#include <QStringMatcher>

/// The rows of the conversations' table that are shown: those of the chosen agent and states that match Find, by the
/// column that was clicked, or in the order of the list with sub-tasks under their conversation when none was. What we
/// stopped stays among what lives for ten minutes, a kept row for longer, whatever became of their state. While kept
/// still, rows show their changes where they stand; what is new or belongs elsewhere waits.
///
/// What decides about a row is computed when the row changes, its place once for all rows after a change that matters:
/// the proxy itself sorts and filters by those places alone, whenever `invalidate` says so. Rows come, go and move by
/// changes of the layout only (and by a reset for another model): Qt's own way, a signal for each stretch of rows, is
/// quadratic.
class VisibleConversations final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit VisibleConversations(QObject *parent = nullptr); ///< an empty table

    /// Another list; null: an empty table. To be called again before `conversations` is destroyed. What is wanted of
    /// the rows (agent, states, Find, order, still) stays; none is kept.
    void showModel(ConversationListModel *conversations);

    void showOnly(const AgentId &agent, StateFilter states); ///< an empty agent: all
    void setTime(const QDateTime &now);                      ///< UTC; once a second
    bool hasStops() const { return m_hasStops; }             ///< whether a stop was sent from here
    /// The selected: no change of state hides them, and they stay listed when they vanish.
    void keep(const QSet<ConversationId> &ids);
    /// Whether the row is of the chosen agent.
    bool isOfAgent(const Conversation &conversation) const;

    /// Rows whose title, person or id contain `text` stay. Looks at loaded rows only.
    void find(const QString &text);
    QString findText() const { return m_find.pattern(); }
    int hidden() const { return m_hidden; } ///< loaded rows that Find hides
    /// Whose conversations Find looks at: of the chosen agent and states, shown or not. Counted while there is a text.
    struct Persons {
        int all = 0;     ///< user ids, each once
        int unread = 0;  ///< of these: neither e-mail nor a record is known (ConversationListModel::isPersonRead)
        int nameless = 0; ///< conversations without a user id whose record was not read
        bool operator==(const Persons &) const = default;
    };
    Persons persons() const { return m_persons; }

    /// -1 goes back to the order of the list.
    void sortBy(int column, Qt::SortOrder order);

    void keepStill(bool still);
    int waiting() const { return m_waiting; } ///< new rows that wait until the others may move
    void showWaiting();

    QModelIndex indexOf(const ConversationId &id, int column = 0) const; ///< invalid when hidden or not loaded
    ConversationId idAt(const QModelIndex &index) const;                 ///< empty for none
    bool isLoaded(const ConversationId &id) const { return m_conversations->find(id) >= 0; }

    static constexpr int stoppedStays = 600; ///< s that what we stopped stays among what lives

Q_SIGNALS:
    void aboutToMove();    ///< rows come, go and change places, all at once, until `moved`
    void moved();
    void countsChanged();  ///< hidden, waiting or persons

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    /// What is known of a row of the model.
    struct Entry {
        qint64 number = 0;   ///< its key by a column of numbers, or by the list
        QString text;        ///< its key by a column of words, folded
        bool wanted = false; ///< by agent and state
        bool found = false;  ///< wanted, and matches Find: to be shown
        int place = -1;      ///< among those that are shown; -1: it is not
    };

    void connectModel();
    void insertEntries(int first, int last);
    void hideDropped(const QList<int> &rows);
    void rememberOrder();
    void followOrder();
    void updateRows(int first, int last);
    void readKey(int row);
    void filterRow(int row);
    void filterAll();

    void settle();
    void arrange();
    void appendLast();
    void moveRows();
    void count();
    Persons countPersons() const;

    qint64 placeInList(int row) const;
    bool standsBefore(int row, int other) const;
    bool isWanted(const ConversationRow &row) const;
    bool isFound(const Conversation &conversation) const;
    bool isJustStopped(const ConversationRow &row) const;

    ConversationListModel m_none;
    ConversationListModel *m_conversations = &m_none;
    QList<Entry> m_entries; ///< by row of the model
    QList<ConversationId> m_idsBefore; ///< by row, while the model changes its order
    AgentId m_agent;
    StateFilter m_states = StateFilter::Live;
    QStringMatcher m_find{QString(), Qt::CaseInsensitive};
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    QDateTime m_now;
    QSet<ConversationId> m_kept;
    QSet<ConversationId> m_held; ///< by the model
    bool m_hasStops = false;
    bool m_still = false;
    bool m_changed = false; ///< since rows were put in order
    int m_hidden = 0;
    int m_waiting = 0;
    Persons m_persons;
};
