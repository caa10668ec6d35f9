#include "app/gateway/sendlog.h"

#include <algorithm>
#include <iterator>

namespace {

constexpr qint64 minute = 60'000; // ms
constexpr int minutes = 60;

/// Minutes of the wall clock since 1970, also for times before.
qint64 minuteOf(qint64 wall)
{
    return wall >= 0 ? wall / minute : (wall - minute + 1) / minute;
}

int &countOf(MinuteCount &count, Lane lane)
{
    switch (lane) {
    case Lane::Stop: return count.stops;
    case Lane::Check: return count.checks;
    case Lane::Poll: break;
    }
    return count.polls;
}

}

void SendLog::add(Entry entry)
{
    m_entries.insert(std::ranges::upper_bound(m_entries, entry), entry);
}

void SendLog::add(const std::vector<Entry> &entries)
{
    std::vector<Entry> sorted = entries;
    std::ranges::sort(sorted);
    std::deque<Entry> all;
    std::ranges::merge(m_entries, sorted, std::back_inserter(all));
    m_entries = std::move(all);
}

void SendLog::takeOver(const SendLog &other)
{
    std::deque<Entry> all;
    std::ranges::set_union(m_entries, other.m_entries, std::back_inserter(all));
    m_entries = std::move(all);
}

void SendLog::forgetUntil(Duration at)
{
    while (!m_entries.empty() && m_entries.front().at < at)
        m_entries.pop_front();
    while (!m_refusals.empty() && m_refusals.front() < at)
        m_refusals.pop_front();
}

int SendLog::since(Duration at) const
{
    return int(m_entries.end() - std::ranges::lower_bound(m_entries, at, {}, &Entry::at));
}

int SendLog::since(Duration at, Lane lane) const
{
    const auto first = std::ranges::lower_bound(m_entries, at, {}, &Entry::at);
    return int(std::count_if(first, m_entries.end(), [lane](const Entry &entry) { return entry.lane == lane; }));
}

std::optional<Duration> SendLog::leftBefore(int later) const
{
    if (later < 0 || size_t(later) >= m_entries.size())
        return std::nullopt;
    return m_entries[m_entries.size() - 1 - size_t(later)].at;
}

QList<MinuteCount> SendLog::lastHour(Duration now, qint64 wallNow) const
{
    QList<MinuteCount> counts(minutes);
    const auto placeOf = [now, wallNow](Duration at) {
        return minutes - 1 - (minuteOf(wallNow) - minuteOf(wallNow - (now - at).count()));
    };
    for (const Entry &entry : m_entries) {
        if (const qint64 place = placeOf(entry.at); place >= 0 && place < minutes)
            ++countOf(counts[place], entry.lane);
    }
    for (const Duration at : m_refusals) {
        if (const qint64 place = placeOf(at); place >= 0 && place < minutes)
            ++counts[place].refused;
    }
    return counts;
}
