#include "app/stopping/stopbatch.h"
#include "app/stopping/proofqueue.h"
#include "app/words/words.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

namespace stop_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QByteArray stopLine = "POST /v1/agents/a1/gateway/conversations/c7/stop";
const QByteArray stateLine = "GET /v1/agents/a1/gateway/conversations/c7/run-state";
const QByteArray recordLine = "GET /v1/tasks/c7";
const QByteArray subTasksLine = "GET /v1/tasks?page=1&per_page=50&parent_task_id=c7";

FakeAnswer running(const QByteArray &queue = "[]", int depth = 0)
{
    return FakeAnswer::with(200, R"({"conversation_id":"c7","is_running":true,"execution_status":"executing","queue_depth":)"
                                     + QByteArray::number(depth) + R"(,"queued_messages":)" + queue + '}');
}

FakeAnswer idle(int depth = 0)
{
    return FakeAnswer::with(200, R"({"conversation_id":"c7","is_running":false,"execution_status":"stopped","queue_depth":)"
                                     + QByteArray::number(depth) + '}');
}

FakeAnswer subTasks(const QByteArrayList &running)
{
    QByteArrayList rows;
    for (const QByteArray &id : running)
        rows.append(QByteArray(R"({"id":"ID","agent_id":"a2","parent_task_id":"c7","status":"executing"})").replace("ID", id));
    return FakeAnswer::with(200, QByteArray(R"({"items":[ROWS],"page":1,"total_pages":1})").replace("ROWS", rows.join(',')));
}

/// One stop, from the decision to its outcome, as a dialogue with the service.
class TestStop : public QObject {
    Q_OBJECT

private:
    StopTarget target(std::optional<bool> ranBefore = true)
    {
        StopTarget target;
        target.agent = {u"a1"_s};
        target.conversation = {u"c7"_s};
        target.title = u"Refund"_s;
        target.ranBefore = ranBefore;
        return target;
    }

    StopTarget commanded(Command command)
    {
        StopTarget wanted = target();
        wanted.command = command;
        wanted.message.id = {u"m1"_s};
        return wanted;
    }

    void stop(const StopTarget &target, ClearQueue clear = ClearQueue::No)
    {
        StopReport decided;
        decided.clearQueue = clear;
        m_batch->start({target}, decided, m_gateway);
    }

    /// Lets time pass in small steps, with a turn of the event loop after each for the answers.
    void pass(Duration time)
    {
        for (Duration gone = 0ms; gone < time; gone += 100ms) {
            m_clock->advance(100ms);
            for (int i = 0; i < 6; ++i)
                QCoreApplication::sendPostedEvents(), QTest::qWait(0);
        }
    }

