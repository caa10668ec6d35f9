#pragma once

#include "app/journal/journalreader.h"

#include <QObject>
#include <QSaveFile>

enum class ExportFormat { Csv, Json };

/// How an export came out. A file is there only when it was neither cancelled nor hindered.
struct ExportEnd {
    QString file;
    qint64 written = 0;
    bool cancelled = false;
    QString trouble; ///< what hindered it, in words for a person

    bool operator==(const ExportEnd &) const = default;
};

/// Writes what the filter lets through into a file, slice by slice, so that everything else goes on. One `ended`, never
/// before `start` has returned; deleted before it, the export leaves nothing behind.
class JournalExport final : public QObject {
    Q_OBJECT

public:
    JournalExport(const Journal &journal, Clock &clock, const QString &file, ExportFormat format,
                  QObject *parent = nullptr);

    void start(const JournalFilter &filter);
    void cancel();

Q_SIGNALS:
    void progressed(qint64 written);
    void ended(const ExportEnd &end);

private:
    void goOn();
    void writeSlice();
    void write(const JournalEntry &entry);
    void finish();
    void end(const QString &trouble);

    JournalReader m_reader;
    Clock &m_clock;
    QSaveFile m_file;
    ExportFormat m_format;
    qint64 m_written = 0;
    bool m_cancelled = false;
};
