#include "app/journal/journal.h"
#include "tests/app/journal/decision.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QSqlError>
#include <QTemporaryDir>
#include <QtTest>

namespace journal_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using decision::after;
using decision::connection;
using decision::Look;
using decision::report;

/// The append-only record: what it holds, what it refuses, and what it tells the next run.
class TestJournal : public QObject {
    Q_OBJECT

private:
    QString file() const { return m_folder->filePath(u"journal.sqlite"_s); }
    /// A decision of an earlier run that came to these states, one after the other.
    void leave(const QList<StopReport> &states, const StopReport &decided = report())
    {
        Journal journal(file(), u"noa"_s);
        const auto intent = journal.writeIntent(decided, connection());
        QVERIFY(intent);
        for (const StopReport &state : states)
            QVERIFY(journal.writeState(*intent, state));
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void whatIsWrittenTogetherIsThereAtOnce()
    {
        Journal journal(file(), u"noa"_s);
        const auto intents = journal.writeIntents({report(), report()}, connection());
        QVERIFY(intents);
        const auto steps = [this] {
            const Look look(file());
            QSqlQuery query(u"SELECT count(*) FROM entry WHERE step = 'stopped'"_s, look.database());
            return query.next() ? query.value(0).toInt() : -1;
        };
        int meanwhile = -1;
        QVERIFY(journal.writeTogether([&] {
            for (const qint64 intent : *intents)
                QVERIFY(journal.writeState(intent, after(1500, StopState::Stopped)));
            meanwhile = steps();
        }));
        QCOMPARE(meanwhile, 0);
        QCOMPARE(steps(), 2);
    }

    void whatCannotBeWrittenTogetherIsDoneAllTheSame()
    {
        QDir().mkpath(m_folder->filePath(u"folder"_s));
        Journal journal(m_folder->filePath(u"folder"_s), u"noa"_s); // no file can be there
        int calls = 0;
        QVERIFY(!journal.writeTogether([&calls] { ++calls; }));
        QCOMPARE(calls, 1);
    }

    void holdsWhatATicketNeeds()
    {
        Journal journal(file(), u"noa"_s);
        QVERIFY(!journal.trouble());
        StopReport asked = report();
        asked.target.command = Command::DiscardMessage;
        asked.target.parent = {u"c1"_s};
        asked.target.message = {{u"m3"_s}, u"pay me"_s, {}, {}};
        asked.target.ranBefore = true;
        asked.target.before.emplace().queueDepth = 3;
        const auto intent = journal.writeIntent(asked, connection());
        QVERIFY(intent);
        StopReport stopped = after(1500, StopState::Stopped, asked);
        stopped.status = 200;
        stopped.evidence = Evidence{stopped.since, Duration(500), false, 0, false};
        QVERIFY(journal.writeState(*intent, stopped));

        const Look look(file());
        QSqlQuery query(
            u"SELECT step, at, operator, connection_id, connection, origin, base_path, routes, credential, "
            u"environment, command, agent, "
            "agent_name, conversation, parent, message_id, title, clear_queue, waiting, ran_before, reason, "
            "request_id FROM entry ORDER BY id"_s,
            look.database());
        QVERIFY(query.next());
        const QStringList expected{u"intent"_s,
                                   u"2026-05-13T12:00:00.000Z"_s,
                                   u"noa"_s,
                                   u"k1"_s,
                                   u"Acme"_s,
                                   u"https://api.example.test:8443"_s,
                                   u"/prefix"_s,
                                   u"gateway"_s,
                                   u"api key"_s,
                                   u"production"_s,
                                   u"discard message"_s,
                                   u"a1"_s,
                                   u"Billing helper"_s,
                                   u"c7"_s,
                                   u"c1"_s,
                                   u"m3"_s,
                                   u"Refund"_s,
                                   u"1"_s,
                                   u"3"_s,
                                   u"1"_s,
                                   u"Ticket 4711"_s,
                                   u"r1"_s};
        for (int i = 0; i < expected.size(); ++i)
            QCOMPARE(query.value(i).toString(), expected.at(i));
        query.exec(u"SELECT intent, step, http_status, duration_ms, confirmed_by FROM entry WHERE id=2"_s);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toLongLong(), *intent);
        QCOMPARE(query.value(1).toString(), u"stopped"_s);
        QCOMPARE(query.value(2).toInt(), 200);
        QCOMPARE(query.value(3).toInt(), 1500);
        QCOMPARE(query.value(4).toString(), u"run-state read 2026-05-13T12:00:01.500Z: gone, 0 waiting"_s);
        QFile raw(file() + u"-wal"_s);
        QVERIFY(raw.open(QFile::ReadOnly));
        const QByteArray written = raw.readAll();
        QVERIFY(written.contains("Ticket 4711"));
        QVERIFY(!written.contains("pay me"));
    }

