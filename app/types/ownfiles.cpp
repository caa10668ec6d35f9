#include "app/types/ownfiles.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace {

constexpr QFile::Permissions ownersRights = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions othersRights = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
    | QFile::WriteOther | QFile::ExeOther;

void closeEntry(const QFileInfo &entry)
{
    const QFile::Permissions rights = entry.isDir() ? ownersRights | QFile::ExeOwner : ownersRights;
    if (entry.permissions() & othersRights)
        QFile::setPermissions(entry.filePath(), entry.permissions() & rights);
}

}

void closeToOthers(const QString &path)
{
    if (const QFileInfo entry(path); !entry.isSymLink())
        closeEntry(entry);
}

void closeFolderToOthers(const QString &folder)
{
    closeEntry(QFileInfo(folder));
    QDirIterator entries(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString path = entries.next();
        dropPipe(path);
        closeToOthers(path);
    }
}

void dropPipe(const QString &file)
{
#ifdef Q_OS_UNIX
    struct stat entry {};
    if (::stat(QFile::encodeName(file).constData(), &entry) == 0 && S_ISFIFO(entry.st_mode))
        QFile::remove(file);
#else
    Q_UNUSED(file)
#endif
}
