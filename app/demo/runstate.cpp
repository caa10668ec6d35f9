#include "app/demo/records.h"

#include "app/demo/values.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demo {

static QList<Message> listed(const Task &task)
{
    constexpr qsizetype part = 3;
    return task.waiting == Waiting::ListedInPart ? task.queue.first(std::min(part, task.queue.size())) : task.queue;
}

QJsonObject runState(const Task &task, State &state)
{
    if (task.reading == Reading::NeverHeardOf) {
        Task nothing;
        nothing.id = task.id;
        return runState(nothing, state);
    }
    QJsonArray messages;
    for (const Message &message : listed(task)) {
        messages.append(QJsonObject{{u"id"_s, message.id},
                                    {u"text"_s, message.text},
                                    {u"files"_s, QJsonArray()},
                                    {u"user"_s, userValue(message.person)},
                                    {u"enqueued_at"_s, timeValue(message.enqueuedAt)},
                                    {u"idempotency_key"_s, QJsonValue::Null}});
    }
    const QJsonArray active = childrenWhere(task, state, true);
    return {{u"conversation_id"_s, task.id},
            {u"is_running"_s, task.isRunning},
            {u"is_steerable"_s, task.isRunning},
            {u"steer_target"_s, u"none"_s},
            {u"active_child_id"_s, active.isEmpty() ? QJsonValue(QJsonValue::Null) : active.first()},
            {u"queue_depth"_s, task.queue.size()},
            {u"queued_messages"_s, messages},
            {u"execution_status"_s, textOrNull(task.status)},
            {u"conversation_state"_s, u"regular"_s}};
}

}
