#pragma once

#include <QString>

/// Why nothing can be kept in a folder.
enum class FolderTrouble {
    None,
    ReadOnlyDisk,
    NotAllowed,  ///< to this account
    Full,        ///< the disk, or what this account may use of it
    NoLocks,     ///< of parts of files, as on some network folders: two programs cannot write into one
    NoLockFiles, ///< of whole files: a lock file that is held cannot be told from one that was left
    Other,
};

/// Tried with a small file that is removed again: what a library says of a failed write or lock is often another cause.
/// Of a folder that is not there and cannot be made, the nearest one above it that is there.
FolderTrouble folderTrouble(const QString &folder);

/// To be called before QSettings writes the file: removes the lock file of a program that was killed while it wrote. On a
/// disk that is full or has no locks, QSettings cannot, and waits for ever.
void dropLeftLock(const QString &settingsFile);
