#include "tests/app/session/sessioninhand.h"
#include "tests/support/fulljournal.h"
#include "tests/support/testmain.h"

namespace connector_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QByteArray stateOfC1 = "GET /v1/agents/a1/gateway/conversations/c1/run-state";
const QByteArray stopOfC1 = "POST /v1/agents/a1/gateway/conversations/c1/stop";

FakeAnswer runState(bool runs)
{
    return FakeAnswer::with(200,
                            R"({"conversation_id":"c1","is_running":)" + QByteArray(runs ? "true" : "false") + '}');
}

/// Which connection and key are in use, and what a switch leaves behind.
class TestConnector : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SessionInHand> m_in;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_in = std::make_unique<SessionInHand>();
    }
    void cleanup()
    {
        QCOMPARE(m_in->network.unexpected(), QList<QByteArray>());
        QVERIFY(m_in->network.allAsked());
        m_in.reset();
    }

    /// Its outcome tells of a mistyped id; reads of it would only tell the same again, and above it.
    void whatOnlyARefusedStopHasNamedIsShownButNotRead()
    {
        const QByteArray stop = "POST /v1/agents/a9/gateway/conversations/x9/stop";
        m_in->network.always(stop, FakeAnswer::with(422, R"({"detail":[{"loc":["path","conversation_id"],"msg":"no","type":"t"}]})"));
        m_in->open(u"acme"_s);
        StopTarget typed;
        typed.agent = {u"a9"_s};
        typed.conversation = {u"x9"_s};
        typed.connection = {u"acme"_s};
        m_in->console.stops.decide({typed}, ClearQueue::No, {});
        m_in->console.link().choose(typed.conversation);
        m_in->pass(5s);
        QCOMPARE(m_in->console.link().details()->row.stop->state, StopState::Refused);
        QCOMPARE(m_in->network.count("x9"), 1);
        QCOMPARE(m_in->console.models.problems.rowCount(), 1);
    }

    void openReadsTheKeyAndThenTheLists()
    {
        m_in->store.hang();
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Reading);
        QVERIFY(m_in->network.asked().isEmpty());
        m_in->store.answerAll();
        m_in->pass();
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Known);
        for (const char *line : {"GET /v1/agents?page=1", "status=executing", "status=pending", "status=paused"})
            QCOMPARE(m_in->network.count(line), 1);
        QCOMPARE(m_in->network.asked().first().request.rawHeader("x-api-key"), "key-of-acme");
        QCOMPARE(m_in->conversations(), QStringList({u"c1"_s, u"c2"_s}));
        QCOMPARE(m_in->console.link().agents().rowCount(), 2); // with "All agents"
    }

    void withoutAKeyNothingIsAsked()
    {
        m_in->open(u"unknown"_s);
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Missing);
        m_in->pass(60s);
        QVERIFY(m_in->network.asked().isEmpty());
        QVERIFY(m_in->console.models.problems.rows().isEmpty());
    }

    void aKeychainThatFailsIsSaid()
    {
        m_in->store.failWith(FailureKind::KeychainLocked);
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Failed);
        QCOMPARE(m_in->console.link().keyFailure()->kind, FailureKind::KeychainLocked);
        QCOMPARE(m_in->console.models.problems.rowCount(), 1);
        QVERIFY(m_in->network.asked().isEmpty());
    }

    void aKeyForThisRunNeedNotWaitForTheKeychain()
    {
        m_in->store.hang();
        m_in->console.open(connectionTo(u"acme"_s));
        m_in->pass();
        QVERIFY(!m_in->console.link().isWaitingForKeychain());
        m_in->pass(1s);
        QVERIFY(m_in->console.link().isWaitingForKeychain());
        m_in->secrets.keep(connectionTo(u"acme"_s), *Secret::fromInput(u"typed"_s));
        m_in->console.open(*m_in->console.link().connection());
        m_in->pass();
        m_in->store.answerAll();
        m_in->pass(30s);
        for (const FakeNetwork::Asked &asked : m_in->network.asked())
            QCOMPARE(asked.request.rawHeader("x-api-key"), "typed");
        QCOMPARE(m_in->store.asked.write, 0);
    }

    void theDemoNeverAsksTheKeychain()
    {
        Connection demo = connectionTo(u"demo"_s);
        demo.isDemo = true;
        m_in->console.open(demo);
        m_in->pass();
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Missing);
        m_in->secrets.keep(demo, *Secret::fromInput(u"demo-key"_s));
        m_in->console.open(demo);
        m_in->pass();
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Known);
        QCOMPARE(m_in->store.asked.read, 0);
    }

    void lateAnswersOfTheConnectionBeforeAreDropped()
    {
        m_in->network.expect(running, FakeAnswer::hangs());
        m_in->open(u"acme"_s);
        m_in->network.always(running, page({row("b9")}));
        m_in->open(u"beta"_s);
        QVERIFY(!m_in->network.answer(running, page({row("c1")})));
        m_in->pass();
        QCOMPARE(m_in->conversations(), QStringList{u"b9"_s});
    }

    void aSwitchDestroysWhatBelongsToTheConnection()
    {
        m_in->open(u"acme"_s);
        const QPointer<ServiceLink> link = &m_in->console.link();
        const QPointer<ConversationListModel> rows = &link->conversations();
        connect(&m_in->console.connector, &Connector::linkChanged, this, [&] {
            QVERIFY(link && rows->rowCount() == 2); // whoever shows it can move on to the other one
            QVERIFY(link != &m_in->console.link());
        });
        m_in->open(u"beta"_s);
        QVERIFY(!link && !rows);
        disconnect(&m_in->console.connector, nullptr, this, nullptr);
    }

    void whatAPersonHasSetHoldsForTheNextConnection()
    {
        m_in->open(u"acme"_s);
        m_in->console.connector.holdUpdates(true);
        m_in->console.connector.setFilter(StateFilter::All);
        const auto ofAllStates = [this] {
            return m_in->network.count("GET /v1/tasks?page") - m_in->network.count("&status=");
        };
        const int before = ofAllStates();
        m_in->open(u"beta"_s);
        QVERIFY(m_in->console.link().freshness().held);
        QCOMPARE(ofAllStates(), before + 1); // older ones, without being asked for
    }

    void stopsOfBeforeAreRowsAgainTheNewestFirst()
    {
        m_in->network.always("POST ", FakeAnswer::with(200));
        m_in->network.always("/run-state", FakeAnswer::with(200, R"({"is_running":false})"));
        m_in->open(u"acme"_s);
        for (const char *id : {"c1", "c2"})
            m_in->console.stops.decide({*m_in->console.link().locator().targetOf({QString::fromLatin1(id)})}, ClearQueue::No);
        m_in->pass(3s);
        m_in->network.always(running, page({}));
        m_in->open(u"beta"_s);
        QCOMPARE(m_in->conversations(), QStringList());
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->conversations(), QStringList({u"c2"_s, u"c1"_s}));
    }

    void openStopsAreCheckedOnAfterASwitch()
    {
        m_in->network.expect(stopOfC1, FakeAnswer::with(200));
        m_in->network.always(stateOfC1, runState(true));
        m_in->open(u"acme"_s);
        m_in->console.stops.decide({*m_in->console.link().locator().targetOf({u"c1"_s})}, ClearQueue::No, {});
        m_in->pass(700ms);
        m_in->network.always(running, page({row("b9")}));
        m_in->open(u"beta"_s);
        QVERIFY(isOpen(m_in->console.models.stops.rows().first().report.state));
        m_in->network.always(stateOfC1, runState(false));
        m_in->pass(3s);
        QCOMPARE(m_in->console.models.stops.rows().first().report.state, StopState::Stopped);
        QCOMPARE(m_in->conversations(), QStringList{u"b9"_s}); // a row of acme has no place in beta's list
        QCOMPARE(m_in->network.asked().last().request.rawHeader("x-api-key"), "key-of-acme");

        m_in->network.always(running, page({}));
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->conversations(), QStringList{u"c1"_s}); // just stopped
    }

    void whatIsInLineIsNotSentAfterASwitch()
    {
        m_in->open(u"acme"_s);
        m_in->console.stops.decide({*m_in->console.link().locator().targetOf({u"c1"_s})}, ClearQueue::No, {});
        m_in->open(u"beta"_s);
        QCOMPARE(m_in->console.models.stops.rows().first().report.state, StopState::NotSent);
    }

    void whatWasShownOfOneConnectionIsNeverAimedAtAnother()
    {
        m_in->open(u"acme"_s);
        const StopTarget target = *m_in->console.link().locator().targetOf({u"c1"_s});
        m_in->open(u"beta"_s);
        std::optional<Failure> failure;
        m_in->console.link().locator().readRunState(target, this,
                                   [&failure](const Result<RunState> &answer) { failure = answer.error(); });
        m_in->console.stops.decide({target}, ClearQueue::No, {});
        m_in->pass(1s);
        QCOMPARE(failure->kind, FailureKind::Cancelled);
        QCOMPARE(m_in->console.models.problems.rows().first().problem.effect, Effect::NothingStopped);
        QCOMPARE(m_in->network.count("/conversations/c1/"), 0);
    }

    void withoutAKeyAStopSaysSo()
    {
        m_in->open(u"unknown"_s);
        StopTarget target;
        target.connection = {u"unknown"_s};
        std::optional<Failure> failure;
        m_in->console.link().locator().readRunState(target, this,
                                   [&failure](const Result<RunState> &answer) { failure = answer.error(); });
        m_in->console.stops.decide({target}, ClearQueue::No, {});
        QVERIFY(!failure);
        m_in->pass();
        QCOMPARE(failure->kind, FailureKind::NoKey);
        QCOMPARE(m_in->console.models.problems.rows().first().problem.failure.kind, FailureKind::NoKey);
    }

    void aTestReadsAgentsAndTheStateOfOneThatIsListed_data()
    {
        QTest::addColumn<int>("agents"); ///< the statuses of the answers; 0: is not asked
        QTest::addColumn<int>("list");
        QTest::addColumn<QByteArrayList>("rows");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("told");
        const QByteArray subTask = R"({"id":"s1","agent_id":"a1","status":"executing","parent_task_id":"c9"})";
        const QByteArrayList listed{subTask, row("c9", "completed")};
        QTest::newRow("works") << 200 << 200 << listed << 200 << u"7 agents"_s;
        QTest::newRow("nothing is listed") << 200 << 200 << QByteArrayList() << 0 << u"7 agents"_s;
        QTest::newRow("sub-tasks alone") << 200 << 200 << QByteArrayList{subTask} << 0 << u"7 agents"_s;
        QTest::newRow("wrong key") << 401 << 0 << listed << 0 << u"401"_s;
        QTest::newRow("may not list") << 200 << 403 << listed << 0 << u"403"_s;
        QTest::newRow("wrong routes") << 200 << 200 << listed << 404 << u"404 routes"_s;
        QTest::newRow("wrong routes, other verbs there") << 200 << 200 << listed << 405 << u"405 routes"_s;
        QTest::newRow("may not see it") << 200 << 200 << listed << 403 << u"403"_s;
    }
    void aTestReadsAgentsAndTheStateOfOneThatIsListed()
    {
        QFETCH(const int, agents);
        QFETCH(const int, list);
        QFETCH(const QByteArrayList, rows);
        QFETCH(const int, state);
        m_in->network.expect("GET /v1/agents?page=1&per_page=1", agents == 200 ? page({}, 1, 7, 7) : FakeAnswer::with(agents));
        if (list > 0)
            m_in->network.expect("GET /v1/tasks?page=1&per_page=50", list == 200 ? page(rows) : FakeAnswer::with(list));
        if (state > 0)
            m_in->network.expect("GET /v1/agents/a1/conversations/c9/run-state",
                                 FakeAnswer::with(state, R"({"conversation_id":"c9","is_running":false})"));
        Connection tried = connectionTo(u"new"_s);
        tried.routes = RouteFamily::Conversations;
        QString told;
        m_in->console.tester.test(tried, *Secret::fromInput(u"typed"_s), this, [&told](const Result<ConnectionTest> &answer) {
            told = answer ? u"%1 agents"_s.arg(answer->agents) : QString::number(answer.error().status);
            if (!answer && !answer.error().fields.isEmpty())
                told += u' ' + answer.error().fields.first().place.join(u'.');
        });
        m_in->pass();
        QTEST(told, "told");
        QVERIFY(m_in->network.allAsked());
        QCOMPARE(int(m_in->network.asked().size()), 1 + int(list > 0) + int(state > 0));
    }

    void whatARunLeftOpenIsShownAndLookedUpByTheNext()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"journal.sqlite"_s);
        {
            SessionInHand before(file);
            before.open(u"acme"_s);
            before.network.always("POST ", FakeAnswer::hangs());
            before.console.stops.decide({*before.console.link().locator().targetOf({u"c1"_s})}, ClearQueue::No, {});
            before.pass();
        }
        SessionInHand after(file);
        const StopListModel &stops = after.console.models.stops;
        QCOMPARE(stops.rowCount(), 1);
        QCOMPARE(stops.row(0).report.state, StopState::Unconfirmed);
        QCOMPARE(after.console.models.problems.rowCount(), 1);
        after.open(u"beta"_s);
        after.pass(3s);
        QCOMPARE(stops.row(0).report.state, StopState::Unconfirmed); // it was sent through another connection
        after.network.always("/c1/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":false})"));
        after.open(u"acme"_s);
        after.pass(3s);
        QCOMPARE(stops.row(0).report.state, StopState::NoLongerRunning);
        QCOMPARE(after.network.count("POST "), 0);
        const int row = after.console.link().conversations().find({u"c1"_s});
        QCOMPARE(after.console.link().conversations().row(row).stop->state, StopState::NoLongerRunning);
    }

    void whatCouldNotBeReadOfAConversationThatWasLeftIsNoProblemAnyMore()
    {
        m_in->network.always("/c1/run-state", FakeAnswer::with(404));
        m_in->open(u"acme"_s);
        m_in->console.link().choose({u"c1"_s});
        m_in->pass(2s);
        QCOMPARE(m_in->console.models.problems.rowCount(), 1);
        const Problem &problem = m_in->console.models.problems.row(0).problem;
        QVERIFY(!problem.isSettled());
        m_in->network.always("/c2/run-state", FakeAnswer::with(200, R"({"conversation_id":"c2","is_running":true})"));
        m_in->console.link().choose({u"c2"_s});
        QVERIFY(m_in->console.models.problems.row(0).problem.isSettled());
        m_in->console.link().choose({u"c1"_s});
        m_in->pass(2s);
        QVERIFY(!m_in->console.models.problems.row(0).problem.isSettled());
    }

    /// The journal is the computer's: its trouble is of no connection.
    void troubleOfTheJournalIsOverOnceItIsWrittenAgain()
    {
        const auto problem = [this]() -> std::optional<Problem> {
            for (const ProblemRow &row : m_in->console.models.problems.rows()) {
                if (row.problem.subject == Subject::Journal)
                    return row.problem;
            }
            return std::nullopt;
        };
        m_in->network.always(stopOfC1, FakeAnswer::with(200));
        m_in->network.always(stateOfC1, runState(true));
        m_in->open(u"acme"_s);
        m_in->console.stops.decide({*m_in->console.link().locator().targetOf({u"c1"_s})}, ClearQueue::No, {});
        m_in->pass(1s);
        QVERIFY(fillJournal(m_in->journal.file()));
        m_in->network.always(stateOfC1, runState(false));
        m_in->pass(5s);
        QVERIFY(problem());
        QCOMPARE(problem()->affected.first().connection, ConnectionId());
        QVERIFY(!problem()->isSettled());
        QVERIFY(makeRoom(m_in->journal.file()));
        m_in->pass(3s); // what is late is written by itself
        QVERIFY(problem()->isSettled());
        QCOMPARE(problem()->affected.first().since, QString());
    }

    void whoIsLookedAtMayBeStoppedSoon()
    {
        SessionInHand desk;
        desk.console.link().choose({u"c1"_s});
        QCOMPARE(desk.network.openedAhead(), 0);
        desk.open(u"acme"_s);
        const int before = desk.network.openedAhead();
        desk.console.link().choose({u"c1"_s});
        QCOMPARE(desk.network.openedAhead(), before + 1);
        desk.console.link().choose({});
        QCOMPARE(desk.network.openedAhead(), before + 1);
    }
};

}

STOPDESK_TEST(connector, TestConnector, QCoreApplication)
#include "tst_connector.moc"
