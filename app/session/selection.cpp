#include "app/session/selection.h"

Selection::Selection(Session &session, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_clock(clock)
{
    connect(&session, &Session::detailsChanged, this, &Selection::countSoon);
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
    const std::optional<Connection> &connection = m_session.connection();
    const bool keyKnown = m_session.keyState() == Session::KeyState::Known;
    m_facts = factsOf(m_ids, m_session.conversations(), {connection && connection->readOnly, keyKnown, false, {}});
    Q_EMIT changed();
}

QList<StopTarget> Selection::targets() const
{
    QList<StopTarget> targets;
    for (const ConversationId &id : m_facts.stoppable) {
        if (const auto target = m_session.decisions().targetOf(id))
            targets.append(*target);
    }
    return targets;
}
