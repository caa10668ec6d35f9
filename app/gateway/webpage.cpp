#include "app/gateway/webpage.h"

#include "app/words/failurewords.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTitle = 2000;

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

}

bool webpage::isMarkup(const QString &text)
{
    static const QRegularExpression start(u"^<([!?]|html|head|body|[\\w:]+(\\s+xmlns[^<>]*)?>\\s*<)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return start.match(text).hasMatch();
}

QString webpage::title(const QString &page)
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
