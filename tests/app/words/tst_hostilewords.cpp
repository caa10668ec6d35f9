#include "app/journal/exportcells.h"
#include "app/types/clock.h"
#include "app/words/batchwords.h"
#include "app/words/entrywords.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "tests/support/hostile.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

namespace hostilewords_test {

using namespace Qt::StringLiterals;
using hostile::Lines;

const QDateTime noon(QDate(2026, 5, 13), QTime(12, 0), utcZone);

Person person(const QString &text)
{
    return {text, text, text};
}

Failure failure(const QString &text, FailureKind kind)
{
    Failure failure;
    failure.kind = kind;
    failure.reached = Reached::Answered;
    failure.status = 422;
    failure.text = text;
    failure.fields = {{{u"body"_s, text, u"[1]"_s, text}, text, text}};
    failure.request = {text};
    return failure;
}

Connection connection(const QString &text)
{
    Connection connection;
    connection.id = {text};
    connection.name = text;
    connection.address = QUrl(u"https://api.example"_s);
    return connection;
}

/// A stop in the state, with the text wherever one may stand.
StopReport report(const QString &text, StopState state)
{
    StopReport report;
    StopTarget &target = report.target;
    target.agent = {text};
    target.agentName = text;
    target.conversation = {text};
    target.parent = {text};
    target.title = text;
    target.person = person(text);
    target.message = {{text}, text, person(text), noon};
    target.before.emplace();
    target.before->stateWord = text;
    target.before->activeChild = {text};
    target.before->queueDepth = 2;
    target.before->readAt = noon;
    report.state = state;
    report.reason = report.operatorName = text;
    report.askedAt = report.answeredAt = report.since = noon;
    report.request = {text};
    report.status = 422;
    report.failure = failure(text, FailureKind::Invalid);
    report.evidence = Evidence{noon, {}, true, 2, false};
    report.startedAgain = StartedAgain{noon, StartedAgain::Cause::Source, text};
    Conversation subTask;
    subTask.id = {text};
    subTask.title = text;
    report.subTasks = {subTask, subTask};
    return report;
}

/// As spreadsheets read a file whose cells are separated by that sign, whatever it was written with: quotes count where
/// a cell begins with one; what stands behind the second one belongs to the cell as it is.
QStringList csvCells(const QString &file, QChar separator = u',')
{
    enum class In { Start, Quotes, Text };
    QStringList cells(QString{});
    In in = In::Start;
    for (qsizetype i = 0; i < file.size(); ++i) {
        const QChar c = file[i];
        const bool isQuote = c == u'"';
        if (in == In::Quotes && isQuote && i + 1 < file.size() && file[i + 1] == u'"') {
            cells.last().append(file[++i]);
        } else if (isQuote && in != In::Text) {
            in = in == In::Start ? In::Quotes : In::Text;
        } else if (in != In::Quotes && (c == separator || c == u'\n')) {
            cells.append(QString());
            in = In::Start;
        } else if (c != u'\r' || in == In::Quotes) {
            cells.last().append(c);
            in = in == In::Start ? In::Text : in;
        }
    }
    cells.removeLast(); // behind the end of the line
    return cells;
}

bool runsInASpreadsheet(const QString &cell)
{
    const QString seen = QString(cell).remove(QRegularExpression(u"^[\\s\\x{200b}-\\x{200f}\\x{2060}\\x{feff}\\x{ad}]+"_s));
    return !cell.isEmpty() && (u"\t\r\n"_s.contains(cell.front()) || (!seen.isEmpty() && u"=+-@＝＋－＠"_s.contains(seen.front())));
}

/// Tickets, notes, copies and files bear what strangers wrote as plain text; where it is an id, exactly.
class TestHostileWords : public QObject {
    Q_OBJECT

