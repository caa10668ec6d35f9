#include "tests/bench/batchservice.h"

#include <QTcpSocket>

using namespace std::chrono_literals;

QByteArray BatchService::runState(const Chat &chat)
{
    const bool isRunning = chat.stopsAt > Steady::now();
    const int waiting = !isRunning && chat.isCleared ? 0 : chat.waiting;
    return QByteArray("{\"is_running\":") + (isRunning ? "true" : "false") + ",\"queue_depth\":"
        + QByteArray::number(waiting) + '}';
}

BatchService::BatchService(int conversations, int scale, int waiting)
    : m_server(new QTcpServer(this)), m_scale(scale)
{
    for (int i = 1; i <= conversations; ++i) {
        Chat &chat = m_chats[idOf(i)];
        chat.waiting = waiting;
        m_order.append(idOf(i));
        const bool isOdd = i % everyOdd == everyOdd / 2;
        chat.obeys = !isOdd || i / everyOdd % 2;
        chat.losesAnswer = isOdd && chat.obeys;
    }
    connect(m_server, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = m_server->nextPendingConnection();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, buffer = QByteArray()]() mutable { take(socket, buffer); });
    });
    m_server->listen(QHostAddress::LocalHost);
    m_port = m_server->serverPort();
    moveToThread(&m_thread);
    m_thread.start();
}

BatchService::~BatchService()
{
    QMetaObject::invokeMethod(this, [this] { delete m_server; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

/// Whole requests alone; a header, and the body that it announces.
void BatchService::take(QTcpSocket *socket, QByteArray &buffer)
{
    buffer += socket->readAll();
    for (;;) {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = buffer.left(end).toLower();
        const qsizetype at = head.indexOf("content-length:");
        const qsizetype length = at < 0 ? 0 : head.mid(at + 15, head.indexOf("\r\n", at) - at - 15).trimmed().toInt();
        if (buffer.size() < end + 4 + length)
            return;
        const QByteArray line = buffer.left(buffer.indexOf("\r\n"));
        const QByteArray body = buffer.mid(end + 4, length);
        buffer.remove(0, end + 4 + length);
        answer(socket, line, body);
    }
}

void BatchService::answer(QTcpSocket *socket, const QByteArray &line, const QByteArray &body)
{
    const QMutexLocker lock(&m_mutex);
    ++m_counts.requests;
    if (isAboveLimit())
        return say(socket, 429, "{\"detail\":\"Too many requests\"}");
    const QByteArray path = line.split(' ').value(1);
    const QByteArray id = path.split('/').value(6);
    if (line.startsWith("POST ") && m_chats.contains(id))
        return stop(socket, m_chats[id], body.contains("true"));
    if (path.contains("/run-state") && m_chats.contains(id))
        return say(socket, 200, runState(m_chats[id]));
    if (path.contains("status=executing"))
        return say(socket, 200, list(path.mid(path.indexOf("page=") + 5, 3).split('&').value(0).toInt()));
    const QByteArray none = "{\"items\":[],\"page\":1,\"total_pages\":1,\"total\":0}";
    path.contains('?') ? say(socket, 200, none) : say(socket, 404, "{\"detail\":\"No\"}");
}

void BatchService::stop(QTcpSocket *socket, Chat &chat, bool clear)
{
    chat.isCleared = chat.isCleared || clear;
    ++m_counts.delivered;
    m_counts.twice += chat.delivered++ > 0 ? 1 : 0;
    if (chat.obeys)
        chat.stopsAt = std::min(chat.stopsAt, Steady::now() + scaled(500ms));
    if (chat.losesAnswer)
        socket->disconnectFromHost();
    else
        say(socket, 200, "{}");
}

QByteArray BatchService::list(int page) const
{
    QByteArrayList rows;
    int total = 0;
    for (const QByteArray &id : m_order) {
        if (m_chats[id].stopsAt <= Steady::now())
            continue;
        if (total / 50 == page - 1)
            rows.append("{\"id\":\"" + id + "\",\"agent_id\":\"a1\",\"status\":\"executing\",\"title\":\"T " + id + "\"}");
        ++total;
    }
    return "{\"items\":[" + rows.join(',') + "],\"page\":" + QByteArray::number(page) + ",\"total_pages\":"
        + QByteArray::number(std::max(1, (total + 49) / 50)) + ",\"total\":" + QByteArray::number(total) + '}';
}

bool BatchService::isAboveLimit()
{
    const Steady::time_point now = Steady::now();
    while (!m_taken.empty() && m_taken.front() <= now - scaled(60s))
        m_taken.pop_front();
    const bool isAbove = int(m_taken.size()) >= perMinute;
    isAbove ? void(++m_counts.refused) : m_taken.push_back(now);
    return isAbove;
}

void BatchService::say(QTcpSocket *socket, int status, const QByteArray &body)
{
    socket->write("HTTP/1.1 " + QByteArray::number(status) + " -\r\nContent-Type: application/json\r\nContent-Length: "
                  + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

BatchService::Counts BatchService::counts() const
{
    const QMutexLocker lock(&m_mutex);
    return m_counts;
}

bool BatchService::runs(const QByteArray &id) const
{
    const QMutexLocker lock(&m_mutex);
    return m_chats[id].stopsAt > Steady::now();
}

bool BatchService::wasDelivered(const QByteArray &id) const
{
    const QMutexLocker lock(&m_mutex);
    return m_chats[id].delivered > 0;
}
