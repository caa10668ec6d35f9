#include "app/journal/batchexport.h"
#include "app/journal/exportcells.h"
#include "tests/app/journal/decision.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>

namespace batchexport_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a person takes away of a decision: the stops as they stood, in the columns of the journal's export.
class TestBatchExport : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    FakeClock m_clock;

    static QList<StopReport> reports(int count)
    {
        QList<StopReport> made;
        for (int number = 1; number <= count; ++number) {
            StopReport one = decision::after(700, number % 3 ? StopState::Stopped : StopState::Refused);
            one.intent = number;
            one.batch = {u"b1"_s};
            one.target.conversation = {u"c%1"_s.arg(number)};
            made.append(one);
        }
        return made;
    }
    ExportEnd save(const QString &file, ExportFormat format, const QList<StopReport> &reports)
    {
        BatchExport out(m_clock, file, format);
        QSignalSpy ended(&out, &BatchExport::ended);
        out.start(reports, [](const StopReport &) { return decision::connection(); });
        if (!ended.isEmpty())
            return {u"ended before start returned"_s, 0, false, {}};
        m_clock.advance(0ms);
        return ended.size() == 1 ? ended.first().first().value<ExportEnd>() : ExportEnd{};
    }
    static QByteArray read(const QString &name)
    {
        QFile file(name);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void jsonHasEachStopOnce()
    {
        const QString file = m_folder.filePath(u"out.json"_s);
        const QList<StopReport> stops = reports(450); // several slices
        QCOMPARE(save(file, ExportFormat::Json, stops), (ExportEnd{file, 450, false, {}}));
        const QJsonArray rows = QJsonDocument::fromJson(read(file)).array();
        QCOMPARE(rows.size(), stops.size());
        for (int i = 0; i < stops.size(); ++i) {
            const QJsonObject row = rows.at(i).toObject();
            QCOMPARE(row.keys().size(), exportcells::names().size());
            QCOMPARE(row.value(u"conversation"_s).toString(), stops.at(i).target.conversation.value);
            QCOMPARE(row.value(u"outcome"_s).toString(),
                     stops.at(i).state == StopState::Stopped ? u"stopped"_s : u"refused"_s);
            QCOMPARE(row.value(u"batch"_s).toString(), u"b1"_s);
            QCOMPARE(row.value(u"operator"_s).toString(), u"noa"_s);
            QCOMPARE(row.value(u"connection"_s).toString(), u"Acme"_s);
            QCOMPARE(row.value(u"reason"_s).toString(), u"Ticket 4711"_s);
        }
    }

    void csvHasTheSameAndIsHarmless()
    {
        const QString file = m_folder.filePath(u"out.csv"_s);
        QList<StopReport> stops = reports(2);
        stops.first().target.title = u"=HYPERLINK(\"http://x\")"_s;
        QCOMPARE(save(file, ExportFormat::Csv, stops), (ExportEnd{file, 2, false, {}}));
        const QByteArray csv = read(file);
        QCOMPARE(csv.count("\r\n"), 3);
        QVERIFY(csv.contains("\"'=HYPERLINK("));
        QVERIFY(csv.contains("\"c2\""));
    }

    /// A limit on the size of files stands for a disk without room.
    void aFullDiskIsSaidAndLeavesNothing()
    {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit small{20'000, RLIM_INFINITY};
        const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
        const QString file = m_folder.filePath(u"large.csv"_s);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const ExportEnd end = save(file, ExportFormat::Csv, reports(450));
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &none), 0);
        QVERIFY2(end.trouble.contains(u"large.csv cannot be written"_s), qPrintable(end.trouble));
        QCOMPARE(end.written, 0);
        QVERIFY(QDir(m_folder.path()).entryList({u"large*"_s}, QDir::Files).isEmpty());
    }

    void aPlaceThatTakesNoFileIsSaid()
    {
        const ExportEnd end = save(u"/dev/full/out.csv"_s, ExportFormat::Csv, reports(2));
        QVERIFY2(end.trouble.contains(u"/dev/full/out.csv cannot be written"_s), qPrintable(end.trouble));
        QCOMPARE(end.written, 0);
    }
};

}

STOPDESK_TEST(batchexport, TestBatchExport, QCoreApplication)
#include "tst_batchexport.moc"
