#include "app/gateway/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 2000;
constexpr qsizetype mostEntries = 1000;
constexpr qsizetype longestPlace = 16;
constexpr int deepest = 6;

QString bounded(const QString &text)
{
    return text.trimmed().left(longestText);
}

/// The words in a value of any shape: strings may hold JSON again (contract, "Errors").
QString textIn(const QJsonValue &value, int depth = 0)
{
    if (depth > deepest)
        return {};
    if (value.isString()) {
        const QString text = value.toString();
        const QJsonDocument inner = QJsonDocument::fromJson(text.toUtf8());
        const QString words = inner.isObject() ? textIn(inner.object(), depth + 1) : QString();
        return words.isEmpty() ? text : words;
    }
    if (value.isArray()) {
        QStringList words;
        const QJsonArray entries = value.toArray();
        for (const QJsonValue &entry : entries) {
            if (const QString text = textIn(entry, depth + 1); !text.isEmpty() && words.size() < 5)
                words.append(text);
        }
        return words.join(u"; ");
    }
    const QJsonObject object = value.toObject();
    for (const auto name : {"detail"_L1, "message"_L1, "error"_L1, "msg"_L1, "title"_L1}) {
        if (const QString text = textIn(object[name], depth + 1); !text.isEmpty())
            return text;
    }
    return {};
}

QString placeWord(const QJsonValue &value)
{
    if (value.isObject() || value.isArray())
        return u"?"_s;
    return value.isNull() ? u"null"_s : value.toVariant().toString().left(200);
}

FieldError fieldError(const QJsonObject &entry)
{
    FieldError error;
    const QJsonValue loc = entry["loc"_L1];
    const QJsonArray place = loc.isString() ? QJsonArray{loc} : loc.toArray();
    for (const QJsonValue &word : place) {
        if (error.place.size() < longestPlace)
            error.place.append(placeWord(word));
    }
    error.message = bounded(textIn(entry["msg"_L1]));
    error.type = entry["type"_L1].toString().left(200);
    return error;
}

QString titleOfPage(const QString &page)
{
    static const QRegularExpression title(u"<title[^>]*>([^<]{1,300})"_s, QRegularExpression::CaseInsensitiveOption);
    return title.match(page).captured(1).simplified();
}

}

QList<FieldError> wire::fieldErrors(const QByteArray &body)
{
    QList<FieldError> errors;
    const QJsonValue detail = QJsonDocument::fromJson(body).object()["detail"_L1];
    const QJsonArray entries = detail["loc"_L1].isUndefined() ? detail.toArray() : QJsonArray{detail};
    for (const QJsonValue &entry : entries) {
        if (errors.size() == mostEntries)
            break;
        if (entry.isObject())
            errors.append(fieldError(entry.toObject()));
        else
            errors.append({{}, bounded(entry.isArray() ? textIn(entry) : placeWord(entry)), {}});
    }
    return errors;
}

QString wire::errorText(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject())
        return bounded(textIn(document.object()));
    if (document.isArray())
        return bounded(textIn(document.array()));
    const QString text = QString::fromUtf8(body.left(64 * 1024)).trimmed();
    return text.startsWith(u'<') ? bounded(titleOfPage(text)) : bounded(text);
}

bool wire::isPlanLimit(const QByteArray &body)
{
    static const QRegularExpression plan(u"\\b(plan|billing|credit|credits|quota|subscription|payment)\\b"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const QString text = errorText(body);
    return plan.match(text).hasMatch() && !text.contains(u"rate limit"_s, Qt::CaseInsensitive);
}
