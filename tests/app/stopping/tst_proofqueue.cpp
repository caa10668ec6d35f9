#include "app/stopping/proofqueue.h"
#include "app/words/words.h"
#include "tests/support/world.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace proofqueue_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Of page 1 of what runs, whoever asks.
const QByteArray runningLine = "page=1&per_page=50&status=executing";

}

/// How the outcomes of one and of many are found out, as a dialogue with a service that is as rich as the real one.
class TestProofQueue : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<World> m_world;

    int sweeps() const { return m_world->network.count(runningLine); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_world = std::make_unique<World>();
    }
    void cleanup()
    {
        QCOMPARE(m_world->network.unexpected(), QList<QByteArray>());
        m_world.reset();
    }

    /// Issue 14: three of them turned to a person, three kept their queue, and all six were called "Stopped".
    void pausedAndKeptQueuesInABatchOfSixteenAreNotCalledStopped()
    {
        m_world->addRunning(16, {"a1", "a2"}, 2);
        for (const QByteArray id : {"c3", "c7", "c12"})
            m_world->service[id].becomes = "paused";
        for (const QByteArray id : {"c4", "c9", "c16"})
            m_world->service[id].clears = false;
        m_world->stop(16, ClearQueue::Yes);
        m_world->pass(20s);
        QCOMPARE(m_world->inState(StopState::Stopped), 10);
        for (const QByteArray id : {"c4", "c9", "c16"})
            QCOMPARE(m_world->report(id).state, StopState::StoppedQueueKept);
        for (const QByteArray id : {"c3", "c7", "c12"})
            QCOMPARE(m_world->report(id).state, StopState::Accepted);
        m_world->pass(15s);
        for (const QByteArray id : {"c3", "c7", "c12"})
            QCOMPARE(m_world->report(id).state, StopState::StillRunning);
        m_world->service.set("c7", "stopped");
        m_world->pass(90s);
        QCOMPARE(m_world->report("c7").state, StopState::Stopped);
    }

    void aConnectionThatWasLeftGoesWithItsKeyOnceAllIsSettled()
    {
        m_world->addRunning(3);
        m_world->service["c2"].becomes = "paused";
        m_world->stop(2);
        m_world->pass(10s);
        const std::weak_ptr<Gateway> gateway = m_world->gateway;
        m_world->batch->leave();
        m_world->gateway.reset();
        m_world->pass(3min);
        QVERIFY(!gateway.expired()); // it is still read
        QCOMPARE(m_world->state(2), StopState::StillRunning);
        m_world->service.set("c2", "stopped");
        m_world->pass(5min);
        QCOMPARE(m_world->state(2), StopState::Stopped);
        QVERIFY(gateway.expired());
    }

    void aConversationThatTurnsToAPersonOrIsStillToStartIsNotStopped()
    {
        m_world->addRunning(20);
        m_world->service["c2"].becomes = "paused";
        m_world->service["c3"].becomes = "pending";
        m_world->stop(20);
        m_world->pass(6s);
        QCOMPARE(m_world->inState(StopState::Stopped), 18);
        m_world->pass(30s);
        QCOMPARE(m_world->state(2), StopState::StillRunning);
        QCOMPARE(m_world->state(3), StopState::StillRunning);
    }

    void absenceCountsInTwoWholeSweepsOfAllLiveListsTwoSecondsApart()
    {
        m_world->addRunning(20);
        m_world->stop(20);
        m_world->pass(2s);
        QCOMPARE(sweeps(), 1);
        QCOMPARE(m_world->inState(StopState::Stopped), 0);
        m_world->pass(2s);
        QCOMPARE(sweeps(), 2);
        QCOMPARE(m_world->network.count("status=pending"), 2);
        QCOMPARE(m_world->network.count("status=paused"), 2);
        QCOMPARE(m_world->inState(StopState::Stopped), 20);
        QCOMPARE(m_world->runStates(), 0);
        const StopReport &report = m_world->report(7);
        QCOMPARE(report.evidence->source, Evidence::Source::LiveLists);
        QVERIFY(report.evidence->firstAt.msecsTo(report.evidence->readAt) >= 2000);
        QVERIFY(words::evidence(report).startsWith(u"On no live list read 12:00:0"_s));
    }

    /// Between the requests of one sweep it goes from a list not yet read to one already read.
    void movingBetweenTheListsOfOneSweepIsNoAbsence_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("on") << QByteArray("executing") << QByteArray("paused");
        QTest::newRow("back") << QByteArray("paused") << QByteArray("executing");
        QTest::newRow("next") << QByteArray("executing") << QByteArray("pending");
    }
    void movingBetweenTheListsOfOneSweepIsNoAbsence()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        for (int moment = 0; moment <= 40; ++moment) {
            m_world = std::make_unique<World>();
            m_world->addRunning(8);
            m_world->service.latency = 300ms;
            PlayedChat &moving = m_world->service["c1"];
            moving.becomes = from;
            m_world->service.later(moment * 150ms, [this, to] { m_world->service.set("c1", to); });
            m_world->stop(8);
            m_world->pass(8s);
            QVERIFY2(m_world->state(1) != StopState::Stopped, qPrintable(u"moved at %1"_s.arg(moment * 150)));
        }
    }

    /// Of another agent than its parent, and open longer than the watch of all others.
    void aSubTaskOfAnotherAgentIsTheOutcomeUntilItEnds()
    {
        m_world->addRunning(8);
        PlayedChat &subTask = m_world->service.add("s1");
        subTask.agent = "a9";
        subTask.parent = "c1";
        m_world->stop(8);
        m_world->pass(6s);
        QCOMPARE(m_world->state(1), StopState::SubTasksStillRunning);
        QCOMPARE(m_world->inState(StopState::Stopped), 7);
        m_world->pass(5min);
        QCOMPARE(m_world->state(1), StopState::SubTasksStillRunning);
        m_world->service.set("s1", "completed");
        m_world->pass(1min);
        QCOMPARE(m_world->state(1), StopState::Stopped);
    }

    /// The same connection, edited: what lists of another service lack proves nothing.
    void anotherAddressIsNotAskedAboutOldStops()
    {
        m_world->addRunning(8);
        for (int number = 1; number <= 8; ++number)
            m_world->service[World::idOf(number)].obeys = false;
        m_world->stop(8);
        m_world->pass(40s);
        QCOMPARE(m_world->inState(StopState::StillRunning), 8);
        Connection edited = m_world->gateway->connection();
        edited.address = QUrl(u"https://other.test"_s);
        auto budget = std::make_shared<RequestBudget>(RateLimits{10000, 100000}, m_world->clock);
        const auto other = std::make_shared<Gateway>(
            edited, std::make_shared<HttpChannel>(edited, Secret::fromStored("key"), budget, m_world->clock,
                                                  m_world->network.factory()));
        m_world->batch->use(other);
        m_world->pass(3min);
        const QList<FakeNetwork::Asked> &asked = m_world->network.asked();
        QVERIFY(std::ranges::none_of(asked, [](const FakeNetwork::Asked &each) {
            return each.request.url().host() == u"other.test"_s;
        }));
        QCOMPARE(m_world->inState(StopState::StillRunning), 8);
    }

    /// Two reads that hang leave a place to the next stop.
    void readsThatHangKeepNoStopWaiting()
    {
        for (const QByteArray id : {"c1", "c2", "c3", "c4", "c5"})
            m_world->service.add(id);
        m_world->network.always("/run-state", FakeAnswer::hangs());
        for (const QByteArray id : {"c1", "c2", "c3", "c4"}) {
            m_world->stop({m_world->target(id)});
            m_world->pass(1s);
        }
        m_world->stop({m_world->target("c5")});
        m_world->pass(100ms);
        QCOMPARE(m_world->service["c5"].delivered, 1);
    }

    /// A row that was seen to run again between two lists that lack it.
    void whatRunsBetweenTwoAbsencesHasNotStopped()
    {
        m_world->addRunning(8);
        m_world->service["c1"].isOnLists = false;
        m_world->service["c1"].obeys = false;
        m_world->stop(8);
        m_world->pass(1s); // lists lack it for the first time
        m_world->batch->find(1)->checkNow();
        m_world->pass(2s);
        QCOMPARE(m_world->state(1), StopState::Accepted);
    }

    /// The journal kept that messages waited.
    void aKnownQueueIsReadByItselfAfterARestart()
    {
        m_world->addRunning(8, {"a1"}, 2);
        QList<StopTarget> targets;
        for (int number = 1; number <= 8; ++number) {
            m_world->service[World::idOf(number)].takes = 2s;
            targets.append(m_world->target(World::idOf(number), true));
        }
        m_world->stop(targets);
        m_world->pass(400ms);
        QCOMPARE(m_world->inState(StopState::Accepted), 8);
        m_world->restart();
        m_world->pass(30s);
        QCOMPARE(m_world->inState(StopState::Stopped), 8);
        for (int number = 1; number <= 8; ++number)
            QCOMPARE(m_world->report(number).evidence->source, Evidence::Source::RunState);
    }

    void aKnownQueueIsReadByItself()
    {
        m_world->addRunning(8, {"a1"}, 2);
        m_world->service["c1"].startsNext = 700ms;
        QList<StopTarget> targets = m_world->targets(8);
        targets[0] = m_world->target("c1", true);
        m_world->stop(targets);
        m_world->pass(5s);
        QVERIFY(m_world->network.count("/c1/run-state") > 0);
        QCOMPARE(m_world->network.count("/c2/run-state"), 0);
        QCOMPARE(m_world->state(1), StopState::Accepted); // it was never seen to be idle
    }

    void seenInAnotherStateItIsReadByItself()
    {
        m_world->addRunning(8);
        m_world->service["c1"].becomes = "paused";
        m_world->service.later(4s, [this] { m_world->service.set("c1", "completed"); });
        m_world->stop(8);
        m_world->pass(12s);
        QVERIFY(m_world->network.count("/c1/run-state") > 0);
        QCOMPARE(m_world->state(1), StopState::Stopped);
        QCOMPARE(m_world->report(1).evidence->source, Evidence::Source::RunState);
    }

    void theListsOfAllAgentsAreRead()
    {
        m_world->addRunning(12, {"a1", "a2", "a3"});
        m_world->stop(12);
        m_world->pass(5s);
        QCOMPARE(m_world->network.count("GET /v1/tasks?" + runningLine), 2);
        QCOMPARE(m_world->inState(StopState::Stopped), 12);
    }

    void aListThatBeganBeforeTheAnswerProvesNothing()
    {
        m_world->addRunning(6);
        m_world->service["c6"].answer = FakeAnswer::hangs();
        m_world->stop(6);
        m_world->pass(10s); // all is quiet but c6, which is on no list any more
        QCOMPARE(m_world->state(6), StopState::Sending);
        QVERIFY(m_world->network.answer("/c6/stop", FakeAnswer::with(200)));
        m_world->pass(1900ms);
        QCOMPARE(m_world->state(6), StopState::Accepted);
        m_world->pass(4s);
        QCOMPARE(m_world->inState(StopState::Stopped), 6);
    }

    void aShiftingListIsReadAgainAndNotBelieved()
    {
        for (int i = 1; i <= 60; ++i)
            m_world->service.add("busy" + QByteArray::number(i));
        m_world->addRunning(80);
        m_world->service["c80"].obeys = false;
        m_world->service.latency = 200ms;
        // A row goes from page 1 between its two pages: what stood first on page 2 is on neither.
        int gone = 0;
        m_world->network.serveWithBodies([&](const QByteArray &line, const FakeNetwork::ReadBody &body) {
            if (line.contains("page=2") && line.contains("executing") && gone < 2)
                m_world->service.set("busy" + QByteArray::number(++gone), "completed");
            return m_world->service.answer(line, body);
        });
        m_world->stop(80);
        m_world->pass(60s);
        QCOMPARE(gone, 2);
        QCOMPARE(m_world->inState(StopState::Stopped), 79);
        QCOMPARE(m_world->state(80), StopState::StillRunning);
    }

    void aRowThatCannotBeReadMayBeAnyOfThem()
    {
        m_world->addRunning(5);
        m_world->network.expect("status=executing",
                                FakeAnswer::with(200, "{\"items\":[{\"title\":\"no id\"}],\"page\":1,\"total_pages\":1,\"total\":0}"));
        m_world->stop(5);
        m_world->pass(4s);
        QCOMPARE(m_world->inState(StopState::Stopped), 0);
        m_world->pass(4s);
        QCOMPARE(m_world->inState(StopState::Stopped), 5);
    }

    void whatStaysListedIsReadItselfAndThenStillRuns()
    {
        m_world->addRunning(10);
        for (int i = 4; i <= 10; ++i)
            m_world->service[World::idOf(i)].obeys = false;
        m_world->stop(10);
        m_world->pass(7s);
        QCOMPARE(m_world->inState(StopState::Stopped), 3);
        QCOMPARE(m_world->runStates(), 0);
        m_world->pass(6s);
        QVERIFY(m_world->runStates() >= 7);
        QCOMPARE(m_world->inState(StopState::Accepted), 7);
        m_world->pass(25s);
        QCOMPARE(m_world->inState(StopState::StillRunning), 7);
        m_world->service.set("c4", "stopped"); // and corrects itself
        m_world->pass(150s);
        QCOMPARE(m_world->state(4), StopState::Stopped);
        QCOMPARE(m_world->inState(StopState::StillRunning), 6);
    }

    void stillRunningIsSaidOfAReadAtThirtySecondsOrLater()
    {
        m_world->addRunning(30);
        for (int i = 1; i <= 30; ++i)
            m_world->service[World::idOf(i)].obeys = false;
        m_world->stop(30);
        m_world->pass(4min);
        QCOMPARE(m_world->inState(StopState::StillRunning), 30);
        for (const StopReport &report : std::as_const(m_world->history)) {
            if (report.state == StopState::StillRunning)
                QVERIFY(report.evidence && !report.evidence->readFailed && report.evidence->after >= 30s);
            if (report.state == StopState::Accepted)
                QVERIFY(report.nextReadAt.isValid());
        }
    }

    void whatIsOnNoListWhenItIsShownIsReadByItself()
    {
        m_world->addRunning(10);
        m_world->service["c3"].isOnLists = false;
        m_world->service["c3"].obeys = false;
        QList<StopTarget> targets = m_world->targets(10);
        targets[2].listedAs = RowState::NotRead; // known by a run state alone
        m_world->stop(targets);
        m_world->pass(8s);
        QCOMPARE(m_world->inState(StopState::Stopped), 9);
        QCOMPARE(m_world->state(3), StopState::Accepted);
        QVERIFY(m_world->network.count("/c3/run-state") >= 2);
    }

    void aLostAnswerIsLookedUpByItself()
    {
        m_world->addRunning(8);
        m_world->service["c2"].answer = FakeAnswer::lost();
        m_world->stop(8);
        m_world->pass(6s);
        QCOMPARE(m_world->state(2), StopState::NoLongerRunning);
        QCOMPARE(m_world->report(2).evidence->source, Evidence::Source::RunState);
        QCOMPARE(m_world->inState(StopState::Stopped), 7);
    }

    void subTasksThatRunOnAreSeenOnTheSameLists()
    {
        m_world->addRunning(8);
        m_world->service.add("k1").parent = "c3";
        m_world->stop(8);
        m_world->pass(5s);
        QCOMPARE(m_world->state(3), StopState::SubTasksStillRunning);
        QCOMPARE(m_world->report(3).subTasks.size(), 1);
        QCOMPARE(m_world->network.count("parent_task_id"), 0);
        m_world->service.set("k1", "completed");
        m_world->pass(40s);
        QCOMPARE(m_world->state(3), StopState::Stopped);
        QVERIFY(m_world->report(3).subTasks.isEmpty());
    }

    void whatStartsAgainIsSeenOnALaterList()
    {
        m_world->addRunning(8);
        m_world->stop(8);
        m_world->pass(20s);
        m_world->service.set("c6", "executing");
        m_world->pass(40s);
        QVERIFY(m_world->report(6).startedAgain);
        QCOMPARE(m_world->network.count("/c6/run-state"), 1);
        m_world->pass(120s);
        const int end = m_world->lists();
        m_world->pass(120s);
        QCOMPARE(m_world->lists(), end); // two minutes are over
    }

    /// Lists that lag prove what is no longer so; the watch corrects it.
    void whatALaggingListCalledStoppedCorrectsItself()
    {
        m_world->addRunning(8);
        m_world->service.later(0s, [this] { m_world->service.set("c5", "completed"); }); // by itself, and then anew
        m_world->service.later(200ms, [this] { m_world->service.set("c5", "executing"); });
        m_world->service["c5"].obeys = false;
        m_world->service.listLag = 0s;
        m_world->stop(8);
        m_world->service["c5"].isOnLists = false;
        m_world->pass(6s);
        QCOMPARE(m_world->state(5), StopState::Stopped);
        m_world->service["c5"].isOnLists = true;
        m_world->pass(30s);
        QVERIFY(m_world->report(5).startedAgain);
    }

    void listsThatFailAreReadAgain()
    {
        m_world->addRunning(8);
        m_world->network.expect("status=executing", FakeAnswer::with(503));
        m_world->stop(8);
        m_world->pass(4s);
        QCOMPARE(m_world->inState(StopState::Stopped), 0);
        m_world->pass(4s);
        QCOMPARE(m_world->inState(StopState::Stopped), 8);
    }

    void withoutAnyProofItIsUnconfirmedAfterThirtySeconds()
    {
        m_world->addRunning(8);
        m_world->network.always("GET ", FakeAnswer::with(503));
        m_world->stop(8);
        m_world->pass(29s);
        QCOMPARE(m_world->inState(StopState::Accepted), 8);
        m_world->pass(40s);
        QCOMPARE(m_world->inState(StopState::Unconfirmed), 8);
    }

    /// The lists are longer than what is to be proven: one request each costs less.
    void listsOfManyOthersAreNotReadForAFew()
    {
        m_world->addRunning(6);
        for (int i = 1; i <= 1000; ++i)
            m_world->service.add("other" + QByteArray::number(i));
        m_world->stop(6);
        m_world->pass(8s);
        QVERIFY2(m_world->lists() <= 4, qPrintable(QString::number(m_world->lists())));
        QCOMPARE(m_world->inState(StopState::Stopped), 6);
    }

    void aBatchOfTwoIsReadOneByOne()
    {
        m_world->addRunning(2);
        m_world->stop(2);
        m_world->pass(3s);
        QCOMPARE(m_world->lists(), 0);
        QCOMPARE(m_world->inState(StopState::Stopped), 2);
    }

    void aMessageTakenOutByOthersLeavesTheTurnWatched()
    {
        m_world->service.add("c1", "executing", 2);
        m_world->service["c1"].obeys = false;
        StopTarget target = m_world->target("c1");
        QObject asker;
        m_world->gateway->runState(target.agent, target.conversation, Lane::Check, &asker,
                                   [&target](const Result<RunState> &read) { target.before = *read; });
        m_world->settle();
        m_world->stop({target});
        m_world->service.later(3s, [this] { m_world->service.setWaiting("c1", 0); }); // by somebody else
        m_world->pass(6s);
        QCOMPARE(m_world->state(1), StopState::NextStarted);
        m_world->service.later(60s, [this] { m_world->service.set("c1", "stopped"); });
        m_world->pass(120s);
        QCOMPARE(m_world->state(1), StopState::Stopped);
    }

    void afterARestartTheSameDecidesWithTheSameReads()
    {
        m_world->addRunning(12);
        for (int i = 1; i <= 12; ++i)
            m_world->service[World::idOf(i)].obeys = false;
        m_world->service["c1"].becomes = "paused";
        m_world->service["c1"].obeys = true;
        m_world->stop(12);
        m_world->pass(40s);
        QCOMPARE(m_world->inState(StopState::StillRunning), 12);
        m_world->restart();
        m_world->service.set("c2", "stopped");
        m_world->pass(3min);
        QCOMPARE(m_world->state(1), StopState::StillRunning);
        QCOMPARE(m_world->state(2), StopState::Stopped);
        m_world->service.set("c3", "stopped"); // by lists: it was seen on them
        m_world->pass(4min);
        QCOMPARE(m_world->state(3), StopState::Stopped);
        QCOMPARE(m_world->inState(StopState::StillRunning), 10);
    }

    void whatAPersonAsksForIsReadAtOnce()
    {
        m_world->addRunning(40);
        for (int i = 1; i <= 40; ++i)
            m_world->service[World::idOf(i)].obeys = false;
        m_world->stop(40, ClearQueue::Yes);
        m_world->pass(10min);
        const int reads = m_world->network.count("/c7/run-state");
        m_world->batch->find(m_world->report(7).id)->checkNow();
        m_world->settle();
        QCOMPARE(m_world->network.count("/c7/run-state"), reads + 1);
    }

    void afterTooManyAPersonsCheckWaitsAndSaysUntilWhen()
    {
        m_world->addRunning(1);
        m_world->service["c1"].obeys = false;
        m_world->stop(1);
        m_world->pass(1min);
        m_world->network.expect("/run-state", {429, "{}", {{"Retry-After", "600"}}, {}, false, true});
        m_world->pass(16s);
        QVERIFY(m_world->network.allAsked());
        const int reads = m_world->runStates();
        m_world->batch->find(m_world->report(1).id)->checkNow();
        m_world->settle();
        QCOMPARE(m_world->runStates(), reads);
        QVERIFY2(m_world->clock.now().secsTo(m_world->report(1).nextReadAt) > 9 * 60,
                 qPrintable(m_world->report(1).nextReadAt.toString()));
        m_world->pass(10min);
        QVERIFY(m_world->runStates() > reads);
    }
};

