#pragma once

#include "app/journal/journalexport.h"
#include "app/models/journalmodel.h"

/// Feeds the journal's model page by page, as far as a view wants to see it, without ever keeping the window waiting,
/// and writes exports of what is filtered. Reads nothing before somebody looks. What changes in this run is shown from
/// its report, as it was written: nothing of it is read back.
class JournalPages final : public QObject {
    Q_OBJECT

public:
    JournalPages(const Journal &journal, Clock &clock, QObject *parent = nullptr);

    JournalModel &model() { return m_model; }
    QDateTime now() const { return m_clock.now(); }
    const JournalFilter &filter() const { return m_filter; }
    /// Begins anew, with what an earlier run left open on top.
    void setFilter(const JournalFilter &filter);
    /// Decisions about its conversations are made through this one from now on.
    void use(const Connection &connection);
    void addLeftOpen(const JournalEntry &entry); ///< by an earlier run
    /// Through which a stop of this run, or one that was left open, was decided, as it was then. Nothing where it was
    /// not recorded.
    std::optional<Connection> connectionOf(const StopReport &report) const;
    /// A decision of this run, or one that an earlier run left open, has changed, and is on disk.
    void show(const StopReport &report);

    bool isReading() const { return m_reading != nullptr; }
    void cancelReading(); ///< what was found stays
    bool isCancelled() const { return m_cancelled; }
    void goOnReading(); ///< after it was cancelled
    const std::optional<Failure> &failure() const { return m_failure; } ///< why the journal cannot be read

    /// Writes all that the filter lets through. Does nothing while another export is under way.
    void startExport(const QString &file, ExportFormat format);
    void cancelExport();
    bool isExporting() const { return m_export != nullptr; }

    QString progressText() const; ///< of what is under way or cancelled: "Looked through 120,000, found 3"; else empty

Q_SIGNALS:
    void progressed(); ///< also: it began, or came to its end
    void exportEnded(const ExportEnd &end);

private:
    void readPage();
    void readSlice();
    void endReading();
    void putLeftOpenOnTop();
    JournalEntry newest(const JournalEntry &read) const;

    const Journal &m_journal;
    Clock &m_clock;
    JournalModel m_model;
    JournalReader m_reader;
    JournalFilter m_filter;
    std::unique_ptr<QObject> m_reading; ///< of the page under way
    std::unique_ptr<JournalExport> m_export;
    std::optional<Failure> m_failure;
    QHash<ConnectionId, Connection> m_connections;
    QHash<qint64, JournalEntry> m_live; ///< what this run has decided or looks up, by number
    QList<qint64> m_leftOpen; ///< numbers of what earlier runs left open, the newest first
    qint64 m_exported = 0;
    int m_lookedAt = 0; ///< with this filter
    int m_found = 0;
    int m_wanted = 0; ///< so many found end the page under way
    bool m_cancelled = false;
};
