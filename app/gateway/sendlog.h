#pragma once

#include "app/types/failure.h"

#include <array>
#include <deque>
#include <vector>

/// Who asks for a place. Stops and the reads that belong to them go before polling, and none of the three can fill the
/// places in flight of another.
enum class Lane { Stop, Check, Poll };

inline constexpr std::array lanes{Lane::Stop, Lane::Check, Lane::Poll}; ///< in the order in which they are served

/// What left, and what was refused for rate, in one minute of the wall clock.
struct MinuteCount {
    int stops = 0;
    int checks = 0;
    int polls = 0;
    int refused = 0; ///< 429 for rate; those for a spent plan do not count
};

/// When each request left, exactly, for as long as it counts: one hour. Times are those of a clock that never jumps;
/// they may lie before its zero.
class SendLog {
public:
    struct Entry {
        Duration at;
        Lane lane;

        auto operator<=>(const Entry &) const = default;
    };

    void add(Entry entry); ///< at the end, or where its time belongs
    void add(const std::vector<Entry> &entries); ///< of somebody else
    void takeOver(const SendLog &other); ///< what both hold stands once
    void addRefusal(Duration at) { m_refusals.push_back(at); }
    void forgetUntil(Duration at);

    int size() const { return int(m_entries.size()); }
    int since(Duration at) const; ///< how many left at that time or later
    int since(Duration at, Lane lane) const;
    /// When the one left that has `later` others after it; nothing when there are not so many.
    std::optional<Duration> leftBefore(int later) const;
    /// The last 60 minutes of the wall clock, the oldest first; the last one is the minute that runs.
    QList<MinuteCount> lastHour(Duration now, qint64 wallNow) const;

private:
    std::deque<Entry> m_entries; ///< by time
    std::deque<Duration> m_refusals;
};
