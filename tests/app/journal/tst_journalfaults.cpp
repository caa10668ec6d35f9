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

/// The disk has room again once the journal is open.
void childWithoutALock(const QString &file)
{
    Journal journal(file, u"noa"_s);
    say(toldBy(journal));
    say(QFile::exists(file + u".lock"_s) ? u"lock"_s : u"no lock"_s);
    qunsetenv("STOPDESK_DISK_LACKS");
    say(journal.writeIntent(report(), connection()) ? u"written"_s : u"refused"_s);
    say(Journal(file, u"noa"_s).isShared() ? u"shared"_s : u"alone"_s);
}

/// The lock that could not be made is taken by another computer between the intent and its state.
void childWhoseLockAnotherTakes(const QString &file)
{
    Journal journal(file, u"noa"_s);
    const qint64 intent = journal.writeIntent(report(), connection()).value();
    qunsetenv("STOPDESK_DISK_LACKS");
    QFile held(file + u".lock"_s);
    if (!held.open(QFile::ReadWrite) || held.write("4711\nstopdesk\ndesk-7.example\n") < 0 || !held.flush()
        || ::flock(held.handle(), LOCK_EX) != 0)
        return;
    say(journal.writeState(intent, report()) ? u"written"_s : toldBy(journal));
    held.remove();
    say(journal.writeLate() ? toldBy(journal) : u"still late"_s);
    const Look look(file);
    QSqlQuery query(u"SELECT count(*) FROM entry WHERE intent = %1"_s.arg(intent), look.database());
    say(query.next() ? query.value(0).toString() : query.lastError().text());
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
    else if (what == u"unlocked"_s)
        childWithoutALock(file);
    else if (what == u"taken"_s)
        childWhoseLockAnotherTakes(file);
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
    QStringList saidOnPoorDisk(QProcess &process, const QString &what, const QString &folder, const QString &lacks,
                               int error = 0) const
    {
        process.setProcessEnvironment(poorDisk(folder, lacks, error));
        process.start(QCoreApplication::applicationFilePath(), {u"tst_journalfaults"_s, u"--child"_s, what, file()});
        return saidBy(process);
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

    void aFolderThatCannotBeMadeIsSaid()
    {
        const QString folder = m_folder->filePath(u"data"_s);
        QVERIFY(QFile::link(m_folder->filePath(u"gone/data"_s), folder));
        const Journal journal(folder + u"/journal.sqlite"_s, u"noa"_s);
        QVERIFY(journal.trouble());
        QCOMPARE(journal.trouble()->text, u"The folder cannot be made: "_s + folder);
    }

    /// Whoever may write into the folder knows the number of the process.
    void whatWasPutInTheWayOfTheTrialFileStays()
    {
        const QString victim = m_folder->filePath(u"victim"_s);
        put(victim, "mine");
        QVERIFY(QFile::link(victim, m_folder->filePath(u".stopdesk-%1"_s.arg(QCoreApplication::applicationPid()))));
        const Journal journal(file(), u"noa"_s);
        QVERIFY(!journal.trouble());
        QCOMPARE(contentOf(victim), QByteArray("mine"));
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
        QTest::newRow("locks that fail") << u"locks"_s << EIO << u"The folder cannot be written: "_s;
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
        const QStringList said = saidOnPoorDisk(process, u"poor"_s, m_folder->path(), lacks, error);
        QCOMPARE(said.size(), 4);
        for (const int line : {0, 2})
            QVERIFY2(said.at(line).startsWith(words + m_folder->path()), qPrintable(said.at(line)));
        QCOMPARE(said.at(1), u"refused"_s);
        QCOMPARE(said.at(3), u"alone"_s);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(contentOf(file()), content);
    }

    /// With its lock still left by a run that was killed.
    void aDiskWithoutLocksOfWholeFilesServes()
    {
        put(file() + u".lock"_s, "999999\nstopdesk\n" + QSysInfo::machineHostName().toUtf8() + '\n');
        QProcess process;
        QCOMPARE(saidOnPoorDisk(process, u"poor"_s, m_folder->path(), u"flock"_s),
                 QStringList({u"works"_s, u"written"_s, u"works"_s, u"alone"_s}));
    }

    void aLockThatCouldNotBeMadeIsTakenBeforeAWrite()
    {
        QProcess process;
        QCOMPARE(saidOnPoorDisk(process, u"unlocked"_s, file() + u".lock"_s, u"room"_s),
                 QStringList({u"works"_s, u"no lock"_s, u"written"_s, u"shared"_s}));
    }

    void aStateWaitsForTheOtherComputer()
    {
        QProcess process;
        const QStringList said = saidOnPoorDisk(process, u"taken"_s, file() + u".lock"_s, u"room"_s);
        QCOMPARE(said.size(), 3);
        QVERIFY2(said.at(0).startsWith(u"Stopdesk on the computer desk-7.example"_s), qPrintable(said.at(0)));
        QCOMPARE(said.at(1), u"works"_s);
        QCOMPARE(said.at(2), u"1"_s);
    }

    void aLockOnANetworkFolderThatAnotherComputerMayHoldStays_data()
    {
        QTest::addColumn<QByteArray>("lock");
        QTest::addColumn<QString>("words");
        QTest::newRow("of a computer") << QByteArray("4711\nstopdesk\ndesk-7.example\n")
                                       << u"Stopdesk on the computer desk-7.example has the file open"_s;
        QTest::newRow("not readable") << QByteArray() << u"Stopdesk on another computer has the file open"_s;
    }
    /// The system would say of both that nobody holds them.
    void aLockOnANetworkFolderThatAnotherComputerMayHoldStays()
    {
        QFETCH(QByteArray, lock);
        QFETCH(QString, words);
        const QByteArray content = journalOf(3);
        put(file() + u".lock"_s, lock);
        QProcess process;
        const QStringList said = saidOnPoorDisk(process, u"poor"_s, m_folder->path(), u"reach"_s);
        QCOMPARE(said.size(), 4);
        QVERIFY2(said.at(0).startsWith(words), qPrintable(said.at(0)));
        QVERIFY2(said.at(0).endsWith(u"remove "_s + file() + u".lock"_s), qPrintable(said.at(0)));
        QCOMPARE(said.at(1), u"refused"_s);
        QCOMPARE(said.at(2), said.at(0));
        QCOMPARE(contentOf(file() + u".lock"_s), lock);
        QCOMPARE(contentOf(file()), content);
    }

    void aComputerIsKnownByItsIdNotByItsName_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("isThisOne");
        QTest::newRow("renamed") << QByteArray("dhcp-17.example") << QSysInfo::machineUniqueId() << true;
        QTest::newRow("of the same name") << QSysInfo::machineHostName().toUtf8() << QByteArray("0123456789abcdef")
                                          << false;
    }
    void aComputerIsKnownByItsIdNotByItsName()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, id);
        QFETCH(bool, isThisOne);
        if (QSysInfo::machineUniqueId().isEmpty())
            QSKIP("this machine has no id");
        QFile held(file() + u".lock"_s);
        QVERIFY(held.open(QFile::ReadWrite));
        held.write(QByteArray::number(QCoreApplication::applicationPid()) + "\nstopdesk\n" + name + '\n' + id + '\n'
                   + QSysInfo::bootUniqueId() + '\n');
        QVERIFY(held.flush());
        QCOMPARE(::flock(held.handle(), LOCK_EX), 0);
        const Journal journal(file(), u"noa"_s);
        QCOMPARE(!journal.trouble(), isThisOne);
        QVERIFY(journal.isShared());
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
