#include "tests/app/demo/democlient.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QTest>

namespace orders_test {

using namespace Qt::StringLiterals;
using demo::Order;

/// The queue and the delegated work: what is ordered beside the stop of a conversation.
class TestOrders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theQueueIsClearedAndThinnedOnItsOwn();
    void aStopKeepsTheQueueAlthoughAskedToClearIt();
    void runStateListsFewerMessagesThanWait();
    void aMessageIsPickedUpInsteadOfDiscarded();
    void nobodyMayDiscard();
    void whatDoesNotWaitIsNotFound();
    void subtasksRunOnUntilTheyAreStoppedOneByOne();
    void aSubtaskTakesItsStopAndRunsOn();
    void theStopOfATaskNeedsNoBody_data();
    void theStopOfATaskNeedsNoBody();
    void theStopOfATaskIsAnsweredAsItsScenarioSays_data();
    void theStopOfATaskIsAnsweredAsItsScenarioSays();
    void everyOrderIsCountedForItsId();

private:
    DemoClient m_demo;
};

void TestOrders::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QVERIFY(m_demo.open());
}

void TestOrders::cleanup()
{
    m_demo.close();
}

void TestOrders::theQueueIsClearedAndThinnedOnItsOwn()
{
    QCOMPARE(m_demo.runState(u"Three messages wait")[u"queued_messages"][1][u"id"],
             DemoGateway::messageId(u"Three messages wait", 1));
    QCOMPARE(m_demo.discard(u"Three messages wait", 1).status, 200);
    QCOMPARE(m_demo.runState(u"Three messages wait")[u"queued_messages"][1][u"text"], u"please stop"_s);
    QCOMPARE(m_demo.discard(u"Three messages wait", 1).status, 404);
    QCOMPARE(m_demo.clearQueue(u"Three messages wait").status, 200);
    const QJsonObject after = m_demo.runState(u"Three messages wait");
    QCOMPARE(after[u"queue_depth"], 0);
    QCOMPARE(after[u"is_running"], true);
}

void TestOrders::aStopKeepsTheQueueAlthoughAskedToClearIt()
{
    QCOMPARE(m_demo.stop(u"Keeps its queue", true).status, 200);
    const QJsonObject after = m_demo.runState(u"Keeps its queue");
    QCOMPARE(after[u"is_running"], false);
    QCOMPARE(after[u"queue_depth"], 2);
    QCOMPARE(after[u"queued_messages"].toArray().size(), 2);

    QCOMPARE(m_demo.clearQueue(u"Keeps its queue").status, 200);
    QCOMPARE(m_demo.runState(u"Keeps its queue")[u"queue_depth"], 0);
}

void TestOrders::runStateListsFewerMessagesThanWait()
{
    const QJsonObject before = m_demo.runState(u"Lists fewer messages than wait");
    QCOMPARE(before[u"queue_depth"], 5);
    QCOMPARE(before[u"queued_messages"].toArray().size(), 3);

    QCOMPARE(m_demo.discard(u"Lists fewer messages than wait", 0).status, 200);
    const QJsonObject after = m_demo.runState(u"Lists fewer messages than wait");
    QCOMPARE(after[u"queue_depth"], 4);
    QCOMPARE(after[u"queued_messages"][2][u"id"], DemoGateway::messageId(u"Lists fewer messages than wait", 3));

    QCOMPARE(m_demo.stop(u"Lists fewer messages than wait", true).status, 200);
    QCOMPARE(m_demo.runState(u"Lists fewer messages than wait")[u"queue_depth"], 0);
}

