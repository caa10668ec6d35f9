#include "app/journal/journal.h"
#include "app/models/journalpages.h"
#include "tests/app/journal/decision.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

namespace journalpages_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using decision::after;
using decision::connection;
using decision::report;

/// The pages of the journal: read as far as somebody looks, newest first, what an earlier run left open on top.
class TestJournalPages : public QObject {
    Q_OBJECT

private:
    QString file() const { return m_folder->filePath(u"journal.sqlite"_s); }
    qint64 decide(const QString &title, StopState state = StopState::Stopped)
    {
        StopReport decided = report();
        decided.target.title = title;
        decided.askedAt = report().askedAt.addSecs(60 * ++m_decided);
        const qint64 intent = m_journal->writeIntent(decided, connection()).value_or(0);
        write(intent, after(100, state, decided));
        return intent;
    }
    void write(qint64 intent, StopReport report)
    {
        (void)m_journal->writeState(intent, report);
        report.intent = intent;
        m_reports.insert(intent, report);
    }
    void stopped(qint64 intent) { write(intent, after(900, StopState::Stopped, m_reports.value(intent))); }
    void decideMany(int count)
    {
        for (int i = 0; i < count; ++i)
            decide(u"many"_s);
    }
    /// What the session says of an entry that it knows.
    StopReport of(qint64 intent, bool fromEarlierRun = false) const
    {
        StopReport known = m_reports.value(intent, report());
        known.intent = intent;
        known.fromEarlierRun = fromEarlierRun;
        return known;
    }
    QStringList titles()
    {
        QStringList found;
        for (const JournalRow &row : m_pages->model().rows())
            found.append(row.entry.report.target.title);
        return found;
    }
    JournalFilter withText(const QString &text) const
    {
        JournalFilter filter;
        filter.text = text;
        return filter;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<JournalPages> m_pages;
    QHash<qint64, StopReport> m_reports; ///< the newest of each
    int m_decided = 0;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>(file(), u"noa"_s);
        m_clock = std::make_unique<FakeClock>();
        m_pages = std::make_unique<JournalPages>(*m_journal, *m_clock);
    }
    void cleanup()
    {
        m_pages.reset();
        m_journal.reset();
    }

    void readsNothingBeforeSomebodyLooks()
    {
        decide(u"A"_s);
        JournalPages pages(*m_journal, *m_clock);
        m_clock->advance(0ms);
        QCOMPARE(pages.model().rowCount(), 0);
        QVERIFY(pages.model().canFetchMore({}));
        pages.model().fetchMore({});
        QCOMPARE(pages.model().rowCount(), 0); // not while the view asks
        m_clock->advance(0ms);
        QCOMPARE(pages.model().rowCount(), 1);
        QVERIFY(!pages.model().canFetchMore({}));
    }

    void pageAfterPageUntilTheEnd()
    {
        decideMany(250);
        m_pages->setFilter({});
        m_clock->advance(0ms);
        QCOMPARE(m_pages->model().rowCount(), 100);
        QVERIFY(!m_pages->isReading());
        m_pages->model().fetchMore({});
        QVERIFY(m_pages->isReading());
        QCOMPARE(m_pages->progressText(), u"Looked through 100, found 100"_s);
        m_clock->advance(0ms);
        QCOMPARE(m_pages->model().rowCount(), 200);
        m_pages->model().fetchMore({});
        m_clock->advance(0ms);
        QCOMPARE(m_pages->model().rowCount(), 250);
        QVERIFY(!m_pages->model().canFetchMore({}));
        QCOMPARE(m_pages->progressText(), QString());
    }

    void aFilterBeginsAnew()
    {
        decide(u"apple"_s);
        decide(u"pear"_s);
        m_pages->setFilter({});
        m_clock->advance(0ms);
        QCOMPARE(titles(), (QStringList{u"pear"_s, u"apple"_s}));
        m_pages->setFilter(withText(u"none"_s));
        m_pages->setFilter(withText(u"app"_s)); // before the one before was read
        m_clock->advance(0ms);
        QCOMPARE(titles(), QStringList{u"apple"_s});
        QVERIFY(!m_pages->isReading());
    }

