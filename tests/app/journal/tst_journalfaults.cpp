#include "app/journal/journal.h"
#include "tests/app/journal/decision.h"
#include "tests/support/poordisk.h"
#include "tests/support/testmain.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSqlError>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

namespace journalfaults_test {

using namespace Qt::StringLiterals;
using decision::connection;
using decision::Look;
using decision::report;

void say(const QString &line)
{
    std::puts(qPrintable(line));
    std::fflush(stdout);
}

QString toldBy(const Journal &journal)
{
    return journal.trouble() ? journal.trouble()->text : u"works"_s;
}

QString writeUntilRefused(Journal &journal)
{
    StopReport large = report();
    large.reason = QString(20000, u'r');
    for (int i = 0; i < 20000; ++i) {
        if (const auto written = journal.writeIntent(large, connection()); !written)
            return written.error().text;
    }
    return u"never refused"_s;
}

void limitFiles(rlim_t bytes)
{
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

/// A disk that takes no more than half a megabyte a file, and then more.
void childWithLimitedFiles(const QString &file)
{
    std::signal(SIGXFSZ, SIG_IGN);
    Journal journal(file, u"noa"_s);
    limitFiles(512 * 1024);
    say(writeUntilRefused(journal));
    say(toldBy(journal));
    limitFiles(RLIM_INFINITY);
    say(journal.writeIntent(report(), connection()) ? toldBy(journal) : u"still refused"_s);
}

void fill(QFile &filler)
{
    if (!filler.open(QFile::WriteOnly | QFile::Unbuffered))
        return;
    for (const qsizetype size : {65536, 512, 1}) {
        while (filler.write(QByteArray(size, 'f')) == size) { }
    }
}

/// A small disk: full when the journal is opened, free, full while it writes, and free again.
void childOnAFullDisk(const QString &file)
{
    QFile filler(QFileInfo(file).absolutePath() + u"/filler"_s);
    fill(filler);
    {
        Journal journal(file, u"noa"_s);
        say(toldBy(journal));
        filler.remove();
        say(journal.writeIntent(report(), connection()) ? toldBy(journal) : u"still refused"_s);
        fill(filler);
        say(writeUntilRefused(journal));
        filler.remove();
        say(journal.writeIntent(report(), connection()) ? toldBy(journal) : u"still refused"_s);
        fill(filler);
        writeUntilRefused(journal);
    }
    Journal again(file, u"noa"_s);
    say(toldBy(again));
}

void childOnAPoorDisk(const QString &file)
{
    Journal journal(file, u"noa"_s);
    say(toldBy(journal));
    say(journal.writeIntent(report(), connection()) ? u"written"_s : u"refused"_s);
    say(journal.askAgain() ? journal.askAgain()->text : u"works"_s);
    say(journal.isShared() ? u"shared"_s : u"alone"_s);
}

void childThatHolds(const QString &file)
{
    const Journal journal(file, u"noa"_s);
    say(journal.isShared() ? u"shared"_s : u"held"_s);
    pause();
}

int child(const QString &what, const QString &file)
{
    if (what == u"limited"_s)
        childWithLimitedFiles(file);
    else if (what == u"full"_s)
        childOnAFullDisk(file);
    else if (what == u"poor"_s)
        childOnAPoorDisk(file);
    else
        childThatHolds(file);
    return 0;
}

/// Files and disks that a journal cannot use: it says so, changes nothing, and goes on when it can.
class TestJournalFaults : public QObject {
    Q_OBJECT

private:
    QString file() const { return m_folder->filePath(u"journal.sqlite"_s); }
    static QByteArray contentOf(const QString &file)
    {
        QFile raw(file);
        return raw.open(QFile::ReadOnly) ? raw.readAll() : QByteArray();
    }
    static void put(const QString &file, const QByteArray &content)
    {
        QFile raw(file);
        QVERIFY(raw.open(QFile::WriteOnly | QFile::Truncate));
        raw.write(content);
    }
    /// A journal of some pages, closed.
    QByteArray journalOf(int intents)
    {
        {
            Journal journal(file(), u"noa"_s);
            StopReport large = report();
            large.reason = QString(2000, u'r');
            for (int i = 0; i < intents; ++i)
                (void)journal.writeIntent(large, connection());
        }
        return contentOf(file());
    }
    static QByteArray random(qsizetype size)
    {
        QRandomGenerator generator(7);
        QByteArray bytes(size, 0);
        for (char &byte : bytes)
            byte = char(generator.bounded(256));
        return bytes;
    }
    void refusesAndLeaves(const QByteArray &content, const QString &words)
    {
        {
            Journal journal(file(), u"noa"_s);
            QVERIFY(journal.trouble());
            QCOMPARE(journal.trouble()->kind, FailureKind::JournalUnusable);
            QVERIFY2(journal.trouble()->text.contains(words), qPrintable(journal.trouble()->text));
            QVERIFY(journal.trouble()->text.contains(file()));
            const auto intent = journal.writeIntent(report(), connection());
            QVERIFY(!intent);
            QCOMPARE(intent.error(), *journal.trouble());
            QVERIFY(!journal.writeState(1, report()));
            QVERIFY(journal.openEntries().isEmpty());
        }
        QCOMPARE(contentOf(file()), content);
    }
    /// What this program says, started in a mount of its own where `mount` was done before.
    QStringList saidInMount(const QString &mount, const QString &what)
    {
        QProcess process;
        process.start(u"unshare"_s,
                      {u"-rm"_s, u"sh"_s, u"-c"_s, mount + u" && exec \"$1\" tst_journalfaults --child \"$2\" \"$3/journal.sqlite\""_s,
                       u"sh"_s, QCoreApplication::applicationFilePath(), what, m_folder->path()});
        return saidBy(process);
    }
    static QStringList saidBy(QProcess &process)
    {
        if (!process.waitForFinished(60000) || process.exitCode() != 0)
            return {};
        return QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aFileOfSomethingElseStaysAsItIs_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("random") << random(20000);
        QTest::newRow("text") << QByteArray("journal of somebody else\n").repeated(50);
        QTest::newRow("one byte") << QByteArray("x");
    }
    void aFileOfSomethingElseStaysAsItIs()
    {
        QFETCH(QByteArray, content);
        put(file(), content);
        refusesAndLeaves(content, u"The file is damaged"_s);
    }

    void aJournalThatWasCutStaysAsItIs_data()
    {
        QTest::addColumn<int>("kept");
        QTest::newRow("half") << 50;
        QTest::newRow("the last part is missing") << 99;
        QTest::newRow("almost nothing") << 1;
    }
    void aJournalThatWasCutStaysAsItIs()
    {
        QFETCH(int, kept);
        const QByteArray whole = journalOf(40);
        const QByteArray cut = whole.first(whole.size() * kept / 100);
        put(file(), cut);
        refusesAndLeaves(cut, u"The file is damaged"_s);
    }

    void aJournalWithDamagedPagesStaysAsItIs()
    {
        QByteArray content = journalOf(40);
        content = content.first(4096) + random(content.size() - 4096);
        put(file(), content);
        refusesAndLeaves(content, u"The file is damaged"_s);
    }

    void aDamagedPageInTheMiddleLosesNoOther()
    {
        QByteArray content = journalOf(40);
        const qsizetype middle = content.size() / 2 / 4096 * 4096;
        content.replace(middle, 4096, random(4096));
        put(file(), content);
        {
            Journal journal(file(), u"noa"_s);
            (void)journal.openEntries();
            QVERIFY(journal.trouble());
            QVERIFY2(journal.trouble()->text.contains(u"The file is damaged"_s), qPrintable(journal.trouble()->text));
        }
        const QByteArray after = contentOf(file());
        QCOMPARE(after.size(), content.size());
        QCOMPARE(after.mid(4096), content.mid(4096));
    }

    void aFileOfANewerVersionStaysAsItIs()
    {
        journalOf(3);
        {
            const Look look(file());
            QVERIFY(QSqlQuery(look.database()).exec(u"PRAGMA user_version=99"_s));
        }
        refusesAndLeaves(contentOf(file()), u"of a newer Stopdesk (version 99)"_s);
    }

    void anotherProgramsDatabaseStaysAsItIs()
    {
        {
            const Look look(file());
            QVERIFY(QSqlQuery(look.database()).exec(u"CREATE TABLE songs (title TEXT)"_s));
        }
        refusesAndLeaves(contentOf(file()), u"The file is damaged, or not a journal"_s);
    }

    void aFolderInItsPlaceStays()
    {
        QVERIFY(QDir().mkpath(file() + u"/sub"_s));
        refusesAndLeaves({}, u"A folder stands in the place of the file"_s);
        QVERIFY(QDir(file() + u"/sub"_s).exists());
    }

    void aFolderThatTakesNothingIsSaid_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("words");
        QTest::newRow("is a file") << u"taken"_s << u"The folder cannot be written"_s;
        QTest::newRow("cannot be made") << u"/proc/stopdesk"_s << u"The folder cannot be written"_s;
        QTest::newRow("takes no file") << u"/proc/self"_s << u"The folder cannot be written"_s;
    }
    void aFolderThatTakesNothingIsSaid()
    {
        QFETCH(QString, folder);
        QFETCH(QString, words);
        put(m_folder->filePath(u"taken"_s), "x");
        Journal journal(QDir(m_folder->path()).absoluteFilePath(folder) + u"/journal.sqlite"_s, u"noa"_s);
        QVERIFY(journal.trouble());
        QVERIFY2(journal.trouble()->text.contains(words), qPrintable(journal.trouble()->text));
        QVERIFY(!journal.writeIntent(report(), connection()));
        QVERIFY(!journal.isShared());
        QCOMPARE(contentOf(m_folder->filePath(u"taken"_s)), QByteArray("x"));
    }

    void worksAsSoonAsTheTroubleIsOver()
    {
        const QString folder = m_folder->filePath(u"data"_s);
        put(folder, "in the way");
        Journal journal(folder + u"/journal.sqlite"_s, u"noa"_s);
        QVERIFY(!journal.writeIntent(report(), connection()));
        QVERIFY(QFile::remove(folder));
        QVERIFY(journal.writeIntent(report(), connection()));
        QVERIFY(!journal.trouble());
        QVERIFY(!journal.isShared());
    }

    void askedAgainItSaysWhatIsSoNow()
    {
        const QString folder = m_folder->filePath(u"data"_s);
        put(folder, "in the way");
        Journal journal(folder + u"/journal.sqlite"_s, u"noa"_s);
        const int told = journal.troubles();
        QVERIFY(journal.askAgain());
        QCOMPARE(journal.troubles(), told);
        QVERIFY(QFile::remove(folder));
        QVERIFY(journal.trouble());
        QVERIFY(!journal.askAgain());
        QVERIFY(journal.writeIntent(report(), connection()));
    }

    void aReadOnlyDiskIsSaidAtOnce()
    {
        const QByteArray content = journalOf(3);
        const QStringList said =
            saidInMount(u"mount --bind \"$3\" \"$3\" && mount -o remount,ro,bind \"$3\""_s, u"poor"_s);
        if (said.isEmpty())
            QSKIP("this machine makes no read-only mount for a child; aPoorDiskIsNamed stands for it");
        const QString words = u"The disk can only be read: "_s + m_folder->path();
        QCOMPARE(said, QStringList({words, u"refused"_s, words, u"alone"_s}));
        QCOMPARE(contentOf(file()), content);
    }

    void aPoorDiskIsNamed_data()
    {
        QTest::addColumn<QString>("lacks");
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("words");
        const QString noLocks = u"The folder has no file locks, as some network folders: "_s;
        QTest::newRow("no locks") << u"locks"_s << ENOLCK << noLocks;
        QTest::newRow("no locks, unsupported") << u"locks"_s << EOPNOTSUPP << noLocks;
        QTest::newRow("no locks, not implemented") << u"locks"_s << ENOSYS << noLocks;
        QTest::newRow("read-only") << u"writing"_s << EROFS << u"The disk can only be read: "_s;
        QTest::newRow("not allowed") << u"writing"_s << EACCES << u"The folder cannot be written by this account: "_s;
        QTest::newRow("full") << u"room"_s << ENOSPC << u"The disk is full: "_s;
        QTest::newRow("quota") << u"room"_s << EDQUOT << u"The disk is full: "_s;
    }
    /// A folder with a journal of a run that was killed, and its lock.
    void aPoorDiskIsNamed()
    {
        QFETCH(QString, lacks);
        QFETCH(int, error);
        QFETCH(QString, words);
        const QByteArray content = journalOf(3);
        put(file() + u".lock"_s, "999999\nstopdesk\n" + QSysInfo::machineHostName().toUtf8() + '\n');
        QProcess process;
        process.setProcessEnvironment(poorDisk(m_folder->path(), lacks, error));
        process.start(QCoreApplication::applicationFilePath(), {u"tst_journalfaults"_s, u"--child"_s, u"poor"_s, file()});
        const QStringList said = saidBy(process);
        QCOMPARE(said.size(), 4);
        for (const int line : {0, 2})
            QVERIFY2(said.at(line).startsWith(words + m_folder->path()), qPrintable(said.at(line)));
        QCOMPARE(said.at(1), u"refused"_s);
        QCOMPARE(said.at(3), u"alone"_s);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(contentOf(file()), content);
    }

    void aLockOfAComputerThatHasGoneIsNoOther()
    {
        put(file() + u".lock"_s, "4711\nstopdesk\ndesk-7.example\n");
        const Journal journal(file(), u"noa"_s);
        QVERIFY(!journal.isShared());
        QVERIFY(!journal.trouble());
    }

    /// SQLite's log beside the file is for the programs of one computer: two would destroy it.
    void aJournalThatAnotherComputerHasOpenIsLeftAlone()
    {
        const QByteArray content = journalOf(3);
        QFile held(file() + u".lock"_s);
        QVERIFY(held.open(QFile::ReadWrite));
        held.write("4711\nstopdesk\ndesk-7.example\n");
        QVERIFY(held.flush());
        QCOMPARE(::flock(held.handle(), LOCK_EX), 0);
        Journal journal(file(), u"noa"_s);
        QVERIFY(journal.trouble());
        QVERIFY2(journal.trouble()->text.contains(u"desk-7.example"_s), qPrintable(journal.trouble()->text));
        QVERIFY(!journal.isOpen());
        QCOMPARE(contentOf(file()), content);
        held.close();
        QVERIFY(!journal.askAgain());
        QVERIFY(!journal.isShared());
    }

    void aFullDiskIsSaidAndForgotten()
    {
        const QStringList said = saidInMount(u"mount -t tmpfs -o size=1m tmpfs \"$3\""_s, u"full"_s);
        if (said.isEmpty())
            QSKIP("this machine makes no small disk for a child; aFileThatCannotGrowIsSaidAndForgotten stands for it");
        QCOMPARE(said.size(), 5);
        QVERIFY2(said.at(0).startsWith(u"The disk"_s), qPrintable(said.at(0)));
        QCOMPARE(said.at(1), u"works"_s);
        QVERIFY2(said.at(2).startsWith(u"The disk is full"_s), qPrintable(said.at(2)));
        QCOMPARE(said.at(3), u"works"_s);
        QVERIFY2(said.at(4).startsWith(u"The disk"_s), qPrintable(said.at(4)));
    }

    /// The limit on the size of a process's files, which needs no rights and no disk of its own.
    void aFileThatCannotGrowIsSaidAndForgotten()
    {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {u"tst_journalfaults"_s, u"--child"_s, u"limited"_s, file()});
        const QStringList said = saidBy(process);
        QCOMPARE(said.size(), 3);
        QVERIFY2(said.at(0).startsWith(u"The disk does not take or give the file"_s), qPrintable(said.at(0)));
        QCOMPARE(said.at(1), said.at(0));
        QCOMPARE(said.at(2), u"works"_s);
        const Look look(file());
        QSqlQuery query(u"PRAGMA integrity_check"_s, look.database());
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toString(), u"ok"_s);
    }

    void anInstanceThatWasKilledBlocksNobody()
    {
        {
            QVERIFY(Journal(file(), u"noa"_s).writeIntent(report(), connection()));
        }
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {u"tst_journalfaults"_s, u"--child"_s, u"hold"_s, file()});
        QVERIFY(process.waitForReadyRead());
        QCOMPARE(process.readLine(), QByteArray("held\n"));
        {
            QVERIFY(Journal(file(), u"noa"_s).isShared());
        }
        process.kill();
        QVERIFY(process.waitForFinished());
        QVERIFY(QFile::exists(file() + u".lock"_s));
        Journal next(file(), u"noa"_s);
        QVERIFY(!next.isShared());
        QCOMPARE(next.openEntries().size(), 1);
    }
};

}

int tst_journalfaults(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--child"))
        return journalfaults_test::child(arguments.value(2), arguments.value(3));
    journalfaults_test::TestJournalFaults test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_journalfaults.moc"