void TestOrders::aMessageIsPickedUpInsteadOfDiscarded()
{
    QCOMPARE(m_demo.runState(u"Message is picked up meanwhile")[u"queue_depth"], 1);
    const QString turn = m_demo.record(u"Message is picked up meanwhile")[u"started_at"].toString();

    const Got got = m_demo.discard(u"Message is picked up meanwhile", 0);
    QCOMPARE(got.status, 404);
    QCOMPARE(got.detail(), u"Message not found"_s);

    const QJsonObject after = m_demo.runState(u"Message is picked up meanwhile");
    QCOMPARE(after[u"queue_depth"], 0);
    QCOMPARE(after[u"queued_messages"].toArray().size(), 0);
    QCOMPARE(after[u"is_running"], true);
    const QJsonObject record = m_demo.record(u"Message is picked up meanwhile");
    QCOMPARE(record[u"input"][u"text"], u"Also include the partners list"_s);
    QVERIFY(record[u"started_at"].toString() > turn);
}

void TestOrders::nobodyMayDiscard()
{
    QCOMPARE(m_demo.discard(u"Refuses to discard (403)", 0).status, 403);
    QCOMPARE(m_demo.clearQueue(u"Refuses to discard (403)").status, 403);
    QCOMPARE(m_demo.clearQueue(u"Refuses to discard (403)").detail(), u"Forbidden"_s);
    QCOMPARE(m_demo.runState(u"Refuses to discard (403)")[u"queue_depth"], 2);

    QCOMPARE(m_demo.stop(u"Refuses to discard (403)", true).status, 200);
    QCOMPARE(m_demo.runState(u"Refuses to discard (403)")[u"queue_depth"], 0);
}

void TestOrders::whatDoesNotWaitIsNotFound()
{
    QCOMPARE(m_demo.discard(u"Three messages wait", 3).status, 404);
    QCOMPARE(m_demo.discard(u"Message is picked up meanwhile", 1).status, 404);
    QCOMPARE(m_demo.runState(u"Message is picked up meanwhile")[u"queue_depth"], 1);
    QCOMPARE(m_demo.clearQueue(u"Stops at once").status, 200);

    const QString nobody = u"00000000-1111-4222-8333-444444444444"_s;
    const QString queue = u"/v1/agents/%1/gateway/conversations/%2/queue"_s;
    QCOMPARE(m_demo.ask("DELETE", queue.arg(DemoGateway::agentId(u"Billing helper"), nobody)).status, 404);
    QCOMPARE(m_demo.ask("DELETE", queue.arg(nobody, DemoGateway::conversationId(u"Three messages wait"))).status, 404);
    QCOMPARE(m_demo.ask("POST", u"/v1/tasks/%1/stop"_s.arg(nobody)).detail(), u"Task not found"_s);
}

void TestOrders::subtasksRunOnUntilTheyAreStoppedOneByOne()
{
    DemoGateway::Options slow = DemoClient::generous();
    slow.speed = 4; // so that the late one is surely seen running
    QVERIFY(m_demo.open(slow));
    const auto running = [this] { return m_demo.runState(u"Leaves sub-tasks running")[u"active_child_id"].toString(); };
    const QString all =
        u"/v1/tasks?status=executing&parent_task_id="_s + DemoGateway::conversationId(u"Leaves sub-tasks running");
    QCOMPARE(m_demo.stop(u"Leaves sub-tasks running").status, 200);
    QCOMPARE(m_demo.runState(u"Leaves sub-tasks running")[u"is_running"], false);
    QCOMPARE(m_demo.read(all).json[u"total"], 3);
    QCOMPARE(m_demo.record(u"Leaves sub-tasks running")[u"sub_executions"].toArray().size(), 3);

    QCOMPARE(running(), DemoGateway::conversationId(u"Send batch 1 of the mailing"));
    QCOMPARE(m_demo.stopTask(u"Send batch 1 of the mailing").json[u"status"], u"stopped"_s);
    QCOMPARE(running(), DemoGateway::conversationId(u"Send batch 2 of the mailing"));
    QCOMPARE(m_demo.stopTask(u"Send batch 2 of the mailing").json[u"status"], u"stopped"_s);
    QCOMPARE(m_demo.stopTask(u"Send batch 3 of the mailing").json[u"status"], u"executing"_s);
    QCOMPARE(running(), DemoGateway::conversationId(u"Send batch 3 of the mailing"));
    QTRY_COMPARE(running(), QString());
    QCOMPARE(m_demo.record(u"Send batch 3 of the mailing")[u"is_manually_stopped"], true);
    QCOMPARE(m_demo.read(all).json[u"total"], 0);
}

