#include "app/gateway/errorbody.h"

#include "app/gateway/boundedjson.h"
#include "app/words/failurewords.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 200;

/// What has one of these in its name repeats what was sent, or may be all of it.
constexpr QLatin1StringView repeating[] = {
    "ctx"_L1,    "context"_L1, "url"_L1,     "given"_L1, "received"_L1, "body"_L1, "data"_L1,   "payload"_L1, "request"_L1,
    "params"_L1, "headers"_L1, "query"_L1,   "args"_L1,  "form"_L1,     "json"_L1, "config"_L1, "raw"_L1,
};

/// As pydantic prints its errors: "… [type=bool_parsing, input_value=…]", in version 1 "… (type=value_error.const; given=…)".
QString withoutEcho(QString text)
{
    static const QRegularExpression echo(u"\\s?(\\[type=[\\w.]+, input_value=|\\(type=[\\w.]+; )[^\\n]*"
                                         "|For further information visit https://errors\\.pydantic\\.dev\\S*"_s);
    return text.remove(echo);
}

constexpr std::pair<QLatin1StringView, char16_t> entities[] = {
    {"amp"_L1, u'&'},   {"lt"_L1, u'<'},    {"gt"_L1, u'>'},    {"quot"_L1, u'"'},   {"apos"_L1, u'\''},
    {"nbsp"_L1, u' '},  {"mdash"_L1, u'—'}, {"ndash"_L1, u'–'}, {"hellip"_L1, u'…'}, {"middot"_L1, u'·'},
    {"bull"_L1, u'•'},  {"copy"_L1, u'©'},  {"reg"_L1, u'®'},   {"laquo"_L1, u'«'},  {"raquo"_L1, u'»'},
    {"lsquo"_L1, u'‘'}, {"rsquo"_L1, u'’'}, {"ldquo"_L1, u'“'}, {"rdquo"_L1, u'”'},
};

QString characterOf(const QString &name)
{
    if (name.startsWith(u'#')) {
        const bool isHex = name.startsWith(u"#x"_s, Qt::CaseInsensitive);
        const char32_t code = name.mid(isHex ? 2 : 1).toUInt(nullptr, isHex ? 16 : 10);
        return code > 0 && code <= QChar::LastValidCodePoint ? QString::fromUcs4(&code, 1) : QString();
    }
    for (const auto &[entity, character] : entities) {
        if (entity == name)
            return QChar(character);
    }
    return {};
}

QString withoutEntities(const QString &text)
{
    static const QRegularExpression entity(u"&(#?\\w{1,8});"_s);
    QString plain;
    qsizetype end = 0;
    for (auto found = entity.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const QString character = characterOf(match.captured(1));
        plain += text.mid(end, match.capturedStart() - end) + (character.isEmpty() ? match.captured() : character);
        end = match.capturedEnd();
    }
    return plain + text.mid(end);
}

/// Of data in any language and with any escapes, what stands before the first name of what repeats our input.
QString upToEcho(QString data)
{
    static const QRegularExpression escape(u"\\\\u([0-9a-fA-F]{4})"_s);
    static const QRegularExpression name(u"(?<![\\w.-])[\"'\\\\]*+([\\w.-]++)[\\s\"'\\\\]*+[:=]"_s);
    data = withoutEntities(data.replace(escape, u"&#x\\1;"_s).replace(u"\\/"_s, u"/"_s));
    for (auto found = name.globalMatch(data); found.hasNext();) {
        if (const auto match = found.next(); errorbody::repeats(match.captured(1)))
            return data.first(match.capturedStart()) + u'…';
    }
    return data;
}

/// A text with data in it: with the words of the data in its place. Data that cannot be read is taken as it came, up to
/// what repeats our input, where it stands in a sentence or is to be quoted.
QString withWordsOfData(const QString &text, const errorbody::WordsOf &wordsOf, bool isQuote)
{
    static const QRegularExpression data(u"^\\[\\s*+[\"'\\\\{\\[]|(\\[\\s*+)?\\{\\s*+([\"'\\\\:&]|[\\w.-]++\\s*+[:=])"_s);
    const qsizetype at = data.match(text).capturedStart();
    if (at < 0)
        return text;
    const QJsonValue inside = errorbody::json(text.mid(at));
    if (!inside.isUndefined())
        return text.first(at) + wordsOf(inside);
    return at > 0 || isQuote ? text.first(at) + upToEcho(text.mid(at)) : QString();
}

