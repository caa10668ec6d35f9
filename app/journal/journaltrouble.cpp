#include "app/journal/journaltrouble.h"

#include "app/types/foldertrouble.h"
#include "app/words/startwords.h"

#include <QCoreApplication>
#include <QFileInfo>

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

/// Whether it comes of what the folder lacks: SQLite calls a disk without locks a busy one.
bool explains(FolderTrouble trouble, int code)
{
    switch (code) {
    case Corrupt:
    case NotADatabase: return false;
    case Busy:
    case Locked: return trouble == FolderTrouble::NoLocks;
    default:
        return trouble != FolderTrouble::None && trouble != FolderTrouble::Other && trouble != FolderTrouble::NoLockFiles;
    }
}

}

Failure journalFailure(const QString &cause)
{
    return {FailureKind::JournalUnusable, Reached::NeverLeft, 0, {}, cause, {}, {}};
}

Failure journalFailure(const QSqlError &error, const QString &file)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const QString folder = QFileInfo(file).absolutePath();
    const FolderTrouble trouble = folderTrouble(folder);
    if (explains(trouble, code)) {
        return journalFailure(Troubles::tr("%1 (%2)", "cause: folder (text of SQLite)")
                                  .arg(words::folderLacks(trouble, folder), error.databaseText()));
    }
    return journalFailure(
        Troubles::tr("%1: %2 (%3)", "cause: file (text of SQLite)").arg(causeOf(code), file, error.databaseText()));
}
