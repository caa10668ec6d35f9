#include "tests/app/demo/democlient.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QSet>
#include <QTemporaryDir>
#include <QTcpSocket>
#include <QTest>

#include <sys/stat.h>

namespace demogateway_test {

using namespace Qt::StringLiterals;

class TestDemoGateway : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theAddressIsOnLoopbackAndStaysTheSame();
    void aKeyIsNeeded_data();
    void aKeyIsNeeded();
    void eachGatewayHasAKeyOfItsOwn();
    void aPageThatComesUnderAnotherNameIsTurnedAway_data();
    void aPageThatComesUnderAnotherNameIsTurnedAway();
    void routesThatStartOrEraseWorkDoNotExist_data();
    void routesThatStartOrEraseWorkDoNotExist();
    void theRequestIdComesBack();
    void whoAsksToCloseIsToldSoAndClosed();
    void agentsComeInPagesAndOneHasNoId();
    void conversationsComeInPagesWithoutRepetition();
    void conversationsAreFiltered_data();
    void conversationsAreFiltered();
    void oneRequestShowsEverythingThatRuns();
    void theTurnIsYoungerThanTheConversation();
    void aRecordTellsThePersonAndHoldsSecrets();
    void oddRowsAreThere();
    void theDemoCanBeLarge();
    void fiveHundredCanBeStoppedAtOnceOrWithinEightSeconds();
    void unknownIdsAreNotFound();
    void theMinuteIsLimited();
    void theHourIsLimited();
    void aHangingRequestDoesNotKeepTheGatewayAlive();
    void whatIsKeptGoesOnAndWhatIsNotBeginsAnew();
    void aLineThatWasCutOffLosesNothingElse();
    void whatCannotBeKeptIsSaid();

private:
    DemoGateway::Options keptIn(const QString &folder) const
    {
        DemoGateway::Options options = DemoClient::generous();
        options.keepIn = folder;
        return options;
    }
    DemoClient m_demo;
};

void TestDemoGateway::init()
{
    QVERIFY(m_demo.open());
}

void TestDemoGateway::cleanup()
{
    m_demo.close();
}

void TestDemoGateway::theAddressIsOnLoopbackAndStaysTheSame()
{
    QCOMPARE(m_demo.address().host(), u"127.0.0.1"_s);
    QCOMPARE(m_demo.address().scheme(), u"http"_s);
    QVERIFY(m_demo.address().port() > 0);
    QCOMPARE(m_demo.gateway().start(), m_demo.address());
}

void TestDemoGateway::aKeyIsNeeded_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::newRow("key") << QByteArray("x-api-key") << QByteArray("KEY") << 200;
    QTest::newRow("bearer") << QByteArray("Authorization") << QByteArray("Bearer KEY") << 200;
    QTest::newRow("wrong key") << QByteArray("x-api-key") << QByteArray("demo-key") << 401;
    QTest::newRow("wrong bearer") << QByteArray("Authorization") << QByteArray("Bearer x") << 401;
    QTest::newRow("none") << QByteArray("Accept") << QByteArray("*/*") << 401;
}

void TestDemoGateway::aKeyIsNeeded()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(int, status);
    const Got got = m_demo.askWith({{header, value.replace("KEY", m_demo.key())}}, "GET", u"/v1/agents"_s);
    QCOMPARE(got.status, status);
    QCOMPARE(got.detail(), status == 401 ? u"Invalid or missing API key"_s : QString());
}

void TestDemoGateway::eachGatewayHasAKeyOfItsOwn()
{
    const QTemporaryDir folder;
    QStringList keys;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(m_demo.open(keptIn(folder.path()))); // also where it goes on
        QCOMPARE(m_demo.read(u"/v1/agents"_s).status, 200);
        keys.append(m_demo.gateway().key());
        QVERIFY2(keys.last().size() >= 32, qPrintable(keys.last()));
    }
    QCOMPARE(keys.removeDuplicates(), 0);
    QFile log(folder.filePath(u"service.jsonl"_s));
    QVERIFY(log.open(QFile::ReadOnly));
    const QByteArray kept = log.readAll();
    QVERIFY(!kept.isEmpty());
    for (const QString &key : keys) {
        QVERIFY(!kept.contains(key.toLatin1()));
    }
}

