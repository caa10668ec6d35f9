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

constexpr qsizetype longestWords = 64 * 1024;

/// As pydantic prints its errors: "… [type=bool_parsing, input_value=…]", in version 1 "… (type=value_error.const; given=…)".
QString withoutEcho(QString text)
{
    static const QRegularExpression echo(u"\\s?(\\[type=[\\w.]+, input_value=|\\(type=[\\w.]+; )[^\\n]*"
                                         "|For further information visit https://errors\\.pydantic\\.dev\\S*"_s);
    return text.remove(echo);
}

/// What is called one of these repeats what was sent, or may be all of it.
QRegularExpression repeating(const QString &before, const QString &after)
{
    return QRegularExpression(
        before + u"(ctx|url|given|received|body|data|payload|request|params|headers|query|[\\w-]*(input|value)[\\w-]*)"_s
            + after,
        QRegularExpression::CaseInsensitiveOption);
}

/// A text with data in it: with the words of the data in its place, or as it came where the data cannot be read. Nothing
/// where it is such data and no more.
QString withWordsOfData(const QString &text, const errorbody::WordsOf &wordsOf)
{
    static const QRegularExpression data(u"(\\{|\\[\\s*\\{)\\s*['\"]"_s);
    const qsizetype at = data.match(text).capturedStart();
    if (at < 0)
        return text;
    const QJsonValue inside = errorbody::json(text.mid(at));
    if (!inside.isUndefined())
        return text.first(at) + wordsOf(inside);
    return at > 0 ? errorbody::quotable(text) : QString();
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
    static const QRegularExpression names = repeating(u"^"_s, u"$"_s);
    return names.match(name).hasMatch();
}

QString errorbody::quotable(const QString &text)
{
    static const QRegularExpression name = repeating(u"['\"]"_s, u"\\\\*['\"]\\s*:"_s);
    const QString plain = withoutEcho(text.left(longestWords));
    const qsizetype at = name.match(plain).capturedStart();
    const QString quoted = at < 0 ? plain : plain.first(at) + u'…';
    return isReadable(quoted) ? quoted : QString();
}
