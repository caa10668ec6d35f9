#include "app/journal/exportfile.h"

#include "app/journal/exportcells.h"

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

ExportFile::ExportFile(const QString &file, ExportFormat format) : m_file(file), m_format(format) { }

void ExportFile::begin()
{
    if (m_file.open(QFile::WriteOnly))
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
    if (isHindered() || !m_file.commit())
        return giveUp(false, tr("%1 cannot be written: %2", "file, cause").arg(m_file.fileName(), m_file.errorString()));
    return {m_file.fileName(), m_written, false, {}};
}

ExportEnd ExportFile::giveUp(bool cancelled, const QString &trouble)
{
    if (m_file.isOpen()) {
        m_file.cancelWriting();
        m_file.commit();
    }
    return {m_file.fileName(), 0, cancelled, trouble};
}