    QString state() const { return words::stopState(m_last.state); }
    QStringList journal()
    {
        QStringList steps;
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(m_folder->filePath(u"journal.sqlite"_s));
        database.open();
        QSqlQuery query(u"SELECT step, http_status FROM entry ORDER BY id"_s, database);
        while (query.next())
            steps.append(query.value(0).toString() + (query.isNull(1) ? QString() : u' ' + query.value(1).toString()));
        query.finish();
        database.close();
        return steps;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<Journal> m_journal;
    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<StopBatch> m_batch;
    QStringList m_states;
    QList<Failure> m_failures;
    StopReport m_last;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
        m_network = std::make_unique<FakeNetwork>();
        m_journal = std::make_unique<Journal>(m_folder->filePath(u"journal.sqlite"_s), u"noa"_s);
        Connection connection;
        connection.address = QUrl(u"https://api.example.test"_s);
        auto budget = std::make_shared<RequestBudget>(1000, 10000, *m_clock);
        auto channel = std::make_shared<HttpChannel>(connection, *Secret::fromInput(u"key"_s), budget, *m_clock,
                                                     m_network->factory());
        m_gateway = std::make_shared<Gateway>(connection, channel);
        m_batch = std::make_unique<StopBatch>(*m_journal, *m_clock);
        m_network->always(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1"})"));
        m_network->always(subTasksLine, subTasks({}));
        m_states.clear();
        m_failures.clear();
        connect(m_batch.get(), &StopBatch::changed, this, [this](const StopReport &report) {
            m_last = report;
            if (m_states.isEmpty() || m_states.last() != words::stopState(report.state))
                m_states.append(words::stopState(report.state));
        });
        connect(m_batch.get(), &StopBatch::failed, this,
                [this](const StopReport &, const Failure &failure) { m_failures.append(failure); });
    }
    void cleanup()
    {
        m_batch.reset();
        m_journal.reset(); // before its folder
        m_gateway.reset();
        QSqlDatabase::removeDatabase(u"look"_s);
        QCOMPARE(m_network->unexpected(), QList<QByteArray>());
        QVERIFY(m_network->allAsked());
    }

    void acceptedIsNotStoppedUntilAReadSaysSo()
    {
        m_network->expect(stopLine, FakeAnswer::with(200, "whatever the body says"));
        m_network->expect(stateLine, running());
        m_network->always(stateLine, idle());
        stop(target());
        pass(600ms);
        QCOMPARE(m_states, QStringList({u"In line"_s, u"Sending"_s, u"Accepted, checking"_s}));
        QVERIFY(m_last.evidence->running);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
        QCOMPARE(journal(), QStringList({u"intent"_s, u"sent"_s, u"accepted 200"_s, u"stopped 200"_s}));
    }

    void theIntentIsOnDiskBeforeAnythingLeaves()
    {
        QStringList before;
        m_network->serve([&](const QByteArray &) {
            before = journal();
            return FakeAnswer::hangs();
        });
        stop(target());
        QVERIFY(m_network->asked().isEmpty());
        pass(100ms);
        QCOMPARE(m_network->count(stopLine), 1);
        QCOMPARE(before, QStringList({u"intent"_s, u"sent"_s}));
    }

    void whatHasToWaitIsOnDiskAtOnce()
    {
        m_network->serve([](const QByteArray &) { return FakeAnswer::hangs(); });
        for (const QString &id : {u"c1"_s, u"c2"_s}) {
            StopTarget other = target();
            other.conversation = {id};
            stop(other);
        }
        pass(100ms);
        stop(target());
        QCOMPARE(journal().last(), u"intent"_s);
        QCOMPARE(state(), u"In line"_s);
        pass(100ms);
        QCOMPARE(m_network->count(stopLine), 0); // two are on the wire
    }

    void whatIsCancelledBeforeItsTurnIsInTheJournal()
    {
        stop(target());
        m_batch->cancelUnsent();
        QCOMPARE(journal(), QStringList({u"intent"_s, u"not sent"_s}));
        pass(100ms);
        QVERIFY(m_network->asked().isEmpty());
    }

    void theChoiceOfTheQueueIsSpelledOut_data()
    {
        QTest::addColumn<bool>("clear");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("kept") << false << QByteArray(R"({"clear_queue":false})");
        QTest::newRow("cleared") << true << QByteArray(R"({"clear_queue":true})");
    }
    void theChoiceOfTheQueueIsSpelledOut()
    {
        QFETCH(bool, clear);
        m_network->expect(stopLine, FakeAnswer::hangs());
        stop(target(), clear ? ClearQueue::Yes : ClearQueue::No);
        pass(100ms);
        QTEST(m_network->asked().first().body, "body");
    }

    void readsComeAtTheirTimes()
    {
        QList<qint64> milliseconds;
        for (Duration at = 0s; at < 65s;) {
            at = ProofQueue::dueAfter(at);
            milliseconds.append(at.count());
        }
        QCOMPARE(milliseconds.mid(0, 6), QList<qint64>({500, 1000, 2000, 4000, 6000, 8000}));
        QCOMPARE(milliseconds.mid(15), QList<qint64>({28000, 30000, 45000, 60000, 75000}));
        QCOMPARE(ProofQueue::dueAfter(11min), Duration(12min));
        QCOMPARE(ProofQueue::dueAfter(5h), Duration(5h + 5min));
    }

    void whatRunsOnIsCalledSoAndCorrectsItself()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(stateLine, running());
        stop(target());
        pass(29s);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(2s);
        QCOMPARE(state(), u"Still running"_s);
        m_network->always(stateLine, idle());
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aFailedReadIsNeverStopped()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(stateLine, FakeAnswer::with(503));
        stop(target());
        pass(31s);
        QCOMPARE(state(), u"Unconfirmed"_s);
        m_network->always(stateLine, FakeAnswer::with(200, R"({"conversation_id":"c7"})"));
        pass(16s);
        QCOMPARE(state(), u"Unconfirmed"_s); // does not say whether it runs
        m_network->always(stateLine, idle());
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aLostAnswerIsLookedUpAndNotSentAgain()
    {
        m_network->expect(stopLine, FakeAnswer::lost());
        m_network->always(stateLine, idle());
        stop(target());
        pass(100ms);
        QCOMPARE(state(), u"Unconfirmed"_s);
        QCOMPARE(m_failures.size(), 1);
        QCOMPARE(m_failures.first().reached, Reached::MayHaveArrived);
        pass(1s);
        QCOMPARE(state(), u"No longer running"_s);
        pass(60s);
        QCOMPARE(m_network->count(stopLine), 1);
    }

    void refusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("outcome");
        for (const int status : {301, 307, 308, 400, 401, 403, 404, 409, 410, 422, 425, 429})
            QTest::addRow("%d", status) << status << u"Refused"_s;
        for (const int status : {408, 500, 502, 503, 504})
            QTest::addRow("%d", status) << status << u"Unconfirmed"_s;
    }
    void refusals()
    {
        QFETCH(int, status);
        m_network->expect(stopLine, FakeAnswer::with(status, R"({"detail":"no"})"));
        m_network->always(stateLine, FakeAnswer::hangs());
        stop(target());
        pass(2s);
        QTEST(state(), "outcome");
        QCOMPARE(m_last.failure->status, status);
        QCOMPARE(m_failures.size(), 1);
        QCOMPARE(m_failures.first().request, m_last.request);
        pass(60s);
        QCOMPARE(m_network->count(stopLine), 1);
    }

    void whatNeverLeftIsNotSent()
    {
        m_network->expect(stopLine, FakeAnswer::refusedConnection());
        stop(target());
        pass(100ms);
        QCOMPARE(state(), u"Not sent"_s);
        QCOMPARE(m_last.failure->kind, FailureKind::ConnectionRefused);
        QCOMPARE(journal(), QStringList({u"intent"_s, u"sent"_s, u"not sent"_s}));
    }

    void whatTheGatewayRefusesIsNotSent()
    {
        StopTarget unsafe = target();
        unsafe.conversation = {u".."_s};
        stop(unsafe);
        pass(100ms);
        QCOMPARE(state(), u"Not sent"_s);
        QCOMPARE(m_last.failure->kind, FailureKind::UnsafeId);
    }

    void withoutAJournalNothingIsSent()
    {
        Journal broken(m_folder->path(), u"noa"_s); // a folder is no file
        QVERIFY(broken.trouble());
        StopBatch batch(broken, *m_clock);
        StopReport last;
        connect(&batch, &StopBatch::failed, this, [&last](const StopReport &report) { last = report; });
        batch.start({target()}, {}, m_gateway);
        pass(1s);
        QCOMPARE(last.state, StopState::NotSent);
        QCOMPARE(last.failure->kind, FailureKind::JournalUnusable);
        QVERIFY(m_network->asked().isEmpty());
    }

    /// The journal fails between the intent and the sending: without "sent" on disk nothing leaves.
    void withoutSentOnDiskNothingLeaves()
    {
        stop(target());
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            database.setDatabaseName(m_folder->filePath(u"journal.sqlite"_s));
            QVERIFY(database.open());
            QSqlQuery refuse(database);
            QVERIFY(refuse.exec(u"CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END"_s));
        }
        QSqlDatabase::removeDatabase(u"other"_s);
        pass(1s);
        QCOMPARE(state(), u"Not sent"_s);
        QCOMPARE(m_last.failure->kind, FailureKind::JournalUnusable);
        QVERIFY(m_network->asked().isEmpty());
    }

    void whatDidNotRunBeforeWasNotRunning()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, idle());
        stop(target(false));
        pass(1s);
        QCOMPARE(state(), u"Was not running"_s);
    }

    void whatHasNoRecordIsNotKnown()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, idle());
        m_network->expect(recordLine, FakeAnswer::with(404, R"({"detail":"Not found"})"));
        stop(target(false));
        pass(1s);
        QCOMPARE(state(), u"Not known to the service"_s);
    }

    void aRecordThatCannotBeReadLeavesItUnconfirmed()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(stateLine, idle());
        m_network->always(recordLine, FakeAnswer::with(503));
        stop(target(false));
        pass(31s);
        QCOMPARE(state(), u"Unconfirmed"_s);
        m_network->always(recordLine, FakeAnswer::with(404));
        pass(16s);
        QCOMPARE(state(), u"Not known to the service"_s);
    }

    void withoutAReadBeforeTheCauseIsNotProven()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, idle());
        stop(target(std::nullopt));
        pass(1s);
        QCOMPARE(state(), u"No longer running"_s);
    }

    void messagesThatRemainAreSaid()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, idle(2));
        stop(target(), ClearQueue::Yes);
        pass(700ms);
        QCOMPARE(state(), u"Stopped, queue not cleared"_s);
        m_network->always(stateLine, idle(0));
        pass(2s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void idleAndThenRunningIsTheNextMessage()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, idle(1));
        m_network->always(stateLine, running());
        stop(target());
        pass(700ms);
        QCOMPARE(state(), u"Stopped"_s);
        pass(1s);
        QCOMPARE(state(), u"Next message started"_s);
        pass(60s);
        QCOMPARE(m_network->count(stateLine), 2);
    }

    void aMessageGoneFromTheQueueIsTheNextMessage()
    {
        StopTarget asked = target();
        RunState before;
        before.isRunning = true;
        before.queueDepth = 2;
        before.queue = {{{u"m1"_s}, u"one"_s, {}, {}}, {{u"m2"_s}, u"two"_s, {}, {}}};
        asked.before = before;
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, running(R"([{"id":"m1"},{"id":"m2"}])", 2));
        m_network->expect(stateLine, running(R"([{"id":"m2"}])", 1));
        stop(asked);
        pass(700ms);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Next message started"_s);
    }

    void oneDecisionAtATime()
    {
        m_network->expect(stopLine, FakeAnswer::hangs());
        stop(target());
        stop(target());
        pass(1s);
        stop(target());
        pass(1s);
        QCOMPARE(m_network->count(stopLine), 1);
        QVERIFY(m_batch->isUndecided({u"c7"_s}));
    }

    void whatIsInLineCanBeTakenOut()
    {
        stop(target());
        m_batch->cancelUnsent();
        pass(1s);
        QCOMPARE(state(), u"Not sent"_s);
        QVERIFY(m_network->asked().isEmpty());
    }

    void whatHasLeftCannotBeTakenBack()
    {
        m_network->expect(stopLine, FakeAnswer::hangs());
        stop(target());
        pass(100ms);
        m_batch->cancelUnsent();
        QCOMPARE(state(), u"Sending"_s);
        m_network->always(stateLine, FakeAnswer::hangs());
        pass(21s); // the deadline
        QCOMPARE(state(), u"Unconfirmed"_s);
        QCOMPARE(m_last.failure->kind, FailureKind::TimedOut);
    }

    void whatStoppedIsWatchedForTwoMinutes()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(stateLine, idle());
        stop(target());
        pass(121s);
        const int reads = m_network->count(stateLine);
        QCOMPARE(reads, 9); // 0.5 s, then every 15 s
        QCOMPARE(m_network->count(subTasksLine), 1);
        QCOMPARE(m_network->count(recordLine), 1);
        pass(60s);
        QCOMPARE(m_network->count(stateLine), reads);
        QVERIFY(!m_last.startedAgain);
    }

    void aFailedReadOfTheWatchLeavesTheProof()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, idle());
        m_network->always(stateLine, FakeAnswer::with(503));
        stop(target());
        pass(1s);
        const auto proof = m_last.evidence;
        pass(40s);
        QVERIFY(m_network->count(stateLine) > 2);
        QCOMPARE(m_last.evidence, proof);
    }

    void whatRunsAgainIsMarkedWithItsLikelyCause_data()
    {
        QTest::addColumn<int>("waiting");
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<int>("cause");
        QTest::newRow("a message waited") << 1 << QByteArray("schedule") << int(StartedAgain::Cause::Queue);
        QTest::newRow("nothing waited") << 0 << QByteArray("schedule") << int(StartedAgain::Cause::Source);
        QTest::newRow("nothing is known") << 0 << QByteArray() << int(StartedAgain::Cause::Unknown);
    }
    void whatRunsAgainIsMarkedWithItsLikelyCause()
    {
        QFETCH(int, waiting);
        QFETCH(QByteArray, source);
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(recordLine, FakeAnswer::with(200, QByteArray(R"({"id":"c7","agent_id":"a1","source":"S"})").replace("S", source)));
        m_network->always(stateLine, idle(waiting));
        stop(target());
        pass(20s);
        QCOMPARE(state(), u"Stopped"_s);
        m_network->always(stateLine, running());
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s); // it is a mark on what had stopped
        QVERIFY(m_last.startedAgain);
        QTEST(int(m_last.startedAgain->cause), "cause");
        QCOMPARE(journal().last(), u"stopped, started again 200"_s);
    }

    void subTasksThatRunOnAreTheOutcomeUntilTheyEnd()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(stateLine, idle());
        m_network->always(subTasksLine, subTasks({"s1", "s2"}));
        stop(target());
        pass(1s);
        QCOMPARE(state(), u"Sub-tasks still running"_s);
        QCOMPARE(m_last.subTasks.size(), 2);
        QCOMPARE(m_last.subTasks.first().agent, AgentId{u"a2"_s});
        pass(3min);
        QCOMPARE(state(), u"Sub-tasks still running"_s); // goes on being read after the watch
        m_network->always(subTasksLine, subTasks({}));
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void subTasksAreLookedAtThoughTheConversationRunsAgain()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->expect(stateLine, idle());
        m_network->always(stateLine, running());
        m_network->always(subTasksLine, subTasks({"s1"}));
        stop(target());
        pass(40s);
        QCOMPARE(state(), u"Sub-tasks still running"_s);
        QVERIFY(m_last.startedAgain);
        m_network->always(subTasksLine, subTasks({}));
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
        QCOMPARE(journal().last(), u"stopped, started again 200"_s);
    }

    void subTasksThatAnEarlierRunLeftAreLookedUp()
    {
        JournalEntry left;
        left.report.askedAt = m_clock->now();
        left.report.intent = *m_journal->writeIntent(left.report, {});
        left.report.fromEarlierRun = true;
        left.report.target = target();
        left.report.status = 200;
        left.report.state = StopState::SubTasksStillRunning;
        m_network->always(stateLine, idle());
        m_network->always(subTasksLine, subTasks({}));
        m_batch->resume({left});
        m_batch->lookUp(m_gateway);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void theSubTaskAtWorkCountsThoughNoListHasIt()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(stateLine, FakeAnswer::with(200, R"({"conversation_id":"c7","is_running":false,"active_child_id":"s9"})"));
        stop(target());
        pass(1s);
        QCOMPARE(state(), u"Sub-tasks still running"_s);
        QCOMPARE(m_last.subTasks.first().id, ConversationId{u"s9"_s});
    }

    void whatWasDoneElsewhereIsKept()
    {
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1","used_mutating_tools":true})"));
        m_network->always(stateLine, idle());
        stop(target());
        pass(1s);
        QVERIFY(m_last.usedMutatingTools);
    }

    void aSubTaskHasItsOwnRouteAndItsRecordForProof()
    {
        m_network->expect("POST /v1/tasks/c7/stop", FakeAnswer::with(200));
        m_network->expect(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1","status":"executing"})"));
        m_network->expect(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1","status":"stopped"})"));
        stop(commanded(Command::StopSubTask));
        pass(700ms);
        QCOMPARE(m_network->asked().first().body, QByteArray());
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
        QCOMPARE(m_last.evidence->source, Evidence::Source::Record);
        pass(3min);
        QCOMPARE(m_network->count(recordLine), 2); // nothing starts it again
    }

    void aQueueIsEmptyOnceItsMessagesAreGone()
    {
        StopTarget asked = commanded(Command::EmptyQueue);
        asked.before = RunState{{u"c7"_s}, true, 1, {{{u"m1"_s}, u"one"_s, {}, {}}}, {}, {}, {}};
        m_network->expect("DELETE /v1/agents/a1/gateway/conversations/c7/queue", FakeAnswer::with(200));
        m_network->expect(stateLine, running(R"([{"id":"m1"},{"id":"m2"}])", 2));
        m_network->expect(stateLine, running(R"([{"id":"m2"}])", 1)); // came after the question
        stop(asked);
        pass(700ms);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aMessageIsDiscardedOnceItIsGone()
    {
        m_network->expect("DELETE /v1/agents/a1/gateway/conversations/c7/queue/m1", FakeAnswer::with(200));
        m_network->expect(stateLine, running(R"([{"id":"m2"}])", 2)); // the list lacks one: proves nothing
        m_network->expect(stateLine, running(R"([{"id":"m2"}])", 1));
        stop(commanded(Command::DiscardMessage));
        pass(700ms);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aMessageThatWasPickedUpIsTooLate()
    {
        m_network->expect("/queue/m1", FakeAnswer::with(404, R"({"detail":"Message not found"})"));
        stop(commanded(Command::DiscardMessage));
        pass(1s);
        QCOMPARE(m_last.state, StopState::WasNotRunning);
        QCOMPARE(m_network->asked().size(), 1);
        QVERIFY(m_failures.isEmpty()); // what was wanted is so
    }

    void withoutARecordOnlyOnPurpose()
    {
        Journal broken(m_folder->path(), u"noa"_s);
        StopBatch batch(broken, *m_clock);
        StopReport last;
        connect(&batch, &StopBatch::changed, this, [&last](const StopReport &report) { last = report; });
        StopReport decided;
        decided.withoutRecord = true;
        m_network->expect(stopLine, FakeAnswer::with(200));
        m_network->always(stateLine, idle());
        batch.start({target()}, decided, m_gateway);
        pass(1s);
        QCOMPARE(last.state, StopState::Stopped);
        QCOMPARE(last.intent, 0);
    }

    void whatStaysUnconfirmedCanBeDismissedAndCheckedAtOnce()
    {
        m_network->expect(stopLine, FakeAnswer::lost());
        m_network->always(stateLine, FakeAnswer::with(503));
        stop(target());
        pass(40s);
        QCOMPARE(state(), u"Unconfirmed"_s);
        const int reads = m_network->count(stateLine);
        m_batch->find(m_last.id)->checkNow();
        pass(100ms);
        QCOMPARE(m_network->count(stateLine), reads + 1);
        m_batch->find(m_last.id)->dismiss();
        QVERIFY(m_last.dismissed);
        pass(10min);
        QCOMPARE(m_network->count(stateLine), reads + 1);
        QCOMPARE(journal().last(), u"unconfirmed, dismissed"_s);
    }

    void whatAnEarlierRunLeftIsLookedUpAndNotSent()
    {
        JournalEntry left;
        left.report.askedAt = m_clock->now();
        left.report.intent = *m_journal->writeIntent(left.report, {});
        left.report.fromEarlierRun = true;
        left.report.target = target();
        left.report.state = StopState::Sending;
        left.report.since = m_clock->now().addSecs(-3600);
        m_batch->resume({left});
        QCOMPARE(state(), u"Unconfirmed"_s);
        QCOMPARE(m_failures.first().kind, FailureKind::Interrupted);
        pass(1s);
        QVERIFY(m_network->asked().isEmpty()); // there is no way to the service yet
        m_network->always(stateLine, idle());
        m_batch->lookUp(m_gateway);
        m_batch->lookUp(m_gateway);
        pass(1s);
        QCOMPARE(state(), u"No longer running"_s);
        QVERIFY(m_last.evidence->after >= 1h);
        QCOMPARE(m_network->count(stopLine), 0);
        QCOMPARE(journal(), QStringList({u"intent"_s, u"unconfirmed"_s, u"no longer running"_s}));
    }

    void whatAnEarlierRunHadNotSentIsNotSent()
    {
        JournalEntry left;
        left.report.askedAt = m_clock->now();
        left.report.intent = *m_journal->writeIntent(left.report, {});
        left.report.fromEarlierRun = true;
        left.report.target = target();
        m_batch->resume({left});
        QCOMPARE(state(), u"Not sent"_s);
        m_batch->lookUp(m_gateway);
        pass(2s);
        QVERIFY(m_network->asked().isEmpty());
    }
};

}

STOPDESK_TEST(stop, TestStop, QCoreApplication)
#include "tst_stop.moc"
