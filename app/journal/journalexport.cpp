#include "app/journal/journalexport.h"

namespace {

constexpr int mostInSlice = 200;

}

JournalExport::JournalExport(const Journal &journal, Clock &clock, const QString &file, ExportFormat format,
                             QObject *parent)
    : QObject(parent)
    , m_reader(journal, clock)
    , m_clock(clock)
    , m_file(file, format)
{
}

void JournalExport::start(const JournalFilter &filter)
{
    m_reader.begin(filter);
    m_file.begin();
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
    if (m_cancelled || m_file.isHindered())
        return finish();
    const Result<JournalSlice> slice = m_reader.next(mostInSlice);
    if (!slice) {
        Q_EMIT ended(m_file.giveUp(false, slice.error().text));
        return;
    }
    for (const JournalEntry &entry : slice->entries)
        m_file.write(entry);
    Q_EMIT progressed(m_file.written());
    slice->atEnd ? finish() : goOn();
}

void JournalExport::finish()
{
    Q_EMIT ended(m_cancelled ? m_file.giveUp(true, {}) : m_file.finish());
}
