#include "app/demo/api.h"

#include "app/demo/demostate.h"

#include <array>

using namespace Qt::StringLiterals;

namespace demo {

/// Of paths, the more particular first.
static constexpr std::array<QStringView, 4> idParameters{u"message_id", u"task_id", u"conversation_id", u"agent_id"};

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
        std::optional<Order> order = {};
    };
    static constexpr Route routes[] = {
        {"GET", u"/v1/agents", &Api::agents},
        {"GET", u"/v1/agents/{agent_id}/tasks", &Api::tasks},
        {"GET", u"/v1/tasks", &Api::tasks},
        {"GET", u"/v1/tasks/{task_id}", &Api::task},
        {"POST", u"/v1/tasks/{task_id}/stop", &Api::stopTask, Order::StopTask},
        {"GET", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/run-state", &Api::runState},
        {"GET", u"/v1/agents/{agent_id}/conversations/{conversation_id}/run-state", &Api::runState},
        {"POST", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/stop", &Api::stopConversation,
         Order::StopConversation},
        {"POST", u"/v1/agents/{agent_id}/conversations/{conversation_id}/stop", &Api::stopConversation,
         Order::StopConversation},
        {"DELETE", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/queue", &Api::clearQueue,
         Order::ClearQueue},
        {"DELETE", u"/v1/agents/{agent_id}/gateway/conversations/{conversation_id}/queue/{message_id}",
         &Api::discardMessage, Order::DiscardMessage},
        {"DELETE", u"/v1/agents/{agent_id}/conversations/{conversation_id}/queue/{message_id}", &Api::discardMessage,
         Order::DiscardMessage},
    };
    QStringList path = call.url.path(QUrl::FullyEncoded).split(u'/');
    for (QString &part : path) {
        part = QUrl::fromPercentEncoding(part.toUtf8());
    }
    for (const Route &route : routes) {
        if (route.verb == call.verb) {
            if (const auto values = parameters(path, route.pattern)) {
                return Question{route.route, route.order, *values, QUrlQuery(call.url), call.mimeType, call.body};
            }
        }
    }
    return std::nullopt;
}

QString Api::Question::about() const
{
    for (const QStringView parameter : idParameters) {
        if (const auto id = path.constFind(parameter.toString()); id != path.cend()) {
            return *id;
        }
    }
    return {};
}

Answer Api::answer(const Question &question, qint64 now)
{
    m_state.settle(now);
    Validation validation(m_style);
    for (auto parameter = idParameters.crbegin(); parameter != idParameters.crend(); ++parameter) {
        const QString name = parameter->toString();
        if (question.path.contains(name)) {
            validation.checkUuid(name, question.path.value(name));
        }
    }
    return (this->*question.route)(question, validation);
}

/// The task or conversation that the path names, and under the agent that the path names; else null.
Task *Api::find(const Question &question)
{
    const bool isTask = question.path.contains(u"task_id"_s);
    const QString agent = question.path.value(u"agent_id"_s).toLower();
    Task *task = m_state.task(question.path.value(isTask ? u"task_id"_s : u"conversation_id"_s).toLower());
    if (task == nullptr || (!agent.isEmpty() && agent != task->agentId)
        || (isTask && task->reading == Reading::NeverHeardOf)) {
        return nullptr;
    }
    return task;
}

Answer Api::about(const Question &question, const Validation &validation, const std::function<Answer(Task &task)> &act)
{
    if (validation.hasFailed()) {
        return validation.answer();
    }
    if (Task *found = find(question)) {
        return act(*found);
    }
    return detailAnswer(404, question.path.contains(u"task_id"_s) ? u"Task not found"_s : u"Conversation not found"_s);
}

}
