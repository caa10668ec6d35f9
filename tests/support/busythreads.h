#pragma once

#include "app/types/background.h"

#include <QSemaphore>

/// Keeps every background thread busy until it is gone, so that what is to be done there has to wait.
class BusyThreads {
public:
    BusyThreads()
    {
        for (int each = 0; each < backgroundThreads().maxThreadCount(); ++each)
            backgroundThreads().start([this] { m_end.acquire(); });
    }
    BusyThreads(const BusyThreads &) = delete;
    BusyThreads &operator=(const BusyThreads &) = delete;
    ~BusyThreads()
    {
        m_end.release(backgroundThreads().maxThreadCount());
        backgroundThreads().waitForDone();
    }

private:
    QSemaphore m_end;
};
