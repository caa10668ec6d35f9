#include "app/gateway/gateway.h"
#include "app/words/entrywords.h"
#include "app/words/words.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

namespace entrywords_test {

using namespace Qt::StringLiterals;

/// The words for entries of the journal, and the line for a shell, which is read by one.
class TestEntryWords : public QObject {
    Q_OBJECT

private:
    static JournalEntry entry()
    {
        JournalEntry entry;
        entry.connection.name = u"Acme"_s;
        entry.connection.address = QUrl(u"https://api.example.test:8443/base"_s);
        StopReport &report = entry.report;
        report.intent = 7;
        report.operatorName = u"noa"_s;
        report.target.title = u"Refund"_s;
        report.target.agent = {u"a1"_s};
        report.target.agentName = u"Billing helper"_s;
        report.target.conversation = {u"c7"_s};
        report.target.message.id = {u"m1"_s};
        report.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);
        report.since = report.askedAt.addSecs(2);
        report.state = StopState::Stopped;
        report.request = {u"r1"_s};
        return entry;
    }

    /// The arguments that a shell gives to curl, and last what curl can read.
    static QStringList argumentsOf(const QString &line)
    {
        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XPANDER_API_KEY"_s, u"canary"_s);
        shell.setProcessEnvironment(environment);
        shell.start(u"sh"_s, {u"-c"_s, u"curl() { for a; do printf '%s\\0' \"$a\"; done; cat; }\n"_s + line});
        if (!shell.waitForFinished() || shell.exitCode() != 0)
            return {QString::fromUtf8(shell.readAllStandardError())};
        return QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(0));
    }

    /// What `Gateway` sends for the same.
    static FakeNetwork::Asked sentFor(const JournalEntry &entry)
    {
        FakeClock clock;
        FakeNetwork network;
        network.always("", FakeAnswer::with(200));
        auto budget = std::make_shared<RequestBudget>(1000, 10000, clock);
        auto channel = std::make_shared<HttpChannel>(entry.connection, *Secret::fromInput(u"canary"_s), budget, clock,
                                                     network.factory());
        Gateway gateway(entry.connection, channel);
        QObject asker;
        gateway.order(
            entry.report.target, entry.report.clearQueue, newRequestId(), [] { return true; }, &asker,
            [](const auto &) {});
        (void)QTest::qWaitFor([&] {
            clock.advance(Duration(10));
            return !network.asked().isEmpty();
        });
        return network.asked().value(0);
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void curlAsksForWhatWasAsked_data()
    {
        QTest::addColumn<JournalEntry>("entry");
        QTest::addColumn<QString>("line");
        JournalEntry asked = entry();
        QTest::newRow("stop")
            << asked
            << uR"(printf 'x-api-key: %s\n' "$XPANDER_API_KEY" | curl -g -X POST 'https://api.example.test:8443/base/v1/agents/a1/gateway/conversations/c7/stop' -H @- -H 'Content-Type: application/json' -d '{"clear_queue":false}')"_s;
        asked.report.clearQueue = ClearQueue::Yes;
        QTest::newRow("stop and clear") << asked << QString();
        asked.connection.routes = RouteFamily::Conversations;
        asked.connection.credential = CredentialKind::BearerToken;
        QTest::newRow("newer routes, token")
            << asked
            << uR"(printf 'Authorization: Bearer %s\n' "$XPANDER_API_KEY" | curl -g -X POST 'https://api.example.test:8443/base/v1/agents/a1/conversations/c7/stop' -H @- -H 'Content-Type: application/json' -d '{"clear_queue":true}')"_s;
        asked = entry();
        asked.report.target.command = Command::StopSubTask;
        QTest::newRow("sub-task")
            << asked
            << uR"(printf 'x-api-key: %s\n' "$XPANDER_API_KEY" | curl -g -X POST 'https://api.example.test:8443/base/v1/tasks/c7/stop' -H @-)"_s;
        asked.report.target.command = Command::EmptyQueue;
        QTest::newRow("queue") << asked << QString();
        asked.report.target.command = Command::DiscardMessage;
        QTest::newRow("message") << asked << QString();
        asked = entry();
        asked.report.target.agent = {u"a/b?c#d e"_s};
        asked.report.target.conversation = {u"it's $(reboot) `id` \"x\" \\ \n שלום %2e"_s};
        QTest::newRow("hostile ids") << asked << QString();
        asked.connection.address = QUrl(u"https://api.example.test/it's%20$HOME/"_s);
        QTest::newRow("hostile address") << asked << QString();
    }
    void curlAsksForWhatWasAsked()
    {
        QFETCH(JournalEntry, entry);
        QFETCH(QString, line);
        const QString curl = words::curl(entry);
        if (!line.isEmpty())
            QCOMPARE(curl, line);
        QVERIFY(!curl.contains(u'\n'));
        const FakeNetwork::Asked sent = sentFor(entry);
        const QStringList arguments = argumentsOf(curl);
        QCOMPARE(arguments.mid(0, 2), (QStringList{u"-g"_s, u"-X"_s}));
        QCOMPARE(arguments.value(2) + u' ', QString::fromLatin1(sent.line.first(arguments.value(2).size() + 1)));
        QCOMPARE(QUrl::fromEncoded(arguments.value(3).toLatin1()), sent.request.url());
        QCOMPARE(arguments.value(3).toLatin1(), sent.request.url().toEncoded());
        const QByteArray key = sent.request.hasRawHeader("x-api-key")
            ? "x-api-key: " + sent.request.rawHeader("x-api-key")
            : "Authorization: " + sent.request.rawHeader("Authorization");
        QCOMPARE(arguments.value(5), u"@-"_s);
        QCOMPARE(arguments.last().toLatin1(), key + '\n');
        const qsizetype data = arguments.indexOf(u"-d"_s);
        QCOMPARE(data >= 0 ? arguments.value(data + 1).toLatin1() : QByteArray(), sent.body);
    }

    void noProcessIsGivenTheKey_data()
    {
        QTest::addColumn<CredentialKind>("credential");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("key") << CredentialKind::ApiKey << QByteArray("x-api-key: canary-Key/7f3a %s'\"$x");
        QTest::newRow("token") << CredentialKind::BearerToken
                               << QByteArray("Authorization: Bearer canary-Key/7f3a %s'\"$x");
    }
    /// With the real curl: while it waits for its answer, what every process was started with is read.
    void noProcessIsGivenTheKey()
    {
        QFETCH(CredentialKind, credential);
        QFETCH(QByteArray, header);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        JournalEntry asked = entry();
        asked.connection.credential = credential;
        asked.connection.address = QUrl(u"http://127.0.0.1:%1/b[1-3]/{x,y}"_s.arg(server.serverPort()));
        asked.report.target.conversation = {u"it's $(echo run) `id` \"x\" \\ \n{1,2} שלום"_s};
        const FakeNetwork::Asked sent = sentFor(asked);

        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XPANDER_API_KEY"_s, u"canary-Key/7f3a %s'\"$x"_s);
        environment.insert(u"no_proxy"_s, u"*"_s);
        shell.setProcessEnvironment(environment);
        shell.start(u"sh"_s, {u"-c"_s, words::curl(asked)});
        QVERIFY2(server.waitForNewConnection(20'000), shell.readAllStandardError().constData());
        QTcpSocket *socket = server.nextPendingConnection();
        QByteArray request;
        while (!request.contains("\r\n\r\n") || !request.endsWith(sent.body)) {
            QVERIFY2(socket->waitForReadyRead(20'000), request.constData());
            request += socket->readAll();
        }
        int seen = 0;
        for (const QString &process : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
            QFile started(u"/proc/%1/cmdline"_s.arg(process));
            const QByteArray line = started.open(QFile::ReadOnly) ? started.readAll() : QByteArray();
            seen += line.startsWith("curl") && line.contains(QByteArray::number(server.serverPort())) ? 1 : 0;
            QVERIFY2(!line.contains("canary-Key"), line.constData());
        }
        QCOMPARE(seen, 1);
        QCOMPARE(request.left(request.indexOf(" HTTP/1.1\r\n")),
                 "POST " + sent.request.url().toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
        QVERIFY2(request.contains("\r\n" + header + "\r\n"), request.constData());
        QCOMPARE(request.count("canary-Key"), 1);
        QVERIFY2(request.contains("\r\nContent-Type: application/json\r\n"), request.constData());
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone");
        QVERIFY(socket->waitForBytesWritten());
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.readAllStandardOutput(), QByteArray("done"));
        QVERIFY(!server.hasPendingConnections());
    }

    void anIdThatLeadsElsewhereHasNoLine()
    {
        JournalEntry asked = entry();
        asked.report.target.conversation = {u"%2e%2e"_s};
        QCOMPARE(words::curl(asked), QString());
        asked = entry();
        asked.report.target.command = Command::DiscardMessage;
        asked.report.target.message.id = {};
        QCOMPARE(words::curl(asked), QString());
    }

    void aRowReadsAsASentence()
    {
        QCOMPARE(words::entrySentence(entry()),
                 u"Stopped 12:00:02: Stop conversation: Refund; agent Billing helper; by noa; connection Acme; "
                 "asked 13 May 2026 12:00:00 UTC. "_s
                     + words::evidence(entry().report));
    }
};

}

STOPDESK_TEST(entrywords, TestEntryWords, QCoreApplication)
#include "tst_entrywords.moc"
