#pragma once

#include "app/types/journalentry.h"

#include <QJsonValue>

/// An entry of the journal as cells for a file, the same for every format: words that no translation changes, times in
/// UTC with milliseconds, null for what is not known.
namespace exportcells {

const QStringList &names();
QList<QJsonValue> cells(const JournalEntry &entry); ///< one for each name

/// One line of RFC 4180, with its line end. Each cell is one line as it would be shown (`words::plain`): no tab and no
/// line break. What a spreadsheet would take for a formula, or for a number although it is text, gets a ' in front, also
/// behind each semicolon, where another country's spreadsheet begins a cell.
QByteArray csvLine(const QList<QJsonValue> &cells);
/// One object without white space around it, exact. What is not printed is escaped.
QByteArray jsonObject(const QList<QJsonValue> &cells);

}
