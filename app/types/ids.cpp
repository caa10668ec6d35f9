#include "app/types/ids.h"

#include <QStringList>
#include <QUrl>
#include <QUuid>

#include <algorithm>

namespace {

/// All percent-encodings taken off, or nothing for a text that still has some after more than anybody needs.
QString decoded(QString text)
{
    for (int round = 0; round < 8; ++round) {
        const QString once = QUrl::fromPercentEncoding(text.toUtf8());
        if (once == text)
            return text;
        text = once;
    }
    return {};
}

/// Servers cut off what follows `;`, and some drop blanks and control characters.
bool isDotSegment(const QString &segment)
{
    QString text = segment.left(segment.indexOf(u';'));
    text.removeIf([](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    return text.isEmpty() || text == u"." || text == u"..";
}

}

RequestId newRequestId()
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces)};
}

bool collapsesPath(const QString &id)
{
    const QStringList segments = decoded(id).replace(u'\\', u'/').split(u'/');
    return std::ranges::any_of(segments, isDotSegment);
}
