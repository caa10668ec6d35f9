#include "app/journal/exportcells.h"
#include "app/journal/journal.h"
#include "app/journal/journalexport.h"
#include "tests/app/journal/decision.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

namespace journalexport_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using decision::after;
using decision::connection;
using decision::Look;
using decision::report;

/// What leaves the journal as a file: all that the filter lets through, readable by other programs, harmless in a
/// spreadsheet; and nothing where it was cancelled or hindered.
class TestJournalExport : public QObject {
    Q_OBJECT

private:
    QString file(const QString &name = u"journal.sqlite"_s) const { return m_folder->filePath(name); }
    qint64 decide(const StopReport &decided, const QList<StopState> &states = {})
    {
        const qint64 intent = m_journal->writeIntent(decided, connection()).value_or(0);
        int ms = 0;
        for (const StopState state : states) {
            StopReport later = after(ms += 100, state, decided);
            later.status = state == StopState::Sending ? 0 : 200;
            if (state == StopState::Stopped)
                later.evidence = Evidence{later.since, {}, false, 0, false};
            (void)m_journal->writeState(intent, later);
        }
        return intent;
    }
    qint64 decideWith(const QString &title, const QList<StopState> &states = {})
    {
        StopReport decided = report();
        decided.target.title = title;
        return decide(decided, states);
    }
    QByteArray exported(ExportFormat format, const JournalFilter &filter = {})
    {
        JournalExport out(*m_journal, m_clock, file(u"out"_s), format);
        QSignalSpy ended(&out, &JournalExport::ended);
        out.start(filter);
        if (!ended.isEmpty())
            return "ended before start returned";
        m_clock.advance(0ms);
        if (ended.size() != 1 || !ended.first().first().value<ExportEnd>().trouble.isEmpty())
            return "no end";
        QFile raw(file(u"out"_s));
        return raw.open(QFile::ReadOnly) ? raw.readAll() : QByteArray("no file");
    }
    QJsonArray exportedJson(const JournalFilter &filter = {})
    {
        QJsonParseError error{};
        const QJsonArray rows = QJsonDocument::fromJson(exported(ExportFormat::Json, filter), &error).array();
        return error.error == QJsonParseError::NoError ? rows : QJsonArray{error.errorString()};
    }
    /// RFC 4180, read by hand.
    static QList<QStringList> readCsv(const QByteArray &csv)
    {
        QList<QStringList> lines{{}};
        QString cell;
        bool quoted = false;
        const QString text = QString::fromUtf8(csv);
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar c = text[i];
            if (c == u'"' && quoted && i + 1 < text.size() && text[i + 1] == u'"')
                cell += text[++i];
            else if (c == u'"')
                quoted = !quoted;
            else if (quoted)
                cell += c;
            else if (c == u',' || c == u'\n')
                lines.last().append(std::exchange(cell, {}));
            else if (c != u'\r')
                cell += c;
            if (c == u'\n' && !quoted)
                lines.append(QStringList());
        }
        lines.removeLast();
        return lines;
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

