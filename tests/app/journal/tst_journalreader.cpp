#include "app/journal/journal.h"
#include "app/journal/journalreader.h"
#include "tests/app/journal/decision.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QSqlError>
#include <QTemporaryDir>
#include <QtTest>

namespace journalreader_test {

using namespace Qt::StringLiterals;
using decision::after;
using decision::connection;
using decision::Look;
using decision::report;

/// Time that passes with every look at it.
class TickingClock final : public Clock {
public:
    Duration monotonic() const override { return m_now += Duration(1); }
    QDateTime now() const override { return {}; }
    QDateTime wallNow() const override { return {}; }
    double random() const override { return 0.5; }
    void after(Duration, QObject *, std::function<void()>) override { }

private:
    mutable Duration m_now{0};
};

/// Reading the journal back: in which order, by which filter, in which slices.
class TestJournalReader : public QObject {
    Q_OBJECT

private:
    QString file() const { return m_folder->filePath(u"journal.sqlite"_s); }
    static QDateTime noon(int minutes) { return report().askedAt.addSecs(60 * minutes); }

    qint64 decide(int minute, const QString &title, const QList<StopState> &states = {})
    {
        StopReport decided = report();
        decided.askedAt = noon(minute);
        decided.target.title = title;
        return decide(decided, states);
    }
    qint64 decide(const StopReport &decided, const QList<StopState> &states = {})
    {
        const qint64 intent = m_journal->writeIntent(decided, connection()).value_or(0);
        int ms = 0;
        for (const StopState state : states)
            (void)m_journal->writeState(intent, after(ms += 100, state, decided));
        return intent;
    }
    QStringList titles(const JournalFilter &filter, int most = 100)
    {
        JournalReader reader(*m_journal, m_clock);
        reader.begin(filter);
        QStringList found;
        for (int slices = 0; slices < 100; ++slices) {
            const Result<JournalSlice> slice = reader.next(most);
            if (!slice)
                return {slice.error().text};
            for (const JournalEntry &entry : slice->entries)
                found.append(entry.report.target.title);
            if (slice->atEnd)
                return found;
        }
        return {u"no end"_s};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    FakeClock m_clock;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>(file(), u"noa"_s);
    }
    void cleanup() { m_journal.reset(); }

    void theNewestDecisionComesFirst()
    {
        decide(2, u"B"_s, {StopState::Sending, StopState::Stopped});
        decide(1, u"A"_s); // a clock that was set back
        decide(3, u"C"_s);
        decide(3, u"D"_s);
        const QStringList newestFirst{u"D"_s, u"C"_s, u"B"_s, u"A"_s};
        QCOMPARE(titles({}), newestFirst);
        QCOMPARE(titles({}, 1), newestFirst);
        QCOMPARE(titles({}, 2), newestFirst);
    }

    void anEntryIsWhole()
    {
        const qint64 intent = decide(1, u"A"_s, {StopState::Sending, StopState::Accepted, StopState::Stopped});
        JournalReader reader(*m_journal, m_clock);
        const auto entry = reader.entry(intent);
        QVERIFY(entry && *entry);
        QCOMPARE((*entry)->report.intent, intent);
        QCOMPARE((*entry)->report.state, StopState::Stopped);
        QCOMPARE((*entry)->report.since, noon(1).addMSecs(300));
        QCOMPARE((*entry)->report.answeredAt, noon(1).addMSecs(200));
        QVERIFY(!(*entry)->report.fromEarlierRun);
        reader.begin({});
        QCOMPARE(reader.next(1)->entries, QList<JournalEntry>{**entry});
        QVERIFY(!*reader.entry(intent + 1)); // a step, no decision
        QVERIFY(!*reader.entry(4711));
    }

    void aMarkLeavesTheMomentOfTheState()
    {
        const qint64 intent = decide(1, u"A"_s, {StopState::Accepted, StopState::Stopped});
        StopReport marked = report();
        marked.askedAt = noon(1);
        marked.state = StopState::Stopped;
        marked.since = noon(1).addMSecs(200);
        marked.evidence = Evidence{noon(2), {}, true, 1, false};
        marked.startedAgain = StartedAgain{noon(2), StartedAgain::Cause::Source, u"schedule"_s};
        QVERIFY(m_journal->writeState(intent, marked));
        marked.dismissed = true;
        QVERIFY(m_journal->writeState(intent, marked, noon(3)));
        JournalReader reader(*m_journal, m_clock);
        const StopReport read = (*reader.entry(intent))->report;
        QCOMPARE(read.state, StopState::Stopped);
        QCOMPARE(read.since, marked.since);
        QCOMPARE(read.startedAgain, marked.startedAgain);
        QVERIFY(read.dismissed);
        QCOMPARE(read.evidence->after, Duration(59900));
    }

