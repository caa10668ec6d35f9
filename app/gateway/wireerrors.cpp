#include "app/gateway/errorbody.h"
#include "app/gateway/wire.h"
#include "app/types/redactor.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestBody = 1024 * 1024; ///< bytes that are read
constexpr qsizetype longestText = 2000;
constexpr qsizetype longestWord = 200;
constexpr qsizetype mostEntries = 100;
constexpr qsizetype mostWords = 16;
constexpr int deepestDetail = 12;

/// Where words for a person stand, the best first. Never among them: `input`, `ctx`, `url` and what else repeats what
/// was sent.
constexpr QLatin1StringView wordNames[] = {
    "detail"_L1, "message"_L1,     "error_description"_L1, "msg"_L1,    "error"_L1,   "title"_L1, "reason"_L1,
    "description"_L1, "defaultMessage"_L1, "errors"_L1,    "Message"_L1, "code"_L1,   "fields"_L1,
};

/// Where an entry says what it is about, and the room that this implies.
constexpr std::pair<QLatin1StringView, QLatin1StringView> placeNames[] = {
    {"loc"_L1, {}},   {"pointer"_L1, {}},      {"parameter"_L1, "query"_L1}, {"header"_L1, "header"_L1},
    {"field"_L1, {}}, {"propertyPath"_L1, {}}, {"instancePath"_L1, {}},      {"property"_L1, {}},
    {"path"_L1, {}},  {"param"_L1, {}},
};

