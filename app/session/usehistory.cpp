#include "app/session/usehistory.h"

namespace {

constexpr int kept = 60; // minutes

qint64 minuteOf(const QDateTime &time)
{
    return time.toSecsSinceEpoch() / 60;
}

}

void UseHistory::note(const QDateTime &now, int running)
{
    const qint64 minute = minuteOf(now);
    m_running[minute] = qMax(running, m_running.value(minute));
    m_running.removeIf([minute](const auto &each) { return each.key() <= minute - kept || each.key() > minute; });
}

std::optional<int> UseHistory::running(const QDateTime &now, int minutesAgo) const
{
    const auto found = m_running.constFind(minuteOf(now) - minutesAgo);
    return found == m_running.cend() ? std::nullopt : std::optional(*found);
}
