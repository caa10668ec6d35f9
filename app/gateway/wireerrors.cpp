#include "app/gateway/errorbody.h"
#include "app/gateway/wire.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 2000;
constexpr qsizetype longestWord = 200;
constexpr qsizetype mostEntries = 100;
constexpr qsizetype mostWords = 16;
constexpr int deepestDetail = 12;

/// Where words for a person stand, the best first. Never among them: `input`, `ctx`, `url` and what else repeats what
/// was sent.
constexpr QLatin1StringView wordNames[] = {
    "detail"_L1, "message"_L1,     "error_description"_L1, "msg"_L1,    "error"_L1,   "title"_L1,
    "reason"_L1, "description"_L1, "defaultMessage"_L1,    "errors"_L1, "Message"_L1, "code"_L1,
};

/// Where a list of entries stands.
constexpr QLatin1StringView listNames[] = {
    "detail"_L1, "errors"_L1, "error"_L1, "message"_L1, "invalid-params"_L1, "fields"_L1, "violations"_L1,
};

QString textIn(const QJsonValue &value, int depth = 0);

/// A string may hold JSON again (contract, "Errors").
QJsonValue opened(const QJsonValue &value)
{
    const QJsonValue inside = value.isString() ? errorbody::json(value.toString()) : QJsonValue::Undefined;
    return inside.isUndefined() ? value : inside;
}

QString textInList(const QJsonArray &entries, int depth)
{
    QStringList words;
    for (qsizetype i = 0; i < qMin(mostEntries, entries.size()) && words.size() < 5; ++i) {
        if (const QString text = textIn(entries[i], depth + 1); !text.isEmpty() && !words.contains(text))
            words.append(text);
    }
    return words.join(u"; ");
}

QString textInObject(const QJsonObject &object, int depth)
{
    for (const auto name : wordNames) {
        if (const QString text = textIn(object[name], depth + 1); !text.isEmpty())
            return text;
    }
    return {};
}

QString textIn(const QJsonValue &value, int depth)
{
    if (depth > deepestDetail)
        return {};
    if (value.isArray())
        return textInList(value.toArray(), depth);
    if (value.isObject())
        return textInObject(value.toObject(), depth);
    if (!value.isString())
        return {};
    if (const QJsonValue inside = opened(value); inside != value)
        return textIn(inside, depth + 1);
    return errorbody::words(value.toString(), [depth](const QJsonValue &inside) { return textIn(inside, depth + 1); });
}

/// Where it is cut, that can be seen.
QString cut(const QString &text, qsizetype limit)
{
    if (text.size() <= limit)
        return text;
    const qsizetype end = text[limit - 2].isHighSurrogate() ? limit - 2 : limit - 1;
    return text.first(end) + u'…';
}

QString bounded(const QString &text)
{
    return cut(text.trimmed(), longestText);
}

QString placeWord(const QJsonValue &value)
{
    if (value.isObject() || value.isArray())
        return u"?"_s;
    if (value.isNull())
        return u"null"_s;
    const qint64 number = value.toInteger(-1);
    return number >= 0 ? u"[%1]"_s.arg(number) : cut(value.toVariant().toString(), longestWord);
}

QStringList placeWords(const QJsonValue &loc)
{
    QStringList place;
    const QJsonArray words = loc.isArray()  ? loc.toArray()
        : loc.isNull() || loc.isUndefined() ? QJsonArray()
                                            : QJsonArray{loc};
    for (const QJsonValue &word : words) {
        if (place.size() < mostWords)
            place.append(placeWord(word));
    }
    return place;
}

/// A JSON pointer into the body, as RFC 9457 and JSON:API have it: "#/jobs/1/name".
QStringList pointed(const QString &pointer)
{
    static const QRegularExpression number(u"^(0|[1-9]\\d*)$"_s);
    QStringList place;
    const QStringList parts = pointer.section(u'/', 1).split(u'/', Qt::SkipEmptyParts);
    for (const QString &part : parts.first(qMin(parts.size(), mostWords - 1))) {
        const QString word = QUrl::fromPercentEncoding(part.toUtf8()).replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        place.append(number.match(word).hasMatch() ? u'[' + word + u']' : cut(word, longestWord));
    }
    if (place.value(0) != u"body")
        place.prepend(u"body"_s);
    return place;
}

