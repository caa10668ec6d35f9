#pragma once

#include "app/demo/api.h"

#include <QDateTime>
#include <QFile>
#include <QList>

namespace demo {

/// What a demo that is kept in a folder needs to go on at its next start as if it had never ended, however it ended:
/// when it began, the port it listens at, and each order with its time. A line of JSON each, in `service.jsonl`.
class ServiceLog {
public:
    struct Order {
        qint64 at; ///< ms since the service began
        Call call;
    };

    /// Reads what is there. An empty folder, which is the usual demo: nothing is read or kept.
    explicit ServiceLog(const QString &folder);

    const QDateTime &began() const { return m_began; } ///< UTC; now for one that begins
    quint16 port() const { return m_port; }            ///< 0: any
    const QList<Order> &orders() const { return m_orders; } ///< of earlier runs
    const QString &trouble() const { return m_trouble; }    ///< why nothing can be kept; empty: nothing is wrong

    void keepPort(quint16 port); ///< once
    void keep(const Order &order); ///< before it is answered: a crash loses none that was

private:
    void read(const QByteArray &line);
    void write(const QJsonObject &line);

    QFile m_file;
    QDateTime m_began;
    quint16 m_port = 0;
    QList<Order> m_orders;
    QString m_trouble;
};

}
