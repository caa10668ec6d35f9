#include "app/gateway/errorbody.h"

#include "app/gateway/webpage.h"

#include <QJsonArray>
#include <QJsonDocument>
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

/// A text with data in it: with the words of the data in its place, or no further than the data where it cannot be read.
/// Names in such data stand in any language's own quotes, if in any: what it repeats cannot be told from what it says.
QString withWordsOfData(const QString &text, const errorbody::WordsOf &wordsOf)
{
    static const QRegularExpression data(u"^\\[\\s*+[\"'\\\\{\\[]|(\\[\\s*+)?\\{\\s*+([\"'\\\\:&]|[\\w.-]++\\s*+[:=])"_s);
    const qsizetype at = data.match(text).capturedStart();
    if (at < 0)
        return text;
    const QJsonValue inside = errorbody::json(text.mid(at));
    if (!inside.isUndefined())
        return text.first(at) + wordsOf(inside);
    return at > 0 ? text.first(at) + u'…' : QString();
}

/// Neither empty nor mostly bytes that were never meant for people.
bool isReadable(const QString &text)
{
    const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control && !c.isSpace(); };
    return std::ranges::any_of(text, [](QChar c) { return c.isLetterOrNumber(); })
        && std::ranges::count_if(text, isControl) * 8 < text.size();
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
    if (const QJsonArray array = QJsonDocument::fromJson(single).array(); array.size() == 1)
        return array.first();
    QByteArray bytes = text.toUtf8();
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error == QJsonParseError::GarbageAtEnd)
        document = QJsonDocument::fromJson(bytes.first(error.offset));
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(QJsonValue::Undefined);
}

QString errorbody::words(const QString &text, const WordsOf &wordsOf)
{
    if (webpage::isMarkup(text))
        return webpage::title(text.left(longestWords));
    const QString said = withWordsOfData(withoutEcho(text.left(longestWords)), wordsOf);
    return isReadable(said) ? said.trimmed() : QString();
}

bool errorbody::repeats(const QString &name)
{
    if (name.size() > longestName)
        return true;
    QString parted;
    for (const QChar c : name)
        parted += c.isUpper() && !parted.isEmpty() && !parted.back().isUpper() ? QString(u' ') + c : QString(c);
    const QString lower = parted.toLower().replace(u'_', u' ').replace(u'-', u' ').replace(u'.', u' ');
    if (lower == u"request id" || lower == u"invalid params")
        return false;
    const QStringList parts = lower.split(u' ', Qt::SkipEmptyParts);
    return lower.contains(u"input") || lower.contains(u"value")
        || std::ranges::any_of(repeating, [&parts](QLatin1StringView part) { return parts.contains(part); });
}
