#include "app/stopping/resumption.h"

#include <QHash>
#include <QSet>

using namespace std::chrono_literals;

namespace {

constexpr int mostInSlice = 200;
constexpr qint64 writtenWithin = 600; // s: the intents of a decision are all on disk before the first is sent

JournalFilter sameDecision(const JournalEntry &entry)
{
    JournalFilter filter;
    filter.from = entry.report.askedAt.addSecs(-writtenWithin);
    filter.to = entry.report.askedAt.addSecs(writtenWithin);
    filter.batch = entry.report.batch;
    return filter;
}

}

Resumption::Resumption(Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent), m_journal(journal), m_clock(clock)
{
}

void Resumption::start()
{
    QSet<BatchId> seen;
    const QList<JournalEntry> open = m_journal.openEntries();
    for (const JournalEntry &entry : open) {
        m_entries.emplace(entry.report.intent, entry);
        if (!entry.report.batch.isEmpty() && !seen.contains(entry.report.batch))
            m_batches.push_back(entry);
        seen.insert(entry.report.batch);
    }
    if (m_batches.empty())
        return giveSome();
    m_reader = std::make_unique<JournalReader>(m_journal, m_clock);
    m_reader->begin(sameDecision(m_batches.front()));
    readBatch();
}

/// What cannot be read is left out: what is open comes back all the same.
void Resumption::readBatch()
{
    const Result<JournalSlice> slice = m_reader->next(mostInSlice);
    for (JournalEntry entry : slice ? slice->entries : QList<JournalEntry>()) {
        entry.report.fromEarlierRun = true;
        m_entries.emplace(entry.report.intent, entry);
    }
    if (!slice || slice->atEnd) {
        m_batches.pop_front();
        if (m_batches.empty()) {
            setSizes();
            return giveSome();
        }
        m_reader->begin(sameDecision(m_batches.front()));
    }
    m_clock.after(0ms, this, [this] { readBatch(); });
}

void Resumption::setSizes()
{
    QHash<BatchId, int> sizes;
    for (const auto &[number, entry] : m_entries)
        ++sizes[entry.report.batch];
    for (auto &[number, entry] : m_entries)
        entry.report.batchSize = entry.report.batch.isEmpty() ? 0 : sizes.value(entry.report.batch);
}

void Resumption::giveSome()
{
    QList<JournalEntry> some;
    while (!m_entries.empty() && some.size() < atOnce)
        some.append(m_entries.extract(m_entries.begin()).mapped());
    if (!m_entries.empty())
        m_clock.after(0ms, this, [this] { giveSome(); });
    if (!some.isEmpty())
        Q_EMIT found(some);
}
