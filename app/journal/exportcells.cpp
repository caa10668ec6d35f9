#include "app/journal/exportcells.h"

#include "app/journal/journalwords.h"
#include "app/words/words.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QJsonValue jsonOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue time(const QDateTime &time)
{
    return jsonOrNull(journalwords::timeWord(time));
}

QJsonValue waitingBeforeCell(const StopTarget &target)
{
    const std::optional<int> waited = waitedBefore(target);
    return waited ? QJsonValue(*waited) : QJsonValue();
}

QJsonValue ranBefore(const StopTarget &target)
{
    return target.ranBefore ? QJsonValue(*target.ranBefore) : QJsonValue();
}

QJsonValue startedAgainAt(const StopReport &report)
{
    return report.startedAgain ? time(report.startedAgain->at) : QJsonValue();
}

/// The step of the newest state, without its marks: they have cells of their own.
QString outcome(StopReport report)
{
    report.startedAgain.reset();
    report.dismissed = false;
    return journalwords::stepWord(report);
}

/// Commands a terminal or turns the direction of what follows, or has no shape of its own.
bool isHidden(QChar c)
{
    return (!c.isPrint() && !c.isSurrogate()) || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool looksLikeFormula(const QString &text)
{
    const auto isSeen = [](QChar c) { return !c.isSpace() && c != u'"' && c.category() != QChar::Other_Format; };
    const auto start = std::ranges::find_if(text, isSeen);
    return start != text.cend() && u"=+-@\uff1d\uff0b\uff0d\uff20"_s.contains(*start);
}

/// Of an id a spreadsheet would keep 15 digits, and no zeros in front.
bool looksLikeNumber(const QString &text)
{
    static const QRegularExpression number(u"^\\s*\\d+([.,]\\d*)?(e[+-]?\\d+)?\\s*$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return number.match(text).hasMatch();
}

/// A spreadsheet that cuts at another sign than the comma sees no quotes: what stands behind that sign begins a cell.
QByteArray csvText(const QString &cell)
{
    QStringList parts = words::plain(cell, cell.size()).split(u';');
    for (QString &part : parts) {
        if (looksLikeFormula(part))
            part.prepend(u'\'');
    }
    QString text = parts.join(u';');
    if (looksLikeNumber(text))
        text.prepend(u'\'');
    return '"' + text.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

QByteArray csvCell(const QJsonValue &cell)
{
    switch (cell.type()) {
    case QJsonValue::Bool: return cell.toBool() ? "true" : "false";
    case QJsonValue::Double: return QByteArray::number(cell.toInteger());
    case QJsonValue::String: return csvText(cell.toString());
    default: return {};
    }
}

}

namespace exportcells {

const QStringList &names()
{
    static const QStringList all{
        u"number"_s,         u"asked_utc"_s,    u"operator"_s,
        u"environment"_s,    u"connection"_s,   u"connection_id"_s,
        u"origin"_s,         u"base_path"_s,    u"routes"_s,
        u"credential"_s,     u"command"_s,      u"agent"_s,
        u"agent_name"_s,     u"conversation"_s, u"parent"_s,
        u"message_id"_s,     u"title"_s,        u"clear_queue"_s,
        u"waiting_before"_s, u"ran_before"_s,   u"reason"_s,
        u"request_id"_s,     u"outcome"_s,      u"outcome_utc"_s,
        u"answered_utc"_s,   u"http_status"_s,  u"started_again_utc"_s,
        u"dismissed"_s,      u"confirmed_by"_s, u"batch"_s,
        u"person_id"_s,      u"person_name"_s,  u"person_email"_s,
    };
    return all;
}

QList<QJsonValue> cells(const JournalEntry &entry)
{
    const StopReport &report = entry.report;
    const StopTarget &target = report.target;
    return {
        report.intent,
        time(report.askedAt),
        jsonOrNull(report.operatorName),
        journalwords::environmentWord(entry.connection.environment),
        jsonOrNull(entry.connection.name),
        jsonOrNull(entry.connection.id.value),
        jsonOrNull(entry.connection.address.toString(QUrl::RemovePath)),
        jsonOrNull(entry.connection.address.path(QUrl::FullyEncoded)),
        journalwords::routesWord(entry.connection.routes),
        journalwords::credentialWord(entry.connection.credential),
        journalwords::commandWord(target.command),
        jsonOrNull(target.agent.value),
        jsonOrNull(target.agentName),
        jsonOrNull(target.conversation.value),
        jsonOrNull(target.parent.value),
        jsonOrNull(target.message.id.value),
        jsonOrNull(target.title),
        report.clearQueue == ClearQueue::Yes,
        waitingBeforeCell(target),
        ranBefore(target),
        jsonOrNull(report.reason),
        jsonOrNull(report.request.value),
        outcome(report),
        time(report.since),
        time(report.answeredAt),
        report.status ? QJsonValue(report.status) : QJsonValue(),
        startedAgainAt(report),
        report.dismissed,
        jsonOrNull(entry.confirmedBy),
        jsonOrNull(report.batch.value),
        jsonOrNull(target.person.id),
        jsonOrNull(target.person.name),
        jsonOrNull(target.person.email),
    };
}

QByteArray csvLine(const QList<QJsonValue> &cells)
{
    QByteArrayList line;
    for (const QJsonValue &cell : cells)
        line.append(csvCell(cell));
    return line.join(',') + "\r\n";
}

QByteArray jsonObject(const QList<QJsonValue> &cells)
{
    QJsonObject object;
    for (qsizetype i = 0; i < cells.size(); ++i)
        object.insert(names().at(i), cells.at(i));
    QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    const QString shown = QString::fromUtf8(text);
    if (std::ranges::none_of(shown, isHidden))
        return text;
    QString escaped;
    for (const QChar c : shown)
        escaped += isHidden(c) ? u"\\u%1"_s.arg(int(c.unicode()), 4, 16, '0'_L1) : QString(c);
    return escaped.toUtf8();
}

}
