#pragma once

#include "app/types/failure.h"

#include <QDateTime>
#include <QObject>

#include <functional>

/// Time, given from outside so that tests can turn it. `monotonic` never jumps; `now` is the wall clock in UTC.
class Clock {
public:
    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock() = default;

    virtual Duration monotonic() const = 0;
    virtual QDateTime now() const = 0;
    /// Calls `then` once, `wait` from now, unless `context` is gone by then.
    virtual void after(Duration wait, QObject *context, std::function<void()> then) = 0;
};

/// The machine's own time.
class SystemClock final : public Clock {
public:
    Duration monotonic() const override;
    QDateTime now() const override;
    void after(Duration wait, QObject *context, std::function<void()> then) override;
};