void TestOrders::aSubtaskTakesItsStopAndRunsOn()
{
    QCOMPARE(m_demo.record(u"Keeps a sub-task running")[u"sub_executions"].toArray().size(), 1);
    QCOMPARE(m_demo.stop(u"Keeps a sub-task running").status, 200);
    QCOMPARE(m_demo.runState(u"Keeps a sub-task running")[u"is_running"], false);

    QCOMPARE(m_demo.stopTask(u"Watch the outbox for replies").status, 200);
    QCOMPARE(m_demo.stop(u"Stops after 8 seconds").status, 200);
    QTRY_COMPARE(m_demo.runState(u"Stops after 8 seconds")[u"is_running"], false);
    QCOMPARE(m_demo.record(u"Watch the outbox for replies")[u"status"], u"executing"_s);
    QCOMPARE(m_demo.runState(u"Keeps a sub-task running")[u"active_child_id"],
             DemoGateway::conversationId(u"Watch the outbox for replies"));
}

void TestOrders::theStopOfATaskNeedsNoBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("that of the other stop") << QByteArray(R"({"clear_queue":true})");
    QTest::newRow("no JSON") << QByteArray("stop!");
}

void TestOrders::theStopOfATaskNeedsNoBody()
{
    QFETCH(QByteArray, body);
    const Got got = m_demo.stopTask(u"Three messages wait", body);
    QCOMPARE(got.status, 200);
    QCOMPARE(got.json[u"id"], DemoGateway::conversationId(u"Three messages wait"));
    QCOMPARE(got.json[u"is_manually_stopped"], true);
    QCOMPARE(m_demo.runState(u"Three messages wait")[u"queue_depth"], 3);
}

void TestOrders::theStopOfATaskIsAnsweredAsItsScenarioSays_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("Answers 403") << 403;
    QTest::newRow("Refuses the path (422)") << 422;
    QTest::newRow("Too many requests, with Retry-After") << 429;
    QTest::newRow("Unavailable (503)") << 503;
    QTest::newRow("Unknown to the service") << 404;
    QTest::newRow("Never stops") << 200;
}

void TestOrders::theStopOfATaskIsAnsweredAsItsScenarioSays()
{
    QFETCH(int, status);
    const QString title = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(m_demo.stopTask(title).status, status);
    QCOMPARE(m_demo.listed(title)[u"status"], u"executing"_s);
}

void TestOrders::everyOrderIsCountedForItsId()
{
    const QString conversation = DemoGateway::conversationId(u"Refuses to discard (403)");
    const QString second = DemoGateway::messageId(u"Refuses to discard (403)", 1);
    m_demo.discard(u"Refuses to discard (403)", 1);
    m_demo.discard(u"Refuses to discard (403)", 1);
    m_demo.clearQueue(u"Refuses to discard (403)");
    m_demo.stop(u"Refuses to discard (403)");
    m_demo.stopTask(u"Refuses to discard (403)");
    m_demo.stopTask(u"Refuses to discard (403)");
    m_demo.runState(u"Refuses to discard (403)");

    const DemoGateway &gateway = m_demo.gateway();
    QCOMPARE(gateway.received(Order::DiscardMessage, second), 2);
    QCOMPARE(gateway.received(Order::DiscardMessage, DemoGateway::messageId(u"Refuses to discard (403)", 0)), 0);
    QCOMPARE(gateway.received(Order::ClearQueue, conversation), 1);
    QCOMPARE(gateway.received(Order::StopConversation, conversation), 1);
    QCOMPARE(gateway.received(Order::StopTask, conversation), 2);
    QCOMPARE(gateway.stopsReceived(conversation), 3);
    QCOMPARE(gateway.stopsReceived(DemoGateway::conversationId(u"Stops at once")), 0);
}

}

STOPDESK_TEST(orders, TestOrders, QCoreApplication)
#include "tst_orders.moc"
