#pragma once

#include <QProcessEnvironment>

/// The surroundings of a child for which everything below the folder is on a poor disk. `lacks`: "locks", "flock" (those of
/// whole files), "writing" (it can only be read), "room" or "reach" (its locks are not seen by other computers); or, for
/// every folder, "trust" (whoever is at the other end of a socket is said to be of another account). What fails, fails with `error`, a number of errno; 0: as on most disks.
QProcessEnvironment poorDisk(const QString &folder, const QString &lacks, int error = 0);
