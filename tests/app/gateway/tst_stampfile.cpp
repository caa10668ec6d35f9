#include "app/gateway/requestbudget.h"
#include "app/gateway/stampfile.h"
#include "app/types/clock.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

namespace stampfile_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int sendsBeforeDeath = 57;

/// What the child does: sends, and is killed in the middle of it.
int sendAndDie(const QString &file)
{
    SystemClock clock;
    RequestBudget budget(1000, 10000, clock);
    const ConnectionId connection{u"c"_s};
    budget.keep(connection, std::make_shared<StampFile>(file));
    QObject asker;
    int sent = 0;
    for (int i = 0; i < 1000; ++i) {
        budget.ask(
            Lane::Stop, &asker,
            [&] {
                budget.arrived(Lane::Stop);
                if (++sent == sendsBeforeDeath)
                    ::raise(SIGKILL);
            },
            {}, connection);
    }
    return QCoreApplication::exec();
}

/// Sends of earlier runs: what is in the file, and what is made of any file.
class TestStampFile : public QObject {
    Q_OBJECT

private:
    /// A run of the program, which ends without a word.
    class Run {
    public:
        Run(FakeClock &clock, const QString &file)
            : m_clock(clock)
            , m_budget(100, 1000, clock)
        {
            m_budget.keep(m_connection, std::make_shared<StampFile>(file));
        }
        void send(int count, Lane lane = Lane::Stop)
        {
            for (int i = 0; i < count; ++i)
                m_budget.ask(
                    lane, &m_asker, [this, lane] { m_budget.arrived(lane); }, {}, m_connection);
            m_clock.advance(1ms);
        }
        RequestBudget &budget() { return m_budget; }

    private:
        FakeClock &m_clock;
        const ConnectionId m_connection{u"c"_s};
        RequestBudget m_budget;
        QObject m_asker;
    };

