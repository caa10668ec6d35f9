#pragma once

#include "app/credentials/connectionbook.h"
#include "app/session/connectiontester.h"
#include "app/session/connector.h"
#include "app/session/runmodels.h"

/// What every part of a window works with. All of it outlives the window.
struct Workplace {
    Connector &connector;
    StopService &stops;
    RunModels &models;
    ConnectionTester &tester;
    ConnectionBook &book;
    DesktopLock &lock;
    Ticker &ticker;
    Clock &clock;
};
