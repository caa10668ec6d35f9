#pragma once

#include "app/gateway/proxylookup.h"
#include "app/gateway/requestbudget.h"
#include "app/gateway/serviceclock.h"
#include "app/gateway/tlstrust.h"
#include "app/types/connection.h"
#include "app/types/result.h"
#include "app/types/secret.h"

#include <QNetworkRequest>
#include <QUrlQuery>

/// How much of an answer is read, in bytes, unpacked: what is more is given to no parser.
namespace bodycap {
inline constexpr qint64 list = 8 * 1024 * 1024;
inline constexpr qint64 one = 512 * 1024;
inline constexpr qint64 refusal = 256 * 1024; ///< of which the beginning is read
}

/// One request as `Gateway` words it. Segments of the path are ids or words, not yet encoded.
struct HttpRequest {
    QByteArray verb = "GET";
    QStringList path;
    QUrlQuery query{};
    std::optional<QByteArray> body{}; ///< JSON
    Lane lane = Lane::Poll;
    bool isAsked = false; ///< by a person, who waits for it
    qint64 cap = bodycap::one; ///< of a success
    RequestId id = newRequestId();
    std::function<bool()> leaving{}; ///< asked when it gets its place, right before the first byte: may it leave?
};

/// An answer with a 2xx status and a whole body.
struct HttpAnswer {
    int status = 200;
    QByteArray body;
    QDateTime receivedAt{};      ///< program's time
    ServiceClock serviceClock{}; ///< as it was known then, this answer included
};

/// How a request is dressed (address, credential, deadline, one-shot body, no redirects) and how a reply becomes bytes
/// or a `Failure`. Every request passes the budget first. Commands and their checks have an access manager of their
/// own. Connections that may be dead are left behind: what is on its way over them goes on, what comes after them uses
/// new ones. A call keeps its channel alive.
class HttpChannel final : public QObject, public std::enable_shared_from_this<HttpChannel> {
    Q_OBJECT

public:
    struct Deadlines {
        Duration idle;     ///< without a byte
        Duration absolute; ///< from the moment of sending
    };

    HttpChannel(const Connection &connection, const Secret &secret, std::shared_ptr<RequestBudget> budget, Clock &clock,
                const Network &network);

    /// Asks once. What dies before its turn never leaves; a reply to a read dies with its asker.
    void send(const HttpRequest &request, QObject *asker, Answer<HttpAnswer> answer);
    /// Opens the command connection, so that a stop need not wait for it (Qt finding 7.4). Costs nothing where it is
    /// open, and is no request.
    void prewarm();
    /// New connections for what is sent from now on.
    void renew();

    RequestBudget &budget() { return *m_budget; }
    /// How far the service's clock is ahead of this computer's, as both are set now; negative: behind.
    Duration serviceAhead() const;
    Clock &clock() { return m_clock; }
    const Connection &connection() const { return m_connection; }

    static Deadlines deadlines(Lane lane);
    static constexpr int mostTimeouts = 2; ///< in a row on one manager, until its connections are old

Q_SIGNALS:
    void renewed(); ///< what was read last may be old; never from within a call to the channel
    /// What comes over the connections of that manager from now on may belong to another request.
    void outOfStep(const QNetworkAccessManager *manager, int status);
    /// Who answers for that manager is not the service, though Qt says so. Nothing was sent to him, and nothing may be.
    void distrusted(const QNetworkAccessManager *manager, const QSslCertificate &peer);
    /// That one was left behind two renewals ago: what reads through it still need not wait for it any longer.
    void overdue(const QNetworkAccessManager *manager);

private:
    friend class HttpCall;
    using Manager = std::shared_ptr<QNetworkAccessManager>;
    struct Connections {
        Manager manager;
        std::shared_ptr<bool> isOpening; ///< ahead of a request
        Duration openingSince{0};
        int timeouts = 0; ///< in a row
    };

    Connections makeConnections();
    HeadWatch::Ports ports() const; ///< on the way of now
    const Manager &managerFor(Lane lane); ///< on the way of now
    void ended(const Manager &manager, bool inTime); ///< a request that left through it
    void leaveBehind(const Manager &manager); ///< others have its place from now on
    void leaveOutOfStep(const Manager &manager, int status); ///< an interim answer came through it
    void examine(const Manager &manager, const QSslCertificate &peer); ///< of a handshake that Qt is content with
    QUrl urlOf(const HttpRequest &request) const;
    QNetworkRequest dress(const HttpRequest &request) const;

    Connection m_connection;
    TlsTrust m_trust; ///< made once: the file of an authority is not read for each request
    Secret m_secret;
    std::shared_ptr<RequestBudget> m_budget;
    Clock &m_clock;
    NetworkFactory m_managers;
    std::shared_ptr<HeadWatch> m_heads;
    ServiceClock m_serviceClock;
    ProxyLookup m_proxies;
    Connections m_commands;
    Connections m_polls;
    QList<std::weak_ptr<QNetworkAccessManager>> m_leftBehind; ///< at the last renewal
};
