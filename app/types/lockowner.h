#pragma once

#include "app/types/runninginstance.h"

class QLockFile;

/// Who holds a lock file of QLockFile, or left it, by what it says. A computer is told by its id, for its name changes
/// with the network and may be another's too. A file that cannot be read is tried twice, as it may be just being written;
/// on a disk that other computers may use it then counts as another's.
RunningInstance lockOwner(const QString &file);

/// Removes a lock file that nobody holds, if that can be known here: the system knows it of the programs of this computer,
/// and of all on a disk of its own. On a network folder its word may end at this computer.
bool removeLeftLock(QLockFile &lock);
