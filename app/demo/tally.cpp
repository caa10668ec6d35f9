#include "app/demo/tally.h"

namespace demo {

void Tally::addRequest()
{
    const QMutexLocker lock(&m_mutex);
    ++m_requests;
}

void Tally::addOrder(Order order, const QString &id)
{
    const QMutexLocker lock(&m_mutex);
    ++m_orders[{order, id}];
}

void Tally::addVisitElsewhere()
{
    const QMutexLocker lock(&m_mutex);
    ++m_visitsElsewhere;
}

int Tally::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

int Tally::orders(Order order, const QString &id) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_orders.find({order, id});
    return found == m_orders.end() ? 0 : found->second;
}

int Tally::visitsElsewhere() const
{
    const QMutexLocker lock(&m_mutex);
    return m_visitsElsewhere;
}

}