/// Neither empty nor mostly bytes that were never meant for people.
bool isReadable(const QString &text)
{
    const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control && !c.isSpace(); };
    return std::ranges::any_of(text, [](QChar c) { return c.isLetterOrNumber(); })
        && std::ranges::count_if(text, isControl) * 8 < text.size();
}

// ---- Pages for people, of what stands in front of the service: only the title is taken.

constexpr qsizetype longestTitle = 2000;

/// The text in the first element of that name, without the tags in it.
QString textOf(const QString &page, const QString &element)
{
    static const QRegularExpression tag(u"<[^<>]*>"_s);
    const QRegularExpression start(u"<(\\w+:)?"_s + element + u"(\\s[^<>]*)?>"_s,
                                   QRegularExpression::CaseInsensitiveOption);
    const auto match = start.match(page);
    if (!match.hasMatch())
        return {};
    const QString rest = page.mid(match.capturedEnd(), longestTitle);
    const QString inside = rest.left(rest.indexOf(u"</"_s + match.captured(1) + element, 0, Qt::CaseInsensitive));
    return withoutEntities(QString(inside).remove(tag)).simplified();
}

bool isMarkup(const QString &text)
{
    static const QRegularExpression start(u"^<([!?]|html|head|body|[\\w:]+(\\s+xmlns[^<>]*)?>\\s*<)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return start.match(text).hasMatch();
}

/// The title, else the first heading or the message of an XML error, else that a page came; plain text.
QString titleOf(const QString &page)
{
    // a part without an end takes the rest with it
    static const QRegularExpression hidden(
        u"<!--.*?(-->|\\z)|<(script|style|svg).*?(</\\2|\\z)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const QString visible = QString(page).remove(hidden);
    for (const auto &element : {u"title"_s, u"h1"_s, u"h2"_s, u"h3"_s, u"message"_s, u"faultstring"_s}) {
        if (const QString text = textOf(visible, element); !text.isEmpty())
            return text;
    }
    return words::webPage();
}

}

QString errorbody::decoded(const QByteArray &body)
{
    auto encoding = QStringConverter::encodingForData(body, u'{');
    if (!encoding)
        encoding = QStringConverter::encodingForData(body, u'<');
    QStringDecoder decoder(encoding.value_or(QStringConverter::Utf8));
    const QString text = decoder(body);
    const bool isUtf8 = !decoder.hasError()
        || std::ranges::any_of(text, [](QChar c) { return c > u'\x7f' && c != QChar::ReplacementCharacter; });
    return (isUtf8 ? text : QString::fromLatin1(body)).trimmed();
}

QJsonValue errorbody::json(const QString &text)
{
    const QByteArray single = '[' + text.toUtf8() + ']'; // Qt reads no JSON that is a string or a number
    if (const QJsonArray array = boundedjson::read(single).array(); array.size() == 1)
        return array.first();
    const QByteArray bytes = text.toUtf8();
    qsizetype end = -1;
    QJsonDocument document = boundedjson::read(bytes, nullptr, &end);
    if (end >= 0)
        document = boundedjson::read(bytes.first(end));
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(QJsonValue::Undefined);
}

QString errorbody::words(const QString &text, const WordsOf &wordsOf, bool isQuote)
{
    if (isMarkup(text))
        return titleOf(text.left(longestWords));
    const QString said = withWordsOfData(withoutEcho(text.left(longestWords)), wordsOf, isQuote);
    return isReadable(said) ? said.trimmed() : QString();
}

bool errorbody::repeats(const QString &name)
{
    static const QRegularExpression between(u"[_. -]|(?<=[a-z\\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"_s);
    if (name.size() > longestName)
        return true;
    const QStringList parts = name.split(between, Qt::SkipEmptyParts);
    const QString lower = parts.join(u' ').toLower();
    if (lower == u"request id" || lower == u"invalid params")
        return false;
    return lower.contains(u"input") || lower.contains(u"value")
        || std::ranges::any_of(repeating, [&parts](auto part) { return parts.contains(part, Qt::CaseInsensitive); });
}
