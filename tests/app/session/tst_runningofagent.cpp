#include "app/session/runningofagent.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QtTest>

namespace runningofagent_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = RunningReading::State;

QByteArray request(int number)
{
    return "GET /v1/agents/a1/tasks?page=" + QByteArray::number(number) + "&per_page=50&status=executing";
}

FakeAnswer page(const QByteArrayList &ids, int number, int pages, int total)
{
    QByteArrayList items;
    for (const QByteArray &id : ids) {
        const QByteArray parent = id.startsWith('s') ? R"(,"parent_task_id":"c1")" : "";
        items << R"({"id":")" + id + R"(","agent_id":"a1","status":"executing")" + parent + '}';
    }
    return FakeAnswer::with(200, R"({"items":[)" + items.join(',') + R"(],"page":)" + QByteArray::number(number)
                                     + R"(,"total_pages":)" + QByteArray::number(pages) + R"(,"total":)"
                                     + QByteArray::number(total) + '}');
}

}

// Opened anew: moc of Qt 6.4 loses its count of braces in the raw strings above.
namespace runningofagent_test {

/// All that runs of one agent, read before all of it is to be stopped.
class RunningOfAgentTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<RunningOfAgent> m_running;
    std::unique_ptr<QSignalSpy> m_found;
    std::unique_ptr<QSignalSpy> m_failed;

    void pass(Duration time = 300ms)
    {
        for (Duration gone{0}; gone < time; gone += 100ms) {
            m_clock->advance(100ms);
            for (int i = 0; i < 5; ++i)
                QTest::qWait(0);
        }
    }
    QString found()
    {
        QStringList ids;
        for (const ConversationId &id : m_found->value(0).value(1).value<QList<ConversationId>>())
            ids.append(id.value);
        return ids.join(u' ');
    }
    /// Three pages that no two looks agree on.
    void disturb(int pass)
    {
        m_network->expect(request(1), page({"c1", "c2", "p" + QByteArray::number(pass)}, 1, 3, 7));
        m_network->expect(request(2), page({"c2", "c4"}, 2, 3, 7)); // c2 slipped down, so that one slipped past
        m_network->expect(request(3), page({"c6"}, 3, 3, 7));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_clock = std::make_unique<FakeClock>();
        m_network = std::make_unique<FakeNetwork>();
        Connection connection;
        connection.address = QUrl(u"https://h.test"_s);
        auto budget = std::make_shared<RequestBudget>(1000, 10000, *m_clock);
        const auto gateway = std::make_shared<Gateway>(connection, *Secret::fromInput(u"a-key"_s), budget, *m_clock,
                                                       m_network->factory());
        m_running = std::make_unique<RunningOfAgent>(gateway, *m_clock);
        m_found = std::make_unique<QSignalSpy>(m_running.get(), &RunningOfAgent::found);
        m_failed = std::make_unique<QSignalSpy>(m_running.get(), &RunningOfAgent::failed);
    }
    void cleanup()
    {
        m_running.reset();
        QCOMPARE(m_network->unexpected(), QList<QByteArray>());
        QVERIFY(m_network->allAsked());
    }

    void allPagesAreReadAndSubTasksLeftOut()
    {
        m_network->expect(request(1), page({"c1", "s1", "c2"}, 1, 3, 7));
        m_network->expect(request(2), page({"c3", "c4"}, 2, 3, 7));
        m_network->expect(request(3), page({"s2", "c5"}, 3, 3, 7));
        QSignalSpy pages(m_running.get(), &RunningOfAgent::pageRead);
        m_running->read({u"a1"_s});
        pass(1s);
        QCOMPARE(m_found->count(), 1);
        QCOMPARE(m_found->first().first().value<AgentId>(), AgentId{u"a1"_s});
        QCOMPARE(found(), u"c1 c2 c3 c4 c5"_s);
        QCOMPARE(pages.count(), 3); // for the table
        QCOMPARE(m_running->reading().state, State::Done);
        QVERIFY(!m_running->reading().disturbed);
    }

    void itSaysHowFarItIs()
    {
        for (int number = 1; number <= 2; ++number)
            m_network->expect(request(number), FakeAnswer::hangs());
        m_running->read({u"a1"_s});
        pass();
        QCOMPARE(m_running->reading(), (RunningReading{State::Reading, {u"a1"_s}, 0, 0, 1, false}));
        m_network->answer(request(1), page({"c1", "c2"}, 1, 2, 3));
        pass();
        QCOMPARE(m_running->reading(), (RunningReading{State::Reading, {u"a1"_s}, 2, 3, 1, false}));
        m_network->answer(request(2), page({"c3"}, 2, 2, 3));
        pass();
        QCOMPARE(found(), u"c1 c2 c3"_s);
    }

    void aDisturbedPassIsRepeated()
    {
        disturb(1);
        m_network->expect(request(1), page({"c1", "c2", "c3"}, 1, 2, 4));
        m_network->expect(request(2), page({"c4"}, 2, 2, 4));
        m_running->read({u"a1"_s});
        pass(2s);
        QCOMPARE(m_found->count(), 1);
        QCOMPARE(found(), u"c1 c2 p1 c4 c6 c3"_s); // whatever was seen in either
        QVERIFY(!m_running->reading().disturbed);
        QCOMPARE(m_running->reading().pass, 2);
    }

    void afterFourDisturbedPassesWhatWasSeenIsTaken()
    {
        for (int number = 1; number <= RunningOfAgent::mostPasses; ++number)
            disturb(number);
        m_running->read({u"a1"_s});
        pass(5s);
        QCOMPARE(m_found->count(), 1);
        QCOMPARE(found(), u"c1 c2 p1 c4 c6 p2 p3 p4"_s);
        QVERIFY(m_running->reading().disturbed);
    }

    void aFailureEndsItAndNothingIsFound()
    {
        m_network->expect(request(1), page({"c1"}, 1, 2, 60));
        m_network->expect(request(2), FakeAnswer::with(500));
        m_running->read({u"a1"_s});
        pass(1s);
        QCOMPARE(m_failed->count(), 1);
        QCOMPARE(m_failed->first().first().value<Failure>().kind, FailureKind::ServerError);
        QCOMPARE(m_found->count(), 0);
        QCOMPARE(m_running->reading().state, State::Failed);
    }

    void itCanBeCancelled()
    {
        m_network->expect(request(1), FakeAnswer::hangs());
        m_running->read({u"a1"_s});
        pass();
        m_running->cancel();
        m_network->answer(request(1), page({"c1"}, 1, 1, 1));
        pass();
        QCOMPARE(m_found->count() + m_failed->count(), 0);
        QCOMPARE(m_running->reading().state, State::None);
    }

    void askedTwiceItReadsOnce()
    {
        m_network->expect(request(1), page({"c1"}, 1, 1, 1));
        m_running->read({u"a1"_s});
        m_running->read({u"a1"_s});
        pass();
        QCOMPARE(m_found->count(), 1);
    }

    void anotherAgentTakesItsPlace()
    {
        m_network->expect(request(1), FakeAnswer::hangs());
        m_network->expect("GET /v1/agents/a2/tasks?", page({"x1"}, 1, 1, 1));
        m_running->read({u"a1"_s});
        pass();
        m_running->read({u"a2"_s});
        pass();
        QCOMPARE(found(), u"x1"_s);
        QCOMPARE(m_found->first().first().value<AgentId>(), AgentId{u"a2"_s});
    }
};

}

STOPDESK_TEST(runningofagent, RunningOfAgentTest, QCoreApplication)

#include "tst_runningofagent.moc"
