#include "app/models/journalpages.h"

#include "app/journal/journal.h"
#include "app/journal/journalwords.h"

#include <QLocale>

namespace {

constexpr int pageSize = 100;

/// The part of it that the journal keeps.
Connection asWritten(const Connection &connection)
{
    Connection kept;
    kept.id = connection.id;
    kept.name = connection.name;
    kept.address = connection.address.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    kept.routes = connection.routes;
    kept.credential = connection.credential;
    kept.environment = connection.environment;
    return kept;
}

/// Without the texts of messages.
StopReport asWritten(const StopReport &report)
{
    StopReport kept = report;
    kept.target.message.text.clear();
    if (kept.target.before) {
        kept.target.before->queueDepth = report.target.before->waiting();
        kept.target.before->queue.clear();
    }
    return kept;
}

}

JournalPages::JournalPages(const Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_clock(clock)
    , m_reader(journal, clock)
{
    connect(&m_model, &JournalModel::moreWanted, this, &JournalPages::readPage);
}

void JournalPages::setFilter(const JournalFilter &filter)
{
    m_filter = filter;
    m_cancelled = false;
    endReading();
    m_lookedAt = m_found = 0;
    m_reader.begin(filter);
    m_model.clear();
    putLeftOpenOnTop();
    m_model.setMoreToRead(true);
    readPage();
}

void JournalPages::putLeftOpenOnTop()
{
    QList<JournalEntry> open;
    for (const qint64 intent : std::as_const(m_leftOpen)) {
        const JournalEntry entry = m_live.value(intent);
        if (isOpen(entry.report) && passes(entry, m_filter))
            open.append(entry);
    }
    m_model.append(open);
}

std::optional<Connection> JournalPages::connectionOf(const StopReport &report) const
{
    const auto live = m_live.constFind(report.intent);
    return live == m_live.cend() ? std::nullopt : std::optional(live->connection);
}

/// What this run knows of it, where it does: the file may have to wait for another program.
JournalEntry JournalPages::newest(const JournalEntry &read) const
{
    const auto live = m_live.constFind(read.report.intent);
    return live == m_live.cend() ? read : *live;
}

void JournalPages::use(const Connection &connection)
{
    m_connections.insert(connection.id, asWritten(connection));
}

void JournalPages::addLeftOpen(const JournalEntry &entry)
{
    m_live.insert(entry.report.intent, entry);
}

void JournalPages::show(const StopReport &report)
{
    if (report.intent == 0)
        return;
    if (report.fromEarlierRun && !m_leftOpen.contains(report.intent))
        m_leftOpen.prepend(report.intent);
    const bool isNew = !m_live.contains(report.intent);
    JournalEntry &entry = m_live[report.intent];
    if (isNew)
        entry.connection = m_connections.value(report.target.connection);
    entry.report = asWritten(report);
    entry.confirmedBy = journalwords::confirmationWord(report);
    if (isNew && m_failure && !m_journal.trouble())
        setFilter(m_filter); // it can be read again
    if (m_model.find(report.intent) >= 0 || passes(entry, m_filter))
        m_model.show(entry);
}

void JournalPages::readPage()
{
    if (isReading())
        return;
    m_reading = std::make_unique<QObject>();
    m_wanted = m_found + pageSize;
    m_cancelled = false;
    m_clock.after(Duration(0), m_reading.get(), [this] { readSlice(); });
    Q_EMIT progressed();
}

void JournalPages::readSlice()
{
    const Result<JournalSlice> slice = m_reader.next(m_wanted - m_found);
    m_failure = slice ? std::nullopt : std::optional(slice.error());
    if (!slice) {
        m_model.setMoreToRead(false);
        return endReading();
    }
    m_lookedAt += slice->lookedAt;
    m_found += int(slice->entries.size());
    m_model.setMoreToRead(!slice->atEnd);
    QList<JournalEntry> fresh;
    for (const JournalEntry &entry : slice->entries)
        fresh.append(newest(entry));
    if (slice->atEnd || m_found >= m_wanted)
        endReading();
    else
        m_clock.after(Duration(0), m_reading.get(), [this] { readSlice(); });
    m_model.append(fresh);
    Q_EMIT progressed();
}

void JournalPages::endReading()
{
    m_reading.reset();
    Q_EMIT progressed();
}

void JournalPages::cancelReading()
{
    m_cancelled = isReading();
    m_model.setMoreToRead(false);
    endReading();
}

void JournalPages::goOnReading()
{
    if (m_cancelled)
        readPage();
}

void JournalPages::startExport(const QString &file, ExportFormat format)
{
    if (isExporting())
        return;
    m_exported = 0;
    m_export = std::make_unique<JournalExport>(m_journal, m_clock, file, format);
    connect(m_export.get(), &JournalExport::progressed, this, [this](qint64 written) {
        m_exported = written;
        Q_EMIT progressed();
    });
    connect(m_export.get(), &JournalExport::ended, this, [this](const ExportEnd &end) {
        m_export.release()->deleteLater();
        Q_EMIT progressed();
        Q_EMIT exportEnded(end);
    });
    m_export->start(m_filter);
    Q_EMIT progressed();
}

void JournalPages::cancelExport()
{
    if (m_export)
        m_export->cancel();
}

QString JournalPages::progressText() const
{
    const QLocale locale;
    if (isExporting())
        return tr("Exporting, %1 written").arg(locale.toString(m_exported));
    if (isReading() || isCancelled())
        return tr("Looked through %1, found %2").arg(locale.toString(m_lookedAt), locale.toString(m_found));
    return {};
}
