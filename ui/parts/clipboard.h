#pragma once

#include <QStringList>

/// The only way to the clipboard. What strangers wrote may be pasted into a terminal or a ticket: no control, bidi or
/// invisible character gets there.
void copyText(const QString &text);    ///< lines as they are; curl's line is one and stays exact
void copyIds(const QStringList &ids); ///< one a line, whatever is in them
