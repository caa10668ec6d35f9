#include "tests/app/demo/democlient.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTest>

namespace scenarios_test {

using namespace Qt::StringLiterals;

class TestScenarios : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void stopsAtOnceOnBothRouteFamilies_data();
    void stopsAtOnceOnBothRouteFamilies();
    void waitingMessagesStayUnlessTheyAreCleared_data();
    void waitingMessagesStayUnlessTheyAreCleared();
    void stopsLater();
    void neverStops();
    void startsTheNextMessage();
    void startsAgain();
    void startsAgainFromItsQueue();
    void startsAgainByItsSchedule();
    void wasNotRunning();
    void aScenarioAnswersAndTheTurnRunsOn_data();
    void aScenarioAnswersAndTheTurnRunsOn();
    void theTwoScenariosOf422AreInTwoStyles();
    void aRedirectPointsElsewhere();
    void theStopIsReadAndTheConnectionClosed_data();
    void theStopIsReadAndTheConnectionClosed();
    void theAnswerIsCut();
    void theAnswerNeverComes();

private:
    DemoClient m_demo;
};

void TestScenarios::init()
{
    QVERIFY(m_demo.open());
}

void TestScenarios::cleanup()
{
    m_demo.close();
}

void TestScenarios::stopsAtOnceOnBothRouteFamilies_data()
{
    QTest::addColumn<QString>("family");
    QTest::newRow("gateway") << u"/gateway/"_s;
    QTest::newRow("newer") << u"/"_s;
}

void TestScenarios::stopsAtOnceOnBothRouteFamilies()
{
    QFETCH(QString, family);
    const QString id = DemoGateway::conversationId(u"Stops at once");
    const QString base = u"/v1/agents/%1%2conversations/%3"_s.arg(DemoGateway::agentId(u"Billing helper"), family, id);
    QCOMPARE(m_demo.read(base + u"/run-state"_s).json[u"is_running"], true);

    QCOMPARE(m_demo.ask("POST", base + u"/stop"_s, R"({"clear_queue":false})").status, 200);
    QCOMPARE(m_demo.gateway().stopsReceived(id), 1);

    const QJsonObject after = m_demo.read(base + u"/run-state"_s).json;
    QCOMPARE(after[u"conversation_id"], id);
    QCOMPARE(after[u"is_running"], false);
    QCOMPARE(after[u"execution_status"], u"stopped"_s);
    const QJsonObject task = m_demo.record(u"Stops at once");
    QCOMPARE(task[u"status"], u"stopped"_s);
    QCOMPARE(task[u"is_manually_stopped"], true);
    QVERIFY(task[u"finished_at"].isString());
}

void TestScenarios::waitingMessagesStayUnlessTheyAreCleared_data()
{
    QTest::addColumn<bool>("clear");
    QTest::addColumn<int>("left");
    QTest::newRow("kept") << false << 3;
    QTest::newRow("cleared") << true << 0;
}

void TestScenarios::waitingMessagesStayUnlessTheyAreCleared()
{
    QFETCH(bool, clear);
    QFETCH(int, left);
    const QJsonObject before = m_demo.runState(u"Three messages wait");
    QCOMPARE(before[u"queue_depth"], 3);
    QCOMPARE(before[u"queued_messages"][1][u"text"], u"Stop!! wrong list"_s);
    QVERIFY(before[u"queued_messages"][1][u"user"][u"email"].toString().endsWith(u".example"_s));

    QCOMPARE(m_demo.stop(u"Three messages wait", clear).status, 200);
    const QJsonObject after = m_demo.runState(u"Three messages wait");
    QCOMPARE(after[u"is_running"], false);
    QCOMPARE(after[u"queue_depth"], left);
    QCOMPARE(after[u"queued_messages"].toArray().size(), left);
}

void TestScenarios::stopsLater()
{
    QCOMPARE(m_demo.stop(u"Stops after 8 seconds").status, 200);
    QCOMPARE(m_demo.runState(u"Stops after 8 seconds")[u"is_running"], true);
    QTRY_COMPARE(m_demo.runState(u"Stops after 8 seconds")[u"is_running"], false);
    QCOMPARE(m_demo.record(u"Stops after 8 seconds")[u"is_manually_stopped"], true);
}

void TestScenarios::neverStops()
{
    QCOMPARE(m_demo.stop(u"Never stops", true).status, 200);
    QCOMPARE(m_demo.stop(u"Stops after 8 seconds").status, 200);
    QTRY_COMPARE(m_demo.runState(u"Stops after 8 seconds")[u"is_running"], false);
    QCOMPARE(m_demo.runState(u"Never stops")[u"is_running"], true);
    QCOMPARE(m_demo.record(u"Never stops")[u"status"], u"executing"_s);
}

