#pragma once

#include <QHash>
#include <QMutex>
#include <QString>

namespace demo {

/// What arrived, counted by the server's thread and read by any other.
class Tally {
public:
    void addRequest();
    void addStop(const QString &taskId);
    void addVisitElsewhere();

    int requests() const;
    int stops(const QString &taskId) const;
    int visitsElsewhere() const;

private:
    mutable QMutex m_mutex;
    QHash<QString, int> m_stops;
    int m_requests = 0;
    int m_visitsElsewhere = 0;
};

}
