#include "app/gateway/networkwatch.h"

#include <QNetworkInformation>

NetworkWatch::NetworkWatch(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void NetworkWatch::start()
{
    m_lastBeat = m_clock.monotonic();
    listenToSystem();
    m_clock.after(beat, this, [this] { feel(); });
}

void NetworkWatch::listenToSystem()
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const QNetworkInformation *system = QNetworkInformation::instance();
    connect(system, &QNetworkInformation::reachabilityChanged, this, &NetworkWatch::takeSystemChange);
    connect(system, &QNetworkInformation::transportMediumChanged, this, &NetworkWatch::takeSystemChange);
}

/// A change of network comes as several: they are told as one.
void NetworkWatch::takeSystemChange()
{
    m_systemChanged = true;
}

/// Beats stand still while the machine sleeps, the clock does not.
void NetworkWatch::feel()
{
    const Duration now = m_clock.monotonic();
    const bool slept = now - m_lastBeat > longestGap;
    const bool isChanged = slept || m_systemChanged;
    m_lastBeat = now;
    m_systemChanged = false;
    m_clock.after(beat, this, [this] { feel(); });
    if (isChanged)
        Q_EMIT changed();
}
