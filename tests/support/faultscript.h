#pragma once

#include "app/demo/httpserver.h"
#include "tests/support/reaction.h"

#include <QMutex>

/// A request that reached FaultServer. What was sent twice is here twice.
using Delivery = demo::HttpRequest;

/// The server inside FaultServer: does what it was told and keeps what it saw. It serves in a thread of its own
/// and is told and asked from the test's.
class FaultScript final : public demo::HttpServer {
    Q_OBJECT

public:
    using HttpServer::HttpServer;

    void setDefault(const Reaction &reaction);
    void queue(const QList<Reaction> &reactions);
    void setForPath(const QByteArray &contains, const QList<Reaction> &reactions);
    void reset();

    QList<Delivery> deliveries() const;
    QByteArray received() const;
    int connections() const;

    /// Records the request and says what to do with it.
    Reaction reactTo(const Delivery &delivery) override;
    /// The next reaction, taken, if it is one that must happen before anything is read.
    std::optional<Reaction> reactBeforeReading() override;
    void noteBytes(const QByteArray &bytes) override;
    void noteConnection() override;

private:
    struct PathRule {
        QByteArray contains;
        QList<Reaction> reactions;
    };

    mutable QMutex m_mutex;
    Reaction m_default = Reaction::answer(200);
    QList<Reaction> m_queue;
    QList<PathRule> m_rules;
    QList<Delivery> m_deliveries;
    QByteArray m_received;
    int m_connections = 0;
};
