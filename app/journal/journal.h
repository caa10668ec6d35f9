#pragma once

#include "app/types/connection.h"
#include "app/types/result.h"
#include "app/types/stop.h"

#include <QSqlDatabase>

/// The append-only record of every stop, in one SQLite file: the intent is on disk (WAL, synchronous=FULL) before the
/// first byte leaves, every change of state after it. Holds no key and no text of a message. A file that cannot be used
/// is left as it is: `trouble` says why, and every write fails with it.
class Journal {
public:
    /// Opens or creates the file; `operatorName` is the system user.
    Journal(const QString &file, const QString &operatorName);
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;
    ~Journal();

    const std::optional<Failure> &trouble() const { return m_trouble; }

    /// Writes what is about to be asked; the number ties the later entries to it.
    Result<qint64> writeIntent(const StopReport &report, const Connection &connection);
    /// Writes the state that the report has now.
    Result<Done> writeState(qint64 intent, const StopReport &report);

    static constexpr int version = 1; ///< of the schema, kept in PRAGMA user_version

private:
    void open(const QString &file);
    bool run(const QString &statement);
    bool prepareSchema();
    void fail(const QString &text);

    QString m_operator;
    QSqlDatabase m_database;
    std::optional<Failure> m_trouble;
};
