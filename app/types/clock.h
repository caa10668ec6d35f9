#pragma once

#include "app/types/failure.h"

#include <QDateTime>
#include <QObject>
#include <QTimeZone>

#include <functional>

/// The zone of a QDateTime in UTC, for its constructors. QTimeZone::UTC exists since Qt 6.5; Qt::UTC is deprecated there
/// from Qt 6.8 on.
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
inline constexpr QTimeZone::Initialization utcZone = QTimeZone::UTC;
#else
inline constexpr Qt::TimeSpec utcZone = Qt::UTC;
#endif

/// Time and chance, given from outside so that tests can turn them. `monotonic` never jumps, but may stand still while
/// the machine sleeps; `now` is the wall clock in UTC.
class Clock {
public:
    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock() = default;

    virtual Duration monotonic() const = 0;
    virtual QDateTime now() const = 0;
    virtual double random() const = 0; ///< 0 <= x < 1, another one with every call
    /// Calls `then` once, `wait` from now, unless `context` is gone by then.
    virtual void after(Duration wait, QObject *context, std::function<void()> then) = 0;
};

/// The machine's own time and chance.
class SystemClock final : public Clock {
public:
    Duration monotonic() const override;
    QDateTime now() const override;
    double random() const override;
    void after(Duration wait, QObject *context, std::function<void()> then) override;
};
