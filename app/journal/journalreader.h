#pragma once

#include "app/types/clock.h"
#include "app/types/journalentry.h"
#include "app/types/result.h"

#include <QSqlDatabase>

class EntryQuery;
class Journal;

/// Whether the filter lets the entry through.
bool passes(const JournalEntry &entry, const JournalFilter &filter);

/// What one step of reading found.
struct JournalSlice {
    QList<JournalEntry> entries; ///< newest first
    int lookedAt = 0; ///< decisions that were looked at for it
    bool atEnd = false;
};

/// Entries of the journal by the time of their decision, newest first, in slices of some milliseconds, however few of
/// them the filter lets through. Reads with a connection of its own, which cannot write.
class JournalReader {
public:
    JournalReader(const Journal &journal, const Clock &clock);
    JournalReader(const JournalReader &) = delete;
    JournalReader &operator=(const JournalReader &) = delete;
    ~JournalReader();

    /// Starts again with the newest.
    void begin(const JournalFilter &filter);
    /// The next entries, at most `most` of them; fewer, or none, when looking took long enough.
    Result<JournalSlice> next(int most);
    /// One entry by its number.
    Result<std::optional<JournalEntry>> entry(qint64 intent);

    static constexpr Duration longest{8}; ///< of a slice, after which no further entry is looked at

private:
    Result<Done> open();
    QString scanSql() const;

    const Journal &m_journal;
    const Clock &m_clock;
    QSqlDatabase m_database;
    std::unique_ptr<EntryQuery> m_entries;
    JournalFilter m_filter;
    QString m_lastAt; ///< where the last slice ended; null at the start
    qint64 m_lastIntent = 0;
    bool m_atEnd = false;
};
