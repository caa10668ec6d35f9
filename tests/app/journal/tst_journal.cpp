#include "app/journal/journal.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;

/// The append-only record: what it holds, what it refuses, what it does with a file it cannot use.
class TestJournal : public QObject {
    Q_OBJECT

private:
    StopReport report() const
    {
        StopReport report;
        report.target.agent = {u"a1"_s};
        report.target.conversation = {u"c7"_s};
        report.target.title = u"Refund"_s;
        report.clearQueue = ClearQueue::Yes;
        report.reason = u"Ticket 4711"_s;
        report.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 0), Qt::UTC);
        report.since = report.askedAt.addMSecs(1500);
        report.request = {u"r1"_s};
        return report;
    }

    Connection connection() const
    {
        Connection connection;
        connection.name = u"Acme"_s;
        connection.address = QUrl(u"https://api.example.test:8443/prefix"_s);
        return connection;
    }

    QSqlDatabase look()
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(file());
        database.open();
        return database;
    }
    QString file() const { return m_folder->filePath(u"journal.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { QSqlDatabase::removeDatabase(u"look"_s); }

    void holdsWhatATicketNeeds()
    {
        Journal journal(file(), u"noa"_s);
        QVERIFY(!journal.trouble());
        const auto intent = journal.writeIntent(report(), connection());
        QVERIFY(intent);
        StopReport stopped = report();
        stopped.state = StopState::Stopped;
        stopped.status = 200;
        stopped.evidence = Evidence{stopped.since, Duration(500), false, 0, false};
        QVERIFY(journal.writeState(*intent, stopped));

        QSqlQuery query(u"SELECT step, at, operator, connection, origin, environment, agent, conversation, title, clear_queue, reason, request_id FROM entry ORDER BY id"_s, look());
        QVERIFY(query.next());
        const QStringList expected{u"intent"_s, u"2026-05-13T12:00:00.000Z"_s, u"noa"_s, u"Acme"_s,
                                   u"https://api.example.test:8443"_s, u"production"_s, u"a1"_s, u"c7"_s, u"Refund"_s,
                                   u"1"_s, u"Ticket 4711"_s, u"r1"_s};
        for (int i = 0; i < expected.size(); ++i)
            QCOMPARE(query.value(i).toString(), expected.at(i));
        query.exec(u"SELECT intent, step, http_status, duration_ms, confirmed_by FROM entry WHERE id=2"_s);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toLongLong(), *intent);
        QCOMPARE(query.value(1).toString(), u"stopped"_s);
        QCOMPARE(query.value(2).toInt(), 200);
        QCOMPARE(query.value(3).toInt(), 1500);
        QCOMPARE(query.value(4).toString(), u"run-state read 2026-05-13T12:00:01.500Z: nothing runs, 0 waiting"_s);
    }

    void refusesChangesOfThePast_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("update") << u"UPDATE entry SET step='x'"_s;
        QTest::newRow("delete") << u"DELETE FROM entry"_s;
        QTest::newRow("replace") << u"REPLACE INTO entry (id, step, at) VALUES (1, 'x', 'x')"_s;
    }
    void refusesChangesOfThePast()
    {
        QFETCH(QString, statement);
        Journal journal(file(), u"noa"_s);
        QVERIFY(journal.writeIntent(report(), connection()));
        QSqlQuery query(look());
        query.exec(u"PRAGMA recursive_triggers=ON"_s);
        QVERIFY(!query.exec(statement));
        QVERIFY2(query.lastError().text().contains(u"append-only"_s), qPrintable(query.lastError().text()));
    }

    void survivesBeingOpenedAgain()
    {
        { QVERIFY(Journal(file(), u"noa"_s).writeIntent(report(), connection())); }
        Journal again(file(), u"noa"_s);
        QVERIFY(!again.trouble());
        QCOMPARE(*again.writeIntent(report(), connection()), 2);
    }

    void leavesAFileItCannotUse_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("damaged") << QByteArray(5000, 'x');
        QTest::newRow("another format") << QByteArray("journal of somebody else\n").repeated(50);
    }
    void leavesAFileItCannotUse()
    {
        QFETCH(QByteArray, content);
        QFile raw(file());
        QVERIFY(raw.open(QFile::WriteOnly));
        raw.write(content);
        raw.close();
        Journal journal(file(), u"noa"_s);
        QVERIFY(journal.trouble());
        QCOMPARE(journal.writeIntent(report(), connection()).error().kind, FailureKind::JournalUnusable);
        QVERIFY(raw.open(QFile::ReadOnly));
        QCOMPARE(raw.readAll(), content);
    }

    void leavesAFileOfANewerVersion()
    {
        { Journal journal(file(), u"noa"_s); }
        {
            QSqlQuery query(look());
            QVERIFY(query.exec(u"PRAGMA user_version=99"_s));
        }
        QSqlDatabase::removeDatabase(u"look"_s);
        Journal journal(file(), u"noa"_s);
        QVERIFY(journal.trouble());
        QVERIFY(journal.trouble()->text.contains(u"newer"_s));
    }

    void isNobodyElsesToRead()
    {
        Journal journal(file(), u"noa"_s);
        QVERIFY(!(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther)));
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
