#pragma once

#include "app/types/clock.h"

#include <QTimer>

/// The machine's time, so many times faster: for real sockets whose other side hangs, and our own long deadlines.
class FastClock final : public Clock {
public:
    explicit FastClock(int factor)
        : m_factor(factor)
    {
    }

    Duration monotonic() const override
    {
        return std::chrono::duration_cast<Duration>((std::chrono::steady_clock::now() - m_begin) * m_factor);
    }
    QDateTime now() const override { return m_start.addMSecs(monotonic().count()); }
    QDateTime wallNow() const override { return now(); }
    double random() const override { return 0.5; }
    void after(Duration wait, QObject *context, std::function<void()> then) override
    {
        const Duration here((wait.count() + m_factor - 1) / m_factor);
        QTimer::singleShot(std::max(here, Duration(0)), Qt::PreciseTimer, context, std::move(then));
    }

private:
    int m_factor;
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
    QDateTime m_start = QDateTime::currentDateTimeUtc();
};
