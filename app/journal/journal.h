#pragma once

#include "app/types/journalentry.h"
#include "app/types/result.h"

#include <QLockFile>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <deque>
#include <functional>

/// The append-only record of every stop, in one SQLite file: the intent is on disk (WAL, synchronous=FULL) before the
/// first byte leaves, every change of state after it. Holds no key and no text of a message. A file that cannot be used
/// is left as it is. No write waits longer than `longestWait` for another program that locks the file: a later state
/// that could not be written is kept, and written, in its order, as soon as the file takes it.
class Journal {
public:
    /// Opens or creates the file; `operatorName` is the system user.
    Journal(const QString &file, const QString &operatorName);
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;
    ~Journal();

    const QString &file() const { return m_file; }
    const QString &operatorName() const { return m_operator; }
    /// Why the journal does not work now: it could not be opened, or the last write or read failed.
    const std::optional<Failure> &trouble() const { return m_trouble; }
    /// The same, asked of the file anew where there is trouble: a disk has room again, a folder can be made. Waits for
    /// the disk, not for another program.
    const std::optional<Failure> &askAgain();
    /// Whether the file could be opened, and so can be read.
    bool isOpen() const { return m_isReady; }
    /// Whether another instance had the file first. This one writes into it, too, but what is open is the other's.
    bool isShared() const { return m_isShared; }
    /// How often trouble has begun so far: what has a new number has not been told of yet.
    int troubles() const { return m_troubles; }
    /// Whether a write would have to wait for another program now; waits neither for it nor for the disk.
    bool isLocked();

    /// Writes what is about to be asked; the number ties the later entries to it.
    Result<qint64> writeIntent(const StopReport &report, const Connection &connection);
    /// Both the intent and the state that it has come to since, at the cost of one: nothing was in between.
    Result<qint64> writeDecision(const StopReport &report, const Connection &connection);
    /// The intents of a batch, all of them or none.
    Result<QList<qint64>> writeIntents(const QList<StopReport> &reports, const Connection &connection);
    /// Writes the state that the report has now, or a new mark on it. `at` is when that was, where the report does not
    /// tell: at a dismissal.
    Result<Done> writeState(qint64 intent, const StopReport &report, const QDateTime &at = {});

    /// Calls `writes`, whatever happens; what it writes costs one wait for the disk, and is there whole or not at all.
    Result<Done> writeTogether(const std::function<void()> &writes);
    /// Calls `then` once what is being written is on disk, or could not be written: at once, or at the end of the
    /// `writeTogether` that is under way. What is shown after a change is shown then.
    void whenWritten(std::function<void()> then);
    /// Tries again to write the states that could not be written. False: some still cannot.
    bool writeLate();

    static constexpr int longestWait = 20; ///< ms; a window stands still for it
    static constexpr int longestWaitAtStart = 2000; ///< ms

    /// What earlier runs left open, the oldest first. Empty where the file is shared.
    QList<JournalEntry> openEntries();

private:
    bool open();
    bool takeLock();
    bool isWritable();
    bool prepareFile();
    bool bringUpToDate();
    bool migrate();
    std::optional<qint64> readNumber(const QString &statement);
    bool run(const QString &statement);
    template <class Value> Result<Value> together(const std::function<Result<Value>()> &write);
    bool end(bool isGood);
    bool fail(const Failure &failure);
    Result<Done> write(QSqlQuery &query);
    Result<Done> writeRow(const QVariantList &state);

    QString m_file;
    QString m_operator;
    QLockFile m_lock;
    QSqlDatabase m_database;
    std::optional<Failure> m_trouble;
    qint64 m_lastOfEarlierRuns = 0;
    bool m_isShared = false;
    bool m_isReady = false;
    bool m_isTogether = false; ///< a transaction is open
    bool m_skipsWrites = false; ///< no transaction could be begun: what is written meanwhile is late at once
    int m_troubles = 0;
    std::deque<QVariantList> m_late; ///< states that could not be written, the oldest first
    std::deque<QVariantList> m_states; ///< of the transaction that is open
    QList<std::function<void()>> m_afterwards;
};
