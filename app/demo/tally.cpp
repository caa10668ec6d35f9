#include "app/demo/tally.h"

namespace demo {

void Tally::addRequest()
{
    const QMutexLocker lock(&m_mutex);
    ++m_requests;
}

void Tally::addStop(const QString &taskId)
{
    const QMutexLocker lock(&m_mutex);
    ++m_stops[taskId];
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

int Tally::stops(const QString &taskId) const
{
    const QMutexLocker lock(&m_mutex);
    return m_stops.value(taskId);
}

int Tally::visitsElsewhere() const
{
    const QMutexLocker lock(&m_mutex);
    return m_visitsElsewhere;
}

}
