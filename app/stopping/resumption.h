#pragma once

#include "app/journal/journal.h"
#include "app/journal/journalreader.h"

#include <QObject>

#include <deque>
#include <map>
#include <memory>

/// Brings back what earlier runs left open, the oldest first; of a decision about several also what had come to its end,
/// so that it is seen whole. In parts, so that everything else goes on; a few come before `start` has returned.
class Resumption final : public QObject {
    Q_OBJECT

public:
    Resumption(Journal &journal, Clock &clock, QObject *parent = nullptr);

    void start();

    static constexpr int atOnce = 20; ///< each may write to the disk

Q_SIGNALS:
    void found(const QList<JournalEntry> &entries); ///< of a decision about several, each bears its size

private:
    void readBatch();
    void giveSome();
    void setSizes();

    Journal &m_journal;
    Clock &m_clock;
    std::unique_ptr<JournalReader> m_reader;
    std::deque<JournalEntry> m_batches; ///< one of each that is still to be read
    std::map<qint64, JournalEntry> m_entries; ///< by number; those that were left open, and those that belong to them
};
