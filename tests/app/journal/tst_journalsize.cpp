#include "app/journal/journal.h"
#include "app/journal/journalexport.h"
#include "app/journal/journalreader.h"
#include "app/types/clock.h"
#include "tests/app/journal/decision.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSqlError>
#include <QTemporaryDir>
#include <QtTest>

namespace journalsize_test {

using namespace Qt::StringLiterals;
using decision::connection;
using decision::Look;
using decision::report;

/// Decisions with three to four rows each, a minute apart; one in `count` bears a word of its own.
const QStringList fillSql{
    u"PRAGMA synchronous=OFF"_s,
    uR"(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %1 * 4),
        s AS (SELECT i / 4 AS d, i % 4 AS k, strftime('%Y-%m-%dT%H:%M:%S', 1500000000 + i / 4 * 60, 'unixepoch') AS t FROM n)
        INSERT INTO entry (id, intent, step, at, operator, connection_id, connection, origin, environment, command, agent,
            agent_name, conversation, title, clear_queue, waiting, ran_before, reason, request_id, http_status,
            duration_ms, confirmed_by)
        SELECT d * 4 + k + 1, iif(k = 0, NULL, d * 4 + 1),
            CASE k WHEN 0 THEN 'intent' WHEN 1 THEN 'sent' WHEN 2 THEN iif(d = 11, 'sent', iif(d % 3 = 2, 'stopped', 'accepted')) ELSE 'stopped' END,
            t || '.' || (100 + k) || 'Z', iif(k = 0, 'operator' || (d % 7), NULL), iif(k = 0, 'k1', NULL),
            iif(k = 0, 'Acme cloud', NULL), iif(k = 0, 'https://api.example.test', NULL), iif(k = 0, 'production', NULL),
            iif(k = 0, 'stop conversation', NULL), iif(k = 0, 'agent-' || (d % 50), NULL),
            iif(k = 0, 'Agent number ' || (d % 50), NULL), iif(k = 0, 'conversation-' || d, NULL),
            iif(k = 0, 'Weekly outreach to customer ' || d || iif(d = 7, ' needle', ''), NULL), iif(k = 0, 0, NULL),
            iif(k = 0, 2, NULL), iif(k = 0, 1, NULL), iif(k = 0, 'Ticket ' || d, NULL), 'request-' || d,
            iif(k > 1, 200, NULL), iif(k > 0, k * 400, NULL),
            iif(k = 3, 'run-state read ' || t || '.103Z: nothing runs, 2 waiting', NULL)
        FROM s WHERE k < 3 OR d % 3 < 2)"_s,
};

struct Reading {
    qint64 toFirst = -1; ///< ms until the first entry was there
    qint64 whole = 0;
    qint64 longest = 0;
    int found = 0;
    int lookedAt = 0;
};

