#include "app/stopping/proofqueue.h"
#include "app/words/words.h"
#include "tests/support/fulljournal.h"
#include "tests/support/testmain.h"
#include "tests/support/world.h"

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
        target.connection = {u"acme"_s};
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
        m_world->stop({target}, clear);
    }

    void pass(Duration time) { m_world->pass(time); }
    QString state() const { return words::stopState(last().state); }
    QStringList journal()
    {
        QStringList steps;
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(m_world->folder.filePath(u"journal.sqlite"_s));
        database.open();
        QSqlQuery query(u"SELECT step, http_status FROM entry ORDER BY id"_s, database);
        while (query.next())
            steps.append(query.value(0).toString() + (query.isNull(1) ? QString() : u' ' + query.value(1).toString()));
        query.finish();
        database.close();
        return steps;
    }

    QStringList states() const
    {
        QStringList all;
        for (const StopReport &report : std::as_const(m_world->history)) {
            if (all.isEmpty() || all.last() != words::stopState(report.state))
                all.append(words::stopState(report.state));
        }
        return all;
    }

    /// As the question reads it before the decision.
    RunState readBefore(const FakeAnswer &answer)
    {
        RunState before;
        m_world->network.expect(stateLine, answer);
        m_world->gateway->runState({u"a1"_s}, {u"c7"_s}, Lane::Check, this,
                                   [&before](const Result<RunState> &read) { before = *read; });
        m_world->settle();
        return before;
    }

    const StopReport &last() const { return m_world->history.last(); }

    std::unique_ptr<World> m_world;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_world = std::make_unique<World>();
        m_world->network.serveWithBodies({}); // each answer is a line of the dialogue
        m_world->network.always(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1"})"));
        m_world->network.always(subTasksLine, subTasks({}));
    }
    void cleanup()
    {
        QCOMPARE(m_world->network.unexpected(), QList<QByteArray>());
        QVERIFY(m_world->network.allAsked());
        m_world.reset();
        QSqlDatabase::removeDatabase(u"look"_s);
    }

    void acceptedIsNotStoppedUntilAReadSaysSo()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200, "whatever the body says"));
        m_world->network.expect(stateLine, running());
        m_world->network.always(stateLine, idle());
        stop(target());
        pass(600ms);
        QCOMPARE(states(), QStringList({u"In line"_s, u"Sending"_s, u"Accepted, checking"_s}));
        QVERIFY(last().evidence->running);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
        QCOMPARE(journal(), QStringList({u"intent"_s, u"sent"_s, u"accepted 200"_s, u"stopped 200"_s}));
    }

    void theIntentIsOnDiskBeforeAnythingLeaves()
    {
        QStringList before;
        m_world->network.serve([&](const QByteArray &) {
            before = journal();
            return FakeAnswer::hangs();
        });
        stop(target());
        QVERIFY(m_world->network.asked().isEmpty());
        pass(100ms);
        QCOMPARE(m_world->network.count(stopLine), 1);
        QCOMPARE(before, QStringList({u"intent"_s, u"sent"_s}));
    }

    void whatHasToWaitIsOnDiskAtOnce()
    {
        m_world->network.serve([](const QByteArray &) { return FakeAnswer::hangs(); });
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
        QCOMPARE(m_world->network.count(stopLine), 0); // two are on the wire
    }

    void whatIsCancelledBeforeItsTurnIsInTheJournal()
    {
        stop(target());
        m_world->batch->cancelUnsent();
        QCOMPARE(journal(), QStringList({u"intent"_s, u"not sent"_s}));
        pass(100ms);
        QVERIFY(m_world->network.asked().isEmpty());
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
        m_world->network.expect(stopLine, FakeAnswer::hangs());
        stop(target(), clear ? ClearQueue::Yes : ClearQueue::No);
        pass(100ms);
        QTEST(m_world->network.asked().first().body, "body");
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
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(stateLine, running());
        stop(target());
        pass(29s);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(2s);
        QCOMPARE(state(), u"Still running"_s);
        m_world->network.always(stateLine, idle());
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aFailedReadIsNeverStopped()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(stateLine, FakeAnswer::with(503));
        stop(target());
        pass(31s);
        QCOMPARE(state(), u"Unconfirmed"_s);
        m_world->network.always(stateLine, FakeAnswer::with(200, R"({"conversation_id":"c7"})"));
        pass(16s);
        QCOMPARE(state(), u"Unconfirmed"_s); // does not say whether it runs
        m_world->network.always(stateLine, idle());
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aLostAnswerIsLookedUpAndNotSentAgain()
    {
        m_world->network.expect(stopLine, FakeAnswer::lost());
        m_world->network.always(stateLine, idle());
        stop(target());
        pass(100ms);
        QCOMPARE(state(), u"Unconfirmed"_s);
        QCOMPARE(m_world->failures.size(), 1);
        QCOMPARE(m_world->failures.first().reached, Reached::MayHaveArrived);
        pass(1s);
        QCOMPARE(state(), u"No longer running"_s);
        pass(60s);
        QCOMPARE(m_world->network.count(stopLine), 1);
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
        m_world->network.expect(stopLine, FakeAnswer::with(status, R"({"detail":"no"})"));
        m_world->network.always(stateLine, FakeAnswer::hangs());
        stop(target());
        pass(2s);
        QTEST(state(), "outcome");
        QCOMPARE(last().failure->status, status);
        QCOMPARE(m_world->failures.size(), 1);
        QCOMPARE(m_world->failures.first().request, last().request);
        pass(60s);
        QCOMPARE(m_world->network.count(stopLine), 1);
    }

    void whatNeverLeftIsNotSent()
    {
        m_world->network.expect(stopLine, FakeAnswer::refusedConnection());
        stop(target());
        pass(100ms);
        QCOMPARE(state(), u"Not sent"_s);
        QCOMPARE(last().failure->kind, FailureKind::ConnectionRefused);
        QCOMPARE(journal(), QStringList({u"intent"_s, u"sent"_s, u"not sent"_s}));
    }

    void whatTheGatewayRefusesIsNotSent()
    {
        StopTarget unsafe = target();
        unsafe.conversation = {u".."_s};
        stop(unsafe);
        pass(100ms);
        QCOMPARE(state(), u"Not sent"_s);
        QCOMPARE(last().failure->kind, FailureKind::UnsafeId);
    }

    void withoutAJournalNothingIsSent()
    {
        Journal broken(m_world->folder.path(), u"noa"_s); // a folder is no file
        QVERIFY(broken.trouble());
        StopService batch(broken, m_world->clock);
        StopReport last;
        connect(&batch, &StopService::changed, this, [&last](const StopReport &report) { last = report; });
        batch.use(m_world->gateway);
        batch.decide({target()}, ClearQueue::No);
        pass(1s);
        QCOMPARE(last.state, StopState::NotSent);
        QCOMPARE(last.failure->kind, FailureKind::JournalUnusable);
        QVERIFY(m_world->network.asked().isEmpty());
    }

    /// The journal fails between the intent and the sending: without "sent" on disk nothing leaves.
    void withoutSentOnDiskNothingLeaves()
    {
        stop(target());
        QVERIFY(fillJournal(m_world->folder.filePath(u"journal.sqlite"_s)));
        pass(1s);
        QCOMPARE(state(), u"Not sent"_s);
        QCOMPARE(last().failure->kind, FailureKind::JournalUnusable);
        QVERIFY(m_world->network.asked().isEmpty());
        const std::weak_ptr<Gateway> gateway = std::exchange(m_world->gateway, nullptr);
        m_world->batch->leave();
        QVERIFY(gateway.expired()); // and the key with it: nothing is left to do
    }

    void whatDidNotRunBeforeWasNotRunning()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, idle());
        stop(target(false));
        pass(1s);
        QCOMPARE(state(), u"Was not running"_s);
    }

    void whatHasNoRecordIsNotKnown()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, idle());
        m_world->network.expect(recordLine, FakeAnswer::with(404, R"({"detail":"Not found"})"));
        stop(target(false));
        pass(1s);
        QCOMPARE(state(), u"Not known to the service"_s);
    }

    void aRecordThatCannotBeReadLeavesItUnconfirmed()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(stateLine, idle());
        m_world->network.always(recordLine, FakeAnswer::with(503));
        stop(target(false));
        pass(31s);
        QCOMPARE(state(), u"Unconfirmed"_s);
        m_world->network.always(recordLine, FakeAnswer::with(404));
        pass(16s);
        QCOMPARE(state(), u"Not known to the service"_s);
    }

    void withoutAReadBeforeTheCauseIsNotProven()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, idle());
        stop(target(std::nullopt));
        pass(1s);
        QCOMPARE(state(), u"No longer running"_s);
    }

    void messagesThatRemainAreSaid()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, idle(2));
        stop(target(), ClearQueue::Yes);
        pass(700ms);
        QCOMPARE(state(), u"Stopped, queue not cleared"_s);
        m_world->network.always(stateLine, idle(0));
        pass(2s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void idleAndThenRunningIsTheNextMessage()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, idle(1));
        m_world->network.always(stateLine, running());
        stop(target());
        pass(700ms);
        QCOMPARE(state(), u"Stopped"_s);
        pass(1s);
        QCOMPARE(state(), u"Next message started"_s);
        pass(60s);
        QCOMPARE(m_world->network.count(stateLine), 2);
    }

    void aMessageGoneFromTheQueueIsTheNextMessage()
    {
        StopTarget asked = target();
        asked.before = readBefore(running(R"([{"id":"m1"},{"id":"m2"}])", 2));
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, running(R"([{"id":"m1"},{"id":"m2"}])", 2));
        m_world->network.expect(stateLine, running(R"([{"id":"m2"}])", 1));
        stop(asked);
        pass(700ms);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Next message started"_s);
    }

    void oneDecisionAtATime()
    {
        m_world->network.expect(stopLine, FakeAnswer::hangs());
        stop(target());
        stop(target());
        pass(1s);
        stop(target());
        pass(1s);
        QCOMPARE(m_world->network.count(stopLine), 1);
        QVERIFY(m_world->batch->isUndecided({u"c7"_s}));
    }

    void whatIsInLineCanBeTakenOut()
    {
        stop(target());
        m_world->batch->cancelUnsent();
        pass(1s);
        QCOMPARE(state(), u"Not sent"_s);
        QVERIFY(m_world->network.asked().isEmpty());
    }

    void whatHasLeftCannotBeTakenBack()
    {
        m_world->network.expect(stopLine, FakeAnswer::hangs());
        stop(target());
        pass(100ms);
        m_world->batch->cancelUnsent();
        QCOMPARE(state(), u"Sending"_s);
        m_world->network.always(stateLine, FakeAnswer::hangs());
        pass(21s); // the deadline
        QCOMPARE(state(), u"Unconfirmed"_s);
        QCOMPARE(last().failure->kind, FailureKind::TimedOut);
    }

    void whatStoppedIsWatchedForTwoMinutes()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(stateLine, idle());
        stop(target());
        pass(121s);
        const int reads = m_world->network.count(stateLine);
        QCOMPARE(reads, 9); // 0.5 s, then every 15 s
        QCOMPARE(m_world->network.count(subTasksLine), 1);
        QCOMPARE(m_world->network.count(recordLine), 1);
        pass(60s);
        QCOMPARE(m_world->network.count(stateLine), reads);
        QVERIFY(!last().startedAgain);
    }

    void aFailedReadOfTheWatchLeavesTheProof()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, idle());
        m_world->network.always(stateLine, FakeAnswer::with(503));
        stop(target());
        pass(1s);
        const auto proof = last().evidence;
        pass(40s);
        QVERIFY(m_world->network.count(stateLine) > 2);
        QCOMPARE(last().evidence, proof);
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
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(recordLine, FakeAnswer::with(200, QByteArray(R"({"id":"c7","agent_id":"a1","source":"S"})").replace("S", source)));
        m_world->network.always(stateLine, idle(waiting));
        stop(target());
        pass(20s);
        QCOMPARE(state(), u"Stopped"_s);
        m_world->network.always(stateLine, running());
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s); // it is a mark on what had stopped
        QVERIFY(last().startedAgain);
        QTEST(int(last().startedAgain->cause), "cause");
        QCOMPARE(journal().last(), u"stopped, started again 200"_s);
    }

    void subTasksThatRunOnAreTheOutcomeUntilTheyEnd()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(stateLine, idle());
        m_world->network.always(subTasksLine, subTasks({"s1", "s2"}));
        stop(target());
        pass(1s);
        QCOMPARE(state(), u"Sub-tasks still running"_s);
        QCOMPARE(last().subTasks.size(), 2);
        QCOMPARE(last().subTasks.first().agent, AgentId{u"a2"_s});
        pass(3min);
        QCOMPARE(state(), u"Sub-tasks still running"_s); // goes on being read after the watch
        m_world->network.always(subTasksLine, subTasks({}));
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void subTasksAreLookedAtThoughTheConversationRunsAgain()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.expect(stateLine, idle());
        m_world->network.always(stateLine, running());
        m_world->network.always(subTasksLine, subTasks({"s1"}));
        stop(target());
        pass(40s);
        QCOMPARE(state(), u"Sub-tasks still running"_s);
        QVERIFY(last().startedAgain);
        m_world->network.always(subTasksLine, subTasks({}));
        pass(16s);
        QCOMPARE(state(), u"Stopped"_s);
        QCOMPARE(journal().last(), u"stopped, started again 200"_s);
    }

    void subTasksThatAnEarlierRunLeftAreLookedUp()
    {
        JournalEntry left;
        left.connection = m_world->gateway->connection();
        left.report.askedAt = m_world->clock.now();
        left.report.intent = *m_world->journal->writeIntent(left.report, {});
        left.report.fromEarlierRun = true;
        left.report.target = target();
        left.report.status = 200;
        left.report.state = StopState::SubTasksStillRunning;
        m_world->network.always(stateLine, idle());
        m_world->network.always(subTasksLine, subTasks({}));
        m_world->batch->resume({left});
        m_world->batch->use(m_world->gateway);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void theSubTaskAtWorkCountsThoughNoListHasIt()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(stateLine, FakeAnswer::with(200, R"({"conversation_id":"c7","is_running":false,"active_child_id":"s9"})"));
        stop(target());
        pass(1s);
        QCOMPARE(state(), u"Sub-tasks still running"_s);
        QCOMPARE(last().subTasks.first().id, ConversationId{u"s9"_s});
    }

    void whatWasDoneElsewhereIsKept()
    {
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1","used_mutating_tools":true})"));
        m_world->network.always(stateLine, idle());
        stop(target());
        pass(1s);
        QVERIFY(last().usedMutatingTools);
    }

    void aSubTaskHasItsOwnRouteAndItsRecordForProof()
    {
        m_world->network.expect("POST /v1/tasks/c7/stop", FakeAnswer::with(200));
        m_world->network.expect(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1","status":"executing"})"));
        m_world->network.expect(recordLine, FakeAnswer::with(200, R"({"id":"c7","agent_id":"a1","status":"stopped"})"));
        stop(commanded(Command::StopSubTask));
        pass(700ms);
        QCOMPARE(m_world->network.asked().first().body, QByteArray());
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
        QCOMPARE(last().evidence->source, Evidence::Source::Record);
        pass(3min);
        QCOMPARE(m_world->network.count(recordLine), 2); // nothing starts it again
    }

    void aQueueIsEmptyOnceItsMessagesAreGone()
    {
        StopTarget asked = commanded(Command::EmptyQueue);
        asked.before = readBefore(running(R"([{"id":"m1"}])", 1));
        m_world->network.expect("DELETE /v1/agents/a1/gateway/conversations/c7/queue", FakeAnswer::with(200));
        m_world->network.expect(stateLine, running(R"([{"id":"m1"},{"id":"m2"}])", 2));
        m_world->network.expect(stateLine, running(R"([{"id":"m2"}])", 1)); // came after the question
        stop(asked);
        pass(700ms);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aMessageIsDiscardedOnceItIsGone()
    {
        m_world->network.expect("DELETE /v1/agents/a1/gateway/conversations/c7/queue/m1", FakeAnswer::with(200));
        m_world->network.expect(stateLine, running(R"([{"id":"m2"}])", 2)); // the list lacks one: proves nothing
        m_world->network.expect(stateLine, running(R"([{"id":"m2"}])", 1));
        stop(commanded(Command::DiscardMessage));
        pass(700ms);
        QCOMPARE(state(), u"Accepted, checking"_s);
        pass(1s);
        QCOMPARE(state(), u"Stopped"_s);
    }

    void aMessageThatWasPickedUpIsTooLate()
    {
        m_world->network.expect("/queue/m1", FakeAnswer::with(404, R"({"detail":"Message not found"})"));
        stop(commanded(Command::DiscardMessage));
        pass(1s);
        QCOMPARE(last().state, StopState::WasNotRunning);
        QCOMPARE(m_world->network.asked().size(), 1);
        QVERIFY(m_world->failures.isEmpty()); // what was wanted is so
    }

    void withoutARecordOnlyOnPurpose()
    {
        Journal broken(m_world->folder.path(), u"noa"_s);
        StopService batch(broken, m_world->clock);
        StopReport last;
        connect(&batch, &StopService::changed, this, [&last](const StopReport &report) { last = report; });
        m_world->network.expect(stopLine, FakeAnswer::with(200));
        m_world->network.always(stateLine, idle());
        batch.use(m_world->gateway);
        batch.decide({target()}, ClearQueue::No, {}, true);
        pass(1s);
        QCOMPARE(last.state, StopState::Stopped);
        QCOMPARE(last.intent, 0);
    }

    void whatStaysUnconfirmedCanBeDismissedAndCheckedAtOnce()
    {
        m_world->network.expect(stopLine, FakeAnswer::lost());
        m_world->network.always(stateLine, FakeAnswer::with(503));
        stop(target());
        pass(40s);
        QCOMPARE(state(), u"Unconfirmed"_s);
        const int reads = m_world->network.count(stateLine);
        m_world->batch->find(last().id)->checkNow();
        pass(100ms);
        QCOMPARE(m_world->network.count(stateLine), reads + 1);
        m_world->batch->find(last().id)->dismiss();
        QVERIFY(last().dismissed);
        pass(10min);
        QCOMPARE(m_world->network.count(stateLine), reads + 1);
        QCOMPARE(journal().last(), u"unconfirmed, dismissed"_s);
    }

    void whatAnEarlierRunLeftIsLookedUpAndNotSent()
    {
        JournalEntry left;
        left.connection = m_world->gateway->connection();
        left.report.askedAt = m_world->clock.now();
        left.report.intent = *m_world->journal->writeIntent(left.report, {});
        left.report.fromEarlierRun = true;
        left.report.target = target();
        left.report.state = StopState::Sending;
        left.report.since = m_world->clock.now().addSecs(-3600);
        m_world->batch->leave();
        m_world->batch->resume({left});
        QCOMPARE(state(), u"Unconfirmed"_s);
        QCOMPARE(m_world->failures.first().kind, FailureKind::Interrupted);
        pass(1s);
        QVERIFY(m_world->network.asked().isEmpty()); // there is no way to the service yet
        m_world->network.always(stateLine, idle());
        m_world->batch->use(m_world->gateway);
        m_world->batch->use(m_world->gateway);
        pass(1s);
        QCOMPARE(state(), u"No longer running"_s);
        QVERIFY(last().evidence->after >= 1h);
        QCOMPARE(m_world->network.count(stopLine), 0);
        QCOMPARE(journal(), QStringList({u"intent"_s, u"unconfirmed"_s, u"no longer running"_s}));
    }

    void whatAnEarlierRunHadNotSentIsNotSent()
    {
        JournalEntry left;
        left.connection = m_world->gateway->connection();
        left.report.askedAt = m_world->clock.now();
        left.report.intent = *m_world->journal->writeIntent(left.report, {});
        left.report.fromEarlierRun = true;
        left.report.target = target();
        m_world->batch->resume({left});
        QCOMPARE(state(), u"Not sent"_s);
        m_world->batch->use(m_world->gateway);
        pass(2s);
        QVERIFY(m_world->network.asked().isEmpty());
    }
};

}

STOPDESK_TEST(stop, TestStop, QCoreApplication)
#include "tst_stop.moc"
