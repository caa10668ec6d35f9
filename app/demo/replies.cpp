#include "app/demo/replies.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace demo {

static QJsonObject violation(const QJsonArray &place, const QString &message, const QString &type)
{
    return {{u"loc"_s, place}, {u"msg"_s, message}, {u"type"_s, type}};
}

/// As pydantic v1 words it.
static Answer invalidBody()
{
    return detailAnswer(422,
                        QJsonArray{violation({u"body"_s, u"clear_queue"_s}, u"value could not be parsed to a boolean"_s,
                                             u"type_error.bool"_s)});
}

/// As pydantic v2 words it.
static Answer invalidPath(const Task &task)
{
    QJsonObject entry =
        violation({u"path"_s, task.parentId.isEmpty() ? u"conversation_id"_s : u"task_id"_s},
                  u"Input should be a valid UUID, invalid group count: expected 5, found 4"_s, u"uuid_parsing"_s);
    entry.insert(u"input"_s, task.id);
    entry.insert(u"ctx"_s, QJsonObject{{u"error"_s, u"invalid group count: expected 5, found 4"_s}});
    return detailAnswer(422, QJsonArray{entry});
}

/// Path, header and body at once, with a number in a place, one entry without a place and one that is no
/// object.
static Answer invalidSeveral()
{
    return detailAnswer(
        422,
        QJsonArray{violation({u"path"_s, u"agent_id"_s}, u"value is not a valid uuid"_s, u"type_error.uuid"_s),
                   violation({u"header"_s, u"x-api-key"_s}, u"field required"_s, u"value_error.missing"_s),
                   violation({u"body"_s, 20}, u"JSON decode error"_s, u"json_invalid"_s),
                   QJsonObject{{u"msg"_s, u"The service gave no place for this one"_s}}, u"only a sentence"_s});
}

static Answer planLimited()
{
    const QJsonObject inner{{u"detail"_s, u"Plan limit reached: the billing limit of this organization is spent"_s}};
    return detailAnswer(429, QJsonObject{{u"detail"_s, inner}});
}

static Answer problemDetails()
{
    Answer answer = jsonAnswer(QJsonObject{{u"type"_s, u"about:blank"_s},
                                           {u"title"_s, u"Bad Request"_s},
                                           {u"status"_s, 400},
                                           {u"detail"_s, u"The gateway in front of the service did not like this"_s}},
                               400);
    answer.mimeType = "application/problem+json";
    return answer;
}

static Answer with(Answer answer, const QByteArray &header, const QByteArray &value)
{
    answer.headers.append({header, value});
    return answer;
}

static Answer delivered(Answer::Delivery delivery)
{
    Answer answer = jsonAnswer(QJsonObject{{u"stopped"_s, true}});
    answer.delivery = delivery;
    return answer;
}

Answer unavailable()
{
    return {503, "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>", "text/html"};
}

Answer answerTo(const Task &task, const QByteArray &elsewhere)
{
    switch (task.reply) {
    case Reply::Accepted: return jsonAnswer(QJsonObject{{u"stopped"_s, true}});
    case Reply::WrongKey: return detailAnswer(401, u"Invalid or missing API key"_s);
    case Reply::Forbidden: return detailAnswer(403, u"Forbidden"_s);
    case Reply::NotFound: return detailAnswer(404, u"Conversation not found"_s);
    case Reply::Conflict: return detailAnswer(409, u"Conversation is idle"_s);
    case Reply::InvalidBody: return invalidBody();
    case Reply::InvalidPath: return invalidPath(task);
    case Reply::InvalidSeveral: return invalidSeveral();
    case Reply::InvalidText: return detailAnswer(422, u"This conversation does not take a stop right now"_s);
    case Reply::RateLimited: return detailAnswer(429, u"Rate limit exceeded"_s);
    case Reply::RateLimitedRetryAfter: return with(detailAnswer(429, u"Rate limit exceeded"_s), "Retry-After", "20");
    case Reply::PlanLimited: return planLimited();
    case Reply::ServerError: return {500, "Internal Server Error", "text/plain; charset=utf-8"};
    case Reply::EmptyBadGateway: return {502, {}, {}};
    case Reply::Unavailable: return unavailable();
    case Reply::ProblemDetails: return problemDetails();
    case Reply::WebPage:
        return {200, "<!DOCTYPE html><html><title>Sign in</title><body>Please sign in to this network.</body></html>",
                "text/html; charset=utf-8"};
    case Reply::CutShort: return delivered(Answer::Delivery::CutShort);
    case Reply::Closed: return delivered(Answer::Delivery::CloseUnanswered);
    case Reply::Hanging: return delivered(Answer::Delivery::Hang);
    case Reply::Redirect: return with({307, {}, {}}, "Location", elsewhere);
    }
    Q_UNREACHABLE();
}

}