void TestScenarios::startsTheNextMessage()
{
    DemoGateway::Options slow = DemoClient::generous();
    slow.speed = 2; // so that a read surely falls into the idle moment
    QVERIFY(m_demo.open(slow));
    const QString first = m_demo.runState(u"Starts the next message")[u"queued_messages"][0][u"id"].toString();
    QCOMPARE(m_demo.stop(u"Starts the next message").status, 200);
    QCOMPARE(m_demo.runState(u"Starts the next message")[u"is_running"], false);
    QTRY_COMPARE(m_demo.runState(u"Starts the next message")[u"is_running"], true);
    const QJsonObject after = m_demo.runState(u"Starts the next message");
    QCOMPARE(after[u"queue_depth"], 1);
    QVERIFY(after[u"queued_messages"][0][u"id"].toString() != first);

    QCOMPARE(m_demo.stop(u"Starts the next message", true).status, 200);
    QCOMPARE(m_demo.stop(u"Stops after 8 seconds").status, 200);
    QTRY_COMPARE(m_demo.runState(u"Stops after 8 seconds")[u"is_running"], false);
    QCOMPARE(m_demo.runState(u"Starts the next message")[u"is_running"], false);
}

void TestScenarios::startsAgain()
{
    QCOMPARE(m_demo.stop(u"Starts again later").status, 200);
    QCOMPARE(m_demo.runState(u"Starts again later")[u"is_running"], false);
    QTRY_COMPARE_WITH_TIMEOUT(m_demo.runState(u"Starts again later")[u"is_running"], true, 10000);
    QCOMPARE(m_demo.record(u"Starts again later")[u"status"], u"executing"_s);
}

void TestScenarios::startsAgainFromItsQueue()
{
    QCOMPARE(m_demo.runState(u"Starts again from its queue")[u"queue_depth"], 1);
    QCOMPARE(m_demo.stop(u"Starts again from its queue").status, 200);
    const QJsonObject idle = m_demo.runState(u"Starts again from its queue");
    QCOMPARE(idle[u"is_running"], false);
    QCOMPARE(idle[u"queue_depth"], 1);

    QTRY_COMPARE(m_demo.runState(u"Starts again from its queue")[u"is_running"], true);
    QCOMPARE(m_demo.runState(u"Starts again from its queue")[u"queue_depth"], 0);
    QCOMPARE(m_demo.record(u"Starts again from its queue")[u"input"][u"text"], u"Also include the partners list"_s);
}

void TestScenarios::startsAgainByItsSchedule()
{
    QCOMPARE(m_demo.listed(u"Started by a schedule, starts again")[u"source_node_type"], u"schedule"_s);
    QVERIFY(m_demo.listed(u"Started by a schedule, starts again")[u"user_id"].isNull());
    QCOMPARE(m_demo.stop(u"Started by a schedule, starts again", true).status, 200);
    const QJsonObject idle = m_demo.runState(u"Started by a schedule, starts again");
    QCOMPARE(idle[u"is_running"], false);
    QCOMPARE(idle[u"queue_depth"], 0);

    QTRY_COMPARE(m_demo.runState(u"Started by a schedule, starts again")[u"is_running"], true);
    QCOMPARE(m_demo.record(u"Started by a schedule, starts again")[u"source"], u"schedule"_s);
}

void TestScenarios::wasNotRunning()
{
    QCOMPARE(m_demo.record(u"Was not running")[u"status"], u"executing"_s);
    QCOMPARE(m_demo.runState(u"Was not running")[u"is_running"], false);
    QCOMPARE(m_demo.stop(u"Was not running").status, 200);
    QCOMPARE(m_demo.runState(u"Was not running")[u"is_running"], false);
    QCOMPARE(m_demo.record(u"Was not running")[u"status"], u"completed"_s);
    QCOMPARE(m_demo.record(u"Was not running")[u"is_manually_stopped"], false);
}

