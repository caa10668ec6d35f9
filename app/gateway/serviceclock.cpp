#include "app/gateway/serviceclock.h"

#include "app/types/clock.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void ServiceClock::hear(const QByteArray &date, const QDateTime &receivedAt, Duration took)
{
    const QDateTime told = dateIn(date);
    if (!told.isValid())
        return;
    const Duration least(receivedAt.msecsTo(told));
    const Duration presumed = m_ahead.value_or(Duration(receivedAt.msecsTo(toService(receivedAt))));
    m_ahead = std::clamp(presumed, least, least + 1s + std::max(took, 0ms));
}

QDateTime ServiceClock::fromService(const QDateTime &time) const
{
    return m_ahead ? time.addMSecs(-m_ahead->count()) : fromWall(time);
}

QDateTime ServiceClock::toService(const QDateTime &time) const
{
    return m_ahead ? time.addMSecs(m_ahead->count()) : toWall(time);
}

QDateTime ServiceClock::dateIn(const QByteArray &header)
{
    constexpr QByteArrayView zone = " GMT"; // Qt reads it as an offset alone; without one, as a local time
    const QByteArray text = header.trimmed();
    if (!text.endsWith(zone))
        return {};
    return QDateTime::fromString(QString::fromLatin1(text.chopped(zone.size())) + u" +0000"_s, Qt::RFC2822Date).toUTC();
}
