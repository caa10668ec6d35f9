#pragma once

#include "app/demo/api.h"
#include "app/demo/demostate.h"
#include "app/demo/ratelimit.h"

#include <QAbstractHttpServer>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QUrl>

#include <memory>

namespace demo {

class Tally;

struct ServerOptions {
    int extraConversations;
    int requestsPerMinute;
    int requestsPerHour;
    double speed;
    Style style;
    QString key;
};

/// HTTP in front of the `Api`: credential, rate limit, request id, and how an answer is delivered or
/// withheld. Built, opened and deleted in one thread.
class Server : public QAbstractHttpServer {
    Q_OBJECT

public:
    Server(const ServerOptions &options, Tally &tally);

    /// The address that is listened on, empty on failure.
    QUrl open();
    QString errorString() const { return m_errorString; }

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    bool isKeyRight(const QHttpServerRequest &request) const;
    Answer admitted(const QHttpServerRequest &request, const Api::Question &question);
    void deliver(const Answer &answer, const QHttpServerRequest &request, QTcpSocket *socket);

    Tally &m_tally;
    Style m_style;
    QByteArray m_key;
    State m_state;
    RateLimit m_limit;
    QElapsedTimer m_clock;
    QTcpServer m_elsewhere;
    std::unique_ptr<Api> m_api;
    QString m_errorString;
};

}
