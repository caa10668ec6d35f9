#pragma once

#include <QString>

/// What the program keeps is its owner's alone: takes from a file or folder that is there what group and others may do
/// with it, as an earlier version or another program may have left it. A link is not followed. What cannot be changed
/// stays as it is.
void closeToOthers(const QString &path);

/// The same for a folder of the program and for all that is in it, and without the pipes that are in there. A link is
/// followed to the folder itself.
void closeFolderToOthers(const QString &folder);

/// Removes a pipe, or a link to one, that stands where a file of ours is to be: who opens one waits for ever.
void dropPipe(const QString &file);