void TestDemoGateway::aPageThatComesUnderAnotherNameIsTurnedAway_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    QTest::newRow("its address") << QByteArray("Host: ADDRESS\r\n") << 200;
    QTest::newRow("a name that leads here") << QByteArray("Host: rebound.example:PORT\r\n") << 421;
    QTest::newRow("a name that begins alike") << QByteArray("Host: 127.0.0.1.rebound.example:PORT\r\n") << 421;
    QTest::newRow("another port") << QByteArray("Host: 127.0.0.1:1\r\n") << 421;
    QTest::newRow("no port") << QByteArray("Host: 127.0.0.1\r\n") << 421;
    QTest::newRow("none") << QByteArray() << 421;
}

void TestDemoGateway::aPageThatComesUnderAnotherNameIsTurnedAway()
{
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    host.replace("ADDRESS", m_demo.host()).replace("PORT", QByteArray::number(m_demo.address().port()));
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, quint16(m_demo.address().port()));
    socket.write("GET /v1/agents HTTP/1.1\r\n" + host + "x-api-key: " + m_demo.key() + "\r\nConnection: close\r\n\r\n");
    QTRY_COMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
    const QByteArray answer = socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(status)), answer.constData());
    QCOMPARE(answer.contains("Billing helper"), status == 200);
}

void TestDemoGateway::routesThatStartOrEraseWorkDoNotExist_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("end");
    QTest::newRow("erase") << QByteArray("DELETE") << u"/v1/tasks/TASK"_s;
    QTest::newRow("drain") << QByteArray("POST") << u"/v1/agents/AGENT/gateway/conversations/TASK/drain/stream"_s;
    QTest::newRow("drain, newer") << QByteArray("POST") << u"/v1/agents/AGENT/conversations/TASK/drain/stream"_s;
    QTest::newRow("invoke") << QByteArray("POST") << u"/v1/agents/AGENT/invoke"_s;
    QTest::newRow("invoke, stream") << QByteArray("POST") << u"/v1/agents/AGENT/invoke/stream"_s;
    QTest::newRow("message") << QByteArray("POST") << u"/v1/agents/AGENT/gateway/conversations/TASK/messages"_s;
    QTest::newRow("edit") << QByteArray("POST") << u"/v1/agents/AGENT/gateway/conversations/TASK/edit"_s;
    QTest::newRow("stop by GET") << QByteArray("GET") << u"/v1/agents/AGENT/gateway/conversations/TASK/stop"_s;
    QTest::newRow("queue, newer") << QByteArray("DELETE") << u"/v1/agents/AGENT/conversations/TASK/queue"_s;
    QTest::newRow("nothing") << QByteArray("GET") << u"/"_s;
}

void TestDemoGateway::routesThatStartOrEraseWorkDoNotExist()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, end);
    end.replace(u"TASK"_s, DemoGateway::conversationId(u"Stops at once"));
    end.replace(u"AGENT"_s, DemoGateway::agentId(u"Billing helper"));
    const Got got = m_demo.ask(verb, end);
    QCOMPARE(got.status, 404);
    QCOMPARE(got.detail(), u"Not Found"_s);
    QCOMPARE(m_demo.runState(u"Stops at once")[u"is_running"], true);
}

void TestDemoGateway::theRequestIdComesBack()
{
    const Got known = m_demo.askWith({{"x-api-key", m_demo.key()}, {"X-Request-ID", "abc-1"}}, "GET", u"/v1/agents"_s);
    QCOMPARE(known.reply->rawHeader("X-Request-ID"), QByteArray("abc-1"));
    const Got unknown = m_demo.askWith({{"X-Request-ID", "abc-2"}}, "GET", u"/nowhere"_s);
    QCOMPARE(unknown.reply->rawHeader("X-Request-ID"), QByteArray("abc-2"));
    QVERIFY(!m_demo.read(u"/v1/agents"_s).reply->hasRawHeader("X-Request-ID"));
}

