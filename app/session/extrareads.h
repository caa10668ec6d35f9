#pragma once

#include "app/types/clock.h"

#include <algorithm>
#include <deque>

/// How many reads of the last hour were more than the least: what the pace of polling may still add to it.
class ExtraReads {
public:
    explicit ExtraReads(Clock &clock) : m_clock(clock) { }

    void note(int reads = 1)
    {
        while (!m_at.empty() && m_at.front() <= hourAgo())
            m_at.pop_front();
        m_at.insert(m_at.end(), size_t(reads), m_clock.monotonic());
    }
    int withinHour() const { return int(std::ranges::count_if(m_at, [this](Duration at) { return at > hourAgo(); })); }

private:
    Duration hourAgo() const { return m_clock.monotonic() - std::chrono::hours(1); }

    Clock &m_clock;
    std::deque<Duration> m_at;
};
