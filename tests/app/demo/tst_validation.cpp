#include "tests/app/demo/democlient.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace validation_test {

using namespace Qt::StringLiterals;

static QString jsonText(const QJsonValue &value)
{
    const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray{value};
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

class TestValidation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void badPagesAreRefused_data();
    void badPagesAreRefused();
    void aBodyIsValidated_data();
    void aBodyIsValidated();
    void anIdThatIsNoUuidIsRefused_data();
    void anIdThatIsNoUuidIsRefused();
    void severalErrorsComeTogether();

private:
    DemoClient m_demo;
};

void TestValidation::init()
{
    QVERIFY(m_demo.open());
}

void TestValidation::cleanup()
{
    m_demo.close();
}

void TestValidation::badPagesAreRefused_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("v2");
    QTest::addColumn<QString>("entry");
    QTest::newRow("v1 page 0") << u"page=0"_s << false
                               << uR"([{"ctx":{"limit_value":1},"loc":["query","page"],)"
                                  uR"("msg":"ensure this value is greater than or equal to 1")"
                                  uR"(,"type":"value_error.number.not_ge"}])"_s;
    QTest::newRow("v1 51 on a page") << u"per_page=51"_s << false
                                     << uR"([{"ctx":{"limit_value":50},"loc":["query","per_page"],)"
                                        uR"("msg":"ensure this value is less than or equal to 50")"
                                        uR"(,"type":"value_error.number.not_le"}])"_s;
    QTest::newRow("v1 no number") << u"page=two"_s << false
                                  << uR"([{"loc":["query","page"],)"
                                     uR"("msg":"value is not a valid integer")"
                                     uR"(,"type":"type_error.integer"}])"_s;
    QTest::newRow("v2 page 0") << u"page=0"_s << true
                               << uR"([{"ctx":{"ge":1},"input":"0","loc":["query","page"],)"
                                  uR"("msg":"Input should be greater than or equal to 1")"
                                  uR"(,"type":"greater_than_equal"}])"_s;
    QTest::newRow("v2 no number") << u"page=two"_s << true
                                  << uR"([{"input":"two","loc":["query","page"],)"
                                     uR"("msg":"Input should be a valid integer, unable to parse string as an integer")"
                                     uR"(,"type":"int_parsing"}])"_s;
}

void TestValidation::badPagesAreRefused()
{
    QFETCH(QString, query);
    QFETCH(bool, v2);
    QFETCH(QString, entry);
    DemoGateway::Options options = DemoClient::generous();
    options.problemDetailsV2 = v2;
    QVERIFY(m_demo.open(options));
    for (const QString &path : {u"/v1/agents?"_s, u"/v1/tasks?"_s}) {
        const Got got = m_demo.read(path + query);
        QCOMPARE(got.status, 422);
        QCOMPARE(jsonText(got.json[u"detail"]), entry);
    }
    QCOMPARE(m_demo.read(u"/v1/tasks?status=running"_s).error()[u"type"], v2 ? u"enum"_s : u"type_error.enum"_s);
}

void TestValidation::aBodyIsValidated_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("v2");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QByteArray &body, const QString &v1, const QString &v2) {
        QTest::addRow("%s, v1", name) << body << false << v1;
        QTest::addRow("%s, v2", name) << body << true << v2;
    };
    const QString bad = uR"([{"loc":["body","clear_queue"],)"
                        uR"("msg":"value could not be parsed to a boolean")"
                        uR"(,"type":"type_error.bool"}])"_s;
    row("word", R"({"clear_queue":"maybe"})", bad,
        uR"([{"input":"maybe","loc":["body","clear_queue"],)"
        uR"("msg":"Input should be a valid boolean, unable to interpret input")"
        uR"(,"type":"bool_parsing"}])"_s);
    row("list", R"({"clear_queue":[1]})", bad,
        uR"([{"input":[1],"loc":["body","clear_queue"],)"
        uR"("msg":"Input should be a valid boolean")"
        uR"(,"type":"bool_type"}])"_s);
    row("null", R"({"clear_queue":null})",
        uR"([{"loc":["body","clear_queue"],)"
        uR"("msg":"none is not an allowed value")"
        uR"(,"type":"type_error.none.not_allowed"}])"_s,
        uR"([{"input":null,"loc":["body","clear_queue"],)"
        uR"("msg":"Input should be a valid boolean")"
        uR"(,"type":"bool_type"}])"_s);
    row("array", "[1,2]", uR"([{"loc":["body"],"msg":"value is not a valid dict","type":"type_error.dict"}])"_s,
        uR"([{"input":[1,2],"loc":["body"],)"
        uR"("msg":"Input should be a valid dictionary or object to extract fields from")"
        uR"(,"type":"model_attributes_type"}])"_s);
    row("none", "", uR"([{"loc":["body"],"msg":"field required","type":"value_error.missing"}])"_s,
        uR"([{"input":null,"loc":["body"],"msg":"Field required","type":"missing"}])"_s);
    row("null alone", "null", uR"([{"loc":["body"],"msg":"field required","type":"value_error.missing"}])"_s,
        uR"([{"input":null,"loc":["body"],"msg":"Field required","type":"missing"}])"_s);
    for (const char *accepted :
         {"{}", R"({"clear_queue":"yes"})", R"({"clear_queue":1})", R"({"clear_queue":true,"x":1})"}) {
        row(accepted, accepted, {}, {});
    }
}

