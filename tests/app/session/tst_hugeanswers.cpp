#include "app/journal/journal.h"
#include "tests/support/console.h"
#include "app/types/background.h"
#include "tests/support/fakeclock.h"
#include "tests/support/heartbeat.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/testmain.h"

#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace hugeanswers_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qint64 mostMemory = 150'000; ///< KB above the start

/// A whole session in front of a service whose answers are too much, over the real network: what it costs at its peak,
/// and how long the event loop ever stands still (promise 78).
class TestHugeAnswers : public QObject {
    Q_OBJECT

private:
    void serve(const QString &kind)
    {
        m_server.start(u"python3"_s, {QStringLiteral(STOPDESK_HUGE_ANSWERS), kind});
        QVERIFY(m_server.waitForReadyRead(60'000));
        Connection connection;
        connection.id = {u"huge"_s};
        connection.name = u"Huge"_s;
        connection.address = QUrl(u"http://127.0.0.1:"_s + QString::fromLatin1(m_server.readLine().trimmed()));
        connection.requestsPerMinute = 100'000;
        connection.requestsPerHour = 1'000'000;
        m_store.keep(connection, Secret::fromStored("key"));
        m_journal = std::make_unique<Journal>(m_folder.filePath(u"journal-"_s + kind), u"noa"_s);
        const Network network{[] { return std::make_unique<QNetworkAccessManager>(); }};
        m_console = std::make_unique<Console>(Console::Parts{m_store, m_secrets, *m_journal, m_clock, network});
        m_beat = std::make_unique<Heartbeat>();
        m_cost = std::make_unique<ProcessCost>();
        m_console->open(connection);
    }

    /// Time runs as it does while something is on its way, and many times as fast while nothing is. The heart beats often
    /// enough to wake it.
    bool passUntil(const std::function<bool()> &isSo)
    {
        QElapsedTimer sinceLast;
        QElapsedTimer patience;
        sinceLast.start();
        for (patience.start(); patience.elapsed() < 60'000;) {
            if (isSo())
                return true;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            const Duration passed(sinceLast.restart());
            m_clock.advance(m_console->link().freshness().loading ? passed : 100ms);
        }
        return false;
    }

    bool passRounds(int count)
    {
        int rounds = 0;
        bool isUnderWay = false;
        return passUntil([&] {
            const bool isLoading = m_console->link().freshness().loading;
            rounds += isUnderWay && !isLoading ? 1 : 0;
            isUnderWay = isLoading;
            return rounds >= count;
        });
    }

    void checkCost(const char *what)
    {
        const qint64 memory = m_cost->peakMemory();
        qInfo("%s: %lld MB above the start, %s", what, memory / 1000, m_beat->figures().constData());
        QVERIFY2(memory < mostMemory, qPrintable(QString::number(memory)));
        QVERIFY2(m_beat->isSteady(100ms), m_beat->figures().constData());
    }

    FakeClock m_clock;
    QTemporaryDir m_folder;
    QProcess m_server;
    MemorySecretStore m_store;
    SessionSecrets m_secrets;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Console> m_console;
    std::unique_ptr<Heartbeat> m_beat;
    std::unique_ptr<ProcessCost> m_cost;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanup()
    {
        m_console.reset();
        backgroundThreads().waitForDone();
        m_server.kill();
        m_server.waitForFinished();
    }

    void anAnswerThatIsTooMuchCostsLittle_data()
    {
        QTest::addColumn<int>("rounds");
        QTest::addColumn<int>("unreadable"); ///< rows that are told of, at least
        QTest::addColumn<int>("problems");   ///< at least
        QTest::newRow("rows") << 1 << 20'000 << 0;  // each page of 8 MB, and there is always one more
        QTest::newRow("small-rows") << 1 << 0 << 1; // the same, in so many rows that they are not even counted
        QTest::newRow("texts") << 1 << 0 << 0;      // the same, in 50 rows
        QTest::newRow("nested") << 1 << 0 << 1;
        QTest::newRow("brackets") << 1 << 0 << 1;
        QTest::newRow("error") << 1 << 0 << 1;
        QTest::newRow("nested-error") << 1 << 0 << 1;
        QTest::newRow("page-error") << 1 << 0 << 1;
        QTest::newRow("things") << 1 << 0 << 1; // a record and a run state
    }
    void anAnswerThatIsTooMuchCostsLittle()
    {
        QFETCH(int, rounds);
        QFETCH(int, unreadable);
        QFETCH(int, problems);
        serve(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(passRounds(rounds));
        m_console->link().choose({u"c-1"_s});
        QVERIFY(passUntil([&] { return m_console->models.problems.rowCount() >= problems; }));
        QVERIFY2(m_console->link().freshness().unreadable >= unreadable,
                 qPrintable(QString::number(m_console->link().freshness().unreadable)));
        checkCost(QTest::currentDataTag());
    }

    /// Each row with texts as long as they are taken: the table has 50,000 of them, and the search for older ones ends.
    void aListWithoutEndFillsTheTableAndNoMore()
    {
        if (!qEnvironmentVariableIsSet("STOPDESK_FULL_TABLE"))
            QSKIP("only with --long: a thousand pages");
        serve(u"endless"_s);
        QVERIFY(passRounds(1));
        m_console->connector.setFilter(StateFilter::All);
        QVERIFY(passUntil([this] { return m_console->link().canReadOlder(); }));
        m_console->link().searchOlder();
        QVERIFY(passUntil([this] { return m_console->link().conversations().isFull(); }));
        QCOMPARE(m_console->link().conversations().rowCount(), ConversationListModel::mostRows);
        QCOMPARE(m_console->link().olderSearch().state, OlderSearch::State::Cancelled);
        QVERIFY(!m_console->link().canReadOlder());
        QVERIFY(passRounds(1)); // what runs still finds room
        QCOMPARE(m_console->link().conversations().rowCount(), ConversationListModel::mostRows);
        checkCost("a full table");
    }

    void agentsAfterTheFirstThousandAreCounted()
    {
        serve(u"agents"_s);
        QVERIFY(passRounds(1));
        QCOMPARE(m_console->link().agents().rowCount(), 1001); // with "All agents"
        QCOMPARE(m_console->link().agents().unlisted().further, 100'000'000 - 1000);
        checkCost("agents");
    }
};

}

STOPDESK_TEST(hugeanswers, TestHugeAnswers, QCoreApplication)
#include "tst_hugeanswers.moc"
