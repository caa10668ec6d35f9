#pragma once

#include "app/types/journalentry.h"
#include "app/types/result.h"

#include <QCoreApplication>
#include <QFile>
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

/// The file of an export while it is written. What was there before stays until the new one is whole; nothing is left
/// behind of one that is given up.
class ExportFile {
    Q_DECLARE_TR_FUNCTIONS(ExportFile)

public:
    ExportFile(const QString &file, ExportFormat format);

    void begin();
    void write(const JournalEntry &entry);
    bool isHindered() const { return m_file.error() != QFile::NoError; }
    qint64 written() const { return m_written; }
    ExportEnd finish();
    ExportEnd giveUp(bool cancelled, const QString &trouble);

private:
    QSaveFile m_file;
    ExportFormat m_format;
    qint64 m_written = 0;
};
