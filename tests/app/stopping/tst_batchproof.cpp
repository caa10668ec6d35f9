#include "tests/app/stopping/batchinhand.h"
#include "tests/support/testmain.h"

namespace batchproof_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How the outcomes of a batch are found out by reading the list of what runs, as a dialogue with the service.
class TestBatchProof : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<BatchInHand> m_hand;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_hand = std::make_unique<BatchInHand>();
    }
    void cleanup()
    {
        QCOMPARE(m_hand->network.unexpected(), QList<QByteArray>());
        m_hand.reset();
    }

    void whatIsAbsentFromTheRunningListHasStopped()
    {
        m_hand->addRunning(20);
        m_hand->stop(20);
        m_hand->pass(5s);
        QCOMPARE(m_hand->inState(StopState::Stopped), 20);
        QCOMPARE(m_hand->lists(), 1);
        QCOMPARE(m_hand->runStates(), 0);
        const StopReport &report = m_hand->report(7);
        QCOMPARE(report.evidence->source, Evidence::Source::RunningList);
        QVERIFY(words::evidence(report).startsWith(u"Absent from the running list read 12:00:0"_s));
    }

    void theListOfTheOneAgentIsReadAndElseThatOfAll()
    {
        m_hand->addRunning(10);
        m_hand->stop(10);
        m_hand->pass(5s);
        QCOMPARE(m_hand->network.count("GET /v1/agents/a1/tasks?page=1&per_page=50&status=executing"), 1);

        m_hand = std::make_unique<BatchInHand>();
        m_hand->addRunning(12, {"a1", "a2", "a3"});
        m_hand->stop(12);
        m_hand->pass(5s);
        QCOMPARE(m_hand->network.count("GET /v1/tasks?page=1&per_page=50&status=executing"), 1);
        QCOMPARE(m_hand->inState(StopState::Stopped), 12);
    }

    void aListThatBeganTooEarlyProvesNothing()
    {
        m_hand->addRunning(5);
        m_hand->network.expect("/c5/stop", FakeAnswer::hangs());
        for (int i = 1; i <= 5; ++i)
            m_hand->world["c" + QByteArray::number(i)].listed = false; // the list lags the other way
        m_hand->stop(5);
        m_hand->pass(1900ms);
        QCOMPARE(m_hand->inState(StopState::Stopped), 0);
        QCOMPARE(m_hand->lists(), 0);
        QVERIFY(m_hand->network.answer("/c5/stop", FakeAnswer::with(200)));
        m_hand->world["c5"].runs = false;
        m_hand->pass(1800ms);
        QCOMPARE(m_hand->lists(), 0); // 2 s after the last answer, not before
        m_hand->pass(1s);
        QCOMPARE(m_hand->inState(StopState::Stopped), 5);
    }

    void aDisturbedListIsReadAgainAndNotBelieved()
    {
        m_hand->addRunning(80);
        for (int i = 61; i <= 80; ++i)
            m_hand->world.add("other" + QByteArray::number(i));
        for (int i = 1; i <= 60; ++i)
            m_hand->world.add("busy" + QByteArray::number(i));
        int pages = 0;
        m_hand->network.serve([&](const QByteArray &line) {
            const FakeAnswer answer = m_hand->world.answer(line);
            if (line.contains("status=executing") && ++pages == 1)
                m_hand->world["busy1"].runs = false; // between its two pages
            return answer;
        });
        m_hand->stop(80);
        m_hand->pass(4s);
        QCOMPARE(m_hand->lists(), 2);
        QCOMPARE(m_hand->inState(StopState::Accepted), 80);
        m_hand->pass(4s);
        QCOMPARE(m_hand->lists(), 4);
        QCOMPARE(m_hand->inState(StopState::Stopped), 80);
        QCOMPARE(m_hand->runStates(), 0);
    }

    void aRowThatCannotBeReadMayBeAnyOfThem()
    {
        m_hand->addRunning(5);
        m_hand->network.expect("status=executing",
                               FakeAnswer::with(200, "{\"items\":[{\"title\":\"no id\"}],\"page\":1,\"total_pages\":1,\"total\":0}"));
        m_hand->stop(5);
        m_hand->pass(3s);
        QCOMPARE(m_hand->lists(), 1);
        QCOMPARE(m_hand->inState(StopState::Accepted), 5);
        m_hand->pass(4s);
        QCOMPARE(m_hand->inState(StopState::Stopped), 5);
    }

    void whatStaysListedIsReadItselfAndThenStillRuns()
    {
        m_hand->addRunning(10);
        m_hand->world["c4"].obeys = false;
        m_hand->world["c5"].obeys = false;
        for (int i = 6; i <= 10; ++i)
            m_hand->world["c" + QByteArray::number(i)].obeys = false;
        m_hand->stop(10);
        m_hand->pass(7s);
        QCOMPARE(m_hand->inState(StopState::Stopped), 3);
        QCOMPARE(m_hand->runStates(), 0);
        m_hand->pass(6s);
        QCOMPARE(m_hand->runStates(), 7);
        QCOMPARE(m_hand->inState(StopState::Accepted), 7);
        m_hand->pass(22s);
        QCOMPARE(m_hand->inState(StopState::StillRunning), 7);
        m_hand->world["c4"].runs = false; // and corrects itself
        m_hand->pass(40s);
        QCOMPARE(m_hand->state(4), StopState::Stopped);
    }

    void theFewThatAreLeftAreReadOneByOne()
    {
        m_hand->addRunning(10);
        m_hand->world["c4"].obeys = false;
        m_hand->stop(10);
        m_hand->pass(4s);
        QCOMPARE(m_hand->inState(StopState::Stopped), 9);
        QVERIFY(m_hand->runStates() >= 1);
        m_hand->world["c4"].runs = false;
        m_hand->pass(3s);
        QCOMPARE(m_hand->report(4).evidence->source, Evidence::Source::RunState);
        QCOMPARE(m_hand->inState(StopState::Stopped), 10);
    }

    void absenceProvesNothingOfWhatWasNotOnTheList()
    {
        m_hand->addRunning(10);
        QList<StopTarget> targets = m_hand->targets(10);
        targets[2].wasListed = false; // waits for a person
        m_hand->world["c3"].listed = false;
        m_hand->world["c3"].obeys = false;
        m_hand->batch.start(targets, {}, m_hand->gateway);
        m_hand->pass(5s);
        QCOMPARE(m_hand->inState(StopState::Stopped), 9);
        QCOMPARE(m_hand->state(3), StopState::Accepted);
        QVERIFY(m_hand->network.count("/c3/run-state") >= 3);
    }

    void aQueueThatIsToBeClearedIsRead()
    {
        m_hand->addRunning(8);
        QList<StopTarget> targets = m_hand->targets(8);
        targets[0].before.emplace().queueDepth = 2;
        targets[0].before->isRunning = true;
        m_hand->world["c1"].waiting = 2;
        StopReport decided;
        decided.clearQueue = ClearQueue::Yes;
        m_hand->batch.start(targets, decided, m_hand->gateway);
        m_hand->pass(5s);
        QCOMPARE(m_hand->state(1), StopState::StoppedQueueKept);
        QCOMPARE(m_hand->inState(StopState::Stopped), 7);
    }

    void aLostAnswerIsLookedUpByItself()
    {
        m_hand->addRunning(8);
        m_hand->world["c2"].answer = FakeAnswer::lost();
        m_hand->stop(8);
        m_hand->pass(5s);
        QCOMPARE(m_hand->state(2), StopState::NoLongerRunning);
        QCOMPARE(m_hand->report(2).evidence->source, Evidence::Source::RunState);
        QCOMPARE(m_hand->inState(StopState::Stopped), 7);
    }

    void subTasksThatRunOnAreSeenOnTheSameList()
    {
        m_hand->addRunning(8);
        m_hand->world.add("k1").parent = "c3";
        m_hand->stop(8);
        m_hand->pass(5s);
        QCOMPARE(m_hand->state(3), StopState::SubTasksStillRunning);
        QCOMPARE(m_hand->report(3).subTasks.size(), 1);
        QCOMPARE(m_hand->network.count("parent_task_id"), 0);
        m_hand->world["k1"].runs = false;
        m_hand->pass(20s);
        QCOMPARE(m_hand->state(3), StopState::Stopped);
        QVERIFY(m_hand->report(3).subTasks.isEmpty());
    }

    void whatStartsAgainIsSeenOnALaterList()
    {
        m_hand->addRunning(8);
        m_hand->stop(8);
        m_hand->pass(20s);
        m_hand->world["c6"].runs = true;
        m_hand->pass(40s);
        QVERIFY(m_hand->report(6).startedAgain);
        QCOMPARE(m_hand->network.count("/c6/run-state"), 1);
        const int lists = m_hand->lists();
        m_hand->pass(120s, 500ms);
        QVERIFY2(m_hand->lists() - lists <= 6, qPrintable(QString::number(m_hand->lists())));
        const int end = m_hand->lists();
        m_hand->pass(120s, 500ms);
        QCOMPARE(m_hand->lists(), end); // two minutes are over
    }

    void aListThatFailsIsReadAgain()
    {
        m_hand->addRunning(8);
        m_hand->network.expect("status=executing", FakeAnswer::with(503));
        m_hand->stop(8);
        m_hand->pass(4s);
        QCOMPARE(m_hand->inState(StopState::Accepted), 8);
        m_hand->pass(3s);
        QCOMPARE(m_hand->inState(StopState::Stopped), 8);
    }

    void withoutAnyProofItIsUnconfirmedInTheEnd()
    {
        m_hand->addRunning(8);
        m_hand->network.always("status=executing", FakeAnswer::with(503));
        m_hand->stop(8);
        m_hand->pass(80s, 500ms);
        QCOMPARE(m_hand->inState(StopState::Accepted), 8);
        m_hand->pass(40s, 500ms);
        QCOMPARE(m_hand->inState(StopState::Unconfirmed), 8);
    }

    /// The list is longer than what is to be proven: one request each costs less.
    void aListOfManyOthersIsNotReadForAFew()
    {
        m_hand->addRunning(6);
        for (int i = 1; i <= 1000; ++i)
            m_hand->world.add("other" + QByteArray::number(i));
        m_hand->stop(6);
        m_hand->pass(6s);
        QCOMPARE(m_hand->lists(), 1);
        QCOMPARE(m_hand->inState(StopState::Stopped), 6);
    }

    void aBatchOfTwoIsReadOneByOne()
    {
        m_hand->addRunning(2);
        m_hand->stop(2);
        m_hand->pass(3s);
        QCOMPARE(m_hand->lists(), 0);
        QCOMPARE(m_hand->inState(StopState::Stopped), 2);
    }
};

