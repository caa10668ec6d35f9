#pragma once

#include "app/types/failure.h"

#include <QSqlError>

/// Why the journal does not work, in words for a person; `cause` is one of them.
Failure journalFailure(const QString &cause);

/// The same from what SQLite says of the file: its kind in plain words, or what the folder lacks, then its own text.
Failure journalFailure(const QSqlError &error, const QString &file);
