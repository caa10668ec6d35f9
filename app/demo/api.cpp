#include "app/demo/api.h"

#include "app/demo/demostate.h"
#include "app/demo/records.h"
#include "app/demo/replies.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace demo {

static constexpr QStringView agentParameter = u"agent_id";
static constexpr QStringView conversationParameter = u"conversation_id";
static constexpr QStringView taskParameter = u"task_id";
static constexpr QStringView messageParameter = u"message_id";

Api::Api(State &state, Style style, const QByteArray &elsewhere)
    : m_state(state)
    , m_style(style)
    , m_elsewhere(elsewhere)
{
}

/// The values of `{parameters}` when the path fits the pattern, else nothing.
static std::optional<QHash<QString, QString>> parameters(const QStringList &path, QStringView pattern)
{
    const QList<QStringView> parts = pattern.split(u'/');
    if (parts.size() != path.size()) {
        return std::nullopt;
    }
    QHash<QString, QString> values;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QStringView part = parts.at(i);
        if (part.startsWith(u'{')) {
            values.insert(part.mid(1, part.size() - 2).toString(), path.at(i));
        } else if (part != path.at(i)) {
            return std::nullopt;
        }
    }
    return values;
}

std::optional<Api::Question> Api::question(const Call &call) const
{
    struct Route {
        QByteArrayView verb;
        QStringView pattern;
        Answer (Api::*route)(const Question &, Validation &);
    };
    static constexpr Route routes[] = {
        {"GET", u"/v1/agents", &Api::agents},
        {"GET", u"/v1/agents/{agent_id}/tasks", &Api::tasks},
        {"GET", u"/v1/tasks", &Api::tasks},
        {"GET", u"/v1/tasks/{task_id}", &Api::task},
        {"POST", u"/v1/tasks/{task_id}/stop", &Api::stopTask},
        {"GET", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/run-state", &Api::runState},
        {"GET", u"/v1/agents/{agent_id}/conversations/{conversation_id}/run-state", &Api::runState},
        {"POST", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/stop", &Api::stopConversation},
        {"POST", u"/v1/agents/{agent_id}/conversations/{conversation_id}/stop", &Api::stopConversation},
        {"DELETE", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/queue", &Api::clearQueue},
        {"DELETE", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/queue/{message_id}",
         &Api::discardMessage},
        {"DELETE", u"/v1/agents/{agent_id}/conversations/{conversation_id}/queue/{message_id}", &Api::discardMessage},
    };
    QStringList path = call.url.path(QUrl::FullyEncoded).split(u'/');
    for (QString &part : path) {
        part = QUrl::fromPercentEncoding(part.toUtf8());
    }
    for (const Route &route : routes) {
        if (route.verb == call.verb) {
            if (const auto values = parameters(path, route.pattern)) {
                return Question{route.route,   *values,   QUrlQuery(call.url),
                                call.mimeType, call.body, call.verb == "POST"};
            }
        }
    }
    return std::nullopt;
}

Answer Api::answer(const Question &question)
{
    m_state.settle();
    Validation validation(m_style);
    for (const QStringView parameter : {agentParameter, conversationParameter, taskParameter}) {
        const QString name = parameter.toString();
        if (question.path.contains(name)) {
            validation.checkUuid(name, question.path.value(name));
        }
    }
    return (this->*question.route)(question, validation);
}

/// One page of `all`, each entry written by `item`.
template <class List, class Item>
static Answer page(const List &all, const Api::Question &question, Validation &validation, Item item)
{
    const int number = validation.integer(question.query, u"page"_s, 1, 1, std::numeric_limits<int>::max());
    const int size = validation.integer(question.query, u"per_page"_s, 20, 1, 50);
    if (validation.hasFailed()) {
        return validation.answer();
    }
    const qsizetype begin = std::min<qsizetype>(qsizetype(number - 1) * size, all.size());
    const qsizetype end = std::min<qsizetype>(begin + size, all.size());
    QJsonArray items;
    for (qsizetype i = begin; i < end; ++i) {
        items.append(item(all.at(i)));
    }
    return jsonAnswer(QJsonObject{{u"items"_s, items},
                                  {u"total"_s, all.size()},
                                  {u"page"_s, number},
                                  {u"per_page"_s, size},
                                  {u"total_pages"_s, (all.size() + size - 1) / size}});
}

Answer Api::agents(const Question &question, Validation &validation)
{
    return page(m_state.agents(), question, validation, agentItem);
}

Answer Api::tasks(const Question &question, Validation &validation)
{
    validation.checkState(question.query, u"status"_s);
    const QString agent = question.path.value(agentParameter.toString());
    if (!validation.hasFailed() && !agent.isEmpty() && !m_state.hasAgent(agent)) {
        return detailAnswer(404, u"Agent not found"_s);
    }
    return page(selected(question), question, validation,
                [this](const Task *task) { return listItem(*task, m_state); });
}

QList<const Task *> Api::selected(const Question &question) const
{
    const auto wanted = [&question](const QString &name) {
        return question.query.queryItemValue(name, QUrl::FullyDecoded);
    };
    const auto fits = [](const QString &filter, const QString &value) { return filter.isEmpty() || filter == value; };
    const QString agent = question.path.value(agentParameter.toString(), wanted(u"agent_id"_s));
    const QString status = wanted(u"status"_s);
    const QString internalStatus = wanted(u"internal_status"_s);
    const QString user = wanted(u"user_id"_s);
    const QString parent = wanted(u"parent_task_id"_s);
    const QString triggering = wanted(u"triggering_agent_id"_s);

    QList<const Task *> found;
    for (const Task &task : m_state.tasks()) {
        const Task *above = m_state.task(task.parentId);
        if (fits(agent, task.agentId) && fits(status, task.status) && fits(internalStatus, task.internalStatus)
            && fits(user, task.person.id) && fits(parent, task.parentId)
            && fits(triggering, above != nullptr ? above->agentId : QString())) {
            found.append(&task);
        }
    }
    return found;
}

/// The task or conversation that the path names, and under the agent that the path names; else null.
Task *Api::find(const Question &question)
{
    const QString agent = question.path.value(agentParameter.toString());
    const QString id =
        question.path.value(taskParameter.toString(), question.path.value(conversationParameter.toString()));
    Task *task = m_state.task(id.toLower());
    return task != nullptr && (agent.isEmpty() || agent.toLower() == task->agentId) ? task : nullptr;
}

Answer Api::task(const Question &question, Validation &validation)
{
    if (validation.hasFailed()) {
        return validation.answer();
    }
    const Task *found = find(question);
    return found != nullptr ? jsonAnswer(record(*found, m_state)) : detailAnswer(404, u"Task not found"_s);
}

Answer Api::stopTask(const Question &question, Validation &validation)
{
    if (validation.hasFailed()) {
        return validation.answer();
    }
    Task *found = find(question);
    if (found == nullptr) {
        return detailAnswer(404, u"Task not found"_s);
    }
    m_state.stop(*found, false);
    return jsonAnswer(record(*found, m_state));
}

Answer Api::runState(const Question &question, Validation &validation)
{
    if (validation.hasFailed()) {
        return validation.answer();
    }
    const Task *found = find(question);
    return found != nullptr ? jsonAnswer(demo::runState(*found, m_state))
                            : detailAnswer(404, u"Conversation not found"_s);
}

/// Delegated work is no conversation: it has a stop of its own.
Answer Api::stopConversation(const Question &question, Validation &validation)
{
    const bool clearQueue = validation.clearQueue(question.body, question.mimeType);
    if (validation.hasFailed()) {
        return validation.answer();
    }
    Task *found = find(question);
    if (found == nullptr || !found->parentId.isEmpty()) {
        return detailAnswer(404, u"Conversation not found"_s);
    }
    m_state.stop(*found, clearQueue);
    return answerTo(*found, m_elsewhere);
}

Answer Api::clearQueue(const Question &question, Validation &validation)
{
    if (validation.hasFailed()) {
        return validation.answer();
    }
    Task *found = find(question);
    if (found == nullptr) {
        return detailAnswer(404, u"Conversation not found"_s);
    }
    found->queue.clear();
    return jsonAnswer(QJsonValue::Null);
}

Answer Api::discardMessage(const Question &question, Validation &validation)
{
    if (validation.hasFailed()) {
        return validation.answer();
    }
    Task *found = find(question);
    const QString message = question.path.value(messageParameter.toString());
    if (found == nullptr || found->queue.removeIf([&](const Message &m) { return m.id == message; }) == 0) {
        return detailAnswer(404, u"Message not found"_s);
    }
    return jsonAnswer(QJsonValue::Null);
}

}
