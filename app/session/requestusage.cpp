#include "app/session/requestusage.h"

using namespace std::chrono_literals;

namespace {

constexpr int kept = 60; // minutes
constexpr Duration usualAnswer = 300ms; // of a stop

}

void RequestUsage::use(const std::shared_ptr<Gateway> &gateway)
{
    m_gateway = gateway;
    m_running.clear();
}

void RequestUsage::noteRunning(int running)
{
    const qint64 now = minute();
    m_running[now] = qMax(running, m_running.value(now));
    m_running.removeIf([now](const auto &each) { return each.key() <= now - kept || each.key() > now; });
}

RequestUse RequestUsage::now() const
{
    return m_gateway ? m_gateway->use() : RequestUse();
}

std::optional<SendForecast> RequestUsage::whenSent(int stops, int readAlone) const
{
    if (!m_gateway)
        return std::nullopt;
    return m_gateway->whenSent(stops, usualAnswer, readAlone);
}

QList<MinuteOfUse> RequestUsage::lastHour() const
{
    QList<MinuteOfUse> hour;
    if (!m_gateway)
        return hour;
    const QList<MinuteCount> counts = m_gateway->lastHour();
    qint64 at = minute() - counts.size();
    for (const MinuteCount &count : counts) {
        const auto ran = m_running.constFind(++at);
        hour.append({count.stops, count.checks, count.polls, count.refused,
                     ran == m_running.cend() ? std::nullopt : std::optional(*ran)});
    }
    return hour;
}
