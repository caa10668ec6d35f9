#include "app/session/singleinstance.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

namespace singleinstance_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Starts of a real program for one folder, one after another and at once, with first ones that crash and hang.
class TestSingleInstance : public QObject {
    Q_OBJECT

private:
    /// One start, and what it has said so far.
    struct Start {
        explicit Start(const QString &folder)
        {
            process.start(QStringLiteral(STOPDESK_ONE_START), {folder});
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
        bool ends()
        {
            return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; })
                && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        }

        QProcess process;
        QByteArray all;
    };

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_home = std::make_unique<QTemporaryDir>();
        m_folder = m_home->path();
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
        QVERIFY(second.says("alone\n"));
        QVERIFY2(time.elapsed() < 3000, qPrintable(QString::number(time.elapsed())));
        QCOMPARE(::kill(pid, SIGCONT), 0);
        QVERIFY(first.says("first\nraise\n"));
        Start third(m_folder);
        QVERIFY(third.says("handed over\n"));
        QVERIFY(first.says("first\nraise\nraise\n"));
    }

    void whatIsNoWishIsRefused_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("unknown") << QByteArray("open https://elsewhere.example\n") << QByteArray("unknown\n");
        QTest::newRow("more than a wish") << QByteArray("raise me\n") << QByteArray("unknown\n");
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
        stranger.connectToServer(m_folder + u"/instance.socket"_s);
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
            silent.back()->connectToServer(m_folder + u"/instance.socket"_s);
        }
        Start second(m_folder);
        QVERIFY(second.says("handed over\n"));
    }

    void nobodyElseMaySpeakToIt()
    {
        SingleInstance instance(m_folder);
        QCOMPARE(instance.start(), SingleInstance::Start::First);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(QFileInfo::exists(m_folder + u"/instance.socket"_s));
        QCOMPARE(QFileInfo(m_folder + u"/instance.socket"_s).permissions() & others, QFile::Permissions());
    }

    void whoLetsGoIsNotAsked()
    {
        SingleInstance instance(m_folder);
        QCOMPARE(instance.start(), SingleInstance::Start::First);
        instance.release();
        Start next(m_folder);
        QVERIFY(next.says("first\n"));
    }

    void aFolderThatCannotBeWrittenKeepsNobodyFromStarting()
    {
        QElapsedTimer time;
        time.start();
        SingleInstance instance(u"/proc/no-such-folder"_s);
        QCOMPARE(instance.start(), SingleInstance::Start::Alone);
        QVERIFY(time.elapsed() < 1000);
    }
};

}

STOPDESK_TEST(singleinstance, TestSingleInstance, QCoreApplication)
#include "tst_singleinstance.moc"