    static void texts()
    {
        QTest::addColumn<QByteArray>("name");
        for (const hostile::Text &text : hostile::texts())
            QTest::newRow(text.name) << text.name;
    }
    static void isPlain(const QString &words, const hostile::Text &text, Lines lines)
    {
        QVERIFY2(words.contains(hostile::begin.left(1)), qPrintable(words));
        QCOMPARE(hostile::fault(words, text, lines), QString());
    }
    /// As it would be in the file, and read back from there.
    static QJsonObject exported(const StopReport &report)
    {
        const JournalEntry entry{report, connection(report.target.title), {}};
        return QJsonDocument::fromJson(exportcells::jsonObject(exportcells::cells(entry))).object();
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void oneLine_data() { texts(); }
    void oneLine()
    {
        QFETCH(QByteArray, name);
        const hostile::Text &text = hostile::text(name);
        Conversation row;
        row.title = text.raw;
        row.person = person(text.raw);
        const Listing listed{RowState::Unknown, text.raw, noon};
        const StopReport stop = report(text.raw, StopState::Refused);
        for (const QString &words :
             {words::plain(text.raw), words::title(text.raw), words::person(person(text.raw)),
              words::person({text.raw, {}, {}}), words::shortId(text.raw), words::rowState(RowState::Unknown, text.raw),
              words::stopTitle(stop.target), words::evidence(stop), words::subTaskNames(stop),
              words::agentShares({{text.raw, 2}, {text.raw, 1}}), words::rowSentence(row, text.raw, {}, u"Running"_s),
              words::entrySentence({stop, connection(text.raw), {}}), words::ofTarget(stop.target),
              words::ticketCopied(stop.target), words::noteCopied(stop.target),
              words::conflict({RowState::Running, text.raw, noon}, false, noon) + words::rowState(listed.state, listed.word)})
            isPlain(words, text, Lines::One);
    }

    void failures_data() { texts(); }
    void failures()
    {
        QFETCH(QByteArray, name);
        const hostile::Text &text = hostile::text(name);
        for (const FailureKind kind : {FailureKind::Invalid, FailureKind::Redirected, FailureKind::Unreadable}) {
            Problem problem;
            problem.failure = failure(text.raw, kind);
            problem.error = problem.failure.fields.first();
            problem.affected = {{text.raw}, {text.raw}, {text.raw}};
            problem.at = noon;
            isPlain(words::sentence(problem.failure, Subject::Stop), text, Lines::One);
            isPlain(words::place(problem.error), text, Lines::One);
            isPlain(words::messageOf(problem), text, Lines::One);
            isPlain(words::entry(problem), text, Lines::One);
            isPlain(words::detailsOf(problem), text, Lines::Several);
            isPlain(words::problemsText({problem}), text, Lines::Several);
            problem.error = {};
            isPlain(words::placeInWords(problem), text, Lines::One);
        }
    }

    void tickets_data() { texts(); }
    void tickets()
    {
        QFETCH(QByteArray, name);
        const hostile::Text &text = hostile::text(name);
        const Connection through = connection(text.raw);
        const Listing listed{RowState::Completed, text.raw, noon};
        for (const StopState state : {StopState::Refused, StopState::StillRunning, StopState::SubTasksStillRunning}) {
            StopReport stop = report(text.raw, state);
            stop.startedAgain.reset();
            for (const QString &words :
                 {words::ticketText(stop, through, listed), words::engineerNote(stop, through, listed),
                  words::batchText({stop, stop}),
                  words::batchTicket({u"2"_s, u"2"_s, through, {stop, stop}})})
                isPlain(words, text, Lines::Several);
        }
    }

    void cellsOfASpreadsheet_data()
    {
        QTest::addColumn<QString>("text");
        for (const hostile::Text &text : hostile::texts()) // a cell that begins with what is dangerous
            QTest::newRow(text.name) << text.raw.mid(hostile::begin.size());
        for (const QString &sign : {u","_s, u";"_s, u"\t"_s, u"\n"_s, u"\r\n"_s, u"; "_s, u";\t"_s, u";\u200b"_s,
                                    u";\""_s, u"\";\""_s, u"\t\""_s, u";;"_s, u"\";"_s}) {
            for (const QString &formula : {u"=1+1"_s, u"@SUM(A1)"_s, u"-1"_s, u"+1"_s, u"\uff1d1"_s})
                QTest::addRow("%s before %s", sign.toUtf8().toHex().constData(), qPrintable(formula))
                    << u"Costs"_s + sign + formula + sign + u"x"_s;
        }
    }
    void cellsOfASpreadsheet()
    {
        QFETCH(QString, text);
        const JournalEntry entry{report(text, StopState::Refused), connection(text), text};
        const QString line = QString::fromUtf8(exportcells::csvLine(exportcells::cells(entry)));
        QCOMPARE(csvCells(line).size(), exportcells::names().size());
        for (const QChar separator : {u',', u';', u'\t'}) {
            for (const QString &cell : csvCells(line, separator))
                QVERIFY2(!runsInASpreadsheet(cell), qPrintable(separator + u" cuts "_s + cell.left(80)));
        }
        for (const QChar c : line.chopped(2))
            QVERIFY(c.category() != QChar::Other_Control);
    }

    void formulasBehindWhatIsNotSeen_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &before : {u""_s, u" "_s, u"\u200b"_s, u"\ufeff"_s, u"\u00ad"_s, u"\u2060 "_s, u"\u00a0"_s})
            for (const QString &start : {u"="_s, u"+"_s, u"-"_s, u"@"_s, u"\uff1d"_s})
                QTest::addRow("%s%s", before.toUtf8().toHex().data(), qPrintable(start)) << before + start + u"1+1"_s;
        for (const QString &blank : {u"\t"_s, u"\r"_s, u"\n"_s, u"\""_s})
            QTest::addRow("blank %d", blank.front().unicode()) << blank + u"=1+1"_s;
    }
    void formulasBehindWhatIsNotSeen()
    {
        QFETCH(QString, text);
        const QStringList cells = csvCells(QString::fromUtf8(exportcells::csvLine({text})));
        QCOMPARE(cells, QStringList{u'\'' + words::plain(text)});
    }

