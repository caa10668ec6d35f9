#include "app/stopping/stopbatch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QSqlQuery>
#include <QTemporaryDir>
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
        QList<StopTarget> targets;
        for (int i = 1; i <= count; ++i) {
            StopTarget target;
            target.agent = {i % 2 ? u"a1"_s : u"a2"_s};
            target.conversation = {u"c%1"_s.arg(i)};
            target.ranBefore = true;
            targets.append(target);
        }
        m_batch->start(targets, {}, m_gateway);
        m_id = m_batch->find(1)->report().batch;
    }

    /// Lets time pass in small steps, with turns of the event loop after each.
    void pass(Duration time = 300ms)
    {
        for (Duration gone = 0ms; gone < time; gone += 100ms) {
            for (int i = 0; i < 4; ++i) {
                m_clock->advance(0ms);
                QCoreApplication::sendPostedEvents(), QTest::qWait(0);
            }
            m_clock->advance(100ms);
        }
    }

    int posted() const { return m_network->count("POST "); }
    Batch &batch() { return *m_batch->find(m_id); }
    int inState(StopState state) const
    {
        return int(std::ranges::count_if(m_states, [state](StopState each) { return each == state; }));
    }
    int rowsIn(const QString &condition)
    {
        int count = -1;
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
            database.setDatabaseName(m_folder->filePath(u"journal.sqlite"_s));
            database.open();
            QSqlQuery query(u"SELECT count(*) FROM entry WHERE "_s + condition, database);
            if (query.next())
                count = query.value(0).toInt();
        }
        QSqlDatabase::removeDatabase(u"look"_s);
        return count;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<Journal> m_journal;
    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<StopBatch> m_batch;
    BatchId m_id;
    QHash<qint64, StopState> m_states; ///< by number of the stop
    QList<Failure> m_failures;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
        m_network = std::make_unique<FakeNetwork>();
        m_journal = std::make_unique<Journal>(m_folder->filePath(u"journal.sqlite"_s), u"noa"_s);
        Connection connection;
        connection.id = {u"acme"_s};
        connection.address = QUrl(u"https://acme.test"_s);
        auto budget = std::make_shared<RequestBudget>(RateLimits{10000, 100000}, *m_clock);
        auto channel = std::make_shared<HttpChannel>(connection, Secret::fromStored("key"), budget, *m_clock,
                                                     m_network->factory());
        m_gateway = std::make_shared<Gateway>(connection, channel);
        m_batch = std::make_unique<StopBatch>(*m_journal, *m_clock);
        m_network->serve([](const QByteArray &line) {
            return line.startsWith("POST ") ? FakeAnswer::with(200) : FakeAnswer::with(404);
        });
        m_states.clear();
        m_failures.clear();
        connect(m_batch.get(), &StopBatch::changed, this,
                [this](const StopReport &report) { m_states.insert(report.id, report.state); });
        connect(m_batch.get(), &StopBatch::failed, this,
                [this](const StopReport &, const Failure &failure) { m_failures.append(failure); });
    }
    void cleanup()
    {
        QCOMPARE(m_network->unexpected(), QList<QByteArray>());
        m_batch.reset();
        m_gateway.reset();
        m_network.reset();
        m_journal.reset();
    }

    void allIntentsAreOnDiskBeforeTheFirstLeaves()
    {
        int intentsAtFirst = 0;
        m_network->serve([&](const QByteArray &line) {
            if (line.startsWith("POST ") && intentsAtFirst == 0)
                intentsAtFirst = rowsIn(u"step = 'intent'"_s);
            return line.startsWith("POST ") ? FakeAnswer::with(200) : FakeAnswer::with(404);
        });
        stop(250);
        pass(1s);
        QCOMPARE(intentsAtFirst, 250);
        QCOMPARE(rowsIn(u"step = 'intent' AND batch = '%1'"_s.arg(m_id.value)), 250);
    }

    void twoAreOnTheWireAtATime()
    {
        m_network->serve([](const QByteArray &) { return FakeAnswer::hangs(); });
        stop(5);
        pass();
        QCOMPARE(posted(), 2);
        QCOMPARE(inState(StopState::InLine), 3);
        QVERIFY(m_network->answer(stopOf(1), FakeAnswer::with(200)));
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
            QCOMPARE(m_network->count(stopOf(i)), 1);
        QVERIFY(!batch().isSending() && !batch().halt());
    }

    void theSameTargetTwiceIsOneStop()
    {
        StopTarget target;
        target.agent = {u"a1"_s};
        target.conversation = {u"c1"_s};
        m_batch->start({target, target}, {}, m_gateway);
        pass();
        QCOMPARE(posted(), 1);
    }

    void aRefusedKeyHaltsAll()
    {
        m_network->always(stopOf(2), refused(401));
        stop(50);
        pass(2s);
        QVERIFY2(posted() <= 3, qPrintable(QString::number(posted()))); // with those that were out together
        QCOMPARE(inState(StopState::NotSent), 50 - posted());
        QCOMPARE(batch().halt()->kind, FailureKind::KeyRefused);
        QCOMPARE(m_failures.size(), 1); // one cause is one problem
        QVERIFY(!batch().isSending());
    }

    void aSpentPlanHaltsAll()
    {
        m_network->always(stopOf(1), FakeAnswer::with(429, R"({"detail":{"detail":{"detail":"Billing limit reached"}}})"));
        stop(50);
        pass(2s);
        QVERIFY(posted() <= 3);
        QCOMPARE(batch().halt()->kind, FailureKind::PlanLimit);
    }

    void aForbiddenAgentIsLeftOut()
    {
        m_network->always(stopOf(1), refused(403));
        stop(20);
        pass(2s);
        QCOMPARE(inState(StopState::Refused), 1);
        QVERIFY(inState(StopState::NotSent) >= 8); // the rest of a1
        QCOMPARE(inState(StopState::Refused) + inState(StopState::NotSent) + 10, 20);
        for (int i = 2; i <= 20; i += 2)
            QCOMPARE(m_network->count(stopOf(i)), 1); // all of a2
    }

    void twoForbiddenAgentsHaltAll()
    {
        m_network->always(stopOf(1), refused(403));
        m_network->always(stopOf(2), refused(403));
        stop(20);
        pass(2s);
        QVERIFY(posted() <= 4);
        QCOMPARE(inState(StopState::NotSent), 20 - posted());
    }

    void tooManyPausesAndItsOwnRowIsRefused()
    {
        FakeAnswer tooMany = refused(429, "Too many requests");
        tooMany.headers = {{"Retry-After", "7"}};
        m_network->expect(stopOf(1), tooMany);
        stop(10);
        pass(3s);
        const int before = posted();
        QVERIFY(before <= 3);
        QVERIFY(batch().pausedUntil().isValid());
        pass(6s);
        QCOMPARE(posted(), 10);
        QCOMPARE(m_network->count(stopOf(1)), 1); // never again by itself
        QCOMPARE(inState(StopState::Refused), 1);
        QVERIFY(!batch().pausedUntil().isValid());
    }

    void noWayToTheServiceHaltsAfterThree()
    {
        m_network->serve([](const QByteArray &) { return FakeAnswer::refusedConnection(); });
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
            m_network->serve([&](const QByteArray &line) {
                if (!line.startsWith("POST "))
                    return FakeAnswer::with(404);
                if (++posts == sent) // while its own bytes leave
                    QMetaObject::invokeMethod(m_batch.get(), [this] { batch().stopSending(); }, Qt::QueuedConnection);
                return FakeAnswer::with(200);
            });
            stop(12);
            if (sent == 0)
                batch().stopSending();
            pass(2s);
            QCOMPARE(inState(StopState::NotSent), 12 - posted());
            QCOMPARE(rowsIn(u"step = 'sent'"_s), posted());
            QVERIFY(!batch().isSending());
            QCOMPARE(m_failures.size(), 0); // a person's wish is no problem
        }
    }

    void aJournalThatFailsSendsNothing()
    {
        QDir().mkpath(m_folder->filePath(u"folder"_s));
        m_journal = std::make_unique<Journal>(m_folder->filePath(u"folder"_s), u"noa"_s); // no file can be there
        m_batch = std::make_unique<StopBatch>(*m_journal, *m_clock);
        connect(m_batch.get(), &StopBatch::changed, this,
                [this](const StopReport &report) { m_states.insert(report.id, report.state); });
        stop(5);
        pass();
        QCOMPARE(posted(), 0);
        QCOMPARE(inState(StopState::NotSent), 5);
    }
};

}

STOPDESK_TEST(batch, TestBatch, QCoreApplication)
#include "tst_batch.moc"
