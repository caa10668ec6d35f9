#include "app/journal/journaltrouble.h"

#include <QCoreApplication>

namespace {

struct Troubles {
    Q_DECLARE_TR_FUNCTIONS(Troubles)
};

/// Primary result codes of SQLite (sqlite.org/rescode.html). An extended code holds its primary one in the low byte.
enum Code {
    Permission = 3,
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26
};

QString causeOf(int code)
{
    switch (code) {
    case Permission:
    case ReadOnly: return Troubles::tr("The file cannot be written");
    case Busy:
    case Locked: return Troubles::tr("Another program keeps the file busy");
    case InputOutput: return Troubles::tr("The disk does not take or give the file");
    case Corrupt:
    case NotADatabase: return Troubles::tr("The file is damaged, or not a journal");
    case Full: return Troubles::tr("The disk is full");
    case CannotOpen: return Troubles::tr("The file cannot be opened or made");
    default: return Troubles::tr("The file cannot be used");
    }
}

}

Failure journalFailure(const QString &cause)
{
    return {FailureKind::JournalUnusable, Reached::NeverLeft, 0, {}, cause, {}, {}};
}

Failure journalFailure(const QSqlError &error, const QString &file)
{
    const QString cause = causeOf(error.nativeErrorCode().toInt() & 0xff);
    return journalFailure(
        Troubles::tr("%1: %2 (%3)", "cause: file (text of SQLite)").arg(cause, file, error.databaseText()));
}
