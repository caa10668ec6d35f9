#pragma once

#include "app/types/clock.h"
#include "app/types/connection.h"
#include "app/types/stop.h"

#include <QSqlDatabase>
#include <QUuid>

/// A decision as the journal is told of it, and the connection it goes through.
namespace decision {

inline StopReport report()
{
    StopReport report;
    report.target.agent = {QStringLiteral("a1")};
    report.target.agentName = QStringLiteral("Billing helper");
    report.target.conversation = {QStringLiteral("c7")};
    report.target.title = QStringLiteral("Refund");
    report.target.person = {QStringLiteral("u7"), QStringLiteral("ana@acme.example"), QStringLiteral("Ana")};
    report.target.connection = {QStringLiteral("k1")};
    report.clearQueue = ClearQueue::Yes;
    report.reason = QStringLiteral("Ticket 4711");
    report.operatorName = QStringLiteral("noa");
    report.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);
    report.since = report.askedAt;
    report.request = {QStringLiteral("r1")};
    return report;
}

/// The same, `ms` later in a new state.
inline StopReport after(int ms, StopState state, StopReport report = decision::report())
{
    report.state = state;
    report.since = report.askedAt.addMSecs(ms);
    return report;
}

inline Connection connection()
{
    Connection connection;
    connection.id = {QStringLiteral("k1")};
    connection.name = QStringLiteral("Acme");
    connection.address = QUrl(QStringLiteral("https://api.example.test:8443/prefix"));
    return connection;
}

/// Another program's look at the file; goes with this object.
class Look {
public:
    explicit Look(const QString &file)
        : m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QUuid::createUuid().toString()))
    {
        m_database.setDatabaseName(file);
        m_database.open();
    }
    Look(const Look &) = delete;
    Look &operator=(const Look &) = delete;
    ~Look()
    {
        const QString name = m_database.connectionName();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
    }
    const QSqlDatabase &database() const { return m_database; }

private:
    QSqlDatabase m_database;
};

}
