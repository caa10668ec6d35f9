#pragma once

#include "app/gateway/gateway.h"
#include "app/types/requestuse.h"

#include <QHash>

/// What this program asks of the connected service, for the screen: how much of the limits is used, and the last hour
/// with the conversations that ran.
class RequestUsage {
public:
    explicit RequestUsage(Clock &clock) : m_clock(clock) { }

    void use(const std::shared_ptr<Gateway> &gateway); ///< null: none; what ran before is forgotten
    void noteRunning(int running);                     ///< now; of a minute the most stays

    RequestUse now() const;
    /// How long so many stops would take, sent two at a time from now on; `readAlone` of them are proven by a read each.
    /// Nothing without a service.
    std::optional<SendForecast> whenSent(int stops, int readAlone = 0) const;
    QList<MinuteOfUse> lastHour() const; ///< 60 minutes, the oldest first; empty without a service

private:
    qint64 minute() const { return m_clock.now().toSecsSinceEpoch() / 60; }

    Clock &m_clock;
    std::shared_ptr<Gateway> m_gateway;
    QHash<qint64, int> m_running; ///< by minute since 1970
};
