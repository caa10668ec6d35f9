#pragma once

#include "app/gateway/sendforecast.h"
#include "app/gateway/throttle.h"
#include "app/types/ids.h"

#include <QHash>
#include <QPointer>

#include <memory>

class StampFile;

/// The door that every request passes: exact sliding windows over a minute and an hour, of which each lane may have
/// its share (`RateLimits`), and what the service says (`Throttle`). A send counts when it leaves, whatever becomes of
/// it. At most two requests of a lane are in flight. Polls never keep a command waiting: those that have not left when
/// one has to wait for room are dropped. What a person asks for goes before other polls.
class RequestBudget final : public QObject {
    Q_OBJECT

public:
    RequestBudget(const RateLimits &limits, Clock &clock, QObject *parent = nullptr);
    /// The service's limits, in requests.
    RequestBudget(int perMinute, int perHour, Clock &clock, QObject *parent = nullptr);
    ~RequestBudget() override;

    void setLimits(const RateLimits &limits); ///< counts at once, also for what left before
    const RateLimits &limits() const { return m_limits; }
    /// Counts what this connection sent in earlier runs, and keeps its sends in that file for the next.
    void keep(const ConnectionId &connection, std::shared_ptr<StampFile> file);
    /// Counts what passed the other door as well, for a connection that changes over to this one.
    void takeOver(const RequestBudget &other);

    /// Calls `leave` once, later, when a request of this lane may leave; the place is spent from then on, and must be
    /// given back with `arrived`. Or calls `dropped` once, later, when a poll has to give way. Neither is called any
    /// more when the asker is gone. `isAsked`: by a person, who waits for it.
    void ask(Lane lane, QObject *asker, std::function<void()> leave, std::function<void()> dropped = {},
             const ConnectionId &connection = {}, bool isAsked = false);
    void arrived(Lane lane); ///< a request that had left is over, one way or another

    /// What the answer to a request of this lane says about the rate; before `arrived`. `failure`: unless it worked.
    /// `leftAt`: by the monotonic clock.
    void hear(Lane lane, const RateHeaders &headers, const std::optional<Failure> &failure,
              Duration leftAt = Duration::max());
    /// No polling leaves as long as somebody keeps one of these.
    std::shared_ptr<void> holdPolls();

    int spentThisMinute() const { return spent(Span::Minute); } ///< requests of all lanes
    int spentThisHour() const { return spent(Span::Hour); }
    int perMinute() const { return allowed(Lane::Stop, Span::Minute); } ///< requests that this program allows itself
    int perHour() const { return allowed(Lane::Stop, Span::Hour); }
    int pollsThisMinute() const { return m_log.since(begin(Span::Minute), Lane::Poll); }
    int pollsThisHour() const { return m_log.since(begin(Span::Hour), Lane::Poll); }
    /// Polls leave only while all lanes together have spent less than this.
    int pollsPerMinute() const { return allowed(Lane::Poll, Span::Minute); }
    int pollsPerHour() const { return allowed(Lane::Poll, Span::Hour); }
    int placesLeft(Lane lane) const; ///< requests of this lane that could leave now, by the windows alone
    bool hasPlace(Lane lane) const; ///< whether a request of this lane would leave at once
    /// How long until a request of this lane could leave, if nothing stood before it, and why. 0: now.
    LaneWait waitOf(Lane lane, bool isAsked = false) const;
    Duration pollWait() const { return waitOf(Lane::Poll).time; }
    bool isUsedElsewhere() const { return m_throttle.isUsedElsewhere(); } ///< the key, by somebody else, within an hour
    QList<MinuteCount> lastHour() const;
    /// How long so many stops would take from now on, at least `each` between two; the state of `readAlone` of them is
    /// read for each. Cheap enough for every tick.
    SendForecast whenSent(int stops, Duration each, int readAlone = 0) const;

    static constexpr int inFlight = 2; ///< requests of a lane at the same time

Q_SIGNALS:
    void changed(); ///< something left, or the waiting changed

private:
    struct Waiting {
        QPointer<QObject> asker;
        std::function<void()> leave;
        std::function<void()> dropped;
        ConnectionId connection;
        bool isAsked = false;
    };

    Duration begin(Span span) const;
    int spent(Span span) const { return m_log.since(begin(span)); }
    int allowed(Lane lane, Span span) const;
    LaneWait windowWait(Lane lane) const;
    void refuse(Lane lane, const RateHeaders &headers, std::optional<Duration> retryAfter);
    bool isFarFrom(std::optional<Span> hit) const;
    void noteClock();
    void note(Lane lane, const ConnectionId &connection);
    void letGo();
    bool letOneGo();
    void dropPolls();
    bool isWaiting(Lane lane);
    Duration waitOfNext(Lane lane) const;
    void wakeIn(Duration wait);

    Clock &m_clock;
    RateLimits m_limits;
    SendLog m_log;
    Throttle m_throttle;
    QHash<ConnectionId, std::shared_ptr<StampFile>> m_files;
    std::array<std::deque<Waiting>, lanes.size()> m_waiting;
    std::array<int, lanes.size()> m_inFlight{};
    Duration m_wakeAt = Duration::max();
    int m_pollHolds = 0;
};
