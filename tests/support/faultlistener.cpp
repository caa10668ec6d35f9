#include "tests/support/faultlistener.h"

#include "tests/support/faultconnection.h"

#include <QSslSocket>

FaultListener::FaultListener(FaultScript &script, const QSslConfiguration &tls)
    : m_script(script)
    , m_tls(tls)
{
}

void FaultListener::closeConnections()
{
    for (FaultConnection *connection : findChildren<FaultConnection *>()) {
        connection->close();
    }
}

void FaultListener::blackHole()
{
    for (FaultConnection *connection : findChildren<FaultConnection *>()) {
        connection->goDeaf();
    }
}

void FaultListener::incomingConnection(qintptr descriptor)
{
    auto *socket = new QSslSocket;
    socket->setSocketDescriptor(descriptor);
    auto *connection = new FaultConnection(m_script, socket, m_script.countConnection(), this);
    if (const auto early = m_script.takeBeforeReading()) {
        connection->react(*early);
    } else if (!m_tls.localCertificate().isNull()) {
        socket->setSslConfiguration(m_tls);
        socket->startServerEncryption();
    }
}
