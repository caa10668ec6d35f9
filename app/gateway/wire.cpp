#include "app/gateway/wire.h"

#include "app/gateway/boundedjson.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// What a row keeps of its texts: 50,000 of them have to fit into memory, whatever the service sends.
constexpr qsizetype mostOfId = 100;   ///< what is longer names nothing; the service's have 36
constexpr qsizetype mostOfTitle = 200;
constexpr qsizetype mostOfWord = 40;  ///< a state, a source
constexpr qsizetype mostOfName = 200; ///< of a person or an agent
constexpr qsizetype mostOfMessage = 10'000;
constexpr qsizetype mostMessages = 1000; ///< of a queue

Failure unreadable(const QString &why)
{
    Failure failure;
    failure.kind = FailureKind::Unreadable;
    failure.reached = Reached::Answered;
    failure.text = why;
    return failure;
}

Result<QJsonObject> objectIn(const QByteArray &body)
{
    if (body.trimmed().isEmpty())
        return tl::unexpected(unreadable(u"it was empty"_s));
    QString error;
    const QJsonDocument document = boundedjson::read(body, &error);
    if (!error.isEmpty())
        return tl::unexpected(unreadable(error));
    if (!document.isObject())
        return tl::unexpected(unreadable(u"not a JSON object"_s));
    return document.object();
}

/// Where it is cut, that can be seen.
QString shortText(const QJsonValue &value, qsizetype limit)
{
    const QString whole = value.toString();
    if (whole.size() <= limit)
        return whole;
    return whole.first(whole[limit - 2].isHighSurrogate() ? limit - 2 : limit - 1) + u'…';
}

/// An id is never cut: it would be another's.
bool isTooLong(const QString &id)
{
    return id.size() > mostOfId;
}

QString idOrNone(const QJsonValue &value)
{
    const QString id = value.toString();
    return isTooLong(id) ? QString() : id;
}

/// ISO 8601 with or without a fraction; a time without a zone is UTC (contract, "Unknown").
QDateTime time(const QJsonValue &value, const ServiceClock &clock)
{
    QDateTime parsed = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    if (parsed.timeSpec() == Qt::LocalTime) // which there may not be in that hour
        parsed = QDateTime::fromString(value.toString() + u'Z', Qt::ISODateWithMs);
    return parsed.isValid() ? clock.fromService(parsed.toUTC()) : QDateTime();
}

Person person(const QJsonValue &value)
{
    const QJsonObject user = value.toObject();
    QString name = shortText(user["display_name"_L1], mostOfName);
    if (name.isEmpty())
        name = (shortText(user["first_name"_L1], mostOfName) + u' ' + shortText(user["last_name"_L1], mostOfName))
                   .trimmed();
    return {idOrNone(user["id"_L1]), shortText(user["email"_L1], mostOfName), name};
}

std::optional<Agent> agent(const QJsonObject &row, const ServiceClock &)
{
    const AgentId id{row["id"_L1].toString()};
    if (!row["name"_L1].isString() || isTooLong(id.value))
        return std::nullopt;
    return Agent{id, shortText(row["name"_L1], mostOfName), shortText(row["status"_L1], mostOfWord)};
}

std::optional<Conversation> conversation(const QJsonObject &row, const ServiceClock &clock)
{
    Conversation read;
    read.id = {row["id"_L1].toString()};
    read.stateWord = shortText(row["status"_L1], mostOfWord);
    read.agent = {row["agent_id"_L1].toString()};
    read.parent = {row["parent_task_id"_L1].toString()};
    const bool hasIds = !read.id.isEmpty() && !isTooLong(read.id.value) && !isTooLong(read.agent.value)
        && !isTooLong(read.parent.value);
    if (!hasIds || read.stateWord.isEmpty())
        return std::nullopt;
    read.title = shortText(row["title"_L1], mostOfTitle);
    read.state = rowStateOf(read.stateWord);
    read.source = shortText(row["source_node_type"_L1], mostOfWord);
    read.person.id = idOrNone(row["user_id"_L1]);
    read.createdAt = time(row["created_at"_L1], clock);
    read.updatedAt = time(row["updated_at"_L1], clock);
    return read;
}

/// A count that fits: what is beyond it stays more than we count, what is no number is `fallback`.
int count(const QJsonValue &value, int fallback)
{
    return int(std::clamp(value.toDouble(fallback), 0.0, double(wire::mostCounted)));
}

