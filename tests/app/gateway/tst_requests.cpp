#include "app/gateway/gateway.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QtTest>

#include <algorithm>

namespace requests_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const AgentId agent{u"{agent}"_s};
const ConversationId conversation{u"{conversation}"_s};
const ConversationId task{u"{task}"_s};

/// One way to ask: which of Gateway's functions, and how.
struct Ask {
    QString function;
    std::function<void(Gateway &, QObject *)> ask;
};

const auto ignore = [](const auto &) {};

void order(Gateway &gateway, Command command, ClearQueue clearQueue, QObject *asker)
{
    StopTarget target;
    target.command = command;
    target.agent = agent;
    target.conversation = command == Command::StopSubTask ? task : conversation;
    target.message.id = {u"{message}"_s};
    gateway.order(target, clearQueue, newRequestId(), {}, asker, ignore);
}

/// Every function of Gateway that asks, with every choice of what changes the request.
QList<Ask> everyAsk()
{
    QList<Ask> asks{
        {u"agents"_s, [](Gateway &gateway, QObject *asker) { gateway.agents(2, 50, asker, ignore); }},
        {u"record"_s, [](Gateway &gateway, QObject *asker) { gateway.record(task, Lane::Poll, asker, ignore); }},
        {u"runState"_s, [](Gateway &gateway, QObject *asker) {
            gateway.runState(agent, conversation, Lane::Check, asker, ignore);
        }},
    };
    for (const AgentId &of : {AgentId(), agent}) {
        for (const QString &state : {QString(), u"{state}"_s}) {
            for (const ConversationId &parent : {ConversationId(), task}) {
                asks.append({u"conversations"_s, [of, state, parent](Gateway &gateway, QObject *asker) {
                    gateway.conversations({of, state, parent, 3}, asker, ignore);
                }});
            }
        }
    }
    for (const Command command :
         {Command::StopConversation, Command::StopSubTask, Command::EmptyQueue, Command::DiscardMessage}) {
        for (const ClearQueue clearQueue : {ClearQueue::No, ClearQueue::Yes})
            asks.append({u"order"_s, [command, clearQueue](Gateway &gateway, QObject *asker) {
                order(gateway, command, clearQueue, asker);
            }});
    }
    return asks;
}

/// Verb, path, names in the query, and what stands in the body: without the values, but for a stop's.
QString shapeOf(const FakeNetwork::Asked &asked)
{
    const QList<QByteArray> parts = asked.line.split(' ');
    const QUrl url = QUrl(QString::fromLatin1(parts.at(1)));
    QString shape = QString::fromLatin1(parts.at(0)) + u' ' + url.path(QUrl::FullyDecoded);
    QStringList names;
    for (const auto &[name, value] : QUrlQuery(url).queryItems())
        names.append(name);
    if (!names.isEmpty())
        shape += u'?' + names.join(u'&');
    return asked.body.isEmpty() ? shape : shape + u' ' + QString::fromUtf8(asked.body);
}

