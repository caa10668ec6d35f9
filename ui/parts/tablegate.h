#pragma once

/// From now on Qt's bridge to AT-SPI hears no question about a table of what is none. Qt (6.4 to 6.8 at least) takes
/// every cell for a table, and asks a table on that is not there: the number of a cell's rows ends the program. No
/// interface of ours can mend that, since a cell of a table has to be one. Where the bridge is not found where these
/// versions have it, nothing changes. Once, after the application was made.
void installTableGate();
