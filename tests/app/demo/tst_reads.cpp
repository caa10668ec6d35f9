#include "tests/app/demo/democlient.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QTcpSocket>
#include <QTest>

namespace reads_test {

using namespace Qt::StringLiterals;

/// Where reads say less than the truth, or another one than each other.
class TestReads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void onceStoppedItCannotBeReadAnyMore();
    void runStateHasNeverHeardOfIt();
    void theListNoticesTheEndLate();
    void theRecordSaysThatToolsChangedThings();

private:
    DemoClient m_demo;
};

void TestReads::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QVERIFY(m_demo.open());
}

void TestReads::cleanup()
{
    m_demo.close();
}

void TestReads::onceStoppedItCannotBeReadAnyMore()
{
    const QString runState = m_demo.conversationPath(u"Cannot be read") + u"/run-state"_s;
    const QString record = u"/v1/tasks/"_s + DemoGateway::conversationId(u"Cannot be read");
    QCOMPARE(m_demo.read(runState).json[u"is_running"], true);
    QCOMPARE(m_demo.read(record).status, 200);

    QTcpSocket socket;
    QCOMPARE(m_demo.rawStop(socket, u"Cannot be read"), QByteArray());
    QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_demo.read(runState).status, 503);
        QCOMPARE(m_demo.read(record).status, 503);
    }
    QCOMPARE(m_demo.listed(u"Cannot be read")[u"status"], u"executing"_s);
}

void TestReads::runStateHasNeverHeardOfIt()
{
    const QString id = DemoGateway::conversationId(u"Unknown to the service");
    const QJsonObject defaults{{u"conversation_id"_s, id},
                               {u"is_running"_s, false},
                               {u"is_steerable"_s, false},
                               {u"steer_target"_s, u"none"_s},
                               {u"active_child_id"_s, QJsonValue::Null},
                               {u"queue_depth"_s, 0},
                               {u"queued_messages"_s, QJsonArray()},
                               {u"execution_status"_s, QJsonValue::Null},
                               {u"conversation_state"_s, u"regular"_s}};
    QCOMPARE(m_demo.listed(u"Unknown to the service")[u"status"], u"executing"_s);
    QCOMPARE(m_demo.runState(u"Unknown to the service"), defaults);

    QCOMPARE(m_demo.stop(u"Unknown to the service").status, 200);
    QCOMPARE(m_demo.runState(u"Unknown to the service"), defaults);
    QCOMPARE(m_demo.read(u"/v1/tasks/"_s + id).detail(), u"Task not found"_s);
    QCOMPARE(m_demo.listed(u"Unknown to the service")[u"status"], u"executing"_s);
}

void TestReads::theListNoticesTheEndLate()
{
    DemoGateway::Options options = DemoClient::generous();
    options.speed = 60; // two seconds
    QVERIFY(m_demo.open(options));
    const auto executing = [this] {
        const Got got = m_demo.read(u"/v1/tasks?status=executing&per_page=50"_s);
        return got.text.contains("\"The list lags behind\"");
    };
    QCOMPARE(m_demo.stop(u"The list lags behind").status, 200);
    const QJsonObject idle = m_demo.runState(u"The list lags behind");
    QCOMPARE(idle[u"is_running"], false);
    QCOMPARE(idle[u"execution_status"], u"stopped"_s);
    QVERIFY(executing());
    const QJsonObject early = m_demo.record(u"The list lags behind");
    QCOMPARE(early[u"status"], u"executing"_s);
    QCOMPARE(early[u"is_manually_stopped"], false);
    QVERIFY(early[u"finished_at"].isNull());

    QCOMPARE(m_demo.stop(u"The list lags behind").status, 200); // hastens nothing
    QVERIFY(executing());
    QTRY_VERIFY(!executing());
    QCOMPARE(m_demo.listed(u"The list lags behind")[u"status"], u"stopped"_s);
    QCOMPARE(m_demo.record(u"The list lags behind")[u"is_manually_stopped"], true);
}

void TestReads::theRecordSaysThatToolsChangedThings()
{
    QCOMPARE(m_demo.record(u"Changes things elsewhere")[u"used_mutating_tools"], true);
    QCOMPARE(m_demo.record(u"Stops at once")[u"used_mutating_tools"], false);
    QCOMPARE(m_demo.stop(u"Changes things elsewhere").status, 200);
    QCOMPARE(m_demo.runState(u"Changes things elsewhere")[u"is_running"], false);
    QCOMPARE(m_demo.record(u"Changes things elsewhere")[u"used_mutating_tools"], true);
}

}

STOPDESK_TEST(reads, TestReads, QCoreApplication)
#include "tst_reads.moc"