void TestScenarios::aScenarioAnswersAndTheTurnRunsOn_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *title, int status, const QByteArray &body) {
        QTest::newRow(title) << status << body;
    };
    row("Answers 401", 401, R"({"detail":"Invalid or missing API key"})");
    row("Answers 403", 403, R"({"detail":"Forbidden"})");
    row("Answers 404", 404, R"({"detail":"Conversation not found"})");
    row("Answers 409", 409, R"({"detail":"Conversation is idle"})");
    row("Refuses the body (422)", 422, R"("clear_queue")");
    row("Refuses the path (422)", 422, R"("conversation_id")");
    row("Refuses several things (422)", 422, R"(["body",20])");
    row("Refuses in plain words (422)", 422, R"({"detail":"This)");
    row("Too many requests (429)", 429, R"({"detail":"Rate limit exceeded"})");
    row("Too many requests, with Retry-After", 429, R"({"detail":"Rate limit exceeded"})");
    row("Plan limit (429)", 429, R"({"detail":{"detail":{"detail":"Plan limit)");
    row("Server error (500)", 500, "Internal Server Error");
    row("Answers with nothing (502)", 502, "");
    row("Unavailable (503)", 503, "<html>");
    row("Answers with problem details (400)", 400, R"("title":"Bad Request")");
    row("Answers with a web page", 200, "<!DOCTYPE html>");
    row("Redirects elsewhere", 307, "");
}

void TestScenarios::aScenarioAnswersAndTheTurnRunsOn()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const QString title = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(m_demo.runState(title)[u"is_running"], true);
    const Got got = m_demo.stop(title);
    QCOMPARE(got.status, status);
    QVERIFY2(got.text.contains(body), got.text.constData());
    QCOMPARE(got.text.isEmpty(), body.isEmpty());
    QCOMPARE(got.reply->hasRawHeader("Retry-After"), title.endsWith(u"Retry-After"_s));
    QCOMPARE(got.reply->rawHeader("Content-Type").startsWith("text/html"), body.startsWith('<'));
    QCOMPARE(m_demo.runState(title)[u"is_running"], true);
    QCOMPARE(m_demo.record(title)[u"status"], u"executing"_s);
    QCOMPARE(m_demo.gateway().stopsReceived(DemoGateway::conversationId(title)), 1);
}

void TestScenarios::theTwoScenariosOf422AreInTwoStyles()
{
    const QJsonObject v1 = m_demo.stop(u"Refuses the body (422)").error();
    QCOMPARE(v1[u"type"], u"type_error.bool"_s);
    QVERIFY(!v1.contains(u"input"));
    const QJsonObject v2 = m_demo.stop(u"Refuses the path (422)").error();
    QCOMPARE(v2[u"type"], u"uuid_parsing"_s);
    QCOMPARE(v2[u"input"], DemoGateway::conversationId(u"Refuses the path (422)"));
}

void TestScenarios::aRedirectPointsElsewhere()
{
    const Got got = m_demo.stop(u"Redirects elsewhere");
    const QUrl target = QUrl::fromEncoded(got.reply->rawHeader("Location"));
    QCOMPARE(target.host(), u"127.0.0.1"_s);
    QVERIFY(target.port() > 0 && target.port() != m_demo.address().port());
    QCOMPARE(m_demo.gateway().visitsElsewhere(), 0);
    QTcpSocket visitor;
    visitor.connectToHost(target.host(), quint16(target.port()));
    QTRY_COMPARE(m_demo.gateway().visitsElsewhere(), 1);
}

void TestScenarios::theStopIsReadAndTheConnectionClosed_data()
{
    QTest::addColumn<bool>("runsAfterwards");
    QTest::newRow("Closes after reading the stop, and had stopped") << false;
    QTest::newRow("Closes after reading the stop, still runs") << true;
}

void TestScenarios::theStopIsReadAndTheConnectionClosed()
{
    QFETCH(bool, runsAfterwards);
    const QString title = QString::fromLatin1(QTest::currentDataTag());
    QTcpSocket socket;
    QCOMPARE(m_demo.rawStop(socket, title), QByteArray());
    QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(m_demo.runState(title)[u"is_running"], runsAfterwards);
    QCOMPARE(m_demo.gateway().stopsReceived(DemoGateway::conversationId(title)), 1);
}

void TestScenarios::theAnswerIsCut()
{
    QTcpSocket socket;
    const QByteArray answer = m_demo.rawStop(socket, u"Cuts its answer");
    QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(answer.startsWith("HTTP/1.1 200"));
    QVERIFY(answer.contains("Content-Length: 16\r\n"));
    QCOMPARE(answer.mid(answer.indexOf("\r\n\r\n") + 4), QByteArray("{\"stoppe"));
    QCOMPARE(m_demo.runState(u"Cuts its answer")[u"is_running"], false);
}

void TestScenarios::theAnswerNeverComes()
{
    QTcpSocket socket;
    QCOMPARE(m_demo.rawStop(socket, u"Hangs"), QByteArray());
    QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(m_demo.runState(u"Hangs")[u"is_running"], true);
}

}

STOPDESK_TEST(scenarios, TestScenarios, QCoreApplication)
#include "tst_scenarios.moc"
