#include "tests/support/faultscript.h"

#include <QMutexLocker>

#include <algorithm>

void FaultScript::setDefault(const Reaction &reaction)
{
    const QMutexLocker locker(&m_mutex);
    m_default = reaction;
}

void FaultScript::queue(const QList<Reaction> &reactions)
{
    const QMutexLocker locker(&m_mutex);
    m_queue += reactions;
}

void FaultScript::setForPath(const QByteArray &contains, const QList<Reaction> &reactions)
{
    Q_ASSERT(!reactions.isEmpty());
    const QMutexLocker locker(&m_mutex);
    m_rules.removeIf([&](const PathRule &rule) { return rule.contains == contains; });
    m_rules.prepend({contains, reactions});
}

void FaultScript::reset()
{
    const QMutexLocker locker(&m_mutex);
    m_default = Reaction::answer(200);
    m_queue.clear();
    m_rules.clear();
    m_deliveries.clear();
    m_received.clear();
    m_connections = 0;
}

void FaultScript::noteConnection()
{
    const QMutexLocker locker(&m_mutex);
    ++m_connections;
}

void FaultScript::noteBytes(const QByteArray &bytes)
{
    const QMutexLocker locker(&m_mutex);
    m_received += bytes;
}

Reaction FaultScript::reactTo(const Delivery &delivery)
{
    const QMutexLocker locker(&m_mutex);
    m_deliveries.append(delivery);
    const QByteArray line = delivery.method + ' ' + delivery.path;
    const auto rule = std::find_if(m_rules.begin(), m_rules.end(),
                                   [&](const PathRule &each) { return line.contains(each.contains); });
    if (rule != m_rules.end()) {
        return rule->reactions.size() > 1 ? rule->reactions.takeFirst() : rule->reactions.first();
    }
    return m_queue.isEmpty() ? m_default : m_queue.takeFirst();
}

std::optional<Reaction> FaultScript::reactBeforeReading()
{
    const QMutexLocker locker(&m_mutex);
    const Reaction &next = m_queue.isEmpty() ? m_default : m_queue.first();
    if (next.when != Reaction::When::BeforeReading) {
        return std::nullopt;
    }
    return m_queue.isEmpty() ? m_default : m_queue.takeFirst();
}

QList<Delivery> FaultScript::deliveries() const
{
    const QMutexLocker locker(&m_mutex);
    return m_deliveries;
}

QByteArray FaultScript::received() const
{
    const QMutexLocker locker(&m_mutex);
    return m_received;
}

int FaultScript::connections() const
{
    const QMutexLocker locker(&m_mutex);
    return m_connections;
}