    void jsonIsExact_data() { texts(); }
    void jsonIsExact()
    {
        QFETCH(QByteArray, name);
        const hostile::Text &text = hostile::text(name);
        const QJsonObject row = exported(report(text.raw, StopState::Refused));
        for (const QString &column : {u"title"_s, u"conversation"_s, u"agent"_s, u"agent_name"_s, u"connection"_s,
                                      u"parent"_s, u"message_id"_s, u"reason"_s, u"request_id"_s, u"operator"_s})
            QCOMPARE(row[column].toString(), text.raw);
        const JournalEntry entry{report(text.raw, StopState::Refused), connection(text.raw), {}};
        for (const QChar c : QString::fromUtf8(exportcells::jsonObject(exportcells::cells(entry)))) // for a terminal
            QVERIFY2(c.category() != QChar::Other_Control, QByteArray::number(c.unicode(), 16).constData());
    }

    void whatIsCopied_data() { texts(); }
    void whatIsCopied()
    {
        QFETCH(QByteArray, name);
        const hostile::Text &text = hostile::text(name);
        QCOMPARE(hostile::fault(words::plainLines(text.raw), text, Lines::Copied, hostile::Blanks::Any), QString());
        const StopReport stop = report(text.raw, StopState::Refused);
        Problem problem;
        problem.failure = failure(text.raw, FailureKind::Invalid);
        problem.at = noon;
        for (const QString &words :
             {words::ticketText(stop, connection(text.raw)), words::engineerNote(stop, connection(text.raw)),
              words::batchText({stop, stop}), words::problemsText({problem}), words::problemsJson({problem}),
              words::curl({stop, connection(text.raw), {}})})
            QCOMPARE(words::plainLines(words), words); // what is made of plain words loses nothing
    }

    void curlBearsTheIdExactly_data() { texts(); }
    void curlBearsTheIdExactly()
    {
        QFETCH(QByteArray, name);
        const hostile::Text &text = hostile::text(name);
        StopReport stop = report(text.raw, StopState::Refused);
        const QString line = words::curl({stop, connection(text.raw), {}});
        if (!text.raw.isValidUtf16()) {
            QCOMPARE(line, QString()); // no path can bear it
            return;
        }
        for (const QChar c : line)
            QVERIFY2(c.unicode() >= 0x20 && c.unicode() < 0x7f, qPrintable(line.left(200)));
        const QString id = line.section(u"/stop'"_s, 0, 0).section(u'/', -1);
        static const QRegularExpression unreserved(u"^[-\\w.~%]+$"_s);
        QVERIFY2(unreserved.match(id).hasMatch(), qPrintable(id));
        QCOMPARE(QString::fromUtf8(QByteArray::fromPercentEncoding(id.toLatin1())), text.raw);
    }
};

}

STOPDESK_TEST(hostilewords, TestHostileWords, QCoreApplication)
#include "tst_hostilewords.moc"
