#include "app/types/ids.h"

#include <QStringList>
#include <QUuid>

#include <algorithm>

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Once: a % without two digits stays. Qt's own decoder takes the two characters behind any % with it, even a slash.
QByteArray decoded(const QByteArray &text)
{
    QByteArray plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isLongEnough = text[i] == '%' && i + 2 < text.size();
        const int high = isLongEnough ? hexDigit(text[i + 1]) : -1;
        const int low = isLongEnough ? hexDigit(text[i + 2]) : -1;
        const bool isEncoded = high >= 0 && low >= 0;
        plain.append(isEncoded ? char(high * 16 + low) : text[i]);
        i += isEncoded ? 2 : 0;
    }
    return plain;
}

/// Servers cut off what follows `;`, and some drop blanks and control characters.
bool isDotSegment(const QString &segment)
{
    QString text = segment.left(segment.indexOf(u';'));
    text.removeIf([](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    return text.isEmpty() || text == u"." || text == u"..";
}

bool hasDotSegment(const QByteArray &id)
{
    const QStringList segments = QString::fromUtf8(id).replace(u'\\', u'/').split(u'/');
    return std::ranges::any_of(segments, isDotSegment);
}

}

BatchId newBatchId()
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces)};
}

RequestId newRequestId()
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces)};
}

bool collapsesPath(const QString &id)
{
    if (!id.isValidUtf16())
        return true; // no path can bear it as it is: another id would be asked for
    constexpr int mostEncodings = 8; // what is still encoded after more than anybody needs is not trusted
    QByteArray text = id.toUtf8();
    for (int round = 0; round < mostEncodings; ++round) {
        const QByteArray once = decoded(text);
        if (hasDotSegment(text))
            return true;
        if (once == text)
            return false;
        text = once;
    }
    return true;
}
