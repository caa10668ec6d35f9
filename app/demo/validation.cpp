#include "app/demo/validation.h"

#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demo {

Validation::Validation(Style style)
    : m_style(style)
{
}

Answer Validation::answer() const
{
    return detailAnswer(422, m_detail);
}

void Validation::add(const QJsonArray &place, const Wording &v1, const Wording &v2, const QJsonValue &input)
{
    const bool isOld = m_style == Style::PydanticV1;
    const Wording &wording = isOld ? v1 : v2;
    QJsonObject entry{{u"loc"_s, place}, {u"msg"_s, wording.message}, {u"type"_s, wording.type}};
    if (!isOld) {
        entry.insert(u"input"_s, input);
    }
    if (!wording.context.isEmpty()) {
        entry.insert(u"ctx"_s, wording.context);
    }
    m_detail.append(entry);
}

void Validation::checkUuid(const QString &parameter, const QString &value)
{
    if (value.size() == 36 && !QUuid::fromString(value).isNull()) {
        return;
    }
    const QString reason = u"invalid length: expected 32 bytes, found %1"_s.arg(value.size());
    add({u"path"_s, parameter}, {u"type_error.uuid"_s, u"value is not a valid uuid"_s, {}},
        {u"uuid_parsing"_s, u"Input should be a valid UUID, %1"_s.arg(reason), {{u"error"_s, reason}}}, value);
}

int Validation::integer(const QUrlQuery &query, const QString &name, int fallback, int least, int most)
{
    if (!query.hasQueryItem(name)) {
        return fallback;
    }
    const QString text = query.queryItemValue(name, QUrl::FullyDecoded);
    const QJsonArray place{u"query"_s, name};
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber) {
        add(place, {u"type_error.integer"_s, u"value is not a valid integer"_s, {}},
            {u"int_parsing"_s, u"Input should be a valid integer, unable to parse string as an integer"_s, {}}, text);
    } else if (number < least) {
        add(place,
            {u"value_error.number.not_ge"_s,
             u"ensure this value is greater than or equal to %1"_s.arg(least),
             {{u"limit_value"_s, least}}},
            {u"greater_than_equal"_s, u"Input should be greater than or equal to %1"_s.arg(least), {{u"ge"_s, least}}},
            text);
    } else if (number > most) {
        add(place,
            {u"value_error.number.not_le"_s,
             u"ensure this value is less than or equal to %1"_s.arg(most),
             {{u"limit_value"_s, most}}},
            {u"less_than_equal"_s, u"Input should be less than or equal to %1"_s.arg(most), {{u"le"_s, most}}}, text);
    } else {
        return number;
    }
    return fallback;
}

void Validation::checkState(const QUrlQuery &query, const QString &name)
{
    static const QStringList states{u"pending"_s, u"executing"_s, u"paused"_s, u"error"_s,
                                    u"failed"_s,  u"completed"_s, u"stopped"_s};
    const QString word = query.queryItemValue(name, QUrl::FullyDecoded);
    if (!query.hasQueryItem(name) || states.contains(word)) {
        return;
    }
    const QString list = u"'%1'"_s.arg(states.join(u"', '"_s));
    const QString sentence = u"'%1' or '%2'"_s.arg(states.mid(0, states.size() - 1).join(u"', '"_s), states.last());
    add({u"query"_s, name},
        {u"type_error.enum"_s,
         u"value is not a valid enumeration member; permitted: %1"_s.arg(list),
         {{u"enum_values"_s, QJsonArray::fromStringList(states)}}},
        {u"enum"_s, u"Input should be %1"_s.arg(sentence), {{u"expected"_s, sentence}}}, word);
}

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