    void bothFormatsMatchTheDatabase()
    {
        StopReport whole = report();
        whole.target.command = Command::StopSubTask;
        whole.target.parent = {u"c1"_s};
        whole.target.message.id = {u"m1"_s};
        whole.target.ranBefore = true;
        whole.batch = {u"b1"_s};
        whole.target.before.emplace().queueDepth = 3;
        decide(whole, {StopState::Sending, StopState::Accepted, StopState::Stopped});
        decideWith(u"Open"_s);
        decideWith(u"Refused"_s, {StopState::Sending, StopState::Refused});

        // each column of an intent row, and of its newest row, under the name that it has in the export
        const QList<QPair<QString, QString>> same{{u"id"_s, u"number"_s},
                                                  {u"at"_s, u"asked_utc"_s},
                                                  {u"operator"_s, u"operator"_s},
                                                  {u"environment"_s, u"environment"_s},
                                                  {u"connection"_s, u"connection"_s},
                                                  {u"connection_id"_s, u"connection_id"_s},
                                                  {u"origin"_s, u"origin"_s},
                                                  {u"base_path"_s, u"base_path"_s},
                                                  {u"routes"_s, u"routes"_s},
                                                  {u"credential"_s, u"credential"_s},
                                                  {u"command"_s, u"command"_s},
                                                  {u"agent"_s, u"agent"_s},
                                                  {u"agent_name"_s, u"agent_name"_s},
                                                  {u"conversation"_s, u"conversation"_s},
                                                  {u"parent"_s, u"parent"_s},
                                                  {u"message_id"_s, u"message_id"_s},
                                                  {u"title"_s, u"title"_s},
                                                  {u"waiting"_s, u"waiting_before"_s},
                                                  {u"reason"_s, u"reason"_s},
                                                  {u"request_id"_s, u"request_id"_s},
                                                  {u"batch"_s, u"batch"_s},
                                                  {u"person_id"_s, u"person_id"_s},
                                                  {u"person_name"_s, u"person_name"_s},
                                                  {u"person_email"_s, u"person_email"_s}};
        QStringList columns;
        for (const auto &pair : same)
            columns.append(pair.first);
        const QJsonArray json = exportedJson();
        const QList<QStringList> csv = readCsv(exported(ExportFormat::Csv));
        QCOMPARE(csv.size(), 4);
        QCOMPARE(csv.first(), exportcells::names());
        const Look look(file());
        QSqlQuery rows(u"SELECT %1, clear_queue, ran_before FROM entry WHERE intent IS NULL ORDER BY id DESC"_s.arg(
                           columns.join(u", "_s)),
                       look.database());
        const auto csvCell = [&csv](int row, const QString &name) {
            return csv.at(row + 1).at(exportcells::names().indexOf(name));
        };
        for (int row = 0; row < 3; ++row) {
            QVERIFY(rows.next());
            const QJsonObject object = json.at(row).toObject();
            for (int i = 0; i < same.size(); ++i) {
                QCOMPARE(object.value(same.at(i).second).toVariant().toString(), rows.value(i).toString());
                QCOMPARE(csvCell(row, same.at(i).second), rows.value(i).toString());
            }
            QCOMPARE(object.value(u"clear_queue"_s).toBool(), rows.value(u"clear_queue"_s).toBool());
            QCOMPARE(object.value(u"ran_before"_s).isNull(), rows.value(u"ran_before"_s).isNull());
            QSqlQuery newest(
                u"SELECT step, at, http_status, confirmed_by FROM entry WHERE intent = %1 ORDER BY id DESC "
                "LIMIT 1"_s.arg(rows.value(0).toInt()),
                look.database());
            if (!newest.next())
                continue;
            QCOMPARE(object.value(u"outcome"_s).toString(), newest.value(0).toString());
            QCOMPARE(csvCell(row, u"outcome"_s), newest.value(0).toString());
            QCOMPARE(csvCell(row, u"outcome_utc"_s), newest.value(1).toString());
            QCOMPARE(csvCell(row, u"http_status"_s), newest.value(2).toString());
            QCOMPARE(csvCell(row, u"confirmed_by"_s), newest.value(3).toString());
        }
        QCOMPARE(csvCell(1, u"outcome"_s), u"in line"_s);
        QCOMPARE(csvCell(1, u"http_status"_s), QString());
    }

    void onlyWhatTheFilterLetsThrough()
    {
        decideWith(u"One"_s);
        decideWith(u"Two"_s, {StopState::Stopped});
        JournalFilter filter;
        filter.outcomes = {StopState::Stopped};
        QCOMPARE(exportedJson(filter).size(), 1);
        QCOMPARE(readCsv(exported(ExportFormat::Csv, filter)).size(), 2);
        filter.text = u"none"_s;
        QCOMPARE(exportedJson(filter), QJsonArray());
        QCOMPARE(readCsv(exported(ExportFormat::Csv, filter)).size(), 1);
    }