void TestDemoGateway::whoAsksToCloseIsToldSoAndClosed()
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, quint16(m_demo.address().port()));
    socket.write("GET /v1/agents HTTP/1.1\r\nHost: " + m_demo.host() + "\r\nx-api-key: " + m_demo.key()
                 + "\r\nConnection: close\r\n\r\n");
    QTRY_COMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
    QVERIFY(socket.readAll().contains("\r\nConnection: close\r\n"));
    QVERIFY(!m_demo.read(u"/v1/agents"_s).reply->hasRawHeader("Connection"));
}

void TestDemoGateway::agentsComeInPagesAndOneHasNoId()
{
    QStringList names;
    int withoutId = 0;
    for (int page = 1; page <= 3; ++page) {
        const Got got = m_demo.read(u"/v1/agents?per_page=3&page=%1"_s.arg(page));
        QCOMPARE(got.json[u"total"], 7);
        QCOMPARE(got.json[u"total_pages"], 3);
        for (const QJsonValue &agent : got.json[u"items"].toArray()) {
            names.append(agent[u"name"].toString());
            withoutId += agent[u"id"].isNull() ? 1 : 0;
        }
    }
    QCOMPARE(names.size(), 7);
    QCOMPARE(QSet<QString>(names.cbegin(), names.cend()).size(), 7);
    QCOMPARE(withoutId, 1);
    QCOMPARE(m_demo.read(u"/v1/agents?page=9"_s).json[u"items"].toArray().size(), 0);
}

void TestDemoGateway::conversationsComeInPagesWithoutRepetition()
{
    const int total = m_demo.read(u"/v1/tasks"_s).json[u"total"].toInt();
    QVERIFY2(total > 150, "several pages, so that older ones must be asked for");
    QSet<QString> ids;
    for (int page = 1; page <= (total + 49) / 50; ++page) {
        for (const QJsonValue &task :
             m_demo.read(u"/v1/tasks?per_page=50&page=%1"_s.arg(page)).json[u"items"].toArray()) {
            ids.insert(task[u"id"].toString());
        }
    }
    QCOMPARE(ids.size(), total);
}

void TestDemoGateway::conversationsAreFiltered_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    const QString parent = DemoGateway::conversationId(u"Leaves sub-tasks running");
    QTest::newRow("state") << u"status"_s << u"failed"_s;
    QTest::newRow("own state") << u"internal_status"_s << u"needs approval"_s;
    QTest::newRow("agent") << u"agent_id"_s << DemoGateway::agentId(u"Returns desk");
    QTest::newRow("parent") << u"parent_task_id"_s << parent;
    QTest::newRow("asking agent") << u"triggering_agent_id"_s << DemoGateway::agentId(u"Sales outreach");
    QTest::newRow("person") << u"user_id"_s << QString();
}

void TestDemoGateway::conversationsAreFiltered()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    if (value.isEmpty()) {
        value = m_demo.record(u"Stops at once")[u"input"][u"user"][u"id"].toString();
    }
    const QString query = u"?per_page=50&%1=%2"_s.arg(field, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    const Got got = m_demo.read(u"/v1/tasks"_s + query);
    QVERIFY(!got.json[u"items"].toArray().isEmpty());
    QVERIFY(got.json[u"total"].toInt() < m_demo.read(u"/v1/tasks"_s).json[u"total"].toInt());
    for (const QJsonValue &task : got.json[u"items"].toArray()) {
        QCOMPARE(task[field].toString(), value);
    }
    const QString agent = got.json[u"items"][0][u"agent_id"].toString();
    const Got underAgent = m_demo.read(u"/v1/agents/%1/tasks"_s.arg(agent) + query);
    QVERIFY(!underAgent.json[u"items"].toArray().isEmpty());
    for (const QJsonValue &task : underAgent.json[u"items"].toArray()) {
        QCOMPARE(task[u"agent_id"].toString(), agent);
        QCOMPARE(task[field].toString(), value);
    }
}