/// Where the entry says that it belongs, in the dialects that frameworks and what stands in front of them speak.
QStringList placeOf(const QJsonObject &entry)
{
    const QJsonValue source = entry["source"_L1];
    if (const QJsonValue loc = entry["loc"_L1]; !loc.isUndefined())
        return placeWords(loc);
    for (const QJsonValue &pointer : {entry["pointer"_L1], source["pointer"_L1]}) {
        if (pointer.isString())
            return pointed(pointer.toString());
    }
    for (const auto &[name, room] : {std::pair{"parameter"_L1, u"query"_s}, std::pair{"header"_L1, u"header"_s}}) {
        if (const QJsonValue word = source[name]; word.isString())
            return QStringList{room} + placeWords(word);
    }
    if (const QJsonValue path = entry["path"_L1]; path.toString().startsWith(u'/'))
        return pointed(path.toString());
    for (const auto name : {"field"_L1, "path"_L1, "propertyPath"_L1}) {
        if (const QJsonValue word = entry[name]; word.isString() || word.isArray())
            return placeWords(entry["location"_L1]) + placeWords(word);
    }
    return entry.contains("reason"_L1) ? placeWords(entry["name"_L1]) : QStringList();
}

FieldError fieldError(const QJsonValue &value)
{
    if (!value.isObject())
        return {{}, bounded(value.isString() || value.isArray() ? textIn(value) : value.toVariant().toString()), {}};
    const QJsonObject entry = value.toObject();
    const QString type = entry["type"_L1].toString();
    return {placeOf(entry), bounded(textIn(entry)),
            cut(type.isEmpty() ? entry["code"_L1].toString() : type, longestWord)};
}

/// {"clear_queue": ["The field is required."]} and {"json": {"clear_queue": ["…"]}}, as entries.
QJsonArray entriesByName(const QJsonObject &messages, const QJsonArray &room = {})
{
    QJsonArray entries;
    for (auto message = messages.begin(); message != messages.end(); ++message) {
        QJsonArray place = room;
        place.append(message.key());
        if (message.value().isObject() && room.isEmpty() && textIn(message.value()).isEmpty()) {
            for (const QJsonValue &entry : entriesByName(message.value().toObject(), place))
                entries.append(entry);
        } else if (message.value().isArray() || room.isEmpty()) {
            entries.append(QJsonObject{{u"loc"_s, place}, {u"msg"_s, message.value()}});
        }
    }
    return entries;
}

/// The list of entries, wherever it stands; a single entry is a list of one.
QJsonArray entriesIn(const QJsonValue &value, int depth = 0)
{
    const QJsonValue inside = opened(value);
    if (!inside.isObject() || depth > deepestDetail)
        return inside.toArray();
    const QJsonObject object = inside.toObject();
    if (object.contains("loc"_L1))
        return {object};
    for (const auto name : listNames) {
        const QJsonValue list = object[name];
        const QJsonArray entries = entriesIn(list, depth + 1);
        if (!entries.isEmpty())
            return entries;
        if (list.isObject() && (name == "errors"_L1 || name == "fields"_L1))
            return entriesByName(list.toObject());
    }
    return {};
}

}

Refusal wire::refusal(const QByteArray &body)
{
    const QString text = errorbody::decoded(body);
    const QJsonValue json = errorbody::json(text);
    Refusal refusal;
    refusal.text = bounded(textIn(json.isUndefined() ? QJsonValue(text) : json));
    const QJsonArray entries = entriesIn(json);
    for (const QJsonValue &entry : entries) {
        if (refusal.fields.size() == mostEntries)
            break;
        refusal.fields.append(fieldError(entry));
    }
    refusal.moreFields = int(entries.size() - refusal.fields.size());
    return refusal;
}

bool wire::isPlanLimit(const QString &text)
{
    static const QRegularExpression plan(u"\\b(plan|billing|credit|credits|quota|subscription|payment)\\b"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression rate(u"rate.?limit|\\bper (second|minute|hour)\\b|\\bretry (after|in)\\b|too many requests"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return plan.match(text).hasMatch() && !rate.match(text).hasMatch();
}
