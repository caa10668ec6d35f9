#include "app/journal/exportfile.h"

#include "app/journal/exportcells.h"

#include <QFileInfo>

#include <filesystem>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

const QByteArray byteOrderMark = "\xef\xbb\xbf"; ///< without it spreadsheets read another encoding than UTF-8

QList<QJsonValue> headerCells()
{
    QList<QJsonValue> cells;
    for (const QString &name : exportcells::names())
        cells.append(name);
    return cells;
}

}

ExportFile::ExportFile(const QString &file, ExportFormat format)
    : m_place(file)
    , m_file(QFileInfo(file).absolutePath() + u"/.stopdesk-XXXXXX"_s)
    , m_format(format)
{
}

void ExportFile::begin()
{
    if (m_file.open())
        m_file.write(m_format == ExportFormat::Csv ? byteOrderMark + exportcells::csvLine(headerCells()) : QByteArray("["));
}

void ExportFile::write(const JournalEntry &entry)
{
    const QList<QJsonValue> cells = exportcells::cells(entry);
    if (m_format == ExportFormat::Csv)
        m_file.write(exportcells::csvLine(cells));
    else
        m_file.write((m_written > 0 ? ",\n" : "\n") + exportcells::jsonObject(cells));
    ++m_written;
}

ExportEnd ExportFile::finish()
{
    if (m_format == ExportFormat::Json && m_file.isOpen())
        m_file.write("\n]\n");
    if (!isHindered() && moveIntoPlace())
        return {m_place, m_written, false, {}};
    const QString cause = m_trouble.isEmpty() ? m_file.errorString() : m_trouble;
    return giveUp(false, tr("%1 cannot be written: %2", "file, cause").arg(m_place, cause));
}

/// On disk before it has the name: a machine that fails then leaves either the old one or the new one.
bool ExportFile::moveIntoPlace()
{
    const QFileInfo before(m_place);
    if (before.exists() && !before.isSymLink() && !before.isWritable()) {
        m_trouble = tr("it is write-protected");
        return false;
    }
    if (!m_file.flush())
        return false;
#ifdef Q_OS_UNIX
    if (::fsync(m_file.handle()) != 0) {
        m_trouble = qt_error_string();
        return false;
    }
#endif
    std::error_code error;
    std::filesystem::rename(QFile(m_file.fileName()).filesystemFileName(), QFile(m_place).filesystemFileName(), error);
    m_file.setAutoRemove(bool(error));
    m_trouble = error ? qt_error_string(error.value()) : QString();
    return !error;
}

ExportEnd ExportFile::giveUp(bool cancelled, const QString &trouble)
{
    if (m_file.isOpen())
        m_file.remove();
    return {m_place, 0, cancelled, trouble};
}