void TestDemoGateway::oneRequestShowsEverythingThatRuns()
{
    const QJsonObject running = m_demo.read(u"/v1/tasks?status=executing&per_page=50"_s).json;
    QVERIFY(running[u"total"].toInt() >= 30);
    QCOMPARE(running[u"total_pages"], 1);
}

void TestDemoGateway::theTurnIsYoungerThanTheConversation()
{
    const auto time = [](const QJsonObject &task, QStringView field) {
        const QString text = task[field].toString();
        return text.endsWith(u'Z') ? QDateTime::fromString(text, Qt::ISODateWithMs) : QDateTime();
    };
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QJsonObject task = m_demo.record(u"Stops at once");
    QVERIFY(qAbs(time(task, u"started_at").secsTo(now) - 18 * 60) < 60);
    QVERIFY(time(task, u"created_at").secsTo(now) > 24 * 3600);
    QVERIFY(time(m_demo.record(u"Refund ORD-88213 keeps being paid"), u"started_at").secsTo(now) > 2 * 3600);
}

void TestDemoGateway::aRecordTellsThePersonAndHoldsSecrets()
{
    const QJsonObject task = m_demo.record(u"Stops at once");
    QCOMPARE(task[u"input"][u"user"][u"email"], u"dana@acme.example"_s);
    QCOMPARE(task[u"is_manually_stopped"], false);
    QVERIFY(task[u"user_tokens"][u"mail"].toString().contains(u"CANARY"_s));
    QVERIFY(!m_demo.read(u"/v1/tasks?per_page=50"_s).text.contains("CANARY"));
    QVERIFY(m_demo.record(u"Weekly outreach to 4,000 contacts")[u"input"][u"user"].isNull());
}

void TestDemoGateway::oddRowsAreThere()
{
    QStringList titles;
    QSet<QString> states;
    for (const QJsonValue &task : m_demo.firstTasks()) {
        titles.append(task[u"title"].toString(u"untitled"_s));
        states.insert(task[u"status"].toString());
    }
    const QString all = titles.join(u'\n');
    QVERIFY(all.contains(u"<b>"_s) && all.contains(u'&') && all.contains(u"%1"_s) && all.contains(QChar(0x202E)));
    QVERIFY(std::any_of(titles.cbegin(), titles.cend(), [](const QString &title) { return title.size() > 80; }));
    QVERIFY(states.contains(u"reviewing"_s) && states.contains(u"paused"_s) && states.contains(u"pending"_s));
    QCOMPARE(titles.count(u"untitled"_s), 1);
}

void TestDemoGateway::theDemoCanBeLarge()
{
    const int small = m_demo.read(u"/v1/tasks"_s).json[u"total"].toInt();
    DemoGateway::Options options = DemoClient::generous();
    options.extraConversations = 10000;
    QVERIFY(m_demo.open(options));
    QCOMPARE(m_demo.read(u"/v1/tasks"_s).json[u"total"], small + 10000);
    QVERIFY(m_demo.read(u"/v1/tasks?status=executing"_s).json[u"total"].toInt() > 500 + 9500 / 40);
}

void TestDemoGateway::fiveHundredCanBeStoppedAtOnceOrWithinEightSeconds()
{
    const auto running = [this] { return m_demo.read(u"/v1/tasks?status=executing"_s).json[u"total"].toInt(); };
    const int scenarios = running();
    DemoGateway::Options options = DemoClient::generous();
    options.extraConversations = 500;
    QVERIFY(m_demo.open(options));
    QCOMPARE(running(), scenarios + 500);
    const auto title = [](int number) { return u"Order %1: question about delivery"_s.arg(number); };
    for (const int number : {20000, 20008}) { // one at once, one after 8 s, here twenty times as fast
        const QString agent = m_demo.record(title(number))[u"agent_id"].toString();
        const QString path = u"/v1/agents/%1/gateway/conversations/%2/stop"_s;
        const Got stopped = m_demo.ask("POST", path.arg(agent, DemoGateway::conversationId(title(number))),
                                       R"({"clear_queue":false})");
        QCOMPARE(stopped.status, 200);
    }
    QCOMPARE(running(), scenarios + 499);
    QTRY_COMPARE(running(), scenarios + 498);
}

