// Where an error belongs: the one table from the words of its place to a control, and the place in words.
#include "app/words/failuresentences.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Place {
    QLatin1StringView path; ///< the words of the place, joined by dots
    Field field;
    Field byId; ///< the same in Stop by id
};

constexpr Place places[] = {
    {"body.clear_queue"_L1, Field::ClearQueue, Field::ClearQueue},
    {"path.agent_id"_L1, Field::Agents, Field::AgentId},
    {"path.conversation_id"_L1, Field::Conversations, Field::ConversationId},
    {"path.task_id"_L1, Field::Conversations, Field::ConversationId},
    {"header.x-api-key"_L1, Field::Key, Field::Key},
    {"header.authorization"_L1, Field::Key, Field::Key},
    // checks made before sending
    {"agent_id"_L1, Field::Agents, Field::AgentId},
    {"conversation_id"_L1, Field::Conversations, Field::ConversationId},
    {"name"_L1, Field::ConnectionName, Field::ConnectionName},
    {"address"_L1, Field::Address, Field::Address},
    {"plain_http"_L1, Field::PlainHttp, Field::PlainHttp},
    {"key"_L1, Field::Key, Field::Key},
    {"routes"_L1, Field::Routes, Field::Routes},
    {"authority"_L1, Field::Authority, Field::Authority},
    {"limits"_L1, Field::Limits, Field::Limits},
};

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
    const QString path = place.join(u'.').toLower();
    const auto found = std::ranges::find(places, path, &Place::path);
    if (found == std::end(places))
        return Field::None;
    return subject == Subject::StopById ? found->byId : found->field;
}

}
