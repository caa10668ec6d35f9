#include "tests/support/world.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QSqlQuery>
#include <QtTest>

#include <algorithm>

namespace batch_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QByteArray stopOf(int number)
{
    return "/conversations/c" + QByteArray::number(number) + "/stop";
}

FakeAnswer refused(int status, const QByteArray &detail = "No")
{
    return FakeAnswer::with(status, R"({"detail":")" + detail + "\"}");
}

/// Another program, as a database browser with an edit that is not saved.
class OtherProgram {
public:
    explicit OtherProgram(const QString &file) : m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"browser"_s))
    {
        m_database.setDatabaseName(file);
        m_database.open();
    }
    OtherProgram(const OtherProgram &) = delete;
    OtherProgram &operator=(const OtherProgram &) = delete;
    ~OtherProgram()
    {
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(u"browser"_s);
    }
    bool lock() { return QSqlQuery(m_database).exec(u"BEGIN IMMEDIATE"_s); }
    bool unlock() { return QSqlQuery(m_database).exec(u"ROLLBACK"_s); }

private:
    QSqlDatabase m_database;
};

}

// Opened anew: moc of Qt 6.4 loses its count of braces in the raw strings above.
namespace batch_test {

/// One decision about several targets, as a dialogue with the service: how it leaves, what holds it back, how it ends.
class TestBatch : public QObject {
    Q_OBJECT

private:
    /// Conversations c1 … cN; those with an odd number are of agent a1, the others of a2.
    void stop(int count)
    {
        for (int i = 1; i <= count; ++i)
            m_world->service.add(World::idOf(i)).agent = i % 2 ? "a1" : "a2";
        m_world->stop(count);
        m_id = m_world->batch->find(1)->report().batch;
    }
    void pass(Duration time = 300ms) { m_world->pass(time); }
    int posted() const { return m_world->posted(); }
    Batch &batch() { return *m_world->batch->find(m_id); }
    int inState(StopState state) const { return m_world->inState(state); }
    int rowsIn(const QString &condition) const { return m_world->rowsIn(condition); }

    /// So many turns of the event loop later, as the batch counts them.
    void afterTurns(int turns, const std::function<void()> &then)
    {
        if (turns == 0)
            return then();
        m_world->clock.after(0ms, this, [this, turns, then] { afterTurns(turns - 1, then); });
    }

    std::unique_ptr<World> m_world;
    BatchId m_id;

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

    void allIntentsAreOnDiskBeforeTheFirstLeaves()
    {
        int intentsAtFirst = 0;
        m_world->network.serveWithBodies([&](const QByteArray &line, const FakeNetwork::ReadBody &body) {
            if (line.startsWith("POST ") && intentsAtFirst == 0)
                intentsAtFirst = rowsIn(u"step = 'intent'"_s);
            return m_world->service.answer(line, body);
        });
        stop(250);
        pass(1s);
        QCOMPARE(intentsAtFirst, 250);
        QCOMPARE(rowsIn(u"step = 'intent' AND batch = '%1'"_s.arg(m_id.value)), 250);
    }

    void twoAreOnTheWireAtATime()
    {
        m_world->network.serve([](const QByteArray &) { return FakeAnswer::hangs(); });
        stop(5);
        pass();
        QCOMPARE(posted(), 2);
        QCOMPARE(inState(StopState::InLine), 3);
        QVERIFY(m_world->network.answer(stopOf(1), FakeAnswer::with(200)));
        pass();
        QCOMPARE(posted(), 3);
        QVERIFY(batch().isSending());
    }

    void eachLeavesOnceAndTheEndIsKnown()
    {
        stop(20);
        pass(2s);
        QCOMPARE(posted(), 20);
        for (int i = 1; i <= 20; ++i)
            QCOMPARE(m_world->network.count(stopOf(i)), 1);
        QVERIFY(!batch().isSending() && !batch().halt());
    }

    void theSameTargetTwiceIsOneStop()
    {
        m_world->service.add("c1");
        m_world->stop({m_world->target(1), m_world->target(1)});
        pass();
        QCOMPARE(posted(), 1);
    }

    void aRefusedKeyHaltsAll()
    {
        m_world->network.always(stopOf(2), refused(401));
        stop(50);
        pass(2s);
        QVERIFY2(posted() <= 3, qPrintable(QString::number(posted()))); // with those that were out together
        QCOMPARE(inState(StopState::NotSent), 50 - posted());
        QCOMPARE(batch().halt()->kind, FailureKind::KeyRefused);
        QCOMPARE(m_world->failures.size(), 1); // one cause is one problem
        QVERIFY(!batch().isSending());
    }

