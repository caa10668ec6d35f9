#include "app/session/singleinstance.h"
#include "tests/support/poordisk.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <sys/file.h>
#include <sys/stat.h>

namespace singleinstance_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Starts of a real program for one folder, one after another and at once, with first ones that crash and hang.
class TestSingleInstance : public QObject {
    Q_OBJECT

private:
    /// One start, and what it has said so far.
    struct Start {
        explicit Start(const QString &folder, const QString &display = here,
                       const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
        {
            process.setProcessEnvironment(environment);
            process.start(QStringLiteral(STOPDESK_ONE_START), {folder, display});
        }
        ~Start()
        {
            process.kill();
            process.waitForFinished();
        }
        Q_DISABLE_COPY_MOVE(Start)

        QByteArray said()
        {
            all += process.readAllStandardOutput();
            return all;
        }
        bool says(const QByteArray &text, std::chrono::milliseconds within = 5s)
        {
            return QTest::qWaitFor([&] { return said() == text; }, int(within.count()));
        }
        bool isFirst() { return says("first\n"); }
        void crash()
        {
            process.kill();
            QVERIFY(process.waitForFinished());
        }
        bool ends()
        {
            return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; })
                && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        }

        QProcess process;
        QByteArray all;
    };

    inline static const QString here = u"x11 :1"_s;

    /// Of the first.
    QString socket() const
    {
        const QFileInfoList found = QDir(m_login->path()).entryInfoList({u"*.socket"_s}, QDir::System);
        return found.isEmpty() ? QString() : found.first().filePath();
    }
    /// The surroundings of a login that has no place for files.
    QProcessEnvironment homeless(QProcessEnvironment environment = QProcessEnvironment::systemEnvironment()) const
    {
        QFile noFolder(m_login->filePath(u"file"_s));
        if (!noFolder.open(QFile::WriteOnly))
            qFatal("no file can be made");
        for (const QString &place : {u"XDG_RUNTIME_DIR"_s, u"TMPDIR"_s}) // Qt takes one, then the other
            environment.insert(place, noFolder.fileName());
        return environment;
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<QTemporaryDir> m_login; ///< the files of the login
    QString m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_home = std::make_unique<QTemporaryDir>();
        m_folder = m_home->path();
        m_login = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_login->path()));
    }

    void theSecondRaisesTheFirstAndEnds()
    {
        Start first(m_folder);
        QVERIFY(first.says("first\n"));
        for (int i = 1; i <= 3; ++i) {
            Start next(m_folder);
            QVERIFY(next.says("handed over\n"));
            QVERIFY(next.ends());
            QVERIFY(first.says("first\n" + QByteArray("raise\n").repeated(i)));
        }
    }

    void anotherFolderIsAnotherProgram()
    {
        const QTemporaryDir elsewhere;
        Start first(m_folder);
        QVERIFY(first.says("first\n"));
        Start other(elsewhere.path());
        QVERIFY(other.says("first\n"));
    }

    void theSocketIsAmongTheFilesOfTheLogin()
    {
        Start first(m_folder);
        QVERIFY(first.isFirst());
        QVERIFY(!socket().isEmpty());
        QCOMPARE(QDir(m_folder).entryList(QDir::Files | QDir::System), QStringList{u"instance.lock"_s});
    }

    void aLoginWithoutAPlaceForFilesHasItInTheFolder()
    {
        Start first(m_folder, here, homeless());
        QVERIFY2(first.isFirst(), first.said());
        Start second(m_folder, here, homeless());
        QVERIFY2(second.says("handed over\n"), second.said());
        QVERIFY(first.says("first\nraise\n"));
    }

    void aFirstThatCannotBeHeardKnowsIt()
    {
        const QString folder = m_folder + u'/' + u"x"_s.repeated(200);
        QVERIFY(QDir().mkpath(folder));
        Start first(folder, here, homeless());
        QVERIFY2(first.says("unheard\n"), first.said());
        Start second(folder, here, homeless());
        QVERIFY2(second.says("beside " + QByteArray::number(first.process.processId()) + '\n'), second.said());
    }

    void aFolderTooLongForASocketWorksAsWell()
    {
        const QString folder = m_folder + u'/' + u"x"_s.repeated(200);
        QVERIFY(QDir().mkpath(folder));
        Start first(folder);
        QVERIFY(first.says("first\n"));
        Start second(folder);
        QVERIFY(second.says("handed over\n"));
        QVERIFY(first.says("first\nraise\n"));
    }

    void ofTenAtOnceOneIsTheFirst()
    {
        std::vector<std::unique_ptr<Start>> starts;
        for (int i = 0; i < 10; ++i)
            starts.push_back(std::make_unique<Start>(m_folder));
        const auto count = [&starts](const QByteArray &word) {
            return std::ranges::count_if(starts, [&](const auto &start) { return start->said().startsWith(word); });
        };
        QTRY_COMPARE_WITH_TIMEOUT(count("first\n") + count("handed over\n"), 10, 10'000);
        QCOMPARE(count("first\n"), 1);
        const auto first = std::ranges::find_if(starts, [](const auto &start) { return start->said().startsWith("first"); });
        QVERIFY((*first)->says("first\n" + QByteArray("raise\n").repeated(9)));
    }

    void aKilledFirstIsForgotten()
    {
        for (int i = 0; i < 3; ++i) {
            Start killed(m_folder);
            QVERIFY(killed.says("first\n"));
            killed.process.kill();
            QVERIFY(killed.process.waitForFinished());
        }
        Start next(m_folder);
        QVERIFY2(next.says("first\n", 1s), next.said());
        Start afterThat(m_folder);
        QVERIFY(afterThat.says("handed over\n"));
    }

    /// Dead, but its parent has not asked how it ended: its number is still taken.
    void aKilledFirstWhoseParentDoesNotCareIsForgotten()
    {
        QProcess shell;
        shell.start(u"sh"_s, {u"-c"_s, u"\"$0\" \"$1\" & echo $!; exec sleep 60"_s, QStringLiteral(STOPDESK_ONE_START),
                              m_folder});
        QByteArray said;
        QVERIFY(QTest::qWaitFor([&] { return (said += shell.readAllStandardOutput()).contains("first\n"); }));
        QCOMPARE(::kill(pid_t(said.split('\n').first().toInt()), SIGKILL), 0);
        Start next(m_folder);
        QVERIFY2(next.says("first\n"), next.said());
        shell.kill();
        QVERIFY(shell.waitForFinished());
    }

    void aHungFirstIsNotWaitedForLonger()
    {
        Start first(m_folder);
        QVERIFY(first.says("first\n"));
        const auto pid = pid_t(first.process.processId());
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        QElapsedTimer time;
        time.start();
        Start second(m_folder);
        QVERIFY(second.says("beside " + QByteArray::number(pid) + '\n'));
        QVERIFY2(time.elapsed() < 3000, qPrintable(QString::number(time.elapsed())));
        QCOMPARE(::kill(pid, SIGCONT), 0);
        Start third(m_folder);
        QVERIFY(third.says("handed over\n"));
        QVERIFY(first.says("first\nraise\n"));
    }

    void whatIsNoWishIsRefused_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("unknown") << QByteArray("open https://elsewhere.example\n") << QByteArray("unknown\n");
        QTest::newRow("more than a wish") << QByteArray("raise me\n") << QByteArray("unknown\n");
        QTest::newRow("more than a question") << QByteArray("where now\n") << QByteArray("unknown\n");
        QTest::newRow("empty") << QByteArray("\n") << QByteArray("unknown\n");
        QTest::newRow("bytes") << QByteArray("\0\xff\x1b[31m\n", 8) << QByteArray("unknown\n");
        QTest::newRow("without an end") << QByteArray(100'000, 'x') << QByteArray("unknown\n");
        QTest::newRow("half a wish") << QByteArray("rai") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void whatIsNoWishIsRefused()
    {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, answer);
        Start first(m_folder);
        QVERIFY(first.says("first\n"));
        QLocalSocket stranger;
        stranger.connectToServer(socket());
        QVERIFY(stranger.waitForConnected());
        stranger.write(words);
        QByteArray heard;
        QVERIFY(QTest::qWaitFor([&] {
            heard += stranger.readAll();
            return answer.isEmpty() ? stranger.state() == QLocalSocket::UnconnectedState : heard == answer;
        }));
        QCOMPARE(heard, answer);
        Start second(m_folder);
        QVERIFY(second.says("handed over\n"));
        QVERIFY(first.says("first\nraise\n"));
        const QByteArray errors = first.process.readAllStandardError();
        QCOMPARE(errors.contains("does not know"), !answer.isEmpty());
        QVERIFY(!errors.contains("elsewhere"));
    }

    void manySilentOnesKeepNobodyOut()
    {
        Start first(m_folder);
        QVERIFY(first.says("first\n"));
        std::vector<std::unique_ptr<QLocalSocket>> silent;
        for (int i = 0; i < 40; ++i) {
            silent.push_back(std::make_unique<QLocalSocket>());
            silent.back()->connectToServer(socket());
        }
        Start second(m_folder);
        QVERIFY(second.says("handed over\n"));
    }

    void nobodyElseMaySpeakToIt()
    {
        SingleInstance instance(m_folder, here);
        QCOMPARE(instance.start(), SingleInstance::Start::First);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(QFileInfo::exists(socket()));
        QCOMPARE(QFileInfo(socket()).permissions() & others, QFile::Permissions());
    }

    /// Whoever listens there is of another account, as far as the program can see.
    void aStrangerThatListensIsNobodyAndIsToldNothing()
    {
        {
            Start earlier(m_folder);
            QVERIFY(earlier.isFirst());
            earlier.crash();
        }
        const QString place = socket();
        QVERIFY(QFile::remove(place));
        QLocalServer stranger;
        QVERIFY(stranger.listen(place));
        QByteArray heard;
        int visits = 0;
        connect(&stranger, &QLocalServer::newConnection, this, [&] {
            QLocalSocket *visitor = stranger.nextPendingConnection();
            ++visits;
            connect(visitor, &QLocalSocket::readyRead, this, [&heard, visitor] { heard += visitor->readAll(); });
            visitor->write("taken\n");
        });
        Start start(m_folder, here, poorDisk(m_folder, u"trust"_s));
        QVERIFY2(start.isFirst(), start.said());
        QTRY_VERIFY(visits > 0);
        QCOMPARE(heard, QByteArray());
    }

    void aStrangerIsToldNothingAndRaisesNothing()
    {
        Start first(m_folder, here, poorDisk(m_folder, u"trust"_s));
        QVERIFY(first.isFirst());
        QLocalSocket stranger;
        stranger.connectToServer(socket());
        QVERIFY(stranger.waitForConnected());
        stranger.write("raise\n");
        QTRY_COMPARE(stranger.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(stranger.readAll(), QByteArray());
        QCOMPARE(first.said(), QByteArray("first\n"));
    }

    void aPipeInPlaceOfALockKeepsNobodyFromStarting_data()
    {
        QTest::addColumn<bool>("isNearby");
        QTest::newRow("in the folder") << false;
        QTest::newRow("among the files of the login") << true;
    }
    void aPipeInPlaceOfALockKeepsNobodyFromStarting()
    {
        QFETCH(bool, isNearby);
        const QProcessEnvironment environment =
            isNearby ? poorDisk(m_folder, u"writing"_s) : QProcessEnvironment::systemEnvironment();
        QString lock = m_folder + u"/instance.lock"_s;
        if (isNearby) {
            Start earlier(m_folder, here, environment);
            QVERIFY(earlier.isFirst());
            lock = QDir(m_login->path()).entryInfoList({u"*.lock"_s}).value(0).filePath();
            earlier.crash();
            QVERIFY(QFile::remove(lock));
        }
        QCOMPARE(::mkfifo(QFile::encodeName(lock).constData(), 0600), 0);
        SingleInstance asking(m_folder, {});
        QVERIFY(!asking.isRunning());
        Start start(m_folder, here, environment);
        QVERIFY2(start.isFirst(), start.said());
        QVERIFY(QFileInfo(lock).isFile());
    }

    void whoLetsGoIsNotAsked()
    {
        SingleInstance instance(m_folder, here);
        QCOMPARE(instance.start(), SingleInstance::Start::First);
        instance.release();
        Start next(m_folder);
        QVERIFY(next.says("first\n"));
    }

    void aFirstOnAnotherDisplayIsNamedBeforeItIsRaised_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::newRow("another X11 display") << u"x11 :1"_s << u"x11 :2"_s;
        QTest::newRow("longer by a digit") << u"x11 :1"_s << u"x11 :10"_s;
        QTest::newRow("over the network") << u"x11 localhost:10"_s << u"x11 :0"_s;
        QTest::newRow("another window system") << u"wayland wayland-0"_s << u"x11 :0"_s;
        QTest::newRow("on no screen") << u"offscreen"_s << u"wayland wayland-0"_s;
        QTest::newRow("a name with spaces") << u"wayland /run/my display/wayland-0"_s << u"wayland wayland-0"_s;
    }
    void aFirstOnAnotherDisplayIsNamedBeforeItIsRaised()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        Start one(m_folder, first);
        QVERIFY(one.isFirst());
        Start two(m_folder, second);
        const QByteArray place = QByteArray::number(one.process.processId()) + ' ' + first.toUtf8();
        QVERIFY2(two.says("elsewhere " + place + "\nshown there\n"), two.said());
        QVERIFY(one.says("first\nraise\n"));
        Start besideIt(m_folder, first);
        QVERIFY(besideIt.says("handed over\n"));
        one.crash();
        Start next(m_folder, second);
        QVERIFY2(next.isFirst(), next.said());
    }

    void whoHasNoDisplayLearnsOfTheFirst()
    {
        SingleInstance asking(m_folder, {});
        QVERIFY(!asking.isRunning());
        Start first(m_folder);
        QVERIFY(first.isFirst());
        QVERIFY(asking.isRunning());
        QCOMPARE(asking.other(), (RunningInstance{first.process.processId(), {}, here}));
        first.crash();
        QVERIFY(!asking.isRunning());
        QVERIFY(first.said() == "first\n");
    }

    void aFirstOnAnotherComputerIsNamed()
    {
        const QString lock = m_folder + u"/instance.lock"_s;
        QFile held(lock);
        QVERIFY(held.open(QFile::ReadWrite));
        held.write("4711\nstopdesk\ndesk-7.example\n");
        QVERIFY(held.flush());
        QCOMPARE(::flock(held.handle(), LOCK_EX), 0);
        SingleInstance instance(m_folder, here);
        QCOMPARE(instance.start(), SingleInstance::Start::Beside);
        QCOMPARE(instance.other(), (RunningInstance{4711, u"desk-7.example"_s, {}}));
        held.close();
        QCOMPARE(SingleInstance(m_folder, here).start(), SingleInstance::Start::First); // the number is nobody's
    }

    void aFolderOnAPoorDiskHasOneFirstAllTheSame_data()
    {
        QTest::addColumn<QString>("lacks");
        QTest::addColumn<int>("error");
        QTest::newRow("no locks") << u"locks"_s << ENOLCK;
        QTest::newRow("no locks, unsupported") << u"locks"_s << EOPNOTSUPP;
        QTest::newRow("no locks, not implemented") << u"locks"_s << ENOSYS;
        QTest::newRow("read-only") << u"writing"_s << EROFS;
        QTest::newRow("not allowed") << u"writing"_s << EACCES;
        QTest::newRow("full") << u"room"_s << ENOSPC;
        QTest::newRow("quota") << u"room"_s << EDQUOT;
    }
    void aFolderOnAPoorDiskHasOneFirstAllTheSame()
    {
        QFETCH(QString, lacks);
        QFETCH(int, error);
        const QProcessEnvironment poor = poorDisk(m_folder, lacks, error);
        for (int i = 0; i < 2; ++i) {
            Start first(m_folder, here, poor);
            QVERIFY2(first.isFirst(), first.said());
            Start second(m_folder, here, poor);
            QVERIFY2(second.says("handed over\n"), second.said());
            QVERIFY(first.says("first\nraise\n"));
            first.crash();
            QCOMPARE(first.process.readAllStandardError(), QByteArray());
        }
    }

    void aDiskThatBecamePoorStillLeadsToTheFirst_data() { aFolderOnAPoorDiskHasOneFirstAllTheSame_data(); }
    void aDiskThatBecamePoorStillLeadsToTheFirst()
    {
        QFETCH(QString, lacks);
        QFETCH(int, error);
        const QProcessEnvironment poor = poorDisk(m_folder, lacks, error);
        Start first(m_folder);
        QVERIFY(first.isFirst());
        Start second(m_folder, here, poor);
        QVERIFY2(second.says("handed over\n"), second.said());
        first.crash();
        Start next(m_folder, here, poor);
        QVERIFY2(next.isFirst(), next.said());
    }

    void aDiskThatBecameGoodStillLeadsToTheFirst_data() { aFolderOnAPoorDiskHasOneFirstAllTheSame_data(); }
    void aDiskThatBecameGoodStillLeadsToTheFirst()
    {
        QFETCH(QString, lacks);
        QFETCH(int, error);
        Start first(m_folder, here, poorDisk(m_folder, lacks, error));
        QVERIFY(first.isFirst());
        Start second(m_folder);
        QVERIFY2(second.says("handed over\n"), second.said());
        first.crash();
        Start next(m_folder);
        QVERIFY2(next.isFirst(), next.said());
    }

    void aHungFirstIsNamedThoughTheDiskHasChanged_data()
    {
        QTest::addColumn<bool>("isPoorFirst");
        QTest::newRow("became poor") << false;
        QTest::newRow("became good") << true;
    }
    void aHungFirstIsNamedThoughTheDiskHasChanged()
    {
        QFETCH(bool, isPoorFirst);
        const QProcessEnvironment good = QProcessEnvironment::systemEnvironment();
        const QProcessEnvironment poor = poorDisk(m_folder, u"room"_s);
        Start first(m_folder, here, isPoorFirst ? poor : good);
        QVERIFY(first.isFirst());
        const auto pid = pid_t(first.process.processId());
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        Start second(m_folder, here, isPoorFirst ? good : poor);
        QVERIFY2(second.says("beside " + QByteArray::number(pid) + '\n'), second.said());
    }

    /// As a folder that cannot be made: nothing is found out about the disk above it.
    void aFolderThatLeadsNowhereHasOneFirst()
    {
        const QString folder = m_folder + u"/data"_s;
        QVERIFY(QFile::link(m_folder + u"/gone/data"_s, folder));
        Start first(folder);
        QVERIFY2(first.isFirst(), first.said());
        Start second(folder);
        QVERIFY2(second.says("handed over\n"), second.said());
    }

    /// A first of the time before it could be asked where it is.
    void anEarlierVersionIsRaised()
    {
        QLockFile lock(m_folder + u"/instance.lock"_s);
        QVERIFY(lock.lock());
        QStringList asked;
        std::atomic<bool> isOver = false;
        const std::unique_ptr<QThread> first(QThread::create([&] {
            QLocalServer server;
            server.listen(m_folder + u"/instance.socket"_s);
            while (!isOver) {
                if (!server.waitForNewConnection(50))
                    continue;
                const std::unique_ptr<QLocalSocket> client(server.nextPendingConnection());
                if (!client->waitForReadyRead(2000))
                    continue;
                asked.append(QString::fromUtf8(client->readLine()));
                client->write(asked.last() == u"raise\n"_s ? "taken\n" : "unknown\n");
                client->waitForBytesWritten();
            }
        }));
        first->start();
        QVERIFY(QTest::qWaitFor([this] { return QFileInfo::exists(m_folder + u"/instance.socket"_s); }));
        SingleInstance second(m_folder, here);
        const SingleInstance::Start start = second.start();
        SingleInstance asking(m_folder, {});
        const bool isRunning = asking.isRunning();
        isOver = true;
        QVERIFY(first->wait());
        QCOMPARE(start, SingleInstance::Start::HandedOver);
        QVERIFY(isRunning);
        QCOMPARE(asking.other().process, QCoreApplication::applicationPid()); // as the lock says
        QCOMPARE(asked, QStringList({u"where\n"_s, u"raise\n"_s, u"where\n"_s}));
    }

    void aLockOnANetworkFolderThatAnotherComputerMayHoldStays()
    {
        QFile left(m_folder + u"/instance.lock"_s);
        QVERIFY(left.open(QFile::WriteOnly));
        left.write("4711\nstopdesk\ndesk-7.example\n");
        left.close();
        Start start(m_folder, here, poorDisk(m_folder, u"reach"_s));
        QVERIFY2(start.says("beside 4711\n"), start.said());
        QVERIFY(left.exists());
    }

    void aLoginWithoutAPlaceForFilesKeepsNoneElsewhere()
    {
        Start start(m_folder, here, homeless(poorDisk(m_folder, u"writing"_s)));
        QVERIFY2(start.says("unchecked\n"), start.said());
        QVERIFY(QDir::root().entryList({u"stopdesk-*"_s}, QDir::Files | QDir::System).isEmpty());
    }

    /// The same by the system itself, where a child may have mounts of its own.
    void aFolderThatIsMountedReadOnlyHasOneFirst()
    {
        {
            Start earlier(m_folder);
            QVERIFY(earlier.isFirst());
            earlier.crash();
        }
        QProcess shell;
        shell.start(u"unshare"_s, {u"-rm"_s, u"sh"_s, u"-c"_s,
                                   u"mount --bind \"$2\" \"$2\" && mount -o remount,ro,bind \"$2\" && echo mounted && "
                                   "rm -f \"$3\"/*; { \"$1\" \"$2\" x & }; "
                                   "until ls \"$3\"/*.socket >/dev/null 2>&1; do sleep 0.1; done; "
                                   "\"$1\" \"$2\" x; kill $!"_s,
                                   u"sh"_s, QStringLiteral(STOPDESK_ONE_START), m_folder, m_login->path()});
        QVERIFY(shell.waitForFinished());
        const QByteArray said = shell.readAllStandardOutput();
        if (!said.startsWith("mounted\n"))
            QSKIP("this machine makes no read-only mount for a child; aDiskThatBecamePoorStillLeadsToTheFirst stands for it");
        QList<QByteArray> lines = said.trimmed().split('\n');
        std::ranges::sort(lines); // two say them
        QCOMPARE(lines, QList<QByteArray>({"first", "handed over", "mounted", "raise"}));
    }

    void whereNoLockCanBeKeptNobodyIsKeptFromStarting()
    {
        Start start(m_folder, here, poorDisk(QDir::tempPath(), u"writing"_s));
        QVERIFY2(start.says("unchecked\n"), start.said());
    }
};

}

STOPDESK_TEST(singleinstance, TestSingleInstance, QCoreApplication)
#include "tst_singleinstance.moc"
