#include "tests/support/hostile.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 2500;
constexpr qsizetype longestAtAll = 20'000; ///< several problems, with 4,000 for the largest part of each

QString marked(const QString &text)
{
    return u"%1%2%3"_s.arg(hostile::begin, text, hostile::end);
}

hostile::Text same(const QByteArray &name, const QString &text)
{
    return {name, marked(text), marked(text)};
}

hostile::Text other(const QByteArray &name, const QString &raw, const QString &shown)
{
    return {name, marked(raw), marked(shown)};
}

QList<hostile::Text> makeMarkup()
{
    return {
        same("rich text", u"<b>bold</b> <a href='x'>click</a> <font size=99>"_s),
        same("an image", u"<img src=/etc/passwd width=9000 height=9000>"_s),
        same("entities", u"&lt;b&gt; &amp; &#x202e; &nbsp;"_s),
        same("ampersands", u"&Save && exit &&& &"_s),
        same("placeholders", u"%1 %2 %3 %n %L1 %99 %% %1%2"_s),
        same("escapes", uR"(\n \u202e \" ' ` $(id) ${HOME} ;|)"_s),
        same("the mark of a changed window", u"a[*]b[*][*]"_s),
        same("a formula", u"=HYPERLINK(\"mailto:x\")"_s),
    };
}

QList<hostile::Text> makeInvisible()
{
    return {
        other("lines", u"one\ntwo\r\nthree\rfour"_s, u"one two three four"_s),
        other("tabs", u"a\tb\v\fc"_s, u"a b c"_s),
        other("line separators", u"a\u2028b\u2029c\u0085d"_s, u"a b c d"_s),
        other("turned", u"\u202egpj.exe\u202c"_s, u"\ufffdgpj.exe\ufffd"_s),
        other("isolated", u"\u2066a\u2067b\u2068c\u2069"_s, u"\ufffda\ufffdb\ufffdc\ufffd"_s),
        other("marks of direction", u"a\u200eb\u200fc\u061cd"_s, u"abcd"_s),
        other("zero width", u"a\u200bb\u2060c\ufeffd\u00ade\u2062f"_s, u"abcdef"_s),
        other("fillers", u"a\u3164b\u115fc\uffa0d\u180ee\u034ff"_s, u"abcdef"_s),
        other("annotations", u"a\ufff9b\ufffac\ufffb"_s, u"abc"_s),
        other("tags", u"a\U000e0001\U000e0041b"_s, u"ab"_s),
        other("NUL", u"a"_s + QChar(0) + u"b"_s, u"a\ufffdb"_s),
        other("controls", u"\u0007a\u001b[31mb\u0008c\u007fd"_s, u"\ufffda\ufffd[31mb\ufffdc\ufffdd"_s),
        other("C1 controls", u"\u0080a\u009b31m\u009f"_s, u"\ufffda\ufffd31m\ufffd"_s),
        other("no characters", u"a\ufffeb\uffffc\ufdd0d"_s, u"a\ufffdb\ufffdc\ufffdd"_s),
        other("a lone high surrogate", u"a"_s + QChar(0xd800) + u"b"_s, u"a\ufffdb"_s),
        other("a lone low surrogate", u"a"_s + QChar(0xdc00) + u"b"_s, u"a\ufffdb"_s),
    };
}

QList<hostile::Text> makeLetters()
{
    const QString family = u"\U0001f468\u200d\U0001f469\u200d\U0001f467"_s;
    const QString faces = u"\U0001f600"_s.repeated(40);
    return {
        same("look-alikes", u"\u0440\u0430ypal \u0410\u0421\u041c\u0415 1l|IO0"_s),
        same("emoji with joiners", family.repeated(3)),
        same("pairs at an even place", faces),
        same("pairs at an odd place", u"x"_s + faces),
        same("right to left", u"\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"_s),
        other("piled marks", u"a"_s + u"\u0301\u0489"_s.repeated(30) + u"b"_s, u"a\u0301\u0489\u0301\u0489b"_s),
    };
}

QList<hostile::Text> makeLong()
{
    return {
        same("10,000 characters", u"x"_s.repeated(10000)),
        same("10,000 words", u"ab "_s.repeated(9999) + u"ab"_s),
        same("1,024 nestings", u"["_s.repeated(1024) + u"]"_s.repeated(1024)),
        same("1,024 braces", u"{a:"_s.repeated(1024) + u"}"_s.repeated(1024)),
    };
}

bool isForbidden(QChar c)
{
    const char16_t u = c.unicode();
    const bool turns = (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f;
    return c.category() == QChar::Other_Control || turns || u == 0x2028 || u == 0x2029 || c.isNonCharacter();
}

QString code(QChar c)
{
    return u"U+%1"_s.arg(int(c.unicode()), 4, 16, '0'_L1);
}

QString forbiddenIn(const QString &words, hostile::Lines lines)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QChar c = words[i];
        if (c == u'\n' && lines != hostile::Lines::One)
            continue;
        const bool paired = c.isHighSurrogate() ? i + 1 < words.size() && words[i + 1].isLowSurrogate()
                                                : i > 0 && words[i - 1].isHighSurrogate();
        if (isForbidden(c) || (c.isSurrogate() && !paired))
            return code(c) + u" at "_s + QString::number(i);
    }
    return {};
}

QString withoutBlanks(QString text)
{
    return text.removeIf([](QChar c) { return c == u' ' || c == u'\n'; });
}

/// From the beginning of the text to its end, or to where it was cut.
QString pieceAt(const QString &words, qsizetype at, bool *isCut)
{
    const qsizetype ends = words.indexOf(hostile::end, at);
    const qsizetype cut = words.indexOf(u'…', at);
    *isCut = ends < 0 || (cut >= 0 && cut < ends);
    return *isCut ? words.mid(at, cut < 0 ? -1 : cut - at) : words.mid(at, ends + hostile::end.size() - at);
}

}

namespace hostile {

const QList<Text> &texts()
{
    static const QList<Text> all = makeMarkup() + makeInvisible() + makeLetters() + makeLong();
    return all;
}

const Text &text(const QByteArray &name)
{
    const auto found = std::ranges::find(texts(), name, &Text::name);
    Q_ASSERT(found != texts().cend());
    return *found;
}

QByteArray json(const QString &text)
{
    QByteArray quoted = "\"";
    for (const QChar c : text) {
        const bool plain = c == u' ' || (c.unicode() < 0x80 && c.isLetterOrNumber());
        quoted += plain ? QByteArray(1, char(c.unicode()))
                        : "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    }
    return quoted + '"';
}

QString fault(const QString &words, const Text &text, Lines lines, Blanks blanks)
{
    if (const QString found = forbiddenIn(words, lines); !found.isEmpty())
        return found;
    const bool mayBeCut = lines != Lines::Copied;
    if (mayBeCut && words.size() > (lines == Lines::One ? longestLine : longestAtAll))
        return u"%1 characters"_s.arg(words.size());
    const bool exact = blanks == Blanks::Exact;
    const QString seen = exact ? words : withoutBlanks(words);
    const QString expected = exact ? text.shown : withoutBlanks(text.shown);
    for (qsizetype at = seen.indexOf(begin); at >= 0; at = seen.indexOf(begin, at + 1)) {
        bool isCut = false;
        QString piece = pieceAt(seen, at, &isCut);
        if (isCut && piece.endsWith(u' '))
            piece.chop(1);
        if (isCut && mayBeCut ? !expected.startsWith(piece) || !seen.mid(at).contains(u'…') : piece != expected)
            return u"shown as "_s + piece.left(200);
    }
    return {};
}

}
