#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

/// Texts that a stranger may put wherever the service lets people write, and what a person may see of them. Each
/// begins with `begin` and ends with `end`, so that it is found again wherever it is shown.
namespace hostile {

inline constexpr QStringView begin = u"Q7"; ///< in no id and no random file name
inline constexpr QStringView end = u"xQ";

struct Text {
    QByteArray name; ///< for the row of a test
    QString raw;     ///< as the service sends it
    QString shown;   ///< as one line, before it is cut; written by hand
};

const QList<Text> &texts();
const Text &text(const QByteArray &name);

/// The text as a JSON string with its quotes: everything but letters, digits and blanks as \uXXXX, so nothing is lost.
QByteArray json(const QString &text);

enum class Lines { One, Several, Copied }; ///< Copied: several, and nothing of them is cut
enum class Blanks { Exact, Any }; ///< Any: a tool tip breaks lines where it likes

/// What is wrong with words that are shown to a person while the service says `text` everywhere; empty if nothing is.
/// No control, bidi or lone character, not endless, and what stands there of `text` is its `shown`, or its beginning
/// followed by "…".
QString fault(const QString &words, const Text &text, Lines lines, Blanks blanks = Blanks::Exact);

}
