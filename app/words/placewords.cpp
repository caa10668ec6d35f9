// Where an error belongs: the one table from the names in its place to a control, and the place in words.
#include "app/words/failuresentences.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Place {
    QLatin1StringView name; ///< in small letters, without what stands between its parts
    Field field;
    Field byId; ///< the same in Stop by id
    bool isOurs = false; ///< of a check made before sending: a place of one word, and no name of the service's
};

constexpr Place places[] = {
    {"clearqueue"_L1, Field::ClearQueue, Field::ClearQueue},
    {"agentid"_L1, Field::Agents, Field::AgentId},
    {"conversationid"_L1, Field::Conversations, Field::ConversationId},
    {"taskid"_L1, Field::Conversations, Field::ConversationId},
    {"xapikey"_L1, Field::Key, Field::Key},
    {"authorization"_L1, Field::Key, Field::Key},
    {"name"_L1, Field::ConnectionName, Field::ConnectionName, true},
    {"address"_L1, Field::Address, Field::Address, true},
    {"plainhttp"_L1, Field::PlainHttp, Field::PlainHttp, true},
    {"key"_L1, Field::Key, Field::Key, true},
    {"maystop"_L1, Field::MayStop, Field::MayStop, true},
    {"routes"_L1, Field::Routes, Field::Routes, true},
    {"authority"_L1, Field::Authority, Field::Authority, true},
    {"limits"_L1, Field::Limits, Field::Limits, true},
};

/// The words of a place by which a control can be told: a service may write all of it as one word, and pydantic puts in
/// the validators that it went through.
QStringList namesIn(const QStringList &place)
{
    static const QRegularExpression validator(u"function-\\w+\\[[^\\]]*\\]"_s);
    static const QRegularExpression between(u"[][./$'\"(), ]+"_s);
    return place.join(u'.').remove(validator).split(between, Qt::SkipEmptyParts);
}

/// Whether something else stands behind it: a part of the request, or the name of a model.
bool isRoom(const QString &name)
{
    static const QRegularExpression room(
        u"^(body|json|data|attributes|request|path|params|query|headers?|[A-Z]\\w*)$"_s);
    return room.match(name).hasMatch();
}

/// A number counts the items of a list, or says where the JSON broke, if that is what happened.
QString placePart(const FieldError &error, qsizetype i)
{
    static const QRegularExpression number(u"^\\[(\\d{1,15})\\]$"_s);
    const auto match = number.match(error.place[i]);
    if (!match.hasMatch())
        return words::plain(error.place[i], 60);
    const bool isBroken = error.type == u"json_invalid" || error.type == u"value_error.jsondecode";
    if (isBroken && i == 1 && error.place.size() == 2 && error.place.first() == u"body")
        return Failures::tr("character %1").arg(match.captured(1));
    return Failures::tr("item %1", "of a list, counted from 1").arg(match.captured(1).toLongLong() + 1);
}

QString labelOf(Field field)
{
    switch (field) {
    case Field::None:
        return {};
    case Field::ClearQueue:
        return Failures::tr("Also clear the queue");
    case Field::Agents:
        return Failures::tr("Agents");
    case Field::Conversations:
        return Failures::tr("Conversations");
    case Field::AgentId:
        return Failures::tr("Agent id");
    case Field::ConversationId:
        return Failures::tr("Conversation id");
    case Field::ConnectionName:
        return Failures::tr("Connection name");
    case Field::Address:
        return Failures::tr("Base address");
    case Field::PlainHttp:
        return Failures::tr("Unencrypted http");
    case Field::Key:
        return Failures::tr("API key");
    case Field::MayStop:
        return Failures::tr("Stopping");
    case Field::Routes:
        return Failures::tr("Routes");
    case Field::Authority:
        return Failures::tr("Certificate authority");
    case Field::Limits:
        return Failures::tr("Request limits");
    case Field::Number:
        return Failures::tr("Number of conversations");
    }
    return {};
}

}

namespace words {

QString place(const FieldError &error)
{
    constexpr qsizetype deepest = 12;
    QStringList parts;
    for (qsizetype i = 0; i < qMin(deepest, error.place.size()); ++i)
        parts.append(placePart(error, i));
    if (error.place.size() > deepest)
        parts.append(u"…"_s);
    return parts.join(u" › "_s);
}

QString placeInWords(const Problem &problem)
{
    if (const QString label = labelOf(problem.field); !label.isEmpty())
        return label;
    if (!problem.error.place.isEmpty())
        return place(problem.error);
    const QString about = plain(problem.latest().name, 120);
    if (about.isEmpty())
        return subjectName(problem.subject);
    if (problem.subject == Subject::RunState || problem.subject == Subject::Record)
        return Failures::tr("%1 of %2", "live state: conversation").arg(subjectName(problem.subject), about);
    const int others = int(problem.affected.size()) - 1;
    return others == 0   ? about
        : others == 1 ? Failures::tr("%1 and one other").arg(about)
                      : Failures::tr("%1 and %n others", nullptr, others).arg(about);
}

Field fieldOf(const QStringList &place, Subject subject)
{
    const QStringList names = namesIn(place);
    const bool isOneWord = place.size() == 1 && names.size() == 1;
    for (const QString &name : names) {
        const QString plain = name.toLower().remove(u'_').remove(u'-');
        const auto found = std::ranges::find(places, plain, &Place::name);
        if (found != std::end(places) && (isOneWord || !found->isOurs))
            return subject == Subject::StopById ? found->byId : found->field;
        if (!isRoom(name))
            return Field::None;
    }
    return Field::None;
}

}