    void whatWasNotReadIsLeftEmpty()
    {
        Journal journal(file(), u"noa"_s);
        QVERIFY(journal.writeIntent(report(), connection()));
        const Look look(file());
        QSqlQuery query(u"SELECT waiting, ran_before, parent, message_id FROM entry"_s, look.database());
        QVERIFY(query.next());
        for (int i = 0; i < 4; ++i)
            QVERIFY(query.isNull(i));
    }

    void aMarkHasItsOwnMoment()
    {
        Journal journal(file(), u"noa"_s);
        const qint64 intent = *journal.writeIntent(report(), connection());
        StopReport again = after(1500, StopState::Stopped);
        again.startedAgain = StartedAgain{again.askedAt.addSecs(60), StartedAgain::Cause::Queue, {}};
        QVERIFY(journal.writeState(intent, again));
        const StopReport unconfirmed = after(2000, StopState::Unconfirmed);
        StopReport dismissed = unconfirmed;
        dismissed.dismissed = true;
        QVERIFY(journal.writeState(intent, dismissed, dismissed.askedAt.addSecs(90)));
        const Look look(file());
        QSqlQuery query(u"SELECT step, at, duration_ms FROM entry WHERE intent = 1 ORDER BY id"_s, look.database());
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toString(), u"stopped, started again"_s);
        QCOMPARE(query.value(1).toString(), u"2026-05-13T12:01:00.000Z"_s);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toString(), u"unconfirmed, dismissed"_s);
        QCOMPARE(query.value(1).toString(), u"2026-05-13T12:01:30.000Z"_s);
        QCOMPARE(query.value(2).toInt(), 90000);
    }

    void refusesChangesOfThePast_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("update") << u"UPDATE entry SET step='x'"_s;
        QTest::newRow("delete") << u"DELETE FROM entry"_s;
        QTest::newRow("replace") << u"REPLACE INTO entry (id, step, at) VALUES (1, 'x', 'x')"_s;
        QTest::newRow("forget what is open") << u"DELETE FROM open_intent"_s;
        QTest::newRow("turn what is open") << u"UPDATE open_intent SET intent=7"_s;
        QTest::newRow("replace what is open") << u"REPLACE INTO open_intent VALUES (1)"_s;
    }
    void refusesChangesOfThePast()
    {
        QFETCH(QString, statement);
        Journal journal(file(), u"noa"_s);
        QVERIFY(journal.writeIntent(report(), connection()));
        const Look look(file());
        QSqlQuery query(look.database());
        query.exec(u"PRAGMA recursive_triggers=ON"_s);
        QVERIFY(!query.exec(statement));
        QVERIFY2(query.lastError().text().contains(QRegularExpression(u"append-only|still open"_s)),
                 qPrintable(query.lastError().text()));
    }

    void survivesBeingOpenedAgain()
    {
        {
            QVERIFY(Journal(file(), u"noa"_s).writeIntent(report(), connection()));
        }
        Journal again(file(), u"noa"_s);
        QVERIFY(!again.trouble());
        QCOMPARE(*again.writeIntent(report(), connection()), 2);
    }

    void isNobodyElsesToRead()
    {
        Journal journal(file(), u"noa"_s);
        QVERIFY(journal.writeIntent(report(), connection()));
        for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s})
            QVERIFY(!(QFile::permissions(file() + end) & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void whatAnEarlierRunLeftOpenIsFound_data()
    {
        QTest::addColumn<QList<StopReport>>("states");
        QTest::addColumn<bool>("open");
        using S = StopState;
        const auto leads = [](std::initializer_list<StopState> states) {
            QList<StopReport> reports;
            for (const StopState state : states)
                reports.append(after(100 * int(reports.size() + 1), state));
            return reports;
        };
        const auto dismissed = [](QList<StopReport> reports) {
            reports.append(reports.last());
            reports.last().dismissed = true;
            return reports;
        };
        QTest::newRow("only the intent") << leads({}) << true;
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state)
            QTest::addRow("state %d", state) << leads({S::Sending, StopState(state)}) << isOpen(StopState(state));
        QTest::newRow("looked up and found") << leads({S::Sending, S::Unconfirmed, S::NoLongerRunning}) << false;
        QTest::newRow("sub-tasks ended") << leads({S::Accepted, S::SubTasksStillRunning, S::Stopped}) << false;
        QTest::newRow("dismissed") << dismissed(leads({S::Sending, S::Unconfirmed})) << false;
        QTest::newRow("dismissed, and then settled") << dismissed(leads({S::Sending, S::StillRunning})) << false;
        QTest::newRow("open again") << leads({S::Stopped, S::SubTasksStillRunning}) << true;
    }
    void whatAnEarlierRunLeftOpenIsFound()
    {
        QFETCH(QList<StopReport>, states);
        QFETCH(bool, open);
        leave(states);
        Journal journal(file(), u"noa"_s);
        QCOMPARE(journal.openEntries().size(), open ? 1 : 0);
    }

    void whatIsFoundOpenIsWholeAndTheOldestFirst()
    {
        StopReport asked = report();
        asked.target.command = Command::StopSubTask;
        asked.target.parent = {u"c1"_s};
        asked.target.ranBefore = false;
        StopReport accepted = after(1200, StopState::Accepted, asked);
        accepted.status = 202;
        StopReport running = after(31000, StopState::StillRunning, accepted);
        running.evidence = Evidence{running.since, {}, true, 2, false};
        leave({after(100, StopState::Sending, asked), accepted, running}, asked);
        leave({after(100, StopState::Sending)});
        leave({after(100, StopState::Sending), after(200, StopState::Stopped)});
        leave({});

        Journal journal(file(), u"lena"_s);
        QVERIFY(journal.writeIntent(report(), connection())); // of this run
        const QList<JournalEntry> open = journal.openEntries();
        QVERIFY(!journal.trouble());
        QCOMPARE(open.size(), 3);
        QCOMPARE(open.at(1).report.state, StopState::Sending);
        QCOMPARE(open.at(2).report.state, StopState::InLine);
        QCOMPARE(open.at(2).report.since, report().askedAt);
        StopReport expected = running;
        expected.intent = 1;
        expected.fromEarlierRun = true;
        expected.answeredAt = accepted.since;
        expected.evidence->after = Duration(29800);
        QCOMPARE(open.at(0).report, expected);
        QCOMPARE(open.at(0).report.operatorName, u"noa"_s);
        QCOMPARE(open.at(0).connection.id, connection().id);
        QCOMPARE(open.at(0).connection.address, connection().address);
        QCOMPARE(open.at(0).connection.environment, Environment::Production);
        QCOMPARE(open.at(0).confirmedBy, u"run-state read 2026-05-13T12:00:31.000Z: running, 2 waiting"_s);
    }

    void howLongAProofTookWasCountedHoweverTheClockWasSetMeanwhile()
    {
        FakeClock clock;
        StopReport accepted = after(1200, StopState::Accepted);
        accepted.status = 202;
        const qint64 intent = [&] {
            Journal journal(file(), u"noa"_s);
            const qint64 written = journal.writeIntent(report(), connection()).value_or(0);
            journal.writeState(written, after(100, StopState::Sending));
            journal.writeState(written, accepted);
            clock.jump(1h);
            StopReport running = after(31000, StopState::StillRunning, accepted);
            running.evidence = Evidence{running.since, {}, true, 2, false};
            journal.writeState(written, running);
            return written;
        }();
        clock.restart();
        Journal journal(file(), u"noa"_s);
        const QList<JournalEntry> open = journal.openEntries();
        QCOMPARE(open.size(), 1);
        QCOMPARE(open.first().report.intent, intent);
        QCOMPARE(open.first().report.evidence->after, Duration(29800));
        QCOMPARE(open.first().report.since, after(31000, StopState::StillRunning).since.addSecs(3600)); // as the clock said
    }

    void anAnswerThatBrokeOffIsNotTakenForAnAcceptedOne()
    {
        StopReport cut = after(200, StopState::Unconfirmed);
        cut.status = 200;
        leave({after(100, StopState::Sending), cut});
        StopReport accepted = after(200, StopState::Accepted);
        StopReport unread = after(31000, StopState::Unconfirmed);
        accepted.status = unread.status = 200;
        leave({after(100, StopState::Sending), accepted, unread});
        const QList<JournalEntry> open = Journal(file(), u"noa"_s).openEntries();
        QCOMPARE(open.size(), 2);
        QCOMPARE(open.at(0).report.failure->kind, FailureKind::ConnectionLost);
        QVERIFY(!open.at(1).report.failure);
    }

    void aSecondInstanceWritesAndLeavesWhatIsOpenToTheFirst()
    {
        leave({after(100, StopState::Sending)});
        Journal first(file(), u"noa"_s);
        Journal second(file(), u"noa"_s);
        QVERIFY(!first.isShared());
        QVERIFY(second.isShared());
        QVERIFY(!second.trouble());
        QCOMPARE(first.openEntries().size(), 1);
        QCOMPARE(second.openEntries().size(), 0);
        const auto intent = second.writeIntent(report(), connection());
        QVERIFY(intent);
        QVERIFY(second.writeState(*intent, after(100, StopState::Sending)));
        QVERIFY(first.writeIntent(report(), connection()));
        QCOMPARE(first.openEntries().size(), 1);
    }
};

}

STOPDESK_TEST(journal, TestJournal, QCoreApplication)
#include "tst_journal.moc"
