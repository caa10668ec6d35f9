#include "app/journal/batchexport.h"

#include "app/journal/journalwords.h"

BatchExport::BatchExport(Clock &clock, const QString &file, ExportFormat format, QObject *parent)
    : QObject(parent), m_clock(clock), m_file(file, format)
{
}

void BatchExport::start(const QList<StopReport> &reports, const ConnectionOf &connectionOf)
{
    m_reports = reports;
    m_connectionOf = connectionOf;
    m_file.begin();
    m_clock.after(Duration(0), this, [this] { writeSlice(); });
}

void BatchExport::writeSlice()
{
    const qint64 end = qMin<qint64>(m_file.written() + inSlice, m_reports.size());
    while (m_file.written() < end && !m_file.isHindered()) {
        const StopReport &report = m_reports.at(m_file.written());
        m_file.write({report, m_connectionOf(report), journalwords::confirmationWord(report)});
    }
    if (end == m_reports.size() || m_file.isHindered())
        Q_EMIT ended(m_file.finish());
    else
        m_clock.after(Duration(0), this, [this] { writeSlice(); });
}