template <class Row>
Result<Page<Row>> page(const QByteArray &body, const ServiceClock &clock,
                       std::optional<Row> (*read)(const QJsonObject &, const ServiceClock &))
{
    const auto object = objectIn(body);
    if (!object)
        return tl::unexpected(object.error());
    if (!(*object)["items"_L1].isArray())
        return tl::unexpected(unreadable(u"the list has no \"items\""_s));
    Page<Row> page;
    const QJsonArray items = (*object)["items"_L1].toArray();
    for (const QJsonValue &item : items) {
        const auto row = page.rows.size() < wire::mostRows ? read(item.toObject(), clock) : std::nullopt;
        if (row)
            page.rows.append(*row);
        else
            ++page.unreadable;
    }
    page.page = qMax(1, count((*object)["page"_L1], 1));
    page.totalPages = qMax(1, count((*object)["total_pages"_L1], 1));
    page.total = qMax(int(items.size()), count((*object)["total"_L1], 0));
    return page;
}

}

Result<Page<Agent>> wire::agents(const QByteArray &body)
{
    return page<Agent>(body, {}, agent);
}

Result<Page<Conversation>> wire::conversations(const QByteArray &body, const ServiceClock &clock)
{
    return page<Conversation>(body, clock, conversation);
}

Result<Record> wire::record(const QByteArray &body, const ServiceClock &clock)
{
    const auto object = objectIn(body);
    if (!object)
        return tl::unexpected(object.error());
    const auto &json = *object;
    Record read;
    read.id = {json["id"_L1].toString()};
    read.agent = {json["agent_id"_L1].toString()};
    read.parent = {json["parent_execution"_L1].toString()};
    if (isTooLong(read.id.value) || isTooLong(read.agent.value) || isTooLong(read.parent.value))
        return tl::unexpected(unreadable(u"an id in the record is too long"_s));
    if (read.id.isEmpty() || read.agent.isEmpty())
        return tl::unexpected(unreadable(u"the record has no \"id\" or no \"agent_id\""_s));
    read.title = shortText(json["title"_L1], mostOfTitle);
    read.stateWord = shortText(json["status"_L1], mostOfWord);
    const QJsonValue byHand = json["is_manually_stopped"_L1];
    read.state = rowStateOf(read.stateWord, byHand.isBool() ? std::optional(byHand.toBool()) : std::nullopt);
    read.source = shortText(json["source"_L1], mostOfWord);
    read.person = person(json["input"_L1].toObject()["user"_L1]);
    read.startedAt = time(json["started_at"_L1], clock);
    read.finishedAt = time(json["finished_at"_L1], clock);
    read.usedMutatingTools = json["used_mutating_tools"_L1].toBool();
    return read;
}

Result<RunState> wire::runState(const QByteArray &body, const QDateTime &readAt, const ServiceClock &clock)
{
    const auto object = objectIn(body);
    if (!object)
        return tl::unexpected(object.error());
    const auto &json = *object;
    // `is_running` has a default in the contract, but a wrong type must never read as "nothing runs".
    if (!json["is_running"_L1].isBool())
        return tl::unexpected(unreadable(u"the run state does not say whether it runs"_s));
    RunState read;
    read.conversation = {idOrNone(json["conversation_id"_L1])};
    read.isRunning = json["is_running"_L1].toBool();
    read.queueDepth = count(json["queue_depth"_L1], 0);
    read.activeChild = {idOrNone(json["active_child_id"_L1])};
    read.stateWord = shortText(json["execution_status"_L1], mostOfWord);
    read.readAt = readAt;
    const QJsonArray messages = json["queued_messages"_L1].toArray();
    read.queueDepth = qMax(read.queueDepth, messages.size() > mostMessages ? int(messages.size()) : 0);
    for (const QJsonValue &value : messages) {
        if (read.queue.size() == mostMessages)
            break;
        const QJsonObject message = value.toObject();
        read.queue.append({{idOrNone(message["id"_L1])}, shortText(message["text"_L1], mostOfMessage),
                           person(message["user"_L1]), time(message["enqueued_at"_L1], clock)});
    }
    return read;
}

QByteArray wire::stopBody(ClearQueue clearQueue)
{
    return QJsonDocument(QJsonObject{{"clear_queue"_L1, clearQueue == ClearQueue::Yes}}).toJson(QJsonDocument::Compact);
}
