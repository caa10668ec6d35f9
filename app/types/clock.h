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

/// Time and chance, given from outside so that tests can turn them.
///
/// The program has a time of its own: what the wall clock said when it started, and what has passed since by a clock that
/// nobody sets and that goes on while the machine sleeps. Every QDateTime within the program is of that time, so that
/// order, ages, deadlines and watches are right whatever is done to the wall clock. What people and records are told
/// goes through `toWall`; what comes from records through `fromWall`, from the service through `ServiceClock`.
class Clock {
public:
    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock() = default;

    virtual Duration monotonic() const = 0; ///< goes on during sleep; from an unknown moment
    virtual QDateTime now() const = 0;      ///< the program's time, UTC: goes on as `monotonic` does
    virtual QDateTime wallNow() const = 0;  ///< as the machine's clock is set now, UTC: only for what other runs read
    virtual double random() const = 0; ///< 0 <= x < 1, another one with every call
    /// Calls `then` once, `wait` from now, unless `context` is gone by then. What falls due while the machine sleeps is
    /// called within 5 s after it woke up.
    virtual void after(Duration wait, QObject *context, std::function<void()> then) = 0;

protected:
    /// To be called whenever both are read: what `toWall` adds follows it.
    static void noteWall(const QDateTime &now, const QDateTime &wallNow);
};

/// What the machine's clock, as it is set now, shows at a time of the program: for people and records. The same time
/// until somebody sets that clock by more than 1.5 s. For any thread.
QDateTime toWall(const QDateTime &time);
QDateTime fromWall(const QDateTime &time); ///< the other way round

/// The machine's own time and chance.
class SystemClock final : public Clock {
public:
    Duration monotonic() const override;
    QDateTime now() const override;
    QDateTime wallNow() const override;
    double random() const override;
    void after(Duration wait, QObject *context, std::function<void()> then) override;
};
