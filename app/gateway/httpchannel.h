#pragma once

#include "app/gateway/requestbudget.h"
#include "app/types/connection.h"
#include "app/types/result.h"
#include "app/types/secret.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QUrlQuery>

#include <memory>

/// Makes the access managers: real ones, or a test's.
using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

/// One request as `Gateway` words it. Segments of the path are ids or words, not yet encoded.
struct HttpRequest {
    QByteArray verb = "GET";
    QStringList path;
    QUrlQuery query{};
    std::optional<QByteArray> body{}; ///< JSON
    Lane lane = Lane::Poll;
    RequestId id = newRequestId();
    std::function<bool()> leaving{}; ///< asked when it gets its place, right before the first byte: may it leave?
};

/// An answer with a 2xx status and a whole body.
struct HttpAnswer {
    int status = 200;
    QByteArray body;
};

/// How a request is dressed (address, credential, deadline, one-shot body, no redirects) and how a reply becomes bytes
/// or a `Failure`. Every request passes the budget first. Commands and their checks have an access manager of their
/// own. A call keeps its channel alive.
class HttpChannel : public std::enable_shared_from_this<HttpChannel> {
public:
    struct Deadlines {
        Duration idle;     ///< without a byte
        Duration absolute; ///< from the moment of sending
    };

    HttpChannel(const Connection &connection, const Secret &secret, std::shared_ptr<RequestBudget> budget, Clock &clock,
                const NetworkFactory &network);

    /// Asks once. What dies before its turn never leaves; a reply to a read dies with its asker.
    void send(const HttpRequest &request, QObject *asker, Answer<HttpAnswer> answer);
    /// Opens the command connection, so that a stop need not wait for it (Qt finding 7.4).
    void prewarm();

    RequestBudget &budget() { return *m_budget; }
    Clock &clock() { return m_clock; }
    const Connection &connection() const { return m_connection; }

    static Deadlines deadlines(Lane lane);
    static constexpr qint64 bodyCap = 8 * 1024 * 1024; ///< bytes

private:
    friend class HttpCall;

    QUrl urlOf(const HttpRequest &request) const;
    QNetworkRequest dress(const HttpRequest &request) const;
    QNetworkAccessManager &manager(Lane lane) { return lane == Lane::Poll ? *m_polls : *m_commands; }

    Connection m_connection;
    Secret m_secret;
    std::shared_ptr<RequestBudget> m_budget;
    Clock &m_clock;
    std::unique_ptr<QNetworkAccessManager> m_commands;
    std::unique_ptr<QNetworkAccessManager> m_polls;
};
