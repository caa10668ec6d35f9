#include "app/session/retry.h"

#include "app/types/outcomegroup.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace {

/// The same for what `isSameDecision`, on one connection.
QString keyOf(const StopTarget &target)
{
    return QStringList{target.conversation.value, QString::number(int(target.command)), target.message.id.value}.join(
        u'\n');
}

}

Retry::Retry(StopService &stops, Connector &connector) : m_stops(stops), m_connector(connector) { }

void Retry::start(const QList<StopReport> &reports)
{
    if (isReading())
        return;
    m_asker = std::make_unique<QObject>();
    m_found = {};
    m_asked = m_read = 0;
    take(reports);
    m_stays = QList<bool>(m_wanted.size(), true);
    if (m_wanted.isEmpty())
        QMetaObject::invokeMethod(m_asker.get(), [this] { finish(); }, Qt::QueuedConnection);
    for (int i = 0; i < atOnce; ++i)
        readNext();
}

void Retry::cancel()
{
    m_asker.reset();
}

/// Each target once, however often it was tried.
void Retry::take(const QList<StopReport> &reports)
{
    m_wanted.clear();
    QSet<QString> taken;
    for (const StopReport &report : reports) {
        if (!canBeRetried(report))
            continue;
        const StopTarget target = m_connector.link().locator().again(report.target);
        const QString key = keyOf(target);
        if (!m_stops.canReach(target) || m_stops.isUnderWay(target))
            ++m_found.leftOut;
        else if (!taken.contains(key))
            m_wanted.append(target);
        taken.insert(key);
    }
}

void Retry::readNext()
{
    if (m_asked == m_wanted.size())
        return;
    const int place = m_asked++;
    m_connector.link().locator().readRunState(m_wanted.at(place), m_asker.get(),
                                              [this, place](const Result<RunState> &read) { note(place, read); });
}

void Retry::note(int place, const Result<RunState> &read)
{
    StopTarget &target = m_wanted[place];
    if (read) {
        m_stays[place] = isStillThere(target, *read);
        target.before = *read;
        target.ranBefore = m_stays.at(place);
        m_found.noLongerRunning += m_stays.at(place) ? 0 : 1;
    } else {
        ++m_found.notRead;
    }
    Q_EMIT progressed(++m_read, int(m_wanted.size()));
    if (!isReading())
        return;
    if (m_read == m_wanted.size())
        finish();
    else
        readNext();
}

void Retry::finish()
{
    for (int i = 0; i < m_wanted.size(); ++i) {
        if (m_stays.at(i))
            m_found.targets.append(m_wanted.at(i));
    }
    m_asker.release()->deleteLater(); // one of its reads may be what called
    Q_EMIT ended(m_found);
}
