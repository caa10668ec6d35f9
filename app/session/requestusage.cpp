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
    if (!m_gateway)
        return {};
    const RequestBudget &budget = m_gateway->channel().budget();
    return {budget.spentThisMinute(), budget.perMinute(), budget.spentThisHour(), budget.perHour(),
            budget.waitOf(Lane::Stop).time, budget.isUsedElsewhere(), budget.waitOf(Lane::Poll, true).time};
}

std::optional<SendForecast> RequestUsage::whenSent(int stops, int readAlone) const
{
    if (!m_gateway)
        return std::nullopt;
    return m_gateway->channel().budget().whenSent(stops, usualAnswer / RequestBudget::inFlight, readAlone);
}

QList<MinuteOfUse> RequestUsage::lastHour() const
{
    QList<MinuteOfUse> hour;
    if (!m_gateway)
        return hour;
    const QList<MinuteCount> counts = m_gateway->channel().budget().lastHour();
    qint64 at = minute() - counts.size();
    for (const MinuteCount &count : counts) {
        const auto ran = m_running.constFind(++at);
        hour.append({count.stops, count.checks, count.polls, count.refused,
                     ran == m_running.cend() ? std::nullopt : std::optional(*ran)});
    }
    return hour;
}
