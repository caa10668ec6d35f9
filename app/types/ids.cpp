#include "app/types/ids.h"

#include <QUrl>
#include <QUuid>

RequestId newRequestId()
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces)};
}

bool collapsesPath(const QString &id)
{
    QString text = id.trimmed();
    for (qsizetype before = -1; text.size() != before;) {
        before = text.size();
        text = QUrl::fromPercentEncoding(text.toUtf8());
    }
    return text.isEmpty() || text == u"." || text == u"..";
}
