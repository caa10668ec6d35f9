#pragma once

#include "tests/support/reaction.h"

#include <QMutex>

#include <optional>

/// One whole request as it arrived: header and Content-Length body. What was sent twice is here twice.
struct Delivery {
    QByteArray method;
    QByteArray path;            ///< the request target as sent, with its query
    QByteArray body;
    HeaderLines headers;
    std::chrono::steady_clock::time_point arrived; ///< its first byte
    int connection = 0;         ///< 1 for the first connection that the server accepted

    /// The value of the first header of that name in any case; a null array where there is none.
    QByteArray header(const char *name) const;
};

/// Takes the first whole request off the front of `buffer`; nothing while it is not all there.
std::optional<Delivery> takeRequest(QByteArray &buffer);

/// What FaultServer was told to do and what it saw, shared between the test's thread and the server's.
class FaultScript {
public:
    void setDefault(const Reaction &reaction);
    void queue(const QList<Reaction> &reactions);
    void setForPath(const QByteArray &contains, const QList<Reaction> &reactions);
    void reset();

    int countConnection();
    void countBytes(const QByteArray &bytes);
    /// Records the request and says what to do with it.
    Reaction deliver(const Delivery &delivery);
    /// The next reaction, taken, if it is one that must happen before anything is read.
    std::optional<Reaction> takeBeforeReading();

    QList<Delivery> deliveries() const;
    QByteArray received() const;
    int connections() const;

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
