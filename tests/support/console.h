#pragma once

#include "app/session/connectiontester.h"
#include "app/session/connector.h"
#include "app/session/runmodels.h"

/// Everything behind a window that is no widget, put together as app/main.cpp does it, over stores, a clock and a
/// network in a test's hands.
class Console {
public:
    struct Parts {
        SecretStore &store;
        SessionSecrets &sessionSecrets;
        Journal &journal;
        Clock &clock;
        Network network;
        QString sendsFolder{}; ///< where sends are kept for the next run; empty for nowhere
        DesktopLock *lock = nullptr; ///< null: one of its own that is never locked
    };

    explicit Console(const Parts &parts)
        : clock(parts.clock)
        , ownLock(parts.clock)
        , lock(parts.lock ? *parts.lock : ownLock)
        , ticker(parts.clock)
        , stops(parts.journal, parts.clock)
        , models(stops, parts.journal, parts.clock)
        , budgets(parts.clock, parts.sendsFolder)
        , tester(budgets, parts.clock, parts.network)
        , connector({parts.store, parts.sessionSecrets, stops, models.problems, budgets, lock, ticker, parts.clock,
                     parts.network})
    {
        stops.resume();
    }

    void open(const Connection &connection) { connector.open(connection); }
    ServiceLink &link() { return connector.link(); }
    const ServiceLink &link() const { return connector.link(); }

    Clock &clock;
    DesktopLock ownLock; ///< sleeps
    DesktopLock &lock;
    Ticker ticker;
    StopService stops;
    RunModels models;
    Budgets budgets;
    ConnectionTester tester;
    Connector connector;
};