    void hostileTitles_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("inCsv");
        const auto asIs = [](const char *name, const QString &title) { QTest::newRow(name) << title << title; };
        QTest::newRow("newlines") << u"first\nsecond\r\nthird"_s << u"first second third"_s;
        asIs("quotes and commas", u"he said \"stop\", twice,\"\""_s);
        asIs("emoji", u"Grüße 👋 שלום"_s);
        asIs("sign inside", u"a=b+c"_s);
        QTest::newRow("formula") << u"=HYPERLINK(\"http://x\")"_s << u"'=HYPERLINK(\"http://x\")"_s;
        QTest::newRow("plus") << u"+1"_s << u"'+1"_s;
        QTest::newRow("minus") << u"-1"_s << u"'-1"_s;
        QTest::newRow("at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
        QTest::newRow("tab") << u"\tx"_s << u"x"_s;
        QTest::newRow("return") << u"\rx"_s << u"x"_s;
        QTest::newRow("newline") << u"\nx"_s << u"x"_s;
        QTest::newRow("spaces before") << u"  =1"_s << u"'=1"_s;
        QTest::newRow("formula behind a semicolon") << u"a;=1;b; -2"_s << u"a;'=1;b;' -2"_s;
        asIs("semicolon", u"a; b"_s);
        QTest::newRow("wide sign") << u"\uff1d1"_s << u"'\uff1d1"_s;
        QTest::newRow("turned") << u"a\u202egpj.exe"_s << u"a\ufffdgpj.exe"_s;
        QTest::newRow("turned formula") << u"\u2067=1"_s << u"\ufffd=1"_s;
        QTest::newRow("digits alone") << u"00012345678901234567"_s << u"'00012345678901234567"_s;
        QTest::newRow("digits and an exponent") << u"12e5"_s << u"'12e5"_s;
        asIs("digits and a letter", u"12e5f"_s);
        QTest::newRow("bell") << u"a\u0007b"_s << u"a\ufffdb"_s;
    }
    void hostileTitles()
    {
        QFETCH(QString, title);
        QFETCH(QString, inCsv);
        decideWith(title);
        const QList<QStringList> csv = readCsv(exported(ExportFormat::Csv));
        QCOMPARE(csv.size(), 2);
        QCOMPARE(csv.at(1).size(), exportcells::names().size());
        QCOMPARE(csv.at(1).at(exportcells::names().indexOf(u"title"_s)), inCsv);
        const QByteArray json = exported(ExportFormat::Json);
        QVERIFY(!QString::fromUtf8(json).contains(QRegularExpression(u"[\u202a-\u202e\u2066-\u2069]"_s)));
        QCOMPARE(QJsonDocument::fromJson(json).array().at(0).toObject().value(u"title"_s).toString(), title);
    }

    void everyCellIsNeutralised()
    {
        StopReport hostile = report();
        const QString formula = u"=1+1"_s;
        hostile.reason = formula;
        hostile.target.agent = {formula};
        hostile.target.agentName = formula;
        hostile.target.conversation = {formula};
        decide(hostile);
        const QStringList line = readCsv(exported(ExportFormat::Csv)).at(1);
        for (const QString &cell : line)
            QVERIFY2(!cell.startsWith(u'='), qPrintable(cell));
    }

    void linesEndAsTheStandardSays()
    {
        decideWith(u"One"_s);
        const QByteArray csv = exported(ExportFormat::Csv);
        QVERIFY(csv.endsWith("\r\n"));
        QCOMPARE(csv.count("\r\n"), 2);
        QVERIFY(csv.startsWith("\xef\xbb\xbf\"number\",\"asked_utc\",")); // UTF-8, also for a spreadsheet
    }

