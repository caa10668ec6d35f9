#pragma once

#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"

#include <QMap>

/// A conversation, or a sub-task, of the played service. What a test sets decides what becomes of it; what it was at
/// each moment is kept, because reads may lag.
class PlayedChat {
public:
    QByteArray agent = "a1";
    QByteArray parent;       ///< of a sub-task
    bool hasRecord = true;
    bool isOnLists = true;   ///< else no list ever names it

    // What a stop does.
    FakeAnswer answer = FakeAnswer::with(200);
    bool obeys = true;       ///< else the stop is accepted, and the turn is not ended by it
    bool clears = true;      ///< else `clear_queue` is ignored
    Duration takes{0};       ///< until the stop has its effect
    QByteArray becomes = "stopped"; ///< what the stop makes of it
    std::optional<Duration> startsNext; ///< after the stop, where messages were kept

    int delivered = 0;       ///< stops that arrived
    std::optional<Duration> answeredAt; ///< when the first of them did

    QByteArray state() const { return m_moments.last().state; }
    int waiting() const { return int(m_moments.last().queue.size()); }
    bool isLive() const { return isLive(state()); }
    static bool isLive(const QByteArray &state);

    struct Moment {
        Duration since{0};
        QByteArray state;
        QByteArrayList queue; ///< ids of waiting messages
    };
    const QList<Moment> &moments() const { return m_moments; }
    const Moment &at(Duration moment) const;
    const Moment &begin(Duration moment) const; ///< of what it did at that time: of its turn, or of its rest

private:
    friend class PlayedService;
    QList<Moment> m_moments; ///< never empty
};

/// The service as far as the contract tells, in memory: conversations with all states, queues and sub-tasks; lists by
/// state, agent and parent, 50 a page, in the order of creation and so shifting as rows come and go; run state,
/// record, stop, queue. Its lists and its run states may lag, and each request takes `latency`, so that states move
/// between the requests of one sweep. A stop may be accepted and ignored. Enforces limits where they are given.
class PlayedService final : public QObject {
public:
    PlayedService(FakeClock &clock, FakeNetwork &network);

    PlayedChat &add(const QByteArray &id, const QByteArray &state = "executing", int waiting = 0);
    PlayedChat &operator[](const QByteArray &id) { return m_chats[id]; }
    const QMap<QByteArray, PlayedChat> &chats() const { return m_chats; }
    void set(const QByteArray &id, const QByteArray &state); ///< now
    void setWaiting(const QByteArray &id, int waiting);      ///< messages of that chat, now
    void later(Duration wait, const std::function<void()> &then);

    FakeAnswer answer(const QByteArray &line, const FakeNetwork::ReadBody &body);

    Duration listLag{0};
    Duration stateLag{0};
    Duration latency{0};
    Duration clockAhead{0}; ///< of its own clock, by which it dates answers and turns
    int perMinute = 0; ///< 0: no limit
    int perHour = 0;
    int refused = 0;   ///< with 429
    QList<Duration> received;

private:
    QDateTime dateOf(Duration moment) const;
    FakeAnswer answerNow(const QByteArray &line, const FakeNetwork::ReadBody &body);
    bool isAboveLimit();
    FakeAnswer stop(PlayedChat &chat, bool clear);
    void takeEffect(PlayedChat &chat, bool clear);
    FakeAnswer list(const QByteArray &line) const;
    FakeAnswer runState(const QByteArray &id) const;
    FakeAnswer record(const QByteArray &id) const;
    FakeAnswer changeQueue(PlayedChat &chat, const QByteArray &message);
    void push(PlayedChat &chat, const QByteArray &state, const QByteArrayList &queue);

    FakeClock &m_clock;
    FakeNetwork &m_network;
    QByteArrayList m_order;
    QMap<QByteArray, PlayedChat> m_chats;
};
