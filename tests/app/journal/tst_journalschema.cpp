#include "app/journal/journal.h"
#include "app/journal/journalschema.h"
#include "app/journal/journalwords.h"
#include "tests/app/journal/decision.h"
#include "tests/support/testmain.h"

#include <QSqlError>
#include <QSqlRecord>
#include <QTemporaryDir>
#include <QtTest>

namespace journalschema_test {

using namespace Qt::StringLiterals;
using decision::Look;

/// The statements of the first release, and rows as it wrote them. They stay as they are.
const QStringList firstRelease{
    u"PRAGMA journal_mode=WAL"_s,
    uR"(CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        intent INTEGER REFERENCES entry(id),
        step TEXT NOT NULL,
        at TEXT NOT NULL,
        operator TEXT,
        connection TEXT,
        origin TEXT,
        environment TEXT,
        agent TEXT,
        conversation TEXT,
        title TEXT,
        clear_queue INTEGER,
        waiting INTEGER,
        reason TEXT,
        request_id TEXT,
        http_status INTEGER,
        duration_ms INTEGER,
        confirmed_by TEXT))"_s,
    u"CREATE INDEX entry_of_intent ON entry(intent)"_s,
    u"CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"_s,
    u"CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"_s,
    u"PRAGMA user_version=1"_s,
    uR"(INSERT INTO entry (step, at, operator, connection, origin, environment, agent, conversation, title, clear_queue,
        waiting, reason, request_id) VALUES
        ('intent', '2026-05-13T12:00:00.000Z', 'noa', 'Acme', 'https://api.example.test', 'staging', 'a1', 'c1', 'First', 0, 2, 'T1', 'r1'),
        ('intent', '2026-05-13T12:01:00.000Z', 'noa', 'Acme', 'https://api.example.test', 'staging', 'a1', 'c2', 'Second', 1, NULL, '', 'r2'),
        ('intent', '2026-05-13T12:02:00.000Z', 'noa', 'Acme', 'https://api.example.test', 'staging', 'a1', 'c3', 'Third', 0, NULL, '', 'r3'))"_s,
    uR"(INSERT INTO entry (intent, step, at, request_id, http_status, duration_ms, confirmed_by) VALUES
        (1, 'sent', '2026-05-13T12:00:00.100Z', 'r1', NULL, 100, NULL),
        (1, 'accepted', '2026-05-13T12:00:00.200Z', 'r1', 200, 200, NULL),
        (1, 'stopped', '2026-05-13T12:00:00.700Z', 'r1', 200, 700, 'run-state read 2026-05-13T12:00:00.700Z: nothing runs, 2 waiting'),
        (2, 'sent', '2026-05-13T12:01:00.100Z', 'r2', NULL, 100, NULL))"_s,
};

