#include "app/demo/validation.h"

#include <QUuid>

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

}