    void aSpentPlanHaltsAll()
    {
        m_world->network.always(stopOf(1), FakeAnswer::with(429, R"({"detail":{"detail":{"detail":"Billing limit reached"}}})"));
        stop(50);
        pass(2s);
        QVERIFY(posted() <= 3);
        QCOMPARE(batch().halt()->kind, FailureKind::PlanLimit);
    }

    void aForbiddenAgentIsLeftOut()
    {
        m_world->network.always(stopOf(1), refused(403));
        stop(20);
        pass(2s);
        QCOMPARE(inState(StopState::Refused), 1);
        QVERIFY(inState(StopState::NotSent) >= 8); // the rest of a1
        QCOMPARE(inState(StopState::Refused) + inState(StopState::NotSent) + 10, 20);
        for (int i = 2; i <= 20; i += 2)
            QCOMPARE(m_world->network.count(stopOf(i)), 1); // all of a2
    }

    void twoForbiddenAgentsHaltAll()
    {
        m_world->network.always(stopOf(1), refused(403));
        m_world->network.always(stopOf(2), refused(403));
        stop(20);
        pass(2s);
        QVERIFY(posted() <= 4);
        QCOMPARE(inState(StopState::NotSent), 20 - posted());
    }

    void tooManyPausesAndItsOwnRowIsRefused()
    {
        FakeAnswer tooMany = refused(429, "Too many requests");
        tooMany.headers = {{"Retry-After", "7"}};
        m_world->network.expect(stopOf(1), tooMany);
        stop(10);
        pass(3s);
        const int before = posted();
        QVERIFY(before <= 3);
        QVERIFY(batch().pausedUntil().isValid());
        pass(6s);
        QCOMPARE(posted(), 10);
        QCOMPARE(m_world->network.count(stopOf(1)), 1); // never again by itself
        QCOMPARE(inState(StopState::Refused), 1);
        QVERIFY(!batch().pausedUntil().isValid());
    }

    /// The pause is over for the proof as soon as nothing more waits for it.
    void whatWasSentIsProvenWhileTheLastRowsRefusalPauses()
    {
        m_world->network.expect(stopOf(8), refused(429, "Too many requests"));
        stop(8);
        pass(4s); // a pause of 5 s
        QCOMPARE(inState(StopState::Refused), 1);
        QCOMPARE(inState(StopState::Stopped), 7);
    }

    /// Four are to be proven by lists, and one of them turns out to have a queue while sending rests for that reading.
    void aReadingOfListsThatIsNoMoreWantedKeepsNoStopWaiting()
    {
        for (int i = 1; i <= 120; ++i)
            m_world->service.add(World::idOf(i)).answer = FakeAnswer::with(i > 4 && i <= 110 ? 404 : 200);
        for (int i = 1; i <= 4; ++i)
            m_world->service[World::idOf(i)].obeys = false;
        m_world->service.setWaiting("c1", 1);
        m_world->stop(120);
        for (int tenth = 0; tenth < 600 && m_world->inState(StopState::Refused) < 60; ++tenth)
            pass(10ms);
        for (int tenth = 0; tenth < 300; ++tenth) { // whenever it rests
            m_world->batch->find(1)->checkNow();
            pass(100ms);
        }
        QCOMPARE(posted(), 120);
    }

    void noWayToTheServiceHaltsAfterThree()
    {
        m_world->network.serve([](const QByteArray &) { return FakeAnswer::refusedConnection(); });
        stop(50);
        pass(3s);
        QVERIFY2(posted() <= 5, qPrintable(QString::number(posted())));
        QCOMPARE(inState(StopState::NotSent), 50);
        QCOMPARE(batch().halt()->kind, FailureKind::ConnectionRefused);
    }

    void stopSendingIsExactAtEveryPoint()
    {
        for (int sent = 0; sent <= 12; ++sent) {
            cleanup();
            init();
            int posts = 0;
            m_world->network.serveWithBodies([&](const QByteArray &line, const FakeNetwork::ReadBody &body) {
                if (line.startsWith("POST ") && ++posts == sent) // while its own bytes leave
                    QMetaObject::invokeMethod(m_world->batch.get(), [this] { batch().stopSending(); }, Qt::QueuedConnection);
                return m_world->service.answer(line, body);
            });
            stop(12);
            if (sent == 0)
                batch().stopSending();
            pass(2s);
            QCOMPARE(inState(StopState::NotSent), 12 - posted());
            QCOMPARE(rowsIn(u"step = 'sent'"_s), posted());
            QVERIFY(!batch().isSending());
            QCOMPARE(m_world->failures.size(), 0); // a person's wish is no problem
        }
    }

