#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <thread>

#include <sys/resource.h>

/// How long the event loop of this thread stood still at the longest, since it was made. A thread that does nothing
/// beats as well: what that had to wait, the machine kept back.
class Heartbeat {
public:
    Heartbeat()
        : m_idle([this](const std::stop_token &end) { beatIdly(end); })
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { m_gap = std::max(m_gap, m_since.restart()); });
        m_since.start();
        m_timer.start(pause);
    }

    qint64 longestGap() const { return std::max(m_gap, m_since.elapsed()); } ///< ms
    qint64 longestOfAnIdleThread() const { return m_idleGap; }               ///< ms, at the same time
    /// Whether it never stood still for so long by its own doing, and the figures for a report. The limit itself holds
    /// with --long alone, where nothing runs beside: on a slow day five times as much is no fault of the program.
    bool isSteady(std::chrono::milliseconds limit) const
    {
        const int slowDay = qEnvironmentVariableIsSet("STOPDESK_FULL_TABLE") ? 1 : 5;
        return longestGap() < slowDay * limit.count() + longestOfAnIdleThread();
    }
    QByteArray figures() const
    {
        return "longest gap " + QByteArray::number(longestGap()) + " ms, of a thread that does nothing "
            + QByteArray::number(longestOfAnIdleThread()) + " ms";
    }

private:
    static constexpr std::chrono::milliseconds pause{5};

    void beatIdly(const std::stop_token &end)
    {
        QElapsedTimer since;
        for (since.start(); !end.stop_requested(); m_idleGap = std::max<qint64>(m_idleGap, since.restart()))
            std::this_thread::sleep_for(pause);
    }

    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_gap = 0;
    std::atomic<qint64> m_idleGap{0};
    std::jthread m_idle; ///< the last: it uses the others
};

/// What the process has cost since it was made, as the kernel tells. One at a time: the peak begins anew with each.
class ProcessCost {
public:
    ProcessCost()
    {
        QFile peak(QStringLiteral("/proc/self/clear_refs"));
        if (peak.open(QFile::WriteOnly))
            peak.write("5"); // the peak begins anew
    }

    qint64 peakMemory() const { return memory("VmHWM") - m_memory; } ///< KB above the start
    /// Percent of one core since it was made; over all threads.
    double processorShare() const { return 100 * (processorTime() - m_processor) / (double(m_since.elapsed()) / 1000); }

private:
    static qint64 memory(const QByteArray &name)
    {
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QFile::ReadOnly))
            return 0;
        const QByteArray text = status.readAll();
        return text.mid(text.indexOf(name + ':') + name.size() + 1).trimmed().split(' ').first().toLongLong();
    }
    static double processorTime() ///< s
    {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    static QElapsedTimer started()
    {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }

    qint64 m_memory = memory("VmRSS");
    double m_processor = processorTime();
    QElapsedTimer m_since = started();
};