/// A journal of many years. STOPDESK_ENTRIES: how many decisions; without it few enough for every day.
class TestJournalSize : public QObject {
    Q_OBJECT

private:
    QString file() const { return m_folder.filePath(u"journal.sqlite"_s); }
    int count() const
    {
        return qEnvironmentVariableIntValue("STOPDESK_ENTRIES") > 0 ? qEnvironmentVariableIntValue("STOPDESK_ENTRIES")
                                                                    : 20'000;
    }
    Reading read(const JournalFilter &filter, int page, int pages)
    {
        JournalReader reader(*m_journal, m_clock);
        QElapsedTimer all;
        all.start();
        Reading reading;
        reader.begin(filter);
        for (bool atEnd = false; !atEnd && reading.found < page * pages;) {
            QElapsedTimer one;
            one.start();
            const Result<JournalSlice> slice = reader.next(page - reading.found % page);
            reading.longest = qMax(reading.longest, one.nsecsElapsed() / 1000);
            if (!slice)
                return {};
            if (!slice->entries.isEmpty() && reading.toFirst < 0)
                reading.toFirst = all.elapsed();
            reading.found += int(slice->entries.size());
            reading.lookedAt += slice->lookedAt;
            atEnd = slice->atEnd;
        }
        reading.whole = all.elapsed();
        return reading;
    }
    /// Wide, for a machine that does other things: the figure itself is said.
    static constexpr qint64 longestSlice = 200'000; // µs
    void say(const char *what, const Reading &reading) const
    {
        qInfo("%s: first after %lld ms, %d of %d after %lld ms, longest slice %.1f ms", what, reading.toFirst,
              reading.found, reading.lookedAt, reading.whole, double(reading.longest) / 1000);
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<Journal> m_journal;

private Q_SLOTS:
    void initTestCase()
    {
        {
            QVERIFY(!Journal(file(), u"noa"_s).trouble());
        }
        {
            const Look look(file());
            for (const QString &sql : fillSql) {
                QSqlQuery query(look.database());
                QVERIFY2(
                    query.exec(sql.contains(u"%1"_s) ? QString(sql).replace(u"%1"_s, QString::number(count())) : sql),
                    qPrintable(query.lastError().text()));
            }
        }
        QElapsedTimer timer;
        timer.start();
        m_journal = std::make_unique<Journal>(file(), u"noa"_s);
        QVERIFY(!m_journal->trouble());
        const qint64 open = timer.restart();
        const qsizetype left = m_journal->openEntries().size();
        qInfo("%d decisions, %lld MB: opened in %lld ms, what is open found in %lld ms", count(),
              QFileInfo(file()).size() / 1'000'000, open, timer.elapsed());
        QCOMPARE(left, 1);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theFirstPageIsThereAtOnce()
    {
        const Reading reading = read({}, 100, 1);
        say("first page", reading);
        QCOMPARE(reading.found, 100);
        QVERIFY(reading.longest < longestSlice);
    }

    void aRareTextIsFoundInShortSlices()
    {
        JournalFilter filter;
        filter.text = u"NEEDLE"_s;
        const Reading reading = read(filter, 100, 1);
        say("rare text", reading);
        QCOMPARE(reading.found, 1);
        QCOMPARE(reading.lookedAt, count());
        QVERIFY(reading.longest < longestSlice);
    }

    void anOutcomeThatNeverWasIsNotFoundInShortSlices()
    {
        JournalFilter filter;
        filter.outcomes = {StopState::Refused};
        const Reading reading = read(filter, 100, 1);
        say("outcome that never was", reading);
        QCOMPARE(reading.found, 0);
        QVERIFY(reading.longest < longestSlice);
    }

    void aDayLongAgoIsFoundWithoutLookingAtTheRest()
    {
        JournalFilter filter;
        filter.from = QDateTime::fromSecsSinceEpoch(1500000000 + 86400, utcZone);
        filter.to = filter.from.addDays(1);
        const Reading reading = read(filter, 10'000, 1);
        say("a day long ago", reading);
        QCOMPARE(reading.found, 1440);
        QCOMPARE(reading.lookedAt, 1440);
    }

    void pageAfterPage()
    {
        const Reading reading = read({}, 100, 100);
        say("a hundred pages", reading);
        QCOMPARE(reading.found, 10'000);
        QVERIFY(reading.longest < longestSlice);
    }

    void aDecisionIsWrittenAsFast()
    {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            QVERIFY(m_journal->writeIntent(report(), connection()));
        qInfo("an intent: %.2f ms", double(timer.nsecsElapsed()) / 20e6);
    }

    void allOfItIsExported()
    {
        SystemClock clock;
        JournalExport out(*m_journal, clock, m_folder.filePath(u"out.csv"_s), ExportFormat::Csv);
        QSignalSpy ended(&out, &JournalExport::ended);
        QElapsedTimer timer;
        timer.start();
        out.start({});
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 600'000);
        QVERIFY(ended.first().first().value<ExportEnd>().written >= count());
        qInfo("export: %lld ms, %lld MB", timer.elapsed(),
              QFileInfo(m_folder.filePath(u"out.csv"_s)).size() / 1'000'000);
    }
};

}

STOPDESK_TEST(journalsize, TestJournalSize, QCoreApplication)
#include "tst_journalsize.moc"
