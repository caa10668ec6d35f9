#pragma once

#include "app/demo/api.h"
#include "app/demo/demostate.h"
#include "app/demo/httpserver.h"
#include "app/demo/ratelimit.h"
#include "app/demo/servicelog.h"

#include <QElapsedTimer>
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
    QString keepIn; ///< a folder; empty: nothing is kept
};

/// What is in front of the `Api`: whether it is meant at all, credential, rate limit, request id, and how an answer is delivered or
/// withheld.
class Server final : public HttpServer {
    Q_OBJECT

public:
    Server(const ServerOptions &options, Tally &tally);

    /// The address that is listened on, empty on failure.
    QUrl open();
    QString trouble() const;

    Reaction reactTo(const HttpRequest &request) override;

private:
    bool isForUs(const HttpRequest &request) const;
    bool isKeyRight(const HttpRequest &request) const;
    Answer admitted(const HttpRequest &request, const Call &call, const Api::Question &question);
    qint64 now() const { return m_before + m_clock.elapsed(); }
    QDateTime time() const { return m_log.began().addMSecs(now()); } ///< by its own clock, which nobody sets

    Tally &m_tally;
    Style m_style;
    QByteArray m_key;
    QUrl m_address;
    ServiceLog m_log;
    qint64 m_before = 0; ///< ms that the service is older than this run
    State m_state;
    RateLimit m_limit;
    QElapsedTimer m_clock;
    QTcpServer m_elsewhere{this};
    std::unique_ptr<Api> m_api;
};

}