    /// More than are written down in one turn: what was taken out meanwhile stays closed on disk.
    void endedWhileItsIntentsAreWrittenItLeavesNoneOpen()
    {
        for (const int turns : {0, 1, 3}) {
            cleanup();
            init();
            stop(120);
            afterTurns(turns, [this] { batch().stopSending(); });
            pass(3s);
            QCOMPARE(posted(), 0);
            QCOMPARE(inState(StopState::NotSent), 120);
            QCOMPARE(rowsIn(u"step = 'intent'"_s), 120);
            QCOMPARE(rowsIn(u"step = 'not sent'"_s), 120);
            QVERIFY(m_world->journal->openEntries().isEmpty());
            QVERIFY(!batch().isSending());
            m_world->restart();
            pass();
            QCOMPARE(m_world->failures.size(), 0);
        }
    }

    void threeThatTheServiceDoesNotAnswerInARowHaltIt_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("500") << 500;
        QTest::newRow("503") << 503;
        QTest::newRow("lost") << 0;
    }
    void threeThatTheServiceDoesNotAnswerInARowHaltIt()
    {
        QFETCH(int, status);
        m_world->network.always("POST ", status ? FakeAnswer::with(status) : FakeAnswer::lost());
        stop(50);
        pass(3s);
        QVERIFY2(posted() >= 3 && posted() <= 4, qPrintable(QString::number(posted())));
        QCOMPARE(inState(StopState::NotSent), 50 - posted());
        QVERIFY(batch().halt());
    }

    void timeOutsInARowHaltIt()
    {
        m_world->network.serve([](const QByteArray &) { return FakeAnswer::hangs(); });
        stop(50);
        pass(90s);
        QVERIFY2(posted() <= 4, qPrintable(QString::number(posted())));
        QCOMPARE(inState(StopState::NotSent), 50 - posted());
    }

    void anAnswerInBetweenGoesOn()
    {
        for (int i = 1; i <= 30; ++i)
            m_world->service.add(World::idOf(i)).answer = FakeAnswer::with(i % 3 == 0 ? 200 : 503);
        m_world->stop(30);
        pass(10s);
        QCOMPARE(posted(), 30);
    }

    void aJournalThatFailsSendsNothing()
    {
        QDir().mkpath(m_world->folder.filePath(u"folder"_s));
        m_world->journal = std::make_unique<Journal>(m_world->folder.filePath(u"folder"_s), u"noa"_s); // no file
        StopService other(*m_world->journal, m_world->clock);
        QHash<qint64, StopState> states;
        QList<Failure> failures;
        connect(&other, &StopService::changed, this,
                [&states](const StopReport &report) { states.insert(report.id, report.state); });
        connect(&other, &StopService::failed, this,
                [&failures](const Failure &failure, const Occasion &occasion) {
                    if (occasion.subject != Subject::Journal)
                        failures.append(failure);
                });
        m_world->addRunning(50);
        other.use(m_world->gateway);
        other.decide(m_world->targets(50), ClearQueue::No);
        pass();
        QCOMPARE(posted(), 0);
        QCOMPARE(states.size(), 50);
        QVERIFY(std::ranges::all_of(states, [](StopState state) { return state == StopState::NotSent; }));
        QCOMPARE(failures.size(), 1); // one cause is one problem
    }

    void aLockedJournalNeverFreezesTheWindow()
    {
        OtherProgram other(m_world->folder.filePath(u"journal.sqlite"_s));
        QVERIFY(other.lock());
        stop(500);
        pass(40s);
        const qint64 longest = m_world->clock.takeLongestCall();
        // One write waits 20 ms. That each of the 20 intents of a turn waits would be 400 ms, and was 40 s.
        QVERIFY2(longest < 200, qPrintable(QString::number(longest)));
        QCOMPARE(inState(StopState::NotSent), 500);
        QCOMPARE(m_world->failures.size(), 1); // one cause, told once
        QVERIFY(other.unlock());
        QCOMPARE(posted(), 0);
        QVERIFY(m_world->journal->openEntries().isEmpty());
        QCOMPARE(rowsIn(u"1"_s), 0);
    }

    /// Not for long: nothing is lost, and nothing is told.
    void aJournalThatIsLockedForAMomentIsWaitedFor()
    {
        OtherProgram other(m_world->folder.filePath(u"journal.sqlite"_s));
        QVERIFY(other.lock());
        stop(20);
        pass(1s);
        QCOMPARE(posted(), 0);
        QVERIFY(other.unlock());
        pass(1s);
        QCOMPARE(posted(), 20);
        // What comes to pass while it is locked again is written later, in its order.
        QVERIFY(other.lock());
        pass(60s);
        QCOMPARE(inState(StopState::Stopped), 20);
        QCOMPARE(rowsIn(u"step = 'stopped'"_s), 0);
        QCOMPARE(m_world->journalFailures.size(), 1);
        QVERIFY(other.unlock());
        pass(2s);
        QCOMPARE(rowsIn(u"step = 'stopped'"_s), 20);
    }
};

}

STOPDESK_TEST(batch, TestBatch, QCoreApplication)
#include "tst_batch.moc"
