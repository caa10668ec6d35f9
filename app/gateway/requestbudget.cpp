#include "app/gateway/requestbudget.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr double share = 0.9;
constexpr double pollShare = 0.66;
constexpr std::array lanes{Lane::Stop, Lane::Check, Lane::Poll}; // the order in which they are served

int ours(int limit)
{
    return std::max(1, int(limit * share));
}

size_t number(Lane lane)
{
    return size_t(lane);
}

}

RequestBudget::RequestBudget(int perMinute, int perHour, Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_windows{Window{1min, ours(perMinute)}, Window{1h, ours(perHour)}}
{
}

void RequestBudget::ask(Lane lane, QObject *asker, std::function<void()> leave)
{
    m_waiting[number(lane)].push_back({asker, std::move(leave)});
    wakeIn(0ms);
}

void RequestBudget::arrived(Lane lane)
{
    --m_inFlight[number(lane)];
    wakeIn(0ms);
}

void RequestBudget::holdPolling(Duration wait)
{
    m_pollingHeldUntil = std::max(m_pollingHeldUntil, m_clock.monotonic() + wait);
}

int RequestBudget::spent(Duration window) const
{
    const Duration from = m_clock.monotonic() - window;
    return int(std::ranges::count_if(m_sent, [from](Duration at) { return at > from; }));
}

/// How long until the windows have room for this lane; 0 when they have it now.
Duration RequestBudget::waitOf(Lane lane) const
{
    const Duration now = m_clock.monotonic();
    Duration wait = lane == Lane::Poll ? std::max(0ms, m_pollingHeldUntil - now) : 0ms;
    for (const Window &window : m_windows) {
        const int allowed = lane == Lane::Poll ? std::max(1, int(window.limit * pollShare)) : window.limit;
        if (int(m_sent.size()) < allowed)
            continue;
        const Duration oldestThatCounts = m_sent[m_sent.size() - size_t(allowed)];
        wait = std::max(wait, oldestThatCounts + window.length - now);
    }
    return wait;
}

void RequestBudget::forgetOld()
{
    const Duration from = m_clock.monotonic() - m_windows.back().length;
    while (!m_sent.empty() && m_sent.front() <= from)
        m_sent.pop_front();
}

void RequestBudget::letGo()
{
    forgetOld();
    while (letOneGo()) { }
    Duration wait = Duration::max();
    for (const Lane lane : lanes) {
        if (!m_waiting[number(lane)].empty() && m_inFlight[number(lane)] < inFlight)
            wait = std::min(wait, waitOf(lane));
    }
    if (wait != Duration::max())
        wakeIn(std::max(wait, 1ms));
    Q_EMIT changed();
}

bool RequestBudget::letOneGo()
{
    for (const Lane lane : lanes) {
        auto &waiting = m_waiting[number(lane)];
        while (!waiting.empty() && !waiting.front().asker)
            waiting.pop_front();
        if (waiting.empty() || m_inFlight[number(lane)] >= inFlight || waitOf(lane) > 0ms)
            continue;
        const Waiting next = std::move(waiting.front());
        waiting.pop_front();
        m_sent.push_back(m_clock.monotonic());
        ++m_inFlight[number(lane)];
        next.leave();
        return true;
    }
    return false;
}

void RequestBudget::wakeIn(Duration wait)
{
    const Duration at = m_clock.monotonic() + wait;
    if (at >= m_wakeAt)
        return;
    m_wakeAt = at;
    m_clock.after(wait, this, [this, at] {
        if (m_wakeAt != at)
            return;
        m_wakeAt = Duration::max();
        letGo();
    });
}