void TestDemoGateway::unknownIdsAreNotFound()
{
    const QString agent = DemoGateway::agentId(u"Billing helper");
    const QString nobody = u"00000000-1111-4222-8333-444444444444"_s;
    const QString path = u"/v1/agents/%1/gateway/conversations/%2"_s;
    const QByteArray body = R"({"clear_queue":false})";
    QCOMPARE(m_demo.read(path.arg(agent, nobody) + u"/run-state"_s).status, 404);
    QCOMPARE(m_demo.ask("POST", path.arg(agent, nobody) + u"/stop"_s, body).status, 404);
    QCOMPARE(m_demo.read(u"/v1/tasks/"_s + nobody).status, 404);
    QCOMPARE(m_demo.read(u"/v1/agents/%1/tasks"_s.arg(nobody)).status, 404);
    // The conversation exists, under another agent.
    const QString foreign = DemoGateway::conversationId(u"Hangs");
    QCOMPARE(m_demo.ask("POST", path.arg(agent, foreign) + u"/stop"_s, body).status, 404);
}

void TestDemoGateway::theMinuteIsLimited()
{
    QVERIFY(m_demo.open({0, 5, 1000, 1, false}));
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(m_demo.read(u"/v1/agents"_s).status, 200);
    }
    const Got refused = m_demo.read(u"/v1/agents"_s);
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.detail(), u"Rate limit exceeded"_s);
    QCOMPARE(refused.reply->rawHeader("X-RateLimit-Limit"), QByteArray("5"));
    QCOMPARE(refused.reply->rawHeader("X-RateLimit-Remaining"), QByteArray("0"));
    const qint64 wait = refused.reply->rawHeader("X-RateLimit-Reset").toLongLong() - QDateTime::currentSecsSinceEpoch();
    QVERIFY2(wait > 50 && wait <= 61, QByteArray::number(wait).constData());
    QCOMPARE(m_demo.gateway().requestsReceived(), 6);
}

void TestDemoGateway::theHourIsLimited()
{
    QVERIFY(m_demo.open({0, 100, 3, 1, false}));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_demo.read(u"/v1/agents"_s).status, 200);
    }
    const Got refused = m_demo.read(u"/v1/agents"_s);
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.reply->rawHeader("X-RateLimit-Limit"), QByteArray("3"));
    const qint64 wait = refused.reply->rawHeader("X-RateLimit-Reset").toLongLong() - QDateTime::currentSecsSinceEpoch();
    QVERIFY(wait > 3500 && wait <= 3601);
}

void TestDemoGateway::aHangingRequestDoesNotKeepTheGatewayAlive()
{
    QTcpSocket socket;
    QCOMPARE(m_demo.rawStop(socket, u"Hangs"), QByteArray());
    m_demo.close();
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);

    const DemoGateway neverStarted(DemoClient::generous());
    QCOMPARE(neverStarted.requestsReceived(), 0);
}

