#pragma once

#include "app/demo/httprequest.h"
#include "app/demo/reaction.h"

#include <QSslConfiguration>
#include <QTcpServer>

namespace demo {

/// HTTP/1.x on a socket, without a word of its own but for requests that are none: whoever derives from it says
/// what is done with each. Lives in one thread, in which it also calls what it asks; it may be moved there
/// until it listens.
class HttpServer : public QTcpServer {
    Q_OBJECT

public:
    /// Plain TCP without `tls`.
    explicit HttpServer(std::optional<QSslConfiguration> tls = {});

    /// Closes all connections, as an idle limit does.
    void closeConnections();
    /// Nothing that comes over the connections of now is read or answered any more.
    void blackHole();

    virtual Reaction reactTo(const HttpRequest &request) = 0;
    /// Asked when a connection was accepted, and when bytes come in over an idle one: what to do before they
    /// are read, if anything.
    virtual std::optional<Reaction> reactBeforeReading() { return {}; }
    virtual void noteBytes(const QByteArray &) { } ///< all that is read, decrypted
    virtual void noteConnection() { }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::optional<QSslConfiguration> m_tls;
    int m_connections = 0;
};

}
