#include "app/types/lockowner.h"

#include "app/types/foldertrouble.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSysInfo>
#include <QThread>

#include <algorithm>
#include <iterator>
#include <optional>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#endif
#ifdef Q_OS_LINUX
#include <sys/vfs.h>
#endif

using namespace Qt::StringLiterals;

namespace {

constexpr unsigned long writingTime = 20; // ms, which a lock file that was just made may take to be filled

#ifdef Q_OS_LINUX
/// What statfs says of disks whose locks are all kept by this system. One that is not here may be a network's.
constexpr quint32 ownDisks[] = {
    0xef53,     // ext2, ext3, ext4
    0x58465342, // XFS
    0x9123683e, // Btrfs
    0xf2f52010, // F2FS
    0x2fc12fc1, // ZFS
    0xca451a4e, // bcachefs
    0x3153464a, // JFS
    0x52654973, // ReiserFS
    0x3434,     // NILFS2
    0x794c7630, // overlayfs
    0xf15f,     // eCryptfs
    0x01021994, // tmpfs
    0x858458f6, // ramfs
    0x4d44,     // FAT
    0x2011bab0, // exFAT
    0x7366746e, // NTFS
};
#endif

bool isOnOwnDisk(const QString &file)
{
#ifdef Q_OS_LINUX
    struct statfs disk {};
    return ::statfs(QFile::encodeName(QFileInfo(file).absolutePath()).constData(), &disk) == 0
        && std::ranges::find(ownDisks, quint32(disk.f_type)) != std::end(ownDisks);
#else
    Q_UNUSED(file)
    return true;
#endif
}

/// Empty: this one.
QString computerOf(const QByteArray &name, const QByteArray &id)
{
    const QByteArray ownId = QSysInfo::machineUniqueId();
    const bool isKnownById = !id.isEmpty() && !ownId.isEmpty();
    if (isKnownById ? id == ownId : name.isEmpty() || QString::fromUtf8(name) == QSysInfo::machineHostName())
        return {};
    return QString::fromUtf8(name.isEmpty() ? id : name);
}

/// Its lines are the process, the program, the computer's name and its id.
std::optional<RunningInstance> readOwner(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QFile::ReadOnly)) // who opens a pipe waits for ever
        return {};
    const QList<QByteArray> lines = file.read(4096).split('\n');
    const qint64 process = lines.first().toLongLong();
    if (lines.size() < 4 || process <= 0)
        return {};
    return RunningInstance{process, computerOf(lines.at(2), lines.at(3)), {}};
}

bool hasEnded(qint64 process)
{
#ifdef Q_OS_UNIX
    return ::kill(pid_t(process), 0) != 0 && errno == ESRCH;
#else
    Q_UNUSED(process)
    return false;
#endif
}

}

RunningInstance lockOwner(const QString &file)
{
    if (!QFile::exists(file))
        return {};
    std::optional<RunningInstance> owner = readOwner(file);
    if (!owner) {
        QThread::msleep(writingTime);
        owner = readOwner(file);
    }
    const bool mayBeElsewhere = !owner && QFile::exists(file) && !isOnOwnDisk(file);
    return owner.value_or(RunningInstance{0, mayBeElsewhere ? unknownComputer : QString(), {}});
}

bool removeLeftLock(QLockFile &lock)
{
    const QString file = lock.fileName();
    const RunningInstance owner = lockOwner(file);
    const bool isHere = owner.computer.isEmpty();
    if (!isHere && !isOnOwnDisk(file))
        return false;
    if (lock.removeStaleLockFile())
        return true;
    // A disk without such locks does not know who holds the file, but this computer knows who is gone.
    return isHere && owner.process > 0 && hasEnded(owner.process)
        && folderTrouble(QFileInfo(file).absolutePath()) == FolderTrouble::NoLockFiles && QFile::remove(file);
}
