#include "app/gateway/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

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
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        return tl::unexpected(unreadable(u"not JSON: "_s + error.errorString()));
    if (!document.isObject())
        return tl::unexpected(unreadable(u"not a JSON object"_s));
    return document.object();
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
    QString name = user["display_name"_L1].toString();
    if (name.isEmpty())
        name = (user["first_name"_L1].toString() + u' ' + user["last_name"_L1].toString()).trimmed();
    return {user["id"_L1].toString(), user["email"_L1].toString(), name};
}

std::optional<Agent> agent(const QJsonObject &row, const ServiceClock &)
{
    if (!row["name"_L1].isString())
        return std::nullopt;
    return Agent{{row["id"_L1].toString()}, row["name"_L1].toString(), row["status"_L1].toString()};
}

std::optional<Conversation> conversation(const QJsonObject &row, const ServiceClock &clock)
{
    Conversation read;
    read.id = {row["id"_L1].toString()};
    read.stateWord = row["status"_L1].toString();
    if (read.id.isEmpty() || read.stateWord.isEmpty())
        return std::nullopt;
    read.agent = {row["agent_id"_L1].toString()};
    read.parent = {row["parent_task_id"_L1].toString()};
    read.title = row["title"_L1].toString();
    read.state = rowStateOf(read.stateWord);
    read.source = row["source_node_type"_L1].toString();
    read.person.id = row["user_id"_L1].toString();
    read.createdAt = time(row["created_at"_L1], clock);
    read.updatedAt = time(row["updated_at"_L1], clock);
    return read;
}

/// A count that fits: what is beyond an int stays more than we can count, what is no number is `fallback`.
int count(const QJsonValue &value, int fallback)
{
    return int(std::clamp(value.toDouble(fallback), 0.0, double(std::numeric_limits<int>::max())));
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
        if (const auto row = read(item.toObject(), clock))
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
    if (read.id.isEmpty() || read.agent.isEmpty())
        return tl::unexpected(unreadable(u"the record has no \"id\" or no \"agent_id\""_s));
    read.parent = {json["parent_execution"_L1].toString()};
    read.title = json["title"_L1].toString();
    read.stateWord = json["status"_L1].toString();
    const QJsonValue byHand = json["is_manually_stopped"_L1];
    read.state = rowStateOf(read.stateWord, byHand.isBool() ? std::optional(byHand.toBool()) : std::nullopt);
    read.source = json["source"_L1].toString();
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
    read.conversation = {json["conversation_id"_L1].toString()};
    read.isRunning = json["is_running"_L1].toBool();
    read.queueDepth = count(json["queue_depth"_L1], 0);
    read.activeChild = {json["active_child_id"_L1].toString()};
    read.stateWord = json["execution_status"_L1].toString();
    read.readAt = readAt;
    const QJsonArray messages = json["queued_messages"_L1].toArray();
    for (const QJsonValue &value : messages) {
        const QJsonObject message = value.toObject();
        read.queue.append({{message["id"_L1].toString()}, message["text"_L1].toString(),
                           person(message["user"_L1]), time(message["enqueued_at"_L1], clock)});
    }
    return read;
}

QByteArray wire::stopBody(ClearQueue clearQueue)
{
    return QJsonDocument(QJsonObject{{"clear_queue"_L1, clearQueue == ClearQueue::Yes}}).toJson(QJsonDocument::Compact);
}
