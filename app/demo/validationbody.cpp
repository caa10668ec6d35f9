#include "app/demo/validation.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demo {

bool Validation::clearQueue(const QByteArray &body, const QByteArray &mimeType)
{
    if (body.isEmpty()) {
        add({u"body"_s}, {u"value_error.missing"_s, u"field required"_s, {}}, {u"missing"_s, u"Field required"_s, {}},
            QJsonValue::Null);
        return false;
    }
    // A document takes no bare values, so the body is read as the only entry of a list.
    QJsonParseError error{};
    const QJsonArray list = QJsonDocument::fromJson('[' + body + ']', &error).array();
    const QByteArray type = mimeType.split(';').first().trimmed().toLower();
    const bool isJson = type.isEmpty() || type == "application/json" || type.endsWith("+json");
    if (isJson && (error.error != QJsonParseError::NoError || list.size() != 1)) {
        addUnreadable(body, error);
        return false;
    }
    const QJsonValue value = isJson ? list.first() : QJsonValue(QString::fromUtf8(body));
    if (value.isNull()) {
        return clearQueue({}, mimeType);
    }
    if (!value.isObject()) {
        add({u"body"_s}, {u"type_error.dict"_s, u"value is not a valid dict"_s, {}},
            {u"model_attributes_type"_s, u"Input should be a valid dictionary or object to extract fields from"_s, {}},
            value);
        return false;
    }
    return boolean(value[u"clear_queue"]);
}

/// Python's parser and Qt's find an error at about the same place, which is all a reader is told.
void Validation::addUnreadable(const QByteArray &body, const QJsonParseError &error)
{
    const int position = std::clamp(error.offset - 1, 0, int(body.size()));
    const QString reason = u"Expecting value"_s;
    add({u"body"_s, position},
        {u"value_error.jsondecode"_s,
         u"%1: line 1 column %2 (char %3)"_s.arg(reason).arg(position + 1).arg(position),
         {{u"msg"_s, reason},
          {u"doc"_s, QString::fromUtf8(body)},
          {u"pos"_s, position},
          {u"lineno"_s, 1},
          {u"colno"_s, position + 1}}},
        {u"json_invalid"_s, u"JSON decode error"_s, {{u"error"_s, reason}}}, QJsonObject());
}

bool Validation::boolean(const QJsonValue &value)
{
    static const QStringList yes{u"true"_s, u"t"_s, u"yes"_s, u"y"_s, u"on"_s, u"1"_s};
    static const QStringList no{u"false"_s, u"f"_s, u"no"_s, u"n"_s, u"off"_s, u"0"_s};
    const QString word = value.isDouble() ? QString::number(value.toDouble()) : value.toString().toLower();
    if (value.isUndefined() || value.isBool() || no.contains(word)) {
        return value.toBool();
    }
    if (yes.contains(word)) {
        return true;
    }
    const bool isParsable = value.isString() || (value.isDouble() && value.toDouble() == value.toInt());
    const QString v2 = u"Input should be a valid boolean"_s;
    add({u"body"_s, u"clear_queue"_s},
        value.isNull() ? Wording{u"type_error.none.not_allowed"_s, u"none is not an allowed value"_s, {}}
                       : Wording{u"type_error.bool"_s, u"value could not be parsed to a boolean"_s, {}},
        isParsable ? Wording{u"bool_parsing"_s, v2 + u", unable to interpret input"_s, {}}
                   : Wording{u"bool_type"_s, v2, {}},
        value);
    return false;
}

}
