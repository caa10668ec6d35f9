#include "tests/support/faultscript.h"

#include <QMutexLocker>

#include <algorithm>

QByteArray Delivery::header(const char *name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

std::optional<Delivery> takeRequest(QByteArray &buffer)
{
    const qsizetype headerEnd = buffer.indexOf("\r\n\r\n");
    if (headerEnd < 0) {
        return std::nullopt;
    }
    QByteArrayList lines = buffer.left(headerEnd).split('\n');
    const QByteArrayList start = lines.takeFirst().trimmed().split(' ');
    Delivery delivery;
    delivery.method = start.value(0);
    delivery.path = start.value(1);
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        delivery.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    const qsizetype length = delivery.header("Content-Length").toLongLong();
    if (buffer.size() < headerEnd + 4 + length) {
        return std::nullopt;
    }
    delivery.body = buffer.mid(headerEnd + 4, length);
    buffer.remove(0, headerEnd + 4 + length);
    return delivery;
}

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

int FaultScript::countConnection()
{
    const QMutexLocker locker(&m_mutex);
    return ++m_connections;
}

void FaultScript::countBytes(const QByteArray &bytes)
{
    const QMutexLocker locker(&m_mutex);
    m_received += bytes;
}

Reaction FaultScript::deliver(const Delivery &delivery)
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

std::optional<Reaction> FaultScript::takeBeforeReading()
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
