#pragma once

#include "app/types/journalentry.h"
#include "app/types/result.h"

#include <QCoreApplication>
#include <QTemporaryFile>

enum class ExportFormat { Csv, Json };

/// How an export came out. A file is there only when it was neither cancelled nor hindered.
struct ExportEnd {
    QString file;
    qint64 written = 0;
    bool cancelled = false;
    QString trouble; ///< what hindered it, in words for a person

    bool operator==(const ExportEnd &) const = default;
};

/// The file of an export while it is written: its owner's alone, whatever was there before. That stays until the new one
/// is whole, and a link is then replaced itself, not what it leads to; nothing is left behind of one that is given up.
class ExportFile {
    Q_DECLARE_TR_FUNCTIONS(ExportFile)

public:
    ExportFile(const QString &file, ExportFormat format);

    void begin();
    void write(const JournalEntry &entry);
    bool isHindered() const { return !m_trouble.isEmpty() || m_file.error() != QFile::NoError; }
    qint64 written() const { return m_written; }
    ExportEnd finish();
    ExportEnd giveUp(bool cancelled, const QString &trouble);

private:
    bool moveIntoPlace();

    QString m_place;
    QTemporaryFile m_file; ///< beside it, under a name that nobody could put a link under before
    QString m_trouble; ///< that is not the file's own
    ExportFormat m_format;
    qint64 m_written = 0;
};
