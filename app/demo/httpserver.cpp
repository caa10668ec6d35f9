#include "app/demo/httpserver.h"

#include "app/demo/httpconnection.h"

#include <QSslSocket>

namespace demo {

HttpServer::HttpServer(std::optional<QSslConfiguration> tls)
    : m_tls(std::move(tls))
{
}

void HttpServer::closeConnections()
{
    for (HttpConnection *connection : findChildren<HttpConnection *>()) {
        connection->close();
    }
}

void HttpServer::blackHole()
{
    for (HttpConnection *connection : findChildren<HttpConnection *>()) {
        connection->goDeaf();
    }
}

void HttpServer::incomingConnection(qintptr descriptor)
{
    auto *encrypted = m_tls ? new QSslSocket : nullptr;
    QTcpSocket *socket = m_tls ? encrypted : new QTcpSocket;
    socket->setSocketDescriptor(descriptor);
    noteConnection();
    auto *connection = new HttpConnection(*this, socket, ++m_connections);
    if (const auto early = reactBeforeReading()) {
        connection->react(*early);
    } else if (m_tls) {
        encrypted->setSslConfiguration(*m_tls);
        encrypted->startServerEncryption();
    }
}

}
