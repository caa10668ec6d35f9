#include "app/types/clock.h"

#include <QRandomGenerator>
#include <QTimer>

#include <atomic>
#ifdef Q_OS_UNIX
#include <ctime>
#endif

using namespace std::chrono_literals;

namespace {

constexpr Duration longestNap = 5s; ///< Qt's timers stand still while the machine sleeps: looked at again so often
constexpr qint64 clockSlack = 1500; ///< ms; the two clocks are read one after the other, and drift

std::atomic<qint64> wallStep = 0; ///< s; how far the wall clock was set since the program started

/// Since the machine started, with its sleep.
Duration sinceBoot()
{
#if defined(Q_OS_LINUX) || defined(Q_OS_MACOS)
#ifdef Q_OS_LINUX
    constexpr clockid_t withSleep = CLOCK_BOOTTIME;
#else
    constexpr clockid_t withSleep = CLOCK_MONOTONIC_RAW; // goes on during sleep there; the other follows the wall clock
#endif
    timespec time{};
    clock_gettime(withSleep, &time);
    return std::chrono::duration_cast<Duration>(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
#else
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()); // Windows: the same
#endif
}

/// One for all clocks of the process: their times can be compared.
struct Start {
    QDateTime wall = QDateTime::currentDateTimeUtc();
    Duration monotonic = sinceBoot();
};

}

void Clock::noteWall(const QDateTime &now, const QDateTime &wallNow)
{
    const qint64 step = now.msecsTo(wallNow);
    if (std::abs(step - wallStep * 1000) > clockSlack)
        wallStep = qRound64(double(step) / 1000);
}

QDateTime toWall(const QDateTime &time)
{
    return time.addSecs(wallStep);
}

QDateTime fromWall(const QDateTime &time)
{
    return time.addSecs(-wallStep);
}

Duration SystemClock::monotonic() const
{
    return sinceBoot();
}

QDateTime SystemClock::now() const
{
    static const Start start;
    const QDateTime now = start.wall.addMSecs((sinceBoot() - start.monotonic).count());
    noteWall(now, wallNow());
    return now;
}

QDateTime SystemClock::wallNow() const
{
    return QDateTime::currentDateTimeUtc();
}

double SystemClock::random() const
{
    return QRandomGenerator::global()->generateDouble();
}

void SystemClock::after(Duration wait, QObject *context, std::function<void()> then)
{
    if (wait <= longestNap)
        return QTimer::singleShot(std::max(wait, 0ms), Qt::PreciseTimer, context, std::move(then));
    QTimer::singleShot(longestNap, Qt::PreciseTimer, context, [this, due = monotonic() + wait, context, then = std::move(then)] {
        after(due - monotonic(), context, then);
    });
}
