#pragma once

#include "app/demo/order.h"

#include <QMutex>
#include <QString>

#include <map>

namespace demo {

/// What arrived, counted by the server's thread and read by any other.
class Tally {
public:
    void addRequest();
    void addOrder(Order order, const QString &id);
    void addVisitElsewhere();

    int requests() const;
    int orders(Order order, const QString &id) const;
    int visitsElsewhere() const;

private:
    mutable QMutex m_mutex;
    std::map<std::pair<Order, QString>, int> m_orders;
    int m_requests = 0;
    int m_visitsElsewhere = 0;
};

}
