#include "app/journal/journalexport.h"

#include "app/journal/exportcells.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostInSlice = 200;

QList<QJsonValue> headerCells()
{
    QList<QJsonValue> cells;
    for (const QString &name : exportcells::names())
        cells.append(name);
    return cells;
}

}

JournalExport::JournalExport(const Journal &journal, Clock &clock, const QString &file, ExportFormat format,
                             QObject *parent)
    : QObject(parent)
    , m_reader(journal, clock)
    , m_clock(clock)
    , m_file(file)
    , m_format(format)
{
}

void JournalExport::start(const JournalFilter &filter)
{
    m_reader.begin(filter);
    if (m_file.open(QFile::WriteOnly))
        m_file.write(m_format == ExportFormat::Csv ? exportcells::csvLine(headerCells()) : QByteArray("["));
    goOn();
}

void JournalExport::cancel()
{
    m_cancelled = true;
}

void JournalExport::goOn()
{
    m_clock.after(Duration(0), this, [this] { writeSlice(); });
}

void JournalExport::writeSlice()
{
    if (m_cancelled || m_file.error() != QFile::NoError)
        return finish();
    const Result<JournalSlice> slice = m_reader.next(mostInSlice);
    if (!slice)
        return end(slice.error().text);
    for (const JournalEntry &entry : slice->entries)
        write(entry);
    Q_EMIT progressed(m_written);
    slice->atEnd ? finish() : goOn();
}

void JournalExport::write(const JournalEntry &entry)
{
    const QList<QJsonValue> cells = exportcells::cells(entry);
    if (m_format == ExportFormat::Csv)
        m_file.write(exportcells::csvLine(cells));
    else
        m_file.write((m_written > 0 ? ",\n" : "\n") + exportcells::jsonObject(cells));
    ++m_written;
}

void JournalExport::finish()
{
    if (m_cancelled)
        return end({});
    if (m_format == ExportFormat::Json && m_file.isOpen())
        m_file.write("\n]\n");
    if (m_file.error() != QFile::NoError || !m_file.commit())
        return end(tr("%1 cannot be written: %2", "file, cause").arg(m_file.fileName(), m_file.errorString()));
    end({});
}

void JournalExport::end(const QString &trouble)
{
    const bool whole = trouble.isEmpty() && !m_cancelled;
    if (!whole && m_file.isOpen()) {
        m_file.cancelWriting();
        m_file.commit();
    }
    Q_EMIT ended({m_file.fileName(), whole ? m_written : 0, m_cancelled, trouble});
}
