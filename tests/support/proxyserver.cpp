#include "tests/support/proxyserver.h"

#include <QRegularExpression>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

ProxyServer::ProxyServer(quint16 target, const QByteArray &credentials)
    : m_target(target)
    , m_credentials(credentials)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("The proxy cannot listen: %s", qPrintable(errorString()));
}

void ProxyServer::incomingConnection(qintptr descriptor)
{
    auto *client = new QTcpSocket(this);
    client->setSocketDescriptor(descriptor);
    connect(client, &QTcpSocket::readyRead, client, [this, client] { read(client); });
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
}

void ProxyServer::read(QTcpSocket *client)
{
    const QByteArray waiting = client->peek(64 * 1024);
    const qsizetype end = waiting.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = client->read(end + 4);
    m_asked.append(head.left(head.indexOf(" HTTP/")));
    if (!m_credentials.isEmpty() && !head.contains("Basic " + m_credentials.toBase64())) {
        ++m_challenges;
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                      "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
    } else if (head.startsWith("CONNECT ")) {
        tunnel(client, {}, "HTTP/1.1 200 Connection established\r\n\r\n");
    } else {
        static const QRegularExpression own(u"\r\nProxy-[^\r]*"_s, QRegularExpression::CaseInsensitiveOption);
        tunnel(client, QString::fromLatin1(head).remove(own).toLatin1() + client->readAll(), {});
    }
}

void ProxyServer::tunnel(QTcpSocket *client, const QByteArray &toTarget, const QByteArray &toClient)
{
    ++m_tunnels;
    client->disconnect();
    auto *target = new QTcpSocket(client);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(target, &QTcpSocket::connected, client, [client, target, toTarget, toClient] {
        target->write(toTarget);
        client->write(toClient);
    });
    connect(target, &QTcpSocket::readyRead, client, [client, target] { client->write(target->readAll()); });
    connect(client, &QTcpSocket::readyRead, target, [client, target] { target->write(client->readAll()); });
    connect(target, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    target->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}
