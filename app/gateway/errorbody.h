#pragma once

#include <QJsonValue>
#include <QString>

#include <functional>

/// The body of a refusal before its shape is known: bytes of any charset, whole or cut off anywhere, as JSON or as
/// words.
namespace errorbody {

/// The bytes as text: UTF-8, UTF-16 or UTF-32 with or without a mark, else Latin-1.
QString decoded(const QByteArray &body);

/// The JSON that the text is, without what stands behind it. Undefined for a text that is no JSON, or not all of it.
QJsonValue json(const QString &text);

using WordsOf = std::function<QString(const QJsonValue &)>;

/// The words in a text that is no JSON: the title or first heading of a web page, the words of a JSON object that
/// stands inside by `wordsOf`, plain text. Without what a framework repeats of our input in its texts. Empty for data that
/// cannot be read.
QString words(const QString &text, const WordsOf &wordsOf);

bool repeats(const QString &name); ///< whether what has this name repeats what was sent: `input`, `ctx`, `url`, `body`, …
QString quotable(const QString &text); ///< as it came, up to the first such name; empty for what is nothing to read

}
