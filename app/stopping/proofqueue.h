#pragma once

#include "app/journal/journal.h"
#include "app/stopping/livesweep.h"
#include "app/stopping/verdict.h"

class Stop;

/// So many requests at once, and one more each `every`.
class Allowance {
public:
    Allowance(int most, Duration every) : m_most(most), m_every(every) { }

    int left(Duration now) const; ///< may be below 0
    void spend(int requests, Duration now);
    Duration waitFor(int requests, Duration now) const; ///< until so many are left, 0 where they are
    int most() const { return m_most; }
    Duration every() const { return m_every; }

private:
    int m_most;
    Duration m_every;
    Duration m_fullAt{0}; ///< by then nothing of it is spent any more
};

/// Every read that proves a stop of one connection, in one plan: for one and for many, and for what an earlier run left
/// open. A stop is read 0.5, 1, 2 and 4 s after the service's answer, then every 2 s up to 30 s, every 15 s up to
/// 10 min, every minute up to an hour, then every 5 min, all of it with longer steps where many are open. What stopped
/// is watched for two minutes more; of a single stop the record and the sub-tasks are looked at, of many the lists tell.
///
/// The order: what a person asks for; the first read of a stop, the newest first, within 1 s and apart from all others;
/// reads up to 30 s and of the watch, two fifths of the service's minute; stops open for longer, those read longest ago
/// first, never more than 30 requests a minute and 150 an hour. Where one reading of all live lists costs less than one
/// read each, it takes their place. Stops that are still being sent give way to it now and then, and no stop is sent
/// while it lasts (`needsQuiet`).
///
/// What a read means is decided by `verdict` alone.
class ProofQueue final : public QObject {
    Q_OBJECT

public:
    ProofQueue(Journal &journal, Clock &clock, QObject *parent);

    void use(const std::shared_ptr<Gateway> &gateway); ///< for the reads to come
    /// No more stops are decided through it for now: once nothing is left to be read the gateway goes, and its key.
    void letGo();
    /// The service's answer has just come, was just lost, or an earlier run left it open. `gateway`: that it was sent
    /// through, for where the queue has let go of its own.
    void add(Stop &stop, const std::shared_ptr<Gateway> &gateway);
    void drop(const Stop &stop); ///< a person wants no more reads of it
    void readNow(const Stop &stop); ///< at once, ahead of all others
    /// About when a stop that was answered now is read, UTC.
    QDateTime firstReadAt(const StopReport &report) const;

    void beginSending(int stops); ///< a batch of so many
    void endSending();
    void noteSent() { ++m_sentSince; }
    /// Whether the lists are to be read before more stops of a batch leave.
    bool needsQuiet() const;
    void beQuiet(); ///< none is on the wire any more; `quietEnded` follows
    bool isQuiet() const { return m_isQuiet; }

    /// How long after the answer the read that follows `elapsed` is due, where few are open.
    static Duration dueAfter(Duration elapsed);
    static bool isOfMany(const StopReport &report) { return report.batchSize > few; }

    static constexpr Duration watch = std::chrono::minutes(2); ///< after something has stopped
    static constexpr int few = 3; ///< stops that are read one by one, whatever the lists cost

Q_SIGNALS:
    void quietEnded();
    void pageRead(const QList<Conversation> &rows); ///< of live lists
    void listsEnded(const QDateTime &since); ///< no live list has named what is not on it since then
    void journalFailed(const Failure &failure); ///< what was found out could not be written

private:
    struct Entry;
    enum class Turn { Asked, First, Fresh, Old, None };

    void wakeAt(Duration moment);
    void proceed();
    void removeDone();
    void releaseGateway();
    bool isDone(const Entry &entry) const;

    Turn turnOf(const Entry &entry) const;
    bool hasRoom(Turn turn) const;
    static bool isReadBefore(const Entry &one, const Entry &other, Turn turn);
    Entry *nextToRead() const;
    void planAnew();
    Duration nextWake() const;
    Duration stepOf(const Entry &entry) const;
    Duration cycle() const;
    QDateTime plannedFor(const Entry &entry) const;
    Lane laneOf(Turn turn) const;
    Lane askedLane() const;
    void leave(Entry &entry);

    void readItself(Entry &entry);
    void applyItself(Entry &entry, const Result<RunState> &read, Evidence::Source source);
    void learn(Entry &entry, const std::optional<Evidence> &evidence);
    void markRunsAgain(Entry &entry);
    void readRecord(Entry &entry);
    void readSubTasks(Entry &entry);
    void applySubTasks(Entry &entry, const QList<Conversation> &rows);
    void lookAfter(Entry &entry);

    void weighLists();
    bool couldReadByLists(const Entry &entry) const;
    bool isReadByLists(const Entry &entry) const;
    Duration listsDueFor(const Entry &entry) const;
    Duration sweepDueAt() const;
    bool areAllOld() const;
    int pagesExpected() const;
    void beginSweep();
    void watchPage();
    void leaveSweep();
    void endQuiet();
    void applySweep(const Result<SweptLists> &lists);
    void applySome();
    bool applyLists(Entry &entry);
    void applyPresence(Entry &entry, RowState state);
    void applyFailedLists(Entry &entry);

    Duration now() const { return m_clock.monotonic(); }
    Duration ageOf(const Entry &entry) const;

    Journal &m_journal;
    Clock &m_clock;
    std::shared_ptr<Gateway> m_gateway;
    bool m_isLeft = false; ///< see `letGo`
    QList<Entry *> m_entries;
    Allowance m_fresh{30, std::chrono::milliseconds(1500)}; ///< both as the connection's limits allow
    Allowance m_old{25, std::chrono::seconds(30)};
    int m_firstUnderWay = 0;
    int m_underWay = 0; ///< other reads of one stop
    int m_inStopLane = 0; ///< of all of them
    std::optional<Duration> m_wakeAt;

    std::unique_ptr<QObject> m_sweep; ///< the reading of lists under way, and what waits for it
    SweptLists m_lists;                ///< the last reading, while it is applied
    bool m_listsFailed = false;
    QList<Entry *> m_toApply;
    bool m_useLists = false;
    Duration m_cycle{0};               ///< how long all that is open for more than 30 s takes once round, at its share
    bool m_isReversed = false;        ///< the next reading goes through the states backwards
    std::optional<Duration> m_sweptAt; ///< when the last one began
    int m_disturbed = 0;              ///< readings in a row that prove nothing
    int m_doubtful = 0;               ///< fresh ones that stay listed
    int m_total = 0;                  ///< rows of the last reading; at first at the least
    int m_pageTurn = 0;

    int m_sending = 0;                ///< batches
    int m_sentSince = 0;              ///< stops, since the last reading
    bool m_isQuiet = false;
    Duration m_quietSince{0};
};