/// What the proof takes of the places while stops still wait for them.
class TestProofWhileSending : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void outcomesComeWhileTheBatchStillSends()
    {
        World world(RateLimits{100, 100000});
        world.addRunning(400);
        world.stop(400);
        world.pass(240s);
        QCOMPARE(world.posted() < 400, true);
        QVERIFY2(world.inState(StopState::Stopped) >= 150, qPrintable(QString::number(world.inState(StopState::Stopped))));
        world.pass(110s);
        QCOMPARE(world.posted(), 400);
        QCOMPARE(world.inState(StopState::Stopped), 400);
        const int requests = world.posted() + world.lists() + world.runStates();
        QVERIFY2(requests < 440 + 60, qPrintable(QString::number(requests))); // with two minutes of watch
    }

    void aPageThatHangsKeepsNoStopWaiting()
    {
        World world(RateLimits{100, 100000});
        world.addRunning(200);
        world.network.always("status=executing", FakeAnswer::hangs());
        world.stop(200);
        world.pass(140s);
        QCOMPARE(world.posted(), 200);
        QVERIFY(world.lists() >= 1);
    }

    void pollsAreHeldBackWhileItSends()
    {
        World world(RateLimits{100, 100000});
        world.addRunning(120);
        world.stop(120);
        world.pass(1s);
        QCOMPARE(world.gateway->waitOf(Lane::Poll).reason, WaitReason::Stops);
        std::optional<Failure> failure;
        QObject asker;
        world.gateway->agents(1, 1, &asker, [&failure](const auto &page) { failure = page.error(); });
        world.pass(1s);
        QVERIFY(failure && failure->kind == FailureKind::Cancelled && failure->reached == Reached::NeverLeft);
        world.pass(70s);
        QCOMPARE(world.posted(), 120);
        QVERIFY(world.gateway->waitOf(Lane::Poll).reason != WaitReason::Stops);
    }

    void whatIsUnsentAtASwitchIsNotSentAndTheRestIsProven()
    {
        World world(RateLimits{100, 100000});
        world.addRunning(200);
        world.service.latency = 300ms;
        world.stop(200);
        world.pass(10s);
        const int sent = world.posted();
        QVERIFY(sent > 20 && sent < 100);
        world.batch->cancelUnsent();
        world.pass(90s);
        QCOMPARE(world.posted(), sent);
        QCOMPARE(world.inState(StopState::NotSent), 200 - sent);
        QCOMPARE(world.inState(StopState::Stopped), sent);
    }

    void aSingleStopWaitsForTwoAtTheMost()
    {
        World world;
        world.addRunning(31);
        world.network.serve([](const QByteArray &) { return FakeAnswer::hangs(); });
        world.stop(30);
        world.pass(300ms);
        world.stop({world.target(31)});
        world.pass(300ms);
        QVERIFY(world.network.answer("/stop", FakeAnswer::with(200)));
        world.pass(300ms);
        QCOMPARE(world.network.count("/c31/stop"), 1);
        QCOMPARE(world.posted(), 3);
    }

    void clearedQueuesOfManyCostOneReadEach()
    {
        World world(RateLimits{100, 100000});
        world.addRunning(100, {"a1"}, 1);
        for (int i = 1; i <= 100; ++i)
            world.service[World::idOf(i)].takes = 500ms;
        world.stop(100, ClearQueue::Yes);
        world.pass(3min);
        QCOMPARE(world.inState(StopState::Stopped), 100);
        QVERIFY2(world.runStates() <= 120, qPrintable(QString::number(world.runStates())));
    }
};

}

int tst_proofqueue(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    proofqueue_test::TestProofQueue proof;
    proofqueue_test::TestProofWhileSending sending;
    return QTest::qExec(&proof, argc, argv) + QTest::qExec(&sending, argc, argv);
}

#include "tst_proofqueue.moc"