    void readingCanBeCancelledAndGoneOnWith()
    {
        decide(u"old"_s);
        decideMany(150);
        m_pages->setFilter(withText(u"many"_s));
        QSignalSpy progressed(m_pages.get(), &JournalPages::progressed);
        m_pages->cancelReading();
        QVERIFY(!m_pages->isReading());
        QVERIFY(m_pages->isCancelled());
        QVERIFY(!m_pages->model().canFetchMore({}));
        QVERIFY(!progressed.isEmpty());
        m_clock->advance(0ms);
        QCOMPARE(m_pages->model().rowCount(), 0);
        QCOMPARE(m_pages->progressText(), u"Looked through 0, found 0"_s);
        m_pages->goOnReading();
        QVERIFY(!m_pages->isCancelled());
        m_clock->advance(0ms);
        QCOMPARE(m_pages->model().rowCount(), 100);
        QVERIFY(m_pages->model().canFetchMore({}));
    }

    void aStopOfThisRunComesOnTopAndGoesOnThere()
    {
        decide(u"before"_s);
        m_pages->setFilter({});
        m_clock->advance(0ms);
        const qint64 intent = decide(u"now"_s, StopState::Sending);
        m_pages->show(of(intent));
        QCOMPARE(titles(), (QStringList{u"now"_s, u"before"_s}));
        QCOMPARE(m_pages->model().row(0).entry.report.state, StopState::Sending);
        stopped(intent);
        m_pages->show(of(intent));
        QCOMPARE(titles().size(), 2);
        QCOMPARE(m_pages->model().row(0).entry.report.state, StopState::Stopped);
        m_pages->show(of(0)); // without a record
        QCOMPARE(titles().size(), 2);
    }

    /// What changes is shown from its report, with what its row in the file has of the connection.
    void nothingOfAChangeIsReadBack()
    {
        m_pages->use(connection());
        m_pages->setFilter({});
        m_clock->advance(0ms);
        const qint64 intent = decide(u"now"_s, StopState::Sending);
        m_pages->show(of(intent));
        const auto written = m_journal->writeTogether([this, intent] {
            stopped(intent);
            m_journal->whenWritten([this, intent] { m_pages->show(of(intent)); });
            QCOMPARE(m_pages->model().row(0).entry.report.state, StopState::Sending);
        });
        QVERIFY(written.has_value());
        const JournalEntry shown = m_pages->model().row(0).entry;
        QCOMPARE(shown.report.state, StopState::Stopped);
        JournalPages anew(*m_journal, *m_clock);
        anew.setFilter({});
        m_clock->advance(0ms);
        const JournalEntry read = anew.model().row(0).entry;
        QCOMPARE(shown.connection, read.connection);
        QCOMPARE(shown.report.operatorName, read.report.operatorName);
        QCOMPARE(shown.report.target.person, read.report.target.person);
        QCOMPARE(shown.confirmedBy, read.confirmedBy);
        QCOMPARE(shown.report.evidence, read.report.evidence);
    }

    void whatTheFilterHidesIsNotShownAndWhatIsShownStays()
    {
        m_pages->setFilter(withText(u"apple"_s));
        m_clock->advance(0ms);
        m_pages->show(of(decide(u"pear"_s)));
        QCOMPARE(titles(), QStringList());
        JournalFilter open;
        open.outcomes = {StopState::Sending};
        m_pages->setFilter(open);
        m_clock->advance(0ms);
        const qint64 intent = decide(u"now"_s, StopState::Sending);
        m_pages->show(of(intent));
        stopped(intent);
        m_pages->show(of(intent));
        QCOMPARE(titles(), QStringList{u"now"_s});
        QCOMPARE(m_pages->model().row(0).entry.report.state, StopState::Stopped);
    }