/// The states that come of a stop by themselves too, and with the times at which they came.
void TestDemoGateway::whatIsKeptGoesOnAndWhatIsNotBeginsAnew()
{
    const QTemporaryDir folder;
    const QString home = folder.filePath(u"not/there/yet"_s);
    QVERIFY(m_demo.open(keptIn(home)));
    const QUrl address = m_demo.address();
    QCOMPARE(m_demo.stop(u"Stops at once").status, 200);
    QCOMPARE(m_demo.stop(u"Stops after 8 seconds").status, 200);
    QCOMPARE(m_demo.stop(u"Starts the next message").status, 200);
    QCOMPARE(m_demo.stop(u"Closes after reading the stop, and had stopped").status, 0);
    QCOMPARE(m_demo.discard(u"Three messages wait", 1).status, 200);
    QTRY_COMPARE(m_demo.runState(u"Starts the next message")[u"is_running"], true);
    const QStringList titles{u"Stops at once"_s, u"Starts the next message"_s,
                             u"Closes after reading the stop, and had stopped"_s, u"Never stops"_s};
    QList<QJsonObject> before;
    for (const QString &title : titles)
        before << m_demo.record(title);
    m_demo.close();

    QVERIFY(m_demo.open(keptIn(home)));
    QCOMPARE(m_demo.address(), address); // what the journal names is asked again
    for (const QString &title : titles) {
        const QJsonObject after = m_demo.record(title);
        const QJsonObject was = before.takeFirst();
        for (const QString &fact : {u"status"_s, u"is_manually_stopped"_s})
            QCOMPARE(after[fact], was[fact]);
        for (const QString &time : {u"started_at"_s, u"finished_at"_s, u"created_at"_s}) {
            const auto in = [&time](const QJsonObject &json) {
                return QDateTime::fromString(json[time].toString(), Qt::ISODateWithMs);
            };
            QCOMPARE(in(after).isValid(), in(was).isValid());
            QVERIFY(qAbs(in(after).msecsTo(in(was))) < 500); // making all tasks takes some ms
        }
    }
    QTRY_COMPARE(m_demo.runState(u"Stops after 8 seconds")[u"is_running"], false);
    QCOMPARE(m_demo.runState(u"Three messages wait")[u"queue_depth"], 2);
    QCOMPARE(m_demo.stop(u"Three messages wait").status, 200);
    m_demo.close();
    QVERIFY(m_demo.open(keptIn(home)));
    QCOMPARE(m_demo.runState(u"Three messages wait")[u"is_running"], false);
    m_demo.close();

    QVERIFY(m_demo.open());
    QCOMPARE(m_demo.runState(u"Stops at once")[u"is_running"], true);
}

void TestDemoGateway::aLineThatWasCutOffLosesNothingElse()
{
    const QTemporaryDir folder;
    QVERIFY(m_demo.open(keptIn(folder.path())));
    m_demo.stop(u"Stops at once");
    m_demo.close();
    QFile file(folder.filePath(u"service.jsonl"_s));
    QVERIFY(file.open(QFile::Append));
    file.write("{\"at\": 12, \"ve");
    file.close();
    QVERIFY(m_demo.open(keptIn(folder.path())));
    m_demo.stop(u"Three messages wait");
    m_demo.close();
    QVERIFY(m_demo.open(keptIn(folder.path())));
    for (const QString &title : {u"Stops at once"_s, u"Three messages wait"_s})
        QCOMPARE(m_demo.runState(title)[u"is_running"], false);
}

void TestDemoGateway::whatCannotBeKeptIsSaid()
{
    const QTemporaryDir folder;
    QVERIFY(m_demo.open(keptIn(folder.path())));
    DemoGateway second(keptIn(folder.path())); // at the same address
    QCOMPARE(second.start(), QUrl());
    QVERIFY2(second.errorString().contains(QString::number(m_demo.address().port())), qPrintable(second.errorString()));

    QVERIFY(QFile(folder.filePath(u"no-folder"_s)).open(QFile::WriteOnly));
    DemoGateway inAFile(keptIn(folder.filePath(u"no-folder"_s)));
    QCOMPARE(inAFile.start(), QUrl());
    QVERIFY2(inAFile.errorString().contains(u"no-folder"_s), qPrintable(inAFile.errorString()));

    const QTemporaryDir withAPipe;
    const QString pipe = withAPipe.filePath(u"service.jsonl"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    DemoGateway fromAPipe(keptIn(withAPipe.path()));
    QCOMPARE(fromAPipe.start(), QUrl());
    QVERIFY2(fromAPipe.errorString().contains(pipe), qPrintable(fromAPipe.errorString()));
}

}

STOPDESK_TEST(demogateway, TestDemoGateway, QCoreApplication)
#include "tst_demogateway.moc"
