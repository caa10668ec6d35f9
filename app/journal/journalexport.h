#pragma once

#include "app/journal/exportfile.h"
#include "app/journal/journalreader.h"

#include <QObject>

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
    void finish();

    JournalReader m_reader;
    Clock &m_clock;
    ExportFile m_file;
    bool m_cancelled = false;
};
