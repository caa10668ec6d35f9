#pragma once

#include "app/types/clock.h"

#include <QElapsedTimer>
#include <QPointer>

#include <map>
#include <optional>

/// Time that only a test moves. Starts at 2026-05-13 12:00:00 UTC, and the wall clock with it. Chance is 0.5 until a
/// test says otherwise.
class FakeClock final : public Clock {
public:
    FakeClock() { noteWall(now(), now()); }
    ~FakeClock() override { noteWall(now(), now()); }

    Duration monotonic() const override { return m_elapsed; }
    QDateTime now() const override { return m_start.addMSecs(m_elapsed.count()); }
    QDateTime wallNow() const override { return now().addMSecs(m_set.count()); }
    double random() const override { return m_random ? m_random() : 0.5; }
    void setRandom(std::function<double()> random) { m_random = std::move(random); }
    /// Somebody sets the wall clock, forwards or back.
    void jump(Duration step)
    {
        m_set += step;
        noteWall(now(), wallNow());
    }
    void after(Duration wait, QObject *context, std::function<void()> then) override
    {
        m_due.emplace(m_elapsed + wait, Waiting{context, std::move(then)});
    }

    /// The program is started anew: its time begins with what the wall clock says.
    void restart()
    {
        m_start = m_start.addMSecs(std::exchange(m_set, Duration(0)).count());
        noteWall(now(), wallNow());
    }

    /// Lets `step` pass, calling what falls due, in order and each at its own moment.
    void advance(Duration step)
    {
        const Duration end = m_elapsed + step;
        while (!m_due.empty() && m_due.begin()->first <= end) {
            auto first = m_due.extract(m_due.begin());
            m_elapsed = std::max(m_elapsed, first.key());
            QElapsedTimer timer;
            timer.start();
            if (first.mapped().context)
                first.mapped().then();
            m_longestCall = std::max(m_longestCall, timer.elapsed());
        }
        m_elapsed = end;
    }

    /// The machine sleeps: the clocks go on and nothing falls due. As with the machine's own clock, what is overdue then
    /// is called once it was awake for as long as was left of it, and for 5 s at the most.
    void sleep(Duration length)
    {
        constexpr Duration nap = std::chrono::seconds(5);
        std::multimap<Duration, Waiting> due;
        for (auto &[at, waiting] : m_due)
            due.emplace(std::max(at, m_elapsed + length + std::min(at - m_elapsed, nap)), std::move(waiting));
        m_due = std::move(due);
        m_elapsed += length;
    }

    /// The longest that anything took which fell due, since it was last asked; ms of real time.
    qint64 takeLongestCall() { return std::exchange(m_longestCall, 0); }

    /// How long until the next thing falls due; nothing when none will.
    std::optional<Duration> untilNext() const
    {
        return m_due.empty() ? std::nullopt : std::optional(std::max(Duration(0), m_due.begin()->first - m_elapsed));
    }

private:
    struct Waiting {
        QPointer<QObject> context;
        std::function<void()> then;
    };

    QDateTime m_start = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);
    Duration m_elapsed{0};
    Duration m_set{0}; ///< how far the wall clock was set
    qint64 m_longestCall = 0;
    std::function<double()> m_random;
    std::multimap<Duration, Waiting> m_due;
};