/// A string may hold JSON again (contract, "Errors").
QJsonValue opened(const QJsonValue &value)
{
    const bool isShort = value.isString() && value.toString().size() <= errorbody::longestWords;
    const QJsonValue inside = isShort ? errorbody::json(value.toString()) : QJsonValue::Undefined;
    return inside.isUndefined() ? value : inside;
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

QStringList placeWords(const QJsonValue &value)
{
    if (const QString text = value.toString(); text.startsWith(u'/') || text.startsWith(u"#/"_s))
        return pointed(text);
    QStringList place;
    const QJsonArray words = value.isArray()    ? value.toArray()
        : value.isNull() || value.isUndefined() ? QJsonArray()
                                                : QJsonArray{value};
    for (const QJsonValue &word : words) {
        if (place.size() < mostWords)
            place.append(placeWord(word));
    }
    return place;
}

/// Where the entry says that it belongs.
QStringList placeOf(const QJsonObject &entry)
{
    for (const QJsonObject &object : {entry, entry["source"_L1].toObject()}) {
        for (const auto &[name, room] : placeNames) {
            const QStringList place = placeWords(object[name]);
            if (!place.isEmpty())
                return placeWords(room.isEmpty() ? entry["location"_L1] : QJsonValue(room)) + place;
        }
    }
    return entry.contains("reason"_L1) ? placeWords(entry["name"_L1]) : QStringList();
}

/// Reads one refusal by a few rules: words stand under `wordNames`, entries say their place under `placeNames` or are
/// called by it. Remembers which texts were taken: what is left is quoted.
class RefusalReader {
public:
    explicit RefusalReader(bool isAboutFields) : m_isAboutFields(isAboutFields) { }
    Refusal read(const QString &text);

private:
    QString textIn(const QJsonValue &value, int depth = 0);
    QString textInList(const QJsonArray &entries, int depth);
    QString textInObject(const QJsonObject &object, int depth);
    QJsonArray placedIn(const QJsonValue &value, int depth = 0);
    QJsonArray entriesIn(const QJsonValue &value, int depth = 0);
    QJsonArray entriesByName(const QJsonObject &messages, const QJsonArray &room = {});
    FieldError fieldError(const QJsonValue &value);
    void leave(const QJsonValue &value, const QString &name, int depth = 0);

    bool m_isAboutFields;
    QSet<QString> m_taken;
    QStringList m_left; ///< each with the name that it stands under
    bool m_wordsLeft = false;
};

Refusal RefusalReader::read(const QString &text)
{
    const QJsonValue json = errorbody::json(text);
    const QJsonValue whole = json.isUndefined() ? QJsonValue(text) : json;
    const QJsonArray placed = placedIn(whole);
    const QJsonArray entries = placed.isEmpty() ? entriesIn(whole) : placed;
    Refusal refusal;
    refusal.text = bounded(textIn(whole));
    if (refusal.text.isEmpty())
        refusal.text = bounded(textIn(entries));
    for (qsizetype i = 0; i < qMin(mostEntries, entries.size()); ++i)
        refusal.fields.append(fieldError(entries[i]));
    refusal.moreFields = int(entries.size() - refusal.fields.size());
    leave(whole, {});
    const bool hasWords = std::ranges::none_of(refusal.fields, &QString::isEmpty, &FieldError::message)
        && !(refusal.text.isEmpty() && refusal.fields.isEmpty());
    if (m_wordsLeft || !hasWords)
        refusal.rest = bounded(m_left.join(u"; "));
    return refusal;
}

QString RefusalReader::textInList(const QJsonArray &entries, int depth)
{
    QStringList words;
    for (qsizetype i = 0; i < qMin(mostEntries, entries.size()) && words.size() < 5; ++i) {
        if (const QString text = textIn(entries[i], depth + 1); !text.isEmpty() && !words.contains(text))
            words.append(text);
    }
    return words.join(u"; ");
}

QString RefusalReader::textInObject(const QJsonObject &object, int depth)
{
    for (const auto name : wordNames) {
        if (const QString text = textIn(object[name], depth + 1); !text.isEmpty())
            return text;
    }
    return {};
}

QString RefusalReader::textIn(const QJsonValue &value, int depth)
{
    const QJsonValue inside = opened(value);
    if (depth > deepestDetail)
        return {};
    if (inside.isArray())
        return textInList(inside.toArray(), depth);
    if (inside.isObject())
        return textInObject(inside.toObject(), depth);
    if (!inside.isString())
        return {};
    const QString text = errorbody::words(inside.toString(), [this, depth](const QJsonValue &data) {
        return textIn(data, depth + 1);
    });
    if (!text.isEmpty())
        m_taken.insert(inside.toString());
    return text;
}

/// A list in which entries have a place and words, wherever it stands.
QJsonArray RefusalReader::placedIn(const QJsonValue &value, int depth)
{
    const QJsonValue inside = opened(value);
    const QJsonArray list = inside.toArray();
    const auto isEntry = [this](const QJsonValue &each) {
        return !placeOf(each.toObject()).isEmpty() && !textIn(each).isEmpty();
    };
    if (depth > deepestDetail || std::any_of(list.begin(), list.begin() + qMin(mostEntries, list.size()), isEntry))
        return depth > deepestDetail ? QJsonArray() : list;
    QJsonArray found;
    for (qsizetype i = 0; i < qMin(mostEntries, list.size()) && found.isEmpty(); ++i)
        found = placedIn(list[i], depth + 1);
    const QJsonObject object = inside.toObject();
    for (auto part = object.begin(); part != object.end() && found.isEmpty(); ++part)
        found = errorbody::repeats(part.key()) ? found : placedIn(part.value(), depth + 1);
    return found;
}

/// Else the list of entries under the names of words; a single entry is a list of one.
QJsonArray RefusalReader::entriesIn(const QJsonValue &value, int depth)
{
    const QJsonValue inside = opened(value);
    if (!inside.isObject() || depth > deepestDetail)
        return inside.toArray();
    const QJsonObject object = inside.toObject();
    if (object.contains("loc"_L1) || object.contains("field"_L1))
        return {object};
    for (const auto name : wordNames) {
        if (const QJsonArray entries = entriesIn(object[name], depth + 1); !entries.isEmpty())
            return entries;
    }
    const bool isMap = (depth > 0 || m_isAboutFields) && textIn(object, depth).isEmpty();
    return isMap ? entriesByName(object) : QJsonArray();
}

/// {"clear_queue": ["The field is required."]} and {"json": {"clear_queue": ["…"]}}, as entries. Two frameworks call the
/// room of their entries by a name that repeats what was sent elsewhere.
QJsonArray RefusalReader::entriesByName(const QJsonObject &messages, const QJsonArray &room)
{
    static const QRegularExpression noPlace(
        u"^(type|status|status_?code|path|timestamp|instance|(request|trace)_?id)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    QJsonArray entries;
    for (auto message = messages.begin(); message != messages.end(); ++message) {
        const bool isWord = std::ranges::find(wordNames, message.key()) != std::end(wordNames);
        const bool isRoom = (message.key() == u"json" && messages.size() == 1)
            || (message.key() == u"data" && messages["status"_L1] == u"fail"_s);
        if (isWord || (!isRoom && errorbody::repeats(message.key())) || noPlace.match(message.key()).hasMatch())
            continue;
        QJsonArray place = room;
        place.append(message.key());
        if (!textIn(message.value()).isEmpty())
            entries.append(QJsonObject{{u"loc"_s, place}, {u"msg"_s, message.value()}});
        else if (place.size() < deepestDetail) {
            for (const QJsonValue &entry : entriesByName(message.value().toObject(), place))
                entries.append(entry);
        }
    }
    return entries;
}

FieldError RefusalReader::fieldError(const QJsonValue &value)
{
    if (!value.isObject())
        return {{}, bounded(value.isString() || value.isArray() ? textIn(value) : value.toVariant().toString()), {}};
    const QJsonObject entry = value.toObject();
    for (const auto name : {"type"_L1, "code"_L1, "location"_L1, "name"_L1})
        m_taken << entry[name].toString();
    for (const auto &[name, room] : placeNames)
        m_taken << entry[name].toString() << entry["source"_L1][name].toString();
    const QString type = entry["type"_L1].toString();
    return {placeOf(entry), bounded(textIn(entry)),
            cut(type.isEmpty() ? entry["code"_L1].toString() : type, longestWord)};
}

/// What was not taken, without what repeats what was sent.
void RefusalReader::leave(const QJsonValue &value, const QString &name, int depth)
{
    const QJsonValue inside = opened(value);
    if (depth > deepestDetail || inside.isNull() || m_left.size() > mostEntries)
        return;
    if (inside.isArray()) {
        const QJsonArray array = inside.toArray();
        for (qsizetype i = 0; i < qMin(mostEntries, array.size()); ++i)
            leave(array[i], name, depth + 1);
    } else if (inside.isObject()) {
        const QJsonObject object = inside.toObject();
        for (auto part = object.begin(); part != object.end(); ++part) {
            if (!errorbody::repeats(part.key()) && part.key() != u"loc" && part.key() != u"path")
                leave(part.value(), part.key() + u": "_s, depth + 1);
        }
    } else if (!inside.isString() || !m_taken.contains(inside.toString())) {
        const auto wordsOf = [this, depth](const QJsonValue &data) { return textIn(data, depth + 1); };
        const QString text = errorbody::words(inside.toVariant().toString(), wordsOf, true);
        m_wordsLeft = m_wordsLeft || (inside.isString() && !text.isEmpty());
        if (!text.isEmpty())
            m_left.append(name + text);
    }
}

}

Refusal wire::refusal(const QByteArray &body, int status, const Secret &key)
{
    const QString text = errorbody::decoded(body.left(longestBody));
    const Redactor redactor(key);
    return RefusalReader(status == 400 || status == 422).read(redactor.isNoWord() ? redactor.redacted(text) : text);
}

bool wire::isPlanLimit(const QString &text)
{
    static const QRegularExpression plan(u"\\b(plan|billing|credit|credits|quota|subscription|payment)\\b"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression rate(u"rate.?limit|\\bper (second|minute|hour)\\b|\\bretry (after|in)\\b|too many requests"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return plan.match(text).hasMatch() && !rate.match(text).hasMatch();
}