    QString file() const { return m_folder->filePath(u"x.sends"_s); }
    void write(const QByteArray &bytes) const
    {
        QFile file(this->file());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray content() const
    {
        QFile file(this->file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QByteArray line(Duration ago, char lane = 'P')
    {
        return QByteArray::number(FakeClock().now().toMSecsSinceEpoch() - ago.count()) + ' ' + lane + '\n';
    }
    int spentThisHour() const { return Run(*m_clock, file()).budget().spentThisHour(); }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_clock = std::make_unique<FakeClock>();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aRestartForgetsNothing()
    {
        Run(*m_clock, file()).send(50);
        m_clock->advance(20s);
        Run again(*m_clock, file());
        QCOMPARE(again.budget().spentThisMinute(), 50);
        again.send(90);
        QCOMPARE(again.budget().spentThisMinute(), 90);
        m_clock->advance(41s);
        QCOMPARE(again.budget().spentThisMinute(), 90); // the first 50 made room for as many
        QCOMPARE(again.budget().spentThisHour(), 140);
        QCOMPARE(again.budget().lastHour().last().stops + again.budget().lastHour().at(58).stops, 140);
    }

    void lanesAreKept()
    {
        {
            Run run(*m_clock, file());
            run.send(2, Lane::Poll);
            run.send(3, Lane::Check);
            run.send(4, Lane::Stop);
        }
        const MinuteCount count = Run(*m_clock, file()).budget().lastHour().last();
        QCOMPARE(count.polls, 2);
        QCOMPARE(count.checks, 3);
        QCOMPARE(count.stops, 4);
    }

    void onlyTimesAndLanesStandInIt()
    {
        Run(*m_clock, file()).send(3, Lane::Poll);
        const QRegularExpression form(u"^(\\d{13} [SCP]\\n)+$"_s);
        QVERIFY2(form.match(QString::fromLatin1(content())).hasMatch(), content().constData());
        QCOMPARE(content().count('\n'), 3);
    }

    void aKilledProgramLosesNoSend()
    {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"tst_stampfile"_s, u"--send-and-die"_s, file()});
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        QCOMPARE(content().count('\n'), sendsBeforeDeath);
    }

    void whatIsOlderThanAnHourIsNotKept()
    {
        Run(*m_clock, file()).send(5);
        m_clock->advance(59min);
        Run(*m_clock, file()).send(1);
        QCOMPARE(content().count('\n'), 6);
        m_clock->advance(2min);
        QCOMPARE(spentThisHour(), 1);
        QCOMPARE(content().count('\n'), 1);
        m_clock->advance(1h);
        QCOMPARE(spentThisHour(), 0);
        QVERIFY(!QFile::exists(file()));
    }

    void aLongRunKeepsTheFileShort()
    {
        Run run(*m_clock, file());
        for (int hour = 0; hour < 40; ++hour) {
            for (int minute = 0; minute < 60; ++minute) {
                run.send(10, Lane::Poll);
                m_clock->advance(1min);
            }
        }
        QVERIFY(content().size() < 300'000);
        QCOMPARE(spentThisHour(), run.budget().spentThisHour());
    }

    void aClockThatWasSetDuringARunChangesNoAge_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::newRow("forward") << 120;
        QTest::newRow("a year forward") << 525'600;
        QTest::newRow("back") << -120;
        QTest::newRow("back by fifty years") << -60 * 24 * 365 * 50;
    }
    void aClockThatWasSetDuringARunChangesNoAge()
    {
        QFETCH(int, minutes);
        {
            Run run(*m_clock, file());
            run.send(40);
            m_clock->advance(30min);
            m_clock->jump(std::chrono::minutes(minutes));
            run.send(2);
        }
        m_clock->advance(10min);
        Run again(*m_clock, file());
        QCOMPARE(again.budget().spentThisHour(), 42);
        m_clock->advance(21min);
        QCOMPARE(again.budget().spentThisHour(), 2);
    }

    void aClockThatWasSetBackBetweenRunsLocksNothingForLong()
    {
        {
            Run run(*m_clock, file());
            run.send(60);
            m_clock->advance(5min);
            run.send(60);
        }
        m_clock->jump(-24h * 365);
        Run again(*m_clock, file());
        QCOMPARE(again.budget().spentThisMinute(), 60); // not all at once: they keep their distances
        QCOMPARE(again.budget().spentThisHour(), 120);
        QCOMPARE(again.budget().waitOf(Lane::Stop), LaneWait());
        m_clock->advance(61min);
        QCOMPARE(again.budget().spentThisHour(), 0);
    }

    void anyFileIsTaken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("counted");
        const QByteArray good = line(5min) + line(4min, 'S');
        QByteArray noise(200'000, '\0');
        for (qsizetype i = 0; i < noise.size(); ++i)
            noise[i] = char(i * 31 + i / 256);
        QTest::newRow("empty") << QByteArray() << 0;
        QTest::newRow("sound") << good << 2;
        QTest::newRow("without a line end") << good.chopped(1) << 2;
        QTest::newRow("the last line is cut off") << good + "17786" << 3;
        QTest::newRow("the last line lost its lane") << good + line(3min).chopped(2) << 3;
        QTest::newRow("the first line is cut off") << good.sliced(3) << 2;
        QTest::newRow("an unknown lane") << good + line(3min, 'X') << 3;
        QTest::newRow("a line of another kind") << good + "some words\n" << 3;
        QTest::newRow("zeros at the end") << good + QByteArray(32, '\0') << 4;
        QTest::newRow("Windows line ends") << QByteArray(good).replace("\n", "\r\n") << 2;
        QTest::newRow("line ends alone") << QByteArray(5000, '\n') << 0;
        QTest::newRow("noise") << noise << 650;
        QTest::newRow("a number beyond all") << good + "99999999999999999999 S\n" << 4;
        QTest::newRow("the far future") << good + "9999999999999 S\n" << 3;
        QTest::newRow("long ago") << good + "0000000000005 S\n" << 2;
        QTest::newRow("shifted beyond all")
            << good + QByteArray("+9999999999999\n").repeated(100'000) + line(1min) << 3;
        QTest::newRow("shifted into the past") << good + "-9999999999999\n" + line(1min) << 1;
        QTest::newRow("no number in a shift") << good + "+12x\n" << 3;
        QTest::newRow("a shift that is cut off") << line(2h) + line(3h, 'S') + "+00000072" << 3;
        QTest::newRow("huge") << QByteArray(line(2h)).repeated(1'300'000) + line(1min).repeated(7) << 7;
    }
    void anyFileIsTaken()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, counted);
        write(bytes);
        Run run(*m_clock, file());
        QCOMPARE(run.budget().spentThisHour(), counted);
        QCOMPARE(run.budget().waitOf(Lane::Stop), LaneWait()); // damage never makes a stop wait
        run.send(1);
        QCOMPARE(run.budget().spentThisHour(), counted + 1);
        QCOMPARE(spentThisHour(), counted + 1); // and the new file is sound
        QVERIFY(content().size() < 32'000);
        m_clock->advance(61min);
        QCOMPARE(spentThisHour(), 0);
    }

    void whatStoodInADamagedFileIsAtLeastAsOldAsTheFile()
    {
        write("some words\n");
        QFile file(this->file());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(m_clock->now().addSecs(-7200), QFileDevice::FileModificationTime));
        file.close();
        QCOMPARE(spentThisHour(), 0);
    }

    void whereNothingCanBeKeptAllElseGoesOn_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("no such folder") << u"/nowhere/at/all.sends"_s;
        QTest::newRow("a folder of that name") << QDir::tempPath();
        QTest::newRow("a device that is full") << u"/dev/full"_s;
        QTest::newRow("nothing") << QString();
        QTest::newRow("a file below a file") << u"/etc/hostname/x.sends"_s;
    }
    void whereNothingCanBeKeptAllElseGoesOn()
    {
        QFETCH(QString, path);
        Run run(*m_clock, path);
        run.send(3);
        QCOMPARE(run.budget().spentThisHour(), 3);
    }

    void aFileForAnyId_data()
    {
        QTest::addColumn<QString>("id");
        for (const QString &id : {u"demo"_s, u"../../etc/passwd"_s, u"a/b\\c:d*e?"_s, u""_s, u"CON"_s, u"\u05d0\0x"_s,
                                  QString(5000, u'x'), u".."_s})
            QTest::newRow(qPrintable(id.left(20).toHtmlEscaped() + QString::number(id.size()))) << id;
    }
    void aFileForAnyId()
    {
        QFETCH(QString, id);
        const QString path = StampFile::pathFor(m_folder->path(), id);
        QCOMPARE(QFileInfo(path).absolutePath(), m_folder->path());
        Run(*m_clock, path).send(1);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
        QVERIFY(StampFile::pathFor(m_folder->path(), id + u'1') != path);
    }
};

}

int tst_stampfile(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--send-and-die") == 0)
        return stampfile_test::sendAndDie(QString::fromLocal8Bit(argv[2]));
    stampfile_test::TestStampFile test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_stampfile.moc"
