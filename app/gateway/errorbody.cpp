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
constexpr qsizetype deepest = 1024; ///< as Qt's own reader of JSON

/// Reads JSON up to its end, or up to where it breaks off, and knows what would close it there.
class OpenJson {
public:
    explicit OpenJson(QStringView text)
        : m_text(text)
    {
    }

    QString closed()
    {
        while (m_at < m_text.size() && m_open.size() <= deepest && !m_ended)
            step(m_text[m_at]);
        QString whole = m_text.first(m_kept).toString();
        if (m_inString && m_isValue)
            whole = cutString() + u"…\""_s;
        std::ranges::reverse(m_open);
        return whole + m_open;
    }

private:
    void step(QChar c)
    {
        if (m_inString)
            stepInString(c);
        else if (c == u'"')
            beginString();
        else if (c == u'{' || c == u'[')
            open(c);
        else if (c == u'}' || c == u']')
            close(c);
        else if (c == u',')
            m_kept = m_at;
        if (!c.isSpace())
            m_before = c;
        ++m_at;
    }
    void beginString()
    {
        m_inString = true;
        m_isValue = m_before == u':' || m_open.endsWith(u']');
    }
    void stepInString(QChar c)
    {
        if (c == u'\\') {
            m_escape = m_at;
            ++m_at;
        } else if (c == u'"') {
            m_inString = false;
            if (m_isValue)
                m_kept = m_at + 1;
        }
    }
    void open(QChar c)
    {
        m_open.append(c == u'{' ? u'}' : u']');
        m_kept = m_at + 1;
    }
    void close(QChar c)
    {
        m_ended = !m_open.endsWith(c);
        if (m_ended)
            return;
        m_open.chop(1);
        m_kept = m_at + 1;
        m_ended = m_open.isEmpty();
    }
    /// The text up to its end, without an escape that is not whole.
    QString cutString() const
    {
        const bool isCode = m_escape + 1 < m_text.size() && m_text[m_escape + 1] == u'u';
        const bool isWhole = m_escape < 0 || m_text.size() >= m_escape + (isCode ? 6 : 2);
        return m_text.first(isWhole ? m_text.size() : m_escape).toString();
    }

    QStringView m_text;
    QString m_open; ///< the brackets still owed, outermost first
    qsizetype m_at = 0;
    qsizetype m_kept = 0; ///< everything before it is whole
    qsizetype m_escape = -1;
    QChar m_before; ///< the last character that is no white space
    bool m_inString = false;
    bool m_isValue = false; ///< of the string: not a name
    bool m_ended = false;
};

QJsonValue parsed(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(QJsonValue::Undefined);
}

/// As pydantic prints its errors: "… [type=bool_parsing, input_value=…]", in version 1 "… (type=value_error.const; given=…)".
QString withoutEcho(QString text)
{
    static const QRegularExpression second(u"\\s?\\[type=[\\w.]+, input_value=[^\\n]*"_s);
    static const QRegularExpression first(u"\\s?\\(type=[\\w.]+; [^\\n]*"_s);
    static const QRegularExpression address(u"For further information visit https://errors\\.pydantic\\.dev\\S*"_s);
    return text.remove(second).remove(first).remove(address);
}

/// A text with data in it: with the words of the data in its place, or without it where that cannot be told.
QString withWordsOfData(const QString &text, const errorbody::WordsOf &wordsOf)
{
    static const QRegularExpression data(u"(\\{|\\[\\s*\\{)\\s*(['\"])"_s);
    static const QRegularExpression echo(u"['\"](input|ctx)['\"]"_s);
    const auto match = data.match(text);
    if (!match.hasMatch())
        return text;
    const qsizetype at = match.capturedStart();
    const QJsonValue inside = errorbody::json(text.mid(at));
    if (!inside.isUndefined())
        return text.first(at) + wordsOf(inside);
    const bool isJson = match.captured(2) == u'"';
    return isJson || echo.match(text, at).hasMatch() ? text.first(at) : text;
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
    static const QRegularExpression start(u"^[\\[{]\\s*[\"\\[{]"_s);
    const QJsonArray single = parsed(u'[' + text + u']').toArray(); // Qt reads no JSON that is a string or a number
    if (single.size() == 1)
        return single.first();
    return start.match(text).hasMatch() ? parsed(OpenJson(text).closed()) : QJsonValue(QJsonValue::Undefined);
}

QString errorbody::words(const QString &text, const WordsOf &wordsOf)
{
    if (webpage::isMarkup(text))
        return webpage::title(text.left(longestWords));
    const QString said = withWordsOfData(withoutEcho(text.left(longestWords)), wordsOf);
    return isReadable(said) ? said.trimmed() : QString();
}