    void filters_data()
    {
        QTest::addColumn<JournalFilter>("filter");
        QTest::addColumn<QStringList>("found");
        const auto with = [](auto set) {
            JournalFilter filter;
            set(filter);
            return filter;
        };
        using F = JournalFilter;
        QTest::newRow("from") << with([](F &f) { f.from = noon(2); }) << QStringList{u"C"_s, u"B"_s};
        QTest::newRow("to") << with([](F &f) { f.to = noon(2); }) << QStringList{u"A"_s};
        QTest::newRow("from, to") << with([](F &f) { f.from = noon(2), f.to = noon(3); }) << QStringList{u"B"_s};
        QTest::newRow("local time") << with([](F &f) { f.from = noon(2).toOffsetFromUtc(7200); })
                                    << QStringList{u"C"_s, u"B"_s};
        QTest::newRow("person") << with([](F &f) { f.person = u"NO"_s; }) << QStringList{u"C"_s, u"B"_s, u"A"_s};
        QTest::newRow("another person") << with([](F &f) { f.person = u"lena"_s; }) << QStringList{};
        QTest::newRow("agent by name") << with([](F &f) { f.agent = u"sales"_s; }) << QStringList{u"B"_s};
        QTest::newRow("agent by id") << with([](F &f) { f.agent = u"A9"_s; }) << QStringList{u"C"_s};
        QTest::newRow("outcome") << with([](F &f) { f.outcomes = {StopState::Stopped}; }) << QStringList{u"B"_s};
        QTest::newRow("two outcomes") << with([](F &f) {
            f.outcomes = {StopState::InLine, StopState::Stopped};
        }) << QStringList{u"B"_s, u"A"_s};
        QTest::newRow("text in the title") << with([](F &f) { f.text = u"b"_s; }) << QStringList{u"B"_s};
        QTest::newRow("text in an id") << with([](F &f) { f.text = u"CONV-3"_s; }) << QStringList{u"C"_s};
        QTest::newRow("text in the reason") << with([](F &f) { f.text = u"öde"_s; }) << QStringList{u"A"_s};
        QTest::newRow("any case of it") << with([](F &f) { f.text = u"ÖDE GRO"_s; }) << QStringList{u"A"_s};
        QTest::newRow("text in the connection")
            << with([](F &f) { f.text = u"acme"_s; }) << QStringList{u"C"_s, u"B"_s, u"A"_s};
        QTest::newRow("no pattern") << with([](F &f) { f.text = u"%"_s; }) << QStringList{};
        QTest::newRow("all of it") << with([](F &f) {
            f.from = noon(1), f.to = noon(3), f.person = u"noa"_s, f.agent = u"Sales"_s;
            f.outcomes = {StopState::Stopped}, f.text = u"B"_s;
        }) << QStringList{u"B"_s};
    }
    void filters()
    {
        QFETCH(JournalFilter, filter);
        QFETCH(QStringList, found);
        StopReport first = report();
        first.askedAt = noon(1);
        first.target.title = u"A"_s;
        first.reason = u"Öde große Rechnung"_s;
        decide(first);
        StopReport second = report();
        second.askedAt = noon(2);
        second.target.title = u"B"_s;
        second.target.agentName = u"Sales"_s;
        decide(second, {StopState::Sending, StopState::Stopped});
        StopReport third = report();
        third.askedAt = noon(3);
        third.target.title = u"C"_s;
        third.target.agent = {u"a9"_s};
        third.target.agentName.clear();
        third.target.conversation = {u"conv-3"_s};
        decide(third, {StopState::Sending});
        QCOMPARE(titles(filter), found);
        QCOMPARE(titles(filter, 1), found);
    }

    void aSliceEndsWithItsTimeAndGoesOnWhereItEnded()
    {
        for (int i = 0; i < 50; ++i)
            decide(i, QString::number(i));
        const TickingClock clock;
        JournalReader reader(*m_journal, clock);
        JournalFilter filter;
        filter.text = u"nowhere"_s;
        reader.begin(filter);
        int looked = 0;
        int slices = 0;
        Result<JournalSlice> slice;
        do {
            slice = reader.next(1000);
            QVERIFY(slice);
            QVERIFY(slice->lookedAt <= int(JournalReader::longest.count()));
            looked += slice->lookedAt;
        } while (!slice->atEnd && ++slices < 100);
        QCOMPARE(looked, 50);
        QVERIFY(slices >= 50 / int(JournalReader::longest.count()));
    }

    void whatIsWrittenMeanwhileDoesNotMoveThePages()
    {
        for (int i = 0; i < 4; ++i)
            decide(i, QString::number(i));
        JournalReader reader(*m_journal, m_clock);
        reader.begin({});
        QCOMPARE(reader.next(2)->entries.size(), 2);
        decide(9, u"9"_s);
        const auto rest = reader.next(10);
        QCOMPARE(rest->entries.size(), 2);
        QCOMPARE(rest->entries.first().report.target.title, u"1"_s);
        QVERIFY(rest->atEnd);
        QVERIFY(reader.next(10)->entries.isEmpty());
        reader.begin({});
        QCOMPARE(reader.next(10)->entries.size(), 5);
    }

    void aJournalThatCannotBeUsedSaysWhy()
    {
        m_journal.reset();
        {
            const Look look(file());
            QVERIFY(QSqlQuery(look.database()).exec(u"PRAGMA user_version=99"_s));
        }
        m_journal = std::make_unique<Journal>(file(), u"noa"_s);
        JournalReader reader(*m_journal, m_clock);
        reader.begin({});
        QCOMPARE(reader.next(1).error(), *m_journal->trouble());
        QCOMPARE(reader.entry(1).error(), *m_journal->trouble());
    }

    void damageIsSaidWhereItIsMet()
    {
        for (int i = 0; i < 100; ++i)
            decide(i, QString(200, u't'));
        m_journal.reset();
        QFile raw(file());
        QVERIFY(raw.open(QFile::ReadWrite));
        raw.seek(raw.size() / 2 / 4096 * 4096);
        raw.write(QByteArray(4096, '\x7f'));
        raw.close();
        m_journal = std::make_unique<Journal>(file(), u"noa"_s);
        QVERIFY(!m_journal->trouble());
        const QStringList said = titles({});
        QCOMPARE(said.size(), 1);
        QVERIFY2(said.first().startsWith(u"The file is damaged"_s), qPrintable(said.first()));
    }
};

}

STOPDESK_TEST(journalreader, TestJournalReader, QCoreApplication)
#include "tst_journalreader.moc"
