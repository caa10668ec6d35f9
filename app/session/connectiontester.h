#pragma once

#include "app/gateway/budgets.h"
#include "app/gateway/gateway.h"
#include "app/gateway/network.h"
#include "app/types/connection.h"

/// Tries a connection with a key that need not be stored: asks its service for what changes nothing.
class ConnectionTester {
public:
    ConnectionTester(Budgets &budgets, Clock &clock, const Network &network);

    /// Reads the first agent, the newest conversations and, where there is one, its run state, which proves the route
    /// family. Answers what could be seen; where the limits let nothing out for now, how long that lasts.
    void test(const Connection &connection, const Secret &secret, QObject *asker, Answer<ConnectionTest> answer);
    /// When the bearer token that was tested last ends, by its own word and the service's clock, in the program's time;
    /// invalid where it does not say. Known once the test is answered.
    const QDateTime &tokenEnd() const { return m_tokenEnd; }
    /// The proxy that requests to that address would go through, by host and port; empty: none. Asked in a thread.
    void findProxy(const QUrl &address, QObject *asker, const std::function<void(const QString &proxy)> &answer);

private:
    Budgets &m_budgets;
    Clock &m_clock;
    Network m_network;
    QDateTime m_tokenEnd;
};
