#pragma once

/// From now on screen readers are told of every table, list, tree and scroll area by interfaces of our own. They say
/// what Qt's say, under the same numbers, but stand every question: a cell that is not there, or no longer, is one that
/// is not valid. Qt's hand out nothing for it, and its bridge to AT-SPI asks that nothing on (Qt 6.4: IsSelected,
/// GetRowExtentAt and their like end the program); its scroll areas read beyond their children. Once, before the first
/// window is built; again changes nothing.
void installViewAccess();