/// What the proof takes of the places while stops still wait for them.
class TestProofWhileSending : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void outcomesComeWhileTheBatchStillSends()
    {
        BatchInHand hand(RateLimits{100, 100000});
        hand.addRunning(400);
        hand.stop(400);
        hand.pass(200s, 500ms);
        QCOMPARE(hand.posted() < 400, true);
        QVERIFY2(hand.inState(StopState::Stopped) >= 150, qPrintable(QString::number(hand.inState(StopState::Stopped))));
        hand.pass(110s, 500ms);
        QCOMPARE(hand.posted(), 400);
        QCOMPARE(hand.inState(StopState::Stopped), 400);
        const int requests = hand.posted() + hand.lists() + hand.runStates();
        QVERIFY2(requests < 440, qPrintable(QString::number(requests)));
    }

    void aPageThatHangsKeepsNoStopWaiting()
    {
        BatchInHand hand(RateLimits{100, 100000});
        hand.addRunning(200);
        hand.network.always("status=executing", FakeAnswer::hangs());
        hand.stop(200);
        hand.pass(130s, 500ms);
        QCOMPARE(hand.posted(), 200);
        QVERIFY(hand.lists() >= 1);
    }

    void pollsAreHeldBackWhileItSends()
    {
        BatchInHand hand(RateLimits{100, 100000});
        hand.addRunning(120);
        RequestBudget &budget = hand.gateway->channel().budget();
        hand.stop(120);
        hand.pass(1s);
        QCOMPARE(budget.waitOf(Lane::Poll).reason, WaitReason::Stops);
        bool left = false;
        bool dropped = false;
        QObject asker;
        budget.ask(Lane::Poll, &asker, [&left] { left = true; }, [&dropped] { dropped = true; });
        hand.pass(1s);
        QVERIFY(dropped && !left);
        hand.pass(70s, 500ms);
        QCOMPARE(hand.posted(), 120);
        QVERIFY(budget.waitOf(Lane::Poll).reason != WaitReason::Stops);
    }

    void whatIsUnsentAtASwitchIsNotSentAndTheRestIsProven()
    {
        BatchInHand hand(RateLimits{100, 100000});
        hand.addRunning(200);
        hand.stop(200);
        hand.pass(20s);
        const int sent = hand.posted();
        QVERIFY(sent > 50 && sent < 100);
        hand.batch.cancelUnsent();
        hand.pass(90s, 500ms);
        QCOMPARE(hand.posted(), sent);
        QCOMPARE(hand.inState(StopState::NotSent), 200 - sent);
        QCOMPARE(hand.inState(StopState::Stopped), sent);
    }

    void aSingleStopWaitsForTwoAtTheMost()
    {
        BatchInHand hand;
        hand.addRunning(30);
        hand.world.add("c31");
        hand.network.serve([](const QByteArray &) { return FakeAnswer::hangs(); });
        hand.stop(30);
        hand.pass(300ms);
        hand.batch.start({hand.target(31)}, {}, hand.gateway);
        hand.pass(300ms);
        QVERIFY(hand.network.answer("/stop", FakeAnswer::with(200)));
        hand.pass(300ms);
        QCOMPARE(hand.network.count("/c31/stop"), 1);
        QCOMPARE(hand.posted(), 3);
    }
};

}

int tst_batchproof(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    batchproof_test::TestBatchProof proof;
    batchproof_test::TestProofWhileSending sending;
    return QTest::qExec(&proof, argc, argv) + QTest::qExec(&sending, argc, argv);
}

#include "tst_batchproof.moc"
