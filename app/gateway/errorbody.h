#pragma once

#include <QJsonValue>
#include <QString>

#include <functional>

/// The body of a refusal before its shape is known: bytes of any charset, whole or cut off anywhere, as JSON or as
/// words.
namespace errorbody {

constexpr qsizetype longestWords = 64 * 1024; ///< of a text, how much is read

/// The bytes as text: UTF-8, UTF-16 or UTF-32 with or without a mark, else Latin-1.
QString decoded(const QByteArray &body);

/// The JSON that the text is, without what stands behind it. Undefined for a text that is no JSON, or not all of it.
QJsonValue json(const QString &text);

using WordsOf = std::function<QString(const QJsonValue &)>;

/// The words in a text that is no JSON: the title or first heading of a web page, the words of a JSON object that
/// stands inside by `wordsOf`, plain text. Without what a framework repeats of our input in its texts. Data that cannot be
/// read is no words by itself; in a sentence, or for `isQuote`, it is told up to what repeats our input.
QString words(const QString &text, const WordsOf &wordsOf, bool isQuote = false);

/// Whether what has this name repeats what was sent: a part of it is `input`, `ctx`, `url`, `body`, …
bool repeats(const QString &name);

}
