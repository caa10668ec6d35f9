#include "app/types/foldertrouble.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

QString nearestOf(const QString &folder)
{
    QString nearest = QDir::cleanPath(QDir(folder).absolutePath());
    while (!QFileInfo::exists(nearest) && nearest != QFileInfo(nearest).path())
        nearest = QFileInfo(nearest).path();
    return nearest;
}

#ifdef Q_OS_UNIX

constexpr qsizetype room = 1 << 16; // bytes; a step of the journal needs less

FolderTrouble troubleOf(int error)
{
    switch (error) {
    case EROFS: return FolderTrouble::ReadOnlyDisk;
    case EACCES:
    case EPERM: return FolderTrouble::NotAllowed;
    case ENOSPC:
    case EDQUOT: return FolderTrouble::Full;
    default: return FolderTrouble::Other;
    }
}

/// That somebody else has it (another thread that asks the same) shows that there are locks.
bool isLockTaken(int error)
{
    return error == EAGAIN || error == EACCES;
}

/// Both kinds, for SQLite takes one and Qt the other. One after the other: NFS makes one kind of both.
bool takesLocks(int file)
{
    struct flock whole {};
    whole.l_whence = SEEK_SET;
    for (const short kind : {F_WRLCK, F_UNLCK}) {
        whole.l_type = kind;
        if (::fcntl(file, F_SETLK, &whole) != 0 && !isLockTaken(errno))
            return false;
    }
    return ::flock(file, LOCK_EX | LOCK_NB) == 0 || isLockTaken(errno);
}

FolderTrouble troubleWith(int file)
{
    if (!takesLocks(file))
        return FolderTrouble::NoLocks;
    const QByteArray content(room, '\0');
    errno = 0;
    return ::write(file, content.constData(), size_t(content.size())) == content.size() ? FolderTrouble::None
                                                                                        : troubleOf(errno ? errno : ENOSPC);
}

#endif

}

FolderTrouble folderTrouble(const QString &folder)
{
#ifdef Q_OS_UNIX
    const QByteArray path = QFile::encodeName(nearestOf(folder) + u"/.stopdesk-%1"_s.arg(::getpid()));
    const int file = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return troubleOf(errno);
    FolderTrouble trouble = troubleWith(file);
    if (::close(file) != 0 && trouble == FolderTrouble::None)
        trouble = troubleOf(errno); // a network folder counts what is used late
    ::unlink(path.constData());
    return trouble;
#else
    return QFileInfo(nearestOf(folder)).isWritable() ? FolderTrouble::None : FolderTrouble::NotAllowed;
#endif
}

void dropLeftLock(const QString &settingsFile)
{
    const QString lock = settingsFile + u".lock"_s;
    const bool isThere = QFile::exists(lock) && !QLockFile(lock).removeStaleLockFile(); // not if the system knows its owner
    if (isThere && folderTrouble(QFileInfo(lock).absolutePath()) == FolderTrouble::NoLocks)
        QFile::remove(lock);
}
