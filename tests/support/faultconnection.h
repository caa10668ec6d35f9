#pragma once

#include "tests/support/faultscript.h"

#include <QTcpSocket>
#include <QTimer>

/// One client of FaultServer: reads requests off its socket and does to each what the script says. Owns the
/// socket, and deletes itself when that is gone.
class FaultConnection : public QObject {
    Q_OBJECT

public:
    FaultConnection(FaultScript &script, QTcpSocket *socket, int number, QObject *parent);

    /// FIN, as a server does that gives up an idle connection (over TLS after its close_notify).
    void close();
    /// FIN without a word.
    void cut();
    /// RST: what was not read or written is dropped on both sides.
    void reset();
    /// Reads and says nothing more.
    void goDeaf();
    void react(const Reaction &reaction);

private:
    void readRequests();
    void speak();
    void dripOne();
    void fill();
    void end();

    FaultScript &m_script;
    QTcpSocket *m_socket;
    QTimer m_drip;
    int m_number;
    QByteArray m_unread;
    std::chrono::steady_clock::time_point m_arrived; ///< the first byte of what is unread
    Reaction m_current;
    bool m_busy = false;
    bool m_deaf = false;
};
