#pragma once

#include "app/models/conversationindex.h"
#include "app/models/people.h"
#include "app/models/rowmodel.h"
#include "app/types/rare.h"
#include "app/types/stop.h"

#include <QSet>

#include <functional>
#include <optional>

/// A row of the conversations' table: what the list said, and what was learnt about it since.
struct ConversationRow {
    Conversation conversation;
    QDateTime readAt;              ///< when the list or a later read said so, UTC
    QDateTime startedAt;           ///< of the current turn, from the full record; invalid if not read
    QDateTime seenRunningSince;    ///< when this program first saw it live, in one go until now
    std::optional<int> waiting;    ///< length of the queue, where a run-state was read
    bool isListRead = false;       ///< whether a list said so: lists lag behind
    Rare<StopReport> stop;         ///< our last stop of it: kept over refreshes
    bool isStopOld = false;        ///< another turn was seen to run since it had settled
    Listing listed;                ///< what the last list said, whatever a run-state or record said since

    ConversationId key() const { return conversation.id; }
    bool operator==(const ConversationRow &) const = default;
};
Q_DECLARE_TYPEINFO(ConversationRow, Q_RELOCATABLE_TYPE); // a long list that grows is not copied row by row

/// What a list of conversations is complete for: rows of these states (all states if empty) and of this agent (all
/// agents if empty) that are absent from it are no longer there. A list whose pages were merged one by one since some
/// moment is complete with its last page: rows that no list has named since then are no longer there.
struct Coverage {
    bool complete = false;
    QStringList stateWords{};
    AgentId agent{};
    QDateTime since{}; ///< UTC; invalid: the page itself is the whole list
};

/// The conversations of one agent, or of all. Keeps its rows across refreshes, what was learnt of a person or a
/// turn's start for this run, and shows the state of our stops. Gives facts and words, never an icon. Holds no more
/// than `mostRows`: where more are listed, what runs or waits takes the room of what has ended.
class ConversationListModel final : public RowModel<ConversationRow> {
    Q_OBJECT

public:
    enum Column { State, Title, Agent, Person, Started, RunningFor, Queue, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole + 1, ///< ConversationId::value
        AgentIdRole,
        RowStateRole,              ///< int(RowState)
        StopStateRole,             ///< int(StopState) while the State column shows our stop, else invalid
        StartedAgainRole,          ///< bool: the stop that it shows bears that mark
        SubTaskRole,               ///< bool
        LongRunningRole,           ///< bool: running for 30 min or longer
        StopOpenRole,              ///< bool
        StaleRole,                 ///< bool: the row is as of when it was read; not of what our own stop has shown
        ParentIdRole,              ///< ConversationId::value of the conversation a sub-task belongs to
    };

    static constexpr int mostRows = 50'000; ///< as many as a service's hour of reads has

    explicit ConversationListModel(QObject *parent = nullptr);

    void setAgentNames(std::function<QString(const AgentId &)> nameOf);
    void agentNamesChanged();                    ///< the names were read again
    QString agentName(const AgentId &agent) const;
    /// Takes in a page. Empty ids are skipped, duplicates keep the last. Rows that `coverage` says should be in the
    /// page and are not become NoLongerListed; those not held (selected, or stopped by us) go at once.
    void merge(const QList<Conversation> &page, const Coverage &coverage, const QDateTime &readAt);
    void learn(const Record &record, const QDateTime &readAt);
    void learn(const RunState &state);
    void setStop(const StopReport &report);      ///< adds the row when it is not there
    void hold(const QSet<ConversationId> &ids);  ///< the selected: stay as "No longer listed" until released
    void holdAll(bool held);                     ///< the same for all: while rows must not move
    void clear();
    void tick(const QDateTime &now);             ///< once a second: elapsed times follow
    void setStale(bool stale);                   ///< each row stands at the time when it was read

    /// Whether it is live and lacks its turn's start. Not when its record was read and had none.
    bool lacksStart(const ConversationRow &row) const;
    bool isPersonRead(const ConversationRow &row) const; ///< see People::isRead
    bool isFull() const { return rowCount() >= mostRows; } ///< what else is listed may be missing
    QList<int> watchedRows() const;              ///< numbers, ascending: all that are live or that we stopped
    QList<int> subTasksOf(const ConversationId &parent) const; ///< numbers, ascending

Q_SIGNALS:
    /// After a merge or whatever else told of many rows: all of it was told. In between, rows may differ already whose
    /// change is still to be told.
    void toldAll();
    void dropping(const QList<int> &numbers); ///< these rows are about to be removed, ascending, all of them now

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const ConversationRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;
    bool isNumber(int column) const override { return column == Queue; }

private:
    QString sentence(const ConversationRow &row) const; ///< for a screen reader
    QList<int> numbersOf(const auto &ids) const;
    const QDateTime &timeOf(const ConversationRow &row) const { return m_stale ? row.readAt : m_now; }
    /// Numbers of rows that differ now: in what they show, or in nothing but when they were read.
    struct Changes {
        QList<int> shown;
        QList<int> times;
    };
    void store(int number, const ConversationRow &row, Changes &changes); ///< without a word
    void storeOne(int number, const ConversationRow &row);
    void say(Changes changes);
    void append(QList<ConversationRow> fresh);
    void makeRoom(QList<ConversationRow> &fresh);
    void drop(const QList<int> &ascending);
    void dropReleased();
    QList<int> takeAbsence(const Coverage &coverage, const QSet<ConversationId> &listed, const QDateTime &readAt,
                           Changes &changes);
    QList<int> mayBeAbsent(const Coverage &coverage) const;
    ConversationRow newRow(const ConversationId &id) const;
    void takeListed(ConversationRow &row, const Conversation &listed, const QDateTime &readAt);
    void takeState(ConversationRow &row, RowState state, const QString &word, const QDateTime &readAt,
                   bool isListRead = false);
    void takeStop(ConversationRow &row, const StopReport &report);
    bool isKept(const ConversationRow &row) const;
    void beginTurn(ConversationRow &row, const QDateTime &seenAt); ///< what was known of a start is not this turn's
    void forgetStart(const ConversationId &id);
    void showPersons(const QSet<QString> &persons); ///< rows of these user ids

    std::function<QString(const AgentId &)> m_nameOf;
    mutable QHash<AgentId, QString> m_agentNames; ///< as shown
    QDateTime m_now;
    bool m_stale = false;
    QSet<ConversationId> m_held;
    bool m_allHeld = false;
    ConversationIndex m_index;
    People m_people;
    QHash<ConversationId, QDateTime> m_starts;    ///< of the turn that runs, as far as known
    QSet<ConversationId> m_startless;             ///< record read, no start in it
};