/// How an older file becomes one of today.
class TestJournalSchema : public QObject {
    Q_OBJECT

private:
    QString file() const { return m_folder->filePath(u"journal.sqlite"_s); }
    static QStringList told(const QSqlDatabase &database, const QString &sql)
    {
        QStringList rows;
        QSqlQuery query(sql, database);
        while (query.next()) {
            QStringList cells;
            for (int i = 0; i < query.record().count(); ++i)
                cells.append(query.isNull(i) ? u"-"_s : query.value(i).toString());
            rows.append(cells.join(u" | "_s));
        }
        return rows;
    }
    QStringList told(const QString &sql) const { return told(Look(file()).database(), sql); }
    void makeFirstRelease(const QStringList &more = {})
    {
        const Look look(file());
        for (const QString &statement : firstRelease + more) {
            QSqlQuery query(look.database());
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void everyRowOfTheFirstReleaseStays()
    {
        makeFirstRelease();
        const QString rows = u"SELECT id, intent, step, at, operator, connection, origin, environment, agent, "
                             "conversation, title, clear_queue, waiting, reason, request_id, http_status, duration_ms, "
                             "confirmed_by FROM entry ORDER BY id"_s;
        const QStringList before = told(rows);
        QCOMPARE(before.size(), 7);
        {
            QVERIFY(!Journal(file(), u"noa"_s).trouble());
        }
        QCOMPARE(told(rows), before);
        QCOMPARE(told(u"PRAGMA user_version"_s), QStringList{QString::number(journalschema::version)});
        QCOMPARE(
            told(
                u"SELECT DISTINCT connection_id, command, agent_name, parent, message_id, ran_before, routes, "
                "person_id, person_name, person_email FROM entry"_s),
            QStringList{u"- | - | - | - | - | - | - | - | - | -"_s});
        QCOMPARE(told(u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
    }

    void anOldFileComesToTheSameAsANewOne()
    {
        makeFirstRelease();
        {
            QVERIFY(!Journal(file(), u"noa"_s).trouble());
        }
        const QString fresh = m_folder->filePath(u"fresh.sqlite"_s);
        {
            QVERIFY(!Journal(fresh, u"noa"_s).trouble());
        }
        const QString schema = u"SELECT type, name, sql FROM sqlite_master ORDER BY type, name"_s;
        QCOMPARE(told(schema), told(Look(fresh).database(), schema));
    }

    void nothingOfThePastCanBeChangedAfterwards()
    {
        makeFirstRelease();
        {
            QVERIFY(!Journal(file(), u"noa"_s).trouble());
        }
        const Look look(file());
        for (const QString &statement : {u"UPDATE entry SET step='x'"_s, u"DELETE FROM entry WHERE id=7"_s}) {
            QSqlQuery query(look.database());
            QVERIFY(!query.exec(statement));
            QVERIFY(query.lastError().text().contains(u"append-only"_s));
        }
    }

    void whatTheFirstReleaseLeftOpenIsFoundWithoutAConnection()
    {
        makeFirstRelease();
        Journal journal(file(), u"noa"_s);
        const QList<JournalEntry> open = journal.openEntries();
        QCOMPARE(open.size(), 2);
        QCOMPARE(open.at(0).report.target.conversation, ConversationId{u"c2"_s});
        QCOMPARE(open.at(0).report.state, StopState::Sending);
        QCOMPARE(open.at(0).report.clearQueue, ClearQueue::Yes);
        QVERIFY(open.at(0).report.target.connection.isEmpty());
        QCOMPARE(open.at(0).report.target.command, Command::StopConversation);
        QCOMPARE(open.at(0).connection.environment, Environment::Staging);
        QCOMPARE(open.at(1).report.intent, 3);
        QCOMPARE(open.at(1).report.state, StopState::InLine);
    }

    void aMigrationThatFailsLeavesTheFileAsItWas()
    {
        makeFirstRelease({u"CREATE TABLE open_intent (stranger TEXT)"_s});
        const QString all = u"SELECT type, name, sql FROM sqlite_master ORDER BY type, name"_s;
        const QStringList before = told(all);
        {
            Journal journal(file(), u"noa"_s);
            QVERIFY(journal.trouble());
            QVERIFY(!journal.writeIntent(decision::report(), decision::connection()));
        }
        QCOMPARE(told(all), before);
        QCOMPARE(told(u"PRAGMA user_version"_s), QStringList{u"1"_s});
        QCOMPARE(told(u"SELECT count(*) FROM entry"_s), QStringList{u"7"_s});
    }

    void theFileKnowsTheSameOpenStepsAsTheProgram()
    {
        {
            QVERIFY(!Journal(file(), u"noa"_s).trouble());
        }
        QStringList open{u"intent"_s};
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
            StopReport report;
            report.state = StopState(state);
            if (!isOpen(report))
                continue;
            open.append(journalwords::stepWord(report));
            if (hasStopped(report.state)) {
                report.startedAgain.emplace();
                open.append(journalwords::stepWord(report));
            }
        }
        open.sort();
        QCOMPARE(told(u"SELECT step FROM open_step ORDER BY step"_s), open);
    }
};

}

STOPDESK_TEST(journalschema, TestJournalSchema, QCoreApplication)
#include "tst_journalschema.moc"
