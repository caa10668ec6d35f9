#include "app/demo/answer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace demo {

Answer jsonAnswer(const QJsonValue &body, int status)
{
    // A document takes no bare values: write it as the only entry of a list and take the brackets off.
    const QByteArray list = QJsonDocument(QJsonArray{body}).toJson(QJsonDocument::Compact);
    return {status, list.mid(1, list.size() - 2)};
}

Answer detailAnswer(int status, const QJsonValue &detail)
{
    return jsonAnswer(QJsonObject{{u"detail"_s, detail}}, status);
}

}
