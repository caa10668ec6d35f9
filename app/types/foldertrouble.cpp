#include "app/types/foldertrouble.h"

#include "app/types/ownfiles.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstdlib>
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

/// Of `lock`, which is tried twice: a system that is out of locks for a moment says the same as a disk that has none.
template <class Lock> FolderTrouble troubleOfLock(Lock lock, FolderTrouble lack)
{
    if (lock() == 0 || lock() == 0 || errno == EAGAIN) // that somebody has it shows that there are locks
        return FolderTrouble::None;
    const bool isLack = errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP || errno == EINVAL;
    return isLack ? lack : troubleOf(errno);
}

FolderTrouble troubleOfRoom(int file)
{
    const QByteArray content(room, '\0');
    errno = 0;
    return ::write(file, content.constData(), size_t(content.size())) == content.size() ? FolderTrouble::None
                                                                                        : troubleOf(errno ? errno : ENOSPC);
}

/// Both kinds of locks, for SQLite takes one and Qt the other. One after the other: NFS makes one kind of both.
FolderTrouble troubleWith(int file)
{
    const auto lockParts = [file](short kind) {
        struct flock whole {};
        whole.l_whence = SEEK_SET;
        whole.l_type = kind;
        return ::fcntl(file, F_SETLK, &whole);
    };
    FolderTrouble trouble = troubleOfLock([&] { return lockParts(F_WRLCK); }, FolderTrouble::NoLocks);
    if (trouble == FolderTrouble::None)
        trouble = troubleOfLock([&] { return lockParts(F_UNLCK); }, FolderTrouble::NoLocks);
    if (trouble == FolderTrouble::None)
        trouble = troubleOfRoom(file);
    return trouble == FolderTrouble::None
        ? troubleOfLock([file] { return ::flock(file, LOCK_EX | LOCK_NB); }, FolderTrouble::NoLockFiles)
        : trouble;
}

#endif

}

FolderTrouble folderTrouble(const QString &folder)
{
#ifdef Q_OS_UNIX
    QByteArray path = QFile::encodeName(nearestOf(folder) + u"/.stopdesk-XXXXXX"_s);
    const int file = ::mkostemp(path.data(), O_CLOEXEC); // under a name that nobody could put something under before
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
    dropPipe(lock);
    const bool isThere = QFile::exists(lock) && !QLockFile(lock).removeStaleLockFile(); // not if the system knows its owner
    const FolderTrouble trouble = isThere ? folderTrouble(QFileInfo(lock).absolutePath()) : FolderTrouble::None;
    if (trouble == FolderTrouble::NoLocks || trouble == FolderTrouble::NoLockFiles)
        QFile::remove(lock);
}
