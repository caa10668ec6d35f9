#pragma once

#include "app/types/journalentry.h"

/// The words for an entry of the journal: panel, clipboard and screen reader. Plain text.
namespace words {

QString commandWords(Command command); ///< "Stop conversation", "Clear queue"
QString entrySentence(const JournalEntry &entry); ///< the row for a screen reader
/// The request as one line for a POSIX shell and curl 7.55 or later. The key is taken from $XPANDER_API_KEY and stands
/// in no argument of a process, where other users could read it. Empty where an id would lead the line to another place.
QString curl(const JournalEntry &entry);

}
