#pragma once

#include "app/types/clock.h"

#include <QPointer>

#include <array>
#include <deque>

/// Who asks for a place. Stops and the reads that belong to them go before polling, and none of the three can fill the
/// places in flight of another.
enum class Lane { Stop, Check, Poll };

/// The door that every request passes: two sliding windows, exact logs of send times (product.md, "Request budget").
/// 90 % of the service's limits are used; polling leaves only while fewer than 66 % of that are spent, so the rest is
/// always there for a stop. At most two requests of a lane are in flight.
class RequestBudget final : public QObject {
    Q_OBJECT

public:
    /// The service's limits, in requests.
    RequestBudget(int perMinute, int perHour, Clock &clock, QObject *parent = nullptr);

    /// Calls `leave` once, later, when a request of this lane may leave; the place is spent from then on, and must be
    /// given back with `arrived`. Not called any more when the asker is gone.
    void ask(Lane lane, QObject *asker, std::function<void()> leave);
    void arrived(Lane lane); ///< a request that had left is over, one way or another

    /// The service said to wait: no polling leaves before that. A shorter wait never shortens a longer one.
    void holdPolling(Duration wait);

    int spentThisMinute() const { return spent(std::chrono::minutes(1)); } ///< requests
    int spentThisHour() const { return spent(std::chrono::hours(1)); }
    int perMinute() const { return m_windows[0].limit; } ///< requests that this program allows itself
    int perHour() const { return m_windows[1].limit; }

    static constexpr int inFlight = 2; ///< requests of a lane at the same time

Q_SIGNALS:
    void changed(); ///< something left, or the waiting changed

private:
    struct Window {
        Duration length;
        int limit;
    };
    struct Waiting {
        QPointer<QObject> asker;
        std::function<void()> leave;
    };

    int spent(Duration window) const;
    Duration waitOf(Lane lane) const;
    void forgetOld();
    void letGo();
    bool letOneGo();
    void wakeIn(Duration wait);

    Clock &m_clock;
    std::array<Window, 2> m_windows;
    std::deque<Duration> m_sent;
    std::array<std::deque<Waiting>, 3> m_waiting;
    std::array<int, 3> m_inFlight{};
    Duration m_pollingHeldUntil{0};
    Duration m_wakeAt = Duration::max();
};
