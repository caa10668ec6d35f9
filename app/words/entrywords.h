#pragma once

#include "app/types/journalentry.h"

/// The words for an entry of the journal: panel, clipboard and screen reader. Plain text.
namespace words {

QString commandWords(Command command); ///< "Stop conversation", "Clear queue"
QString entrySentence(const JournalEntry &entry); ///< the row for a screen reader
/// The request as one line for a POSIX shell, which takes the key from $XPANDER_API_KEY. Empty where an id would lead
/// it to another place.
QString curl(const JournalEntry &entry);

}
