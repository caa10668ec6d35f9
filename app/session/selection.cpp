#include "app/session/selection.h"

Selection::Selection(Connector &connector, DesktopLock &lock, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_connector(connector)
    , m_lock(lock)
    , m_clock(clock)
{
    connect(&connector, &Connector::linkChanged, this, &Selection::followLink);
    connect(&lock, &DesktopLock::changed, this, [this] {
        if (isMany())
            count();
    });
    followLink();
}

void Selection::followLink()
{
    choose({});
    const ServiceLink &link = m_connector.link();
    connect(&link.conversations(), &ConversationListModel::toldAll, this, &Selection::countSoon);
    connect(&link, &ServiceLink::keyChanged, this, &Selection::countSoon);
}

void Selection::choose(const QList<ConversationId> &ids)
{
    if (ids.size() < 2 && !isMany())
        return;
    m_ids = ids.size() < 2 ? QList<ConversationId>() : ids;
    count();
}

void Selection::countSoon()
{
    if (!isMany() || std::exchange(m_counting, true))
        return;
    m_clock.after(pause, this, [this] {
        m_counting = false;
        count();
    });
}

void Selection::count()
{
    m_facts = factsOf(m_ids);
    Q_EMIT changed();
}

SelectionFacts Selection::factsOf(const QList<ConversationId> &ids) const
{
    const ServiceLink &link = m_connector.link();
    const bool isReadOnly = link.connection() && link.connection()->readOnly;
    return ::factsOf(ids, link.conversations(), {isReadOnly, link.isKeyKnown(), false, false, !m_lock.isArmed()});
}

QList<StopTarget> Selection::targets() const
{
    return targetsOf(m_facts);
}

QList<StopTarget> Selection::targetsAmong(const QList<ConversationId> &ids) const
{
    return targetsOf(factsOf(ids));
}

QList<StopTarget> Selection::targetsOf(const SelectionFacts &facts) const
{
    QList<StopTarget> targets;
    for (const ConversationId &id : facts.stoppable) {
        if (const auto target = m_connector.link().locator().targetOf(id))
            targets.append(*target);
    }
    return targets;
}
