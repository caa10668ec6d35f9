#include "tests/app/demo/democlient.h"

#include "app/demo/scenarios.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

DemoGateway::Options DemoClient::generous()
{
    return {0, 10000, 10000, 20, false};
}

bool DemoClient::open(const DemoGateway::Options &options)
{
    close();
    m_gateway = std::make_unique<DemoGateway>(options);
    m_network = std::make_unique<QNetworkAccessManager>();
    m_address = m_gateway->start();
    return !m_address.isEmpty();
}

void DemoClient::close()
{
    m_network.reset();
    m_gateway.reset();
}

Got DemoClient::read(const QString &path)
{
    return ask("GET", path);
}

Got DemoClient::ask(const QByteArray &verb, const QString &path, const QByteArray &body)
{
    return askWith({{"x-api-key", key()}}, verb, path, body);
}

Got DemoClient::askWith(const QList<QPair<QByteArray, QByteArray>> &headers, const QByteArray &verb,
                        const QString &path, const QByteArray &body)
{
    QNetworkRequest request(QUrl(m_address.toString() + path));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!body.isEmpty()) {
        request.setRawHeader("Content-Type", "application/json");
    }
    for (const auto &[name, value] : headers) {
        request.setRawHeader(name, value);
    }
    Got got;
    got.reply.reset(m_network->sendCustomRequest(request, verb, body));
    if (!QTest::qWaitFor([&got] { return got.reply->isFinished(); }, 10000)) {
        return got;
    }
    got.status = got.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    got.text = got.reply->readAll();
    got.json = QJsonDocument::fromJson(got.text).object();
    return got;
}

QString DemoClient::conversationPath(QStringView title)
{
    const QString id = DemoGateway::conversationId(title);
    QString agent;
    for (const demo::Task &task : demo::scenarioTasks()) {
        agent = task.id == id ? task.agentId : agent;
    }
    return u"/v1/agents/%1/gateway/conversations/%2"_s.arg(agent, id);
}

Got DemoClient::stop(QStringView title, bool clearQueue)
{
    return ask("POST", stopPath(title), clearQueue ? R"({"clear_queue":true})" : R"({"clear_queue":false})");
}

Got DemoClient::stopTask(QStringView title, const QByteArray &body)
{
    return ask("POST", u"/v1/tasks/%1/stop"_s.arg(DemoGateway::conversationId(title)), body);
}

Got DemoClient::clearQueue(QStringView title)
{
    return ask("DELETE", conversationPath(title) + u"/queue"_s);
}

Got DemoClient::discard(QStringView title, int number)
{
    return ask("DELETE", conversationPath(title) + u"/queue/"_s + DemoGateway::messageId(title, number));
}

QJsonObject DemoClient::runState(QStringView title)
{
    return read(conversationPath(title) + u"/run-state"_s).json;
}

QJsonObject DemoClient::record(QStringView title)
{
    return read(u"/v1/tasks/"_s + DemoGateway::conversationId(title)).json;
}

QJsonArray DemoClient::firstTasks()
{
    QJsonArray rows;
    for (const QString &page : {u"1"_s, u"2"_s}) {
        for (const QJsonValue &row : read(u"/v1/tasks?per_page=50&page="_s + page).json[u"items"].toArray()) {
            rows.append(row);
        }
    }
    return rows;
}

QJsonObject DemoClient::listed(QStringView title)
{
    for (const QJsonValue &row : firstTasks()) {
        if (row[u"title"].toString() == title) {
            return row.toObject();
        }
    }
    return {};
}

QByteArray DemoClient::rawStop(QTcpSocket &socket, QStringView title)
{
    const QByteArray path = stopPath(title).toLatin1();
    socket.connectToHost(u"127.0.0.1"_s, quint16(m_address.port()));
    socket.write("POST " + path
                 + " HTTP/1.1\r\nHost: " + host() + "\r\nx-api-key: " + key()
                 + "\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"clear_queue\":false}");
    const int before = m_gateway->stopsReceived(DemoGateway::conversationId(title));
    if (!QTest::qWaitFor([&] { return m_gateway->stopsReceived(DemoGateway::conversationId(title)) > before; })) {
        return "the stop did not arrive";
    }
    (void)QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; }, 1000);
    return socket.readAll();
}
