#pragma once

#include "app/types/journalentry.h"
#include "app/types/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>

/// Reads whole entries by their number: the intent row, then what its later rows made of it.
class EntryQuery {
public:
    EntryQuery(const QSqlDatabase &database, const QString &file);

    /// The entry, or none with that number. Failures are in words for a person.
    Result<std::optional<JournalEntry>> entry(qint64 intent);

private:
    Result<Done> prepare();
    Result<Done> addSteps(JournalEntry &entry);

    QString m_file;
    QSqlQuery m_intent;
    QSqlQuery m_steps;
    bool m_isPrepared = false;
};
