#pragma once

#include "app/demo/reaction.h"

#include <QTcpSocket>
#include <QTimer>

namespace demo {

class HttpServer;

/// One client of an HttpServer: reads requests off its socket, one after the other, and does to each what the
/// server says. What can't become a request is refused and the connection closed. Owns the socket, and deletes
/// itself when that is gone.
class HttpConnection : public QObject {
    Q_OBJECT

public:
    HttpConnection(HttpServer &server, QTcpSocket *socket, int number);

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
    void read();
    void takeRequests();
    void refuse(int status);
    void speak();
    void dripOne();
    void fill();
    qint64 unsent() const; ///< bytes
    void end();

    HttpServer &m_server;
    QTcpSocket *m_socket;
    QTimer m_drip;
    int m_number;
    QByteArray m_unread;
    std::chrono::steady_clock::time_point m_arrived; ///< the first byte of what is unread
    Reaction m_current;
    bool m_isBusy = false;
    bool m_isDeaf = false;
};

}
