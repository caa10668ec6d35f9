#include "app/session/selection.h"

Selection::Selection(Session &session, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_clock(clock)
{
    connect(&session, &Session::detailsChanged, this, &Selection::countSoon);
    connect(&session, &Session::armedChanged, this, [this] {
        if (isMany())
            count();
    });
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
    const std::optional<Connection> &connection = m_session.connection();
    const bool keyKnown = m_session.keyState() == Session::KeyState::Known;
    return ::factsOf(ids, m_session.conversations(), {connection && connection->readOnly, keyKnown, false, false, !m_session.isArmed()});
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
        if (const auto target = m_session.decisions().targetOf(id))
            targets.append(*target);
    }
    return targets;
}
