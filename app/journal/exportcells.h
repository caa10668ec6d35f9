#pragma once

#include "app/types/journalentry.h"

#include <QJsonValue>

/// An entry of the journal as cells for a file, the same for every format: words that no translation changes, times in
/// UTC with milliseconds, null for what is not known.
namespace exportcells {

const QStringList &names();
QList<QJsonValue> cells(const JournalEntry &entry); ///< one for each name

/// One line of RFC 4180, with its line end. What a spreadsheet would take for a formula, or for a number although it
/// is text, gets a ' in front, and what cannot be seen or turns the direction of writing becomes U+FFFD.
QByteArray csvLine(const QList<QJsonValue> &cells);
/// One object without white space around it. What turns the direction of writing is escaped.
QByteArray jsonObject(const QList<QJsonValue> &cells);

}