    void theWindowGoesOnMeanwhile()
    {
        for (int i = 0; i < 450; ++i)
            decideWith(QString::number(i));
        JournalExport out(*m_journal, m_clock, file(u"out.csv"_s), ExportFormat::Csv);
        QSignalSpy progressed(&out, &JournalExport::progressed);
        QSignalSpy ended(&out, &JournalExport::ended);
        out.start({});
        m_clock.advance(0ms);
        QVERIFY(progressed.size() >= 3);
        QCOMPARE(progressed.last().first().toLongLong(), 450);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().value<ExportEnd>(), (ExportEnd{file(u"out.csv"_s), 450, false, {}}));
    }

    void cancelledItLeavesNothingBehind()
    {
        for (int i = 0; i < 450; ++i)
            decideWith(QString::number(i));
        const QStringList before = QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
        JournalExport out(*m_journal, m_clock, file(u"out.csv"_s), ExportFormat::Csv);
        QSignalSpy ended(&out, &JournalExport::ended);
        connect(&out, &JournalExport::progressed, &out, &JournalExport::cancel);
        out.start({});
        m_clock.advance(0ms);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().value<ExportEnd>(), (ExportEnd{file(u"out.csv"_s), 0, true, {}}));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), before);
    }

    void deletedItLeavesNothingBehind()
    {
        decideWith(u"One"_s);
        const QStringList before = QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
        {
            JournalExport out(*m_journal, m_clock, file(u"out.csv"_s), ExportFormat::Csv);
            out.start({});
        }
        m_clock.advance(0ms);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), before);
    }

    void aPlaceThatTakesNoFileIsSaid()
    {
        decideWith(u"One"_s);
        JournalExport out(*m_journal, m_clock, file(u"nowhere/out.csv"_s), ExportFormat::Csv);
        QSignalSpy ended(&out, &JournalExport::ended);
        out.start({});
        m_clock.advance(0ms);
        QCOMPARE(ended.size(), 1);
        const ExportEnd end = ended.first().first().value<ExportEnd>();
        QCOMPARE(end.written, 0);
        QVERIFY2(end.trouble.contains(u"nowhere/out.csv cannot be written"_s), qPrintable(end.trouble));
    }

    void aLinkIsNotFollowed_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("to a file of somebody") << true;
        QTest::newRow("to where a file could be made") << false;
    }
    /// As another account may have put it into a folder that all may write in.
    void aLinkIsNotFollowed()
    {
        QFETCH(bool, isThere);
        decideWith(u"One"_s);
        const QTemporaryDir home;
        QFile profile(home.filePath(u".profile"_s));
        QVERIFY(!isThere || (profile.open(QFile::WriteOnly) && profile.write("mine") == 4));
        profile.close();
        QVERIFY(QFile::link(profile.fileName(), file(u"out"_s)));
        QVERIFY(exported(ExportFormat::Csv).contains("One"));
        QVERIFY(!QFileInfo(file(u"out"_s)).isSymLink());
        QCOMPARE(profile.exists(), isThere);
        QVERIFY(!isThere || (profile.open(QFile::ReadOnly) && profile.readAll() == "mine"));
    }

    void itIsItsOwnersAlone()
    {
        decideWith(u"One"_s);
        const mode_t before = ::umask(0);
        const QByteArray first = exported(ExportFormat::Csv);
        const auto owners = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
        const QFile::Permissions ofNew = QFileInfo(file(u"out"_s)).permissions();
        QFile::setPermissions(file(u"out"_s), ofNew | QFile::ReadGroup | QFile::ReadOther);
        const QByteArray second = exported(ExportFormat::Csv);
        ::umask(before);
        QCOMPARE(second, first);
        QCOMPARE(ofNew, owners);
        QCOMPARE(QFileInfo(file(u"out"_s)).permissions(), owners);
    }

    void aPlaceThatIsNoFileIsSaid()
    {
        decideWith(u"One"_s);
        QVERIFY(QDir(m_folder->path()).mkdir(u"out.csv"_s));
        const QStringList before = QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden);
        JournalExport out(*m_journal, m_clock, file(u"out.csv"_s), ExportFormat::Csv);
        QSignalSpy ended(&out, &JournalExport::ended);
        out.start({});
        m_clock.advance(0ms);
        const ExportEnd end = ended.first().first().value<ExportEnd>();
        QVERIFY2(end.trouble.contains(u"out.csv cannot be written: "_s), qPrintable(end.trouble));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden), before);
    }

    void anOlderFileStaysUntilTheNewOneIsWhole()
    {
        decideWith(u"One"_s);
        QFile old(file(u"out.csv"_s));
        QVERIFY(old.open(QFile::WriteOnly));
        old.write("old");
        old.close();
        JournalExport out(*m_journal, m_clock, file(u"out.csv"_s), ExportFormat::Csv);
        out.start({});
        out.cancel();
        m_clock.advance(0ms);
        QVERIFY(old.open(QFile::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
    }
};

}

STOPDESK_TEST(journalexport, TestJournalExport, QCoreApplication)
#include "tst_journalexport.moc"