    void whatAnEarlierRunLeftOpenStandsOnTopOfEveryFilter()
    {
        const qint64 older = decide(u"older left open"_s, StopState::Unconfirmed);
        const qint64 newer = decide(u"newer left open"_s, StopState::Sending);
        decide(u"newest"_s);
        m_pages->show(of(older, true));
        m_pages->show(of(newer, true));
        m_clock->advance(0ms);
        const QStringList openFirst{u"newer left open"_s, u"older left open"_s, u"newest"_s};
        m_pages->setFilter({});
        m_clock->advance(0ms);
        QCOMPARE(titles(), openFirst);
        QVERIFY(m_pages->model().row(0).entry.report.fromEarlierRun);
        QVERIFY(!m_pages->model().row(2).entry.report.fromEarlierRun);
        m_pages->setFilter(withText(u"left"_s));
        m_clock->advance(0ms);
        QCOMPARE(titles(), openFirst.first(2));
        stopped(newer);
        m_pages->show(of(newer, true));
        QCOMPARE(titles(), openFirst.first(2)); // nothing jumps
        m_pages->setFilter({});
        m_clock->advance(0ms);
        QCOMPARE(titles(), (QStringList{u"older left open"_s, u"newest"_s, u"newer left open"_s}));
    }

    void aJournalThatCannotBeReadSaysWhyAndIsTriedAgain()
    {
        m_pages.reset();
        const QString folder = m_folder->filePath(u"data"_s);
        QFile inTheWay(folder);
        QVERIFY(inTheWay.open(QFile::WriteOnly));
        inTheWay.close();
        m_journal = std::make_unique<Journal>(folder + u"/journal.sqlite"_s, u"noa"_s);
        m_pages = std::make_unique<JournalPages>(*m_journal, *m_clock);
        m_pages->setFilter({});
        m_clock->advance(0ms);
        QCOMPARE(m_pages->failure(), m_journal->trouble());
        QVERIFY(!m_pages->model().canFetchMore({}));
        QVERIFY(inTheWay.remove());
        m_pages->show(of(decide(u"A"_s)));
        m_clock->advance(0ms);
        QVERIFY(!m_pages->failure());
        QCOMPARE(titles(), QStringList{u"A"_s});
    }

    void anExportWritesWhatIsFiltered()
    {
        decide(u"apple"_s);
        decide(u"pear"_s);
        m_pages->setFilter(withText(u"pear"_s));
        m_clock->advance(0ms);
        QSignalSpy ended(m_pages.get(), &JournalPages::exportEnded);
        m_pages->startExport(m_folder->filePath(u"out.json"_s), ExportFormat::Json);
        QVERIFY(m_pages->isExporting());
        QCOMPARE(m_pages->progressText(), u"Exporting, 0 written"_s);
        m_pages->startExport(m_folder->filePath(u"other.json"_s), ExportFormat::Json);
        m_clock->advance(0ms);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().value<ExportEnd>(),
                 (ExportEnd{m_folder->filePath(u"out.json"_s), 1, false, {}}));
        QVERIFY(!m_pages->isExporting());
        QVERIFY(!QFile::exists(m_folder->filePath(u"other.json"_s)));
    }

    void anExportCanBeCancelled()
    {
        decide(u"apple"_s);
        QSignalSpy ended(m_pages.get(), &JournalPages::exportEnded);
        m_pages->startExport(m_folder->filePath(u"out.json"_s), ExportFormat::Json);
        m_pages->cancelExport();
        m_clock->advance(0ms);
        QCOMPARE(ended.size(), 1);
        QVERIFY(ended.first().first().value<ExportEnd>().cancelled);
        QVERIFY(!QFile::exists(m_folder->filePath(u"out.json"_s)));
    }
};

}

STOPDESK_TEST(journalpages, TestJournalPages, QCoreApplication)
#include "tst_journalpages.moc"
