#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>

/// One statement on a journal's file from another connection, as another program would.
inline bool executeIn(const QString &file, const QString &statement)
{
    const QString name = QStringLiteral("another program");
    bool isDone = false;
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(file);
        isDone = database.open() && QSqlQuery(database).exec(statement);
    }
    QSqlDatabase::removeDatabase(name);
    return isDone;
}

/// No entry can be written any more, until `makeRoom`. What is there stays.
inline bool fillJournal(const QString &file)
{
    return executeIn(file, QStringLiteral("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END"));
}

inline bool makeRoom(const QString &file)
{
    return executeIn(file, QStringLiteral("DROP TRIGGER full"));
}
