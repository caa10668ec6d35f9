#pragma once

#include "app/session/poller.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"

#include <random>

/// A service in memory that enforces limits over sliding windows and whose running conversations come and go.
class LimitedService {
public:
    LimitedService(FakeClock &clock, int conversations, std::mt19937 &random);

    FakeAnswer answer(const QByteArray &line);
    void churn(int changes); ///< so many end, and as many others begin

    int refused() const { return m_refused; }
    int received() const { return int(m_received.size()); }
    /// The most requests in any span of this length so far.
    int most(Duration span) const;
    int mostPolls(Duration span) const; ///< without those that the test itself sends as stops
    void countStop() { m_stops.append(m_clock.monotonic()); }

    static constexpr int perMinute = 100;
    static constexpr int perHour = 1000;

private:
    FakeAnswer listPage(const QByteArray &line) const;
    int within(Duration span) const;

    FakeClock &m_clock;
    std::mt19937 &m_random;
    QList<QByteArray> m_ids;
    int m_nextId = 0;
    int m_refused = 0;
    QList<Duration> m_received;
    QList<Duration> m_stops;
};

/// A simulated day of the real poller, budget and gateway, with somebody in front of the window at the hours given.
class PollDay {
public:
    struct Figures {
        int requests = 0;
        int refused = 0;
        int mostPerMinute = 0;
        int mostPerHour = 0;
        int mostPollsPerMinute = 0;
        int mostPollsPerHour = 0;
        QList<double> stopWaits;   ///< ms from asking for a place to leaving
        QList<double> chosenAges;  ///< s, while somebody looks, once a second
        QList<double> listAges;    ///< s, of the count and the first page
        QList<double> oldestRows;  ///< s, of the row read longest ago, once a pass was whole
        QList<int> requestsPerPass; ///< for the running list, read whole
    };

    PollDay(int conversations, unsigned seed);

    /// `looks`: whether somebody does in that hour (0 … 23).
    Figures run(int hours, const std::function<bool(int hour)> &looks);

private:
    void turn();
    void passSecond();
    void look(bool looks);
    void stopNow();
    void measure();

    std::mt19937 m_random;
    FakeClock m_clock;
    FakeNetwork m_network;
    LimitedService m_service;
    std::shared_ptr<RequestBudget> m_budget;
    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<Poller> m_poller;
    QObject m_asker;
    Figures m_figures;
    QDateTime m_chosenReadAt;
    int m_pagesThisPass = 0;
    bool m_looks = false;
};
