#pragma once

#include "app/models/arrangement.h"
#include "app/types/statefilter.h"
#include "ui/panels/shownrows.h"

/// The rows of the conversations' table that are shown: those of the chosen agent and states that match Find, by the
/// column that was clicked, or in the order of the list with sub-tasks under their conversation when none was. What we
/// stopped stays among what lives for ten minutes, the kept row for longer, whatever became of their state. While kept still, rows show their changes where they
/// stand; what is new or belongs elsewhere waits. Many rows are put in order in another thread.
class VisibleConversations final : public ShownRows {
    Q_OBJECT

public:
    explicit VisibleConversations(ConversationListModel &conversations, QObject *parent = nullptr);

    void showOnly(const AgentId &agent, StateFilter states); ///< an empty agent: all
    void setTime(const QDateTime &now);                      ///< UTC; once a second
    bool hasStops() const { return m_hasStops; }             ///< whether a stop was sent from here
    void keep(const QSet<ConversationId> &ids);              ///< the selected: no change of state hides them
    /// Whether the row is of the chosen agent.
    bool isOfAgent(const Conversation &conversation) const;

    /// Rows whose title, person or id contain `text` stay. Looks at loaded rows only.
    void find(const QString &text);
    const QString &findText() const { return m_wish.find; }
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

    bool isArranging() const { return m_job != nullptr; } ///< `arranged` follows

    void keepStill(bool still);
    int waiting() const { return m_waiting; } ///< new rows that wait until the others may move
    void showWaiting();

    QModelIndex indexOf(const ConversationId &id, int column = 0) const; ///< invalid when hidden or not loaded
    ConversationId idAt(const QModelIndex &index) const;

    static constexpr int stoppedStays = 600; ///< s that what we stopped stays among what lives
    static constexpr int fewRows = 2000; ///< up to here they are put in order at once

Q_SIGNALS:
    void arranged();       ///< what was wished last is shown
    void countsChanged();  ///< hidden, waiting or persons

private:
    void takeNew(int first, int last);
    void takeChange(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles);
    void takeLeaving(int first, int last);
    void closeGap(int first, int last);
    void rememberIds();
    void takeOrder();
    void touch(int row);

    void arrangeAll();
    void take(const QList<int> &rows, const QList<int> &wanted);
    void settle();
    void place(const QList<int> &rows);
    QList<int> whatMovesNothing();
    void count();
    bool isJustStopped(const ConversationRow &row) const;
    Persons countPersons() const;
    bool isWanted(const ConversationRow &row) const;
    bool isAccepted(int row);
    Candidate folded(int row) const;

    ConversationListModel &m_conversations;
    AgentId m_agent;
    StateFilter m_states = StateFilter::Live;
    QDateTime m_now;
    bool m_hasStops = false;
    QSet<ConversationId> m_kept;
    Wish m_wish;
    bool m_still = false;
    QSet<int> m_touched;              ///< new or changed: may stand elsewhere, come or go
    bool m_manyTouched = false;       ///< too many to tell one by one
    QByteArray m_hides;               ///< by row: 1 where Find alone hides it
    int m_hidden = 0;
    int m_waiting = 0;
    Persons m_persons;
    std::unique_ptr<QObject> m_job;   ///< asker while another thread puts rows in order
    bool m_again = false;             ///< what that thread does is out of date
    QList<ConversationId> m_idsShown; ///< while the conversations change their order
};
