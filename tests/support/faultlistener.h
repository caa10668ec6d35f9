#pragma once

#include "tests/support/faultscript.h"

#include <QSslConfiguration>
#include <QTcpServer>

/// The listening half of FaultServer; lives on the server's thread.
class FaultListener : public QTcpServer {
    Q_OBJECT

public:
    /// With a null certificate in `tls` it speaks plain TCP.
    FaultListener(FaultScript &script, const QSslConfiguration &tls);

    void closeConnections();
    void blackHole();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    FaultScript &m_script;
    QSslConfiguration m_tls;
};
