#include "app/words/words.h"

using namespace Qt::StringLiterals;

namespace {

/// Characters that turn the direction of what follows: a title could show another title with them.
bool turnsDirection(char16_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/// Marks without a shape of their own. Joiners stay: Persian and emoji need them.
bool isInvisible(char16_t c)
{
    return c == 0x00ad || c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f || c == 0x2060 || c == 0xfeff;
}

/// One UTF-16 unit as it may be shown; 0 for none.
char16_t harmless(QStringView text, qsizetype i)
{
    const QChar c = text[i];
    if (c.isSpace())
        return u' ';
    if (isInvisible(c.unicode()))
        return 0;
    const bool lone = (c.isHighSurrogate() && !(i + 1 < text.size() && text[i + 1].isLowSurrogate()))
        || (c.isLowSurrogate() && !(i > 0 && text[i - 1].isHighSurrogate()));
    const bool control = c.category() == QChar::Other_Control || c.isNonCharacter();
    return lone || control || turnsDirection(c.unicode()) ? u'\ufffd' : c.unicode();
}

}

namespace words {

QString plain(const QString &text, qsizetype limit)
{
    QString shown;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = harmless(text, i);
        if (c == 0 || (c == u' ' && (shown.isEmpty() || shown.back() == u' ')))
            continue;
        shown.append(QChar(c));
        if (shown.size() > limit)
            break;
    }
    if (shown.size() > limit) {
        shown.truncate(limit - 1);
        if (!shown.isEmpty() && shown.back().isHighSurrogate())
            shown.chop(1);
        return shown.trimmed() + u'…';
    }
    return shown.trimmed();
}

QString toolTip(const QString &text)
{
    constexpr qsizetype width = 90;
    QString shown;
    qsizetype inLine = 0;
    for (const QChar c : text) {
        const bool full = inLine >= width && c == u' ';
        shown.append(full ? QChar(u'\n') : c);
        inLine = full || c == u'\n' ? 0 : inLine + 1;
        // Qt takes a tool tip for HTML when a known tag or "&lt;" stands in it: an invisible joiner breaks both
        if (c == u'<' || c == u'&')
            shown.append(QChar(0x2060));
    }
    return shown;
}

}