QStringList linesOf(const QString &file)
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        qFatal("%s: %s", qPrintable(file), qPrintable(opened.errorString()));
    return QString::fromUtf8(opened.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

/// The contract's operations, "POST /v1/agents/{}/…", with one name for what stands in braces.
QStringList operations()
{
    static const QRegularExpression verb(u"^    (get|post|put|patch|delete):"_s);
    static const QRegularExpression path(u"^  (/\\S+):"_s);
    QStringList found;
    QString current;
    for (const QString &line : linesOf(QStringLiteral(STOPDESK_TESTS "/contract/openapi.yaml"))) {
        if (const auto match = path.match(line); match.hasMatch())
            current = match.captured(1);
        else if (const auto verbMatch = verb.match(line); verbMatch.hasMatch() && !current.isEmpty())
            found.append(verbMatch.captured(1).toUpper() + u' ' + current);
    }
    static const QRegularExpression parameter(u"\\{[^}]*\\}"_s);
    return found.replaceInStrings(parameter, u"{}"_s);
}

QString operationOf(const QString &shape)
{
    static const QRegularExpression parameter(u"\\{[^}]*\\}"_s);
    return shape.section(u' ', 0, 1).section(u'?', 0, 0).replace(parameter, u"{}"_s);
}

/// Which of them are never called (contract, "Never call").
bool isForbidden(const QString &operation)
{
    static const QRegularExpression starts(u"/(drain|drain/stream|invoke|invoke/stream|messages|edit)$"_s);
    return operation == u"DELETE /v1/tasks/{}" || (operation.startsWith(u"POST ") && starts.match(operation).hasMatch());
}

/// All that Gateway can send, in tests/app/gateway/requests.txt: what is new there is seen by who reviews.
class RequestsTest : public QObject {
    Q_OBJECT

    /// Of one connection; each ask with a network of its own.
    static QList<FakeNetwork::Asked> sent(const Ask &ask, const Connection &connection)
    {
        FakeClock clock;
        FakeNetwork network;
        network.always("", FakeAnswer::with(200));
        const auto budget = std::make_shared<RequestBudget>(1000, 10000, clock);
        Gateway gateway(connection, std::make_shared<HttpChannel>(connection, *Secret::fromInput(u"canary-key"_s),
                                                                  budget, clock, network.factory()));
        QObject asker; // goes first, and what it asked with it
        ask.ask(gateway, &asker);
        for (int i = 0; i < 20 && network.asked().isEmpty(); ++i) {
            clock.advance(10ms);
            QTest::qWait(0);
        }
        return network.asked();
    }
    static Connection connectionWith(RouteFamily routes, bool readOnly)
    {
        Connection connection;
        connection.address = QUrl(u"https://api.example.test"_s);
        connection.routes = routes;
        connection.readOnly = readOnly;
        return connection;
    }
    /// One line for each shape, and which connections send it.
    static QStringList everyShape()
    {
        QMap<QString, QStringList> shapes;
        for (const RouteFamily routes : {RouteFamily::Gateway, RouteFamily::Conversations}) {
            for (const Ask &ask : everyAsk()) {
                for (const FakeNetwork::Asked &asked : sent(ask, connectionWith(routes, false)))
                    shapes[shapeOf(asked)].append(routes == RouteFamily::Gateway ? u"gateway"_s : u"newer"_s);
            }
        }
        QStringList lines;
        for (auto shape = shapes.begin(); shape != shapes.end(); ++shape) {
            shape->removeDuplicates();
            lines.append(shape.key() + (shape->size() == 2 ? QString() : u"  ["_s + shape->first() + u" routes]"_s));
        }
        return lines;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void allThatCanBeSentIsInTheList()
    {
        const QString file = QStringLiteral(STOPDESK_TESTS "/app/gateway/requests.txt");
        const QStringList sent = everyShape();
        for (const QString &line : sent)
            qInfo("%s", qPrintable(line));
        QStringList listed = linesOf(file);
        listed.removeIf([](const QString &line) { return line.startsWith(u'#'); });
        QCOMPARE(sent, listed);
    }

    void everyFunctionThatAsksIsInTheTest()
    {
        QStringList declared;
        static const QRegularExpression asking(u"^    void (\\w+)\\([^;]*Answer<[^;]*;"_s,
                                               QRegularExpression::MultilineOption);
        const QString header = linesOf(QStringLiteral(STOPDESK_TESTS "/../app/gateway/gateway.h")).join(u'\n');
        for (auto found = asking.globalMatch(header); found.hasNext();)
            declared.append(found.next().captured(1));
        QStringList tested;
        for (const Ask &ask : everyAsk())
            tested.append(ask.function);
        for (QStringList *names : {&declared, &tested}) {
            names->sort();
            names->removeDuplicates();
        }
        QCOMPARE(tested, declared);
    }

    void eachIsAnOperationOfTheContractAndNoneIsForbidden()
    {
        const QStringList known = operations();
        const qsizetype forbidden = std::ranges::count_if(known, isForbidden);
        QVERIFY2(forbidden >= 3, qPrintable(QString::number(forbidden))); // those that the contract writes down
        for (const QString &line : everyShape()) {
            QVERIFY2(known.contains(operationOf(line)), qPrintable(line));
            QVERIFY2(!isForbidden(operationOf(line)), qPrintable(line));
        }
    }

    void whatIsForbiddenIsKnown()
    {
        for (const QString &end : {u"drain/stream"_s, u"invoke"_s, u"invoke/stream"_s, u"messages"_s, u"edit"_s})
            QVERIFY2(isForbidden(u"POST /v1/agents/{}/gateway/conversations/{}/"_s + end), qPrintable(end));
        QVERIFY(isForbidden(u"POST /v1/agents/{}/invoke"_s));
        QVERIFY(isForbidden(u"DELETE /v1/tasks/{}"_s));
        QVERIFY(!isForbidden(u"DELETE /v1/agents/{}/gateway/conversations/{}/queue/{}"_s));
        QVERIFY(!isForbidden(u"GET /v1/tasks/{}"_s));
    }

    void aReadOnlyConnectionSendsQuestionsOnly()
    {
        for (const RouteFamily routes : {RouteFamily::Gateway, RouteFamily::Conversations}) {
            for (const Ask &ask : everyAsk()) {
                const auto asked = sent(ask, connectionWith(routes, true));
                QCOMPARE(asked.isEmpty(), ask.function == u"order");
                for (const FakeNetwork::Asked &each : asked)
                    QVERIFY2(each.line.startsWith("GET "), each.line);
            }
        }
    }
};

}

STOPDESK_TEST(requests, RequestsTest, QCoreApplication)
#include "tst_requests.moc"