void TestValidation::aBodyIsValidated()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, v2);
    QFETCH(QString, detail);
    DemoGateway::Options options = DemoClient::generous();
    options.problemDetailsV2 = v2;
    QVERIFY(m_demo.open(options));
    const Got got = m_demo.ask("POST", m_demo.stopPath(u"Stops at once"), body);
    QCOMPARE(got.status, detail.isEmpty() ? 200 : 422);
    if (!detail.isEmpty()) {
        QCOMPARE(jsonText(got.json[u"detail"]), detail);
    }
    QCOMPARE(m_demo.runState(u"Stops at once")[u"is_running"], !detail.isEmpty());
}

void TestValidation::anIdThatIsNoUuidIsRefused_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("parameter");
    const QString good = DemoGateway::conversationId(u"Stops at once");
    const QString agent = DemoGateway::agentId(u"Billing helper");
    for (const QString &family : {u"/gateway/"_s, u"/"_s}) {
        QTest::addRow("conversation %s", qPrintable(family))
            << QByteArray("POST") << u"/v1/agents/%1%2conversations/not-an-id/stop"_s.arg(agent, family)
            << u"conversation_id"_s;
        QTest::addRow("agent %s", qPrintable(family))
            << QByteArray("POST") << u"/v1/agents/not%20an%20id%1conversations/%2/stop"_s.arg(family, good)
            << u"agent_id"_s;
        QTest::addRow("message %s", qPrintable(family))
            << QByteArray("DELETE") << u"/v1/agents/%1%2conversations/%3/queue/7"_s.arg(agent, family, good)
            << u"message_id"_s;
    }
    QTest::newRow("queue") << QByteArray("DELETE")
                           << u"/v1/agents/%1/gateway/conversations/not-an-id/queue"_s.arg(agent)
                           << u"conversation_id"_s;
    QTest::newRow("task") << QByteArray("POST") << u"/v1/tasks/42/stop"_s << u"task_id"_s;
}

void TestValidation::anIdThatIsNoUuidIsRefused()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    QFETCH(QString, parameter);
    const Got got = m_demo.ask(verb, path, R"({"clear_queue":false})");
    QCOMPARE(got.status, 422);
    QCOMPARE(got.json[u"detail"].toArray().size(), 1);
    QCOMPARE(jsonText(got.error()),
             uR"([{"loc":["path","%1"],"msg":"value is not a valid uuid","type":"type_error.uuid"}])"_s.arg(parameter));
}

void TestValidation::severalErrorsComeTogether()
{
    const Got got = m_demo.ask("POST", u"/v1/agents/x/gateway/conversations/y/stop"_s, R"({"clear_queue":"maybe"})");
    QCOMPARE(got.json[u"detail"].toArray().size(), 3);
    const Got cut = m_demo.ask("POST", m_demo.stopPath(u"Stops at once"), R"({"clear_queue":)");
    QCOMPARE(cut.status, 422);
    QCOMPARE(cut.error()[u"type"], u"value_error.jsondecode"_s);
    QCOMPARE(cut.error()[u"loc"][0], u"body"_s);
    QVERIFY(cut.error()[u"loc"][1].isDouble());
}

}

STOPDESK_TEST(validation, TestValidation, QCoreApplication)
#include "tst_validation.moc"
