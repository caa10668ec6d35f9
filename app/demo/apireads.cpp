#include "app/demo/api.h"

#include "app/demo/demostate.h"
#include "app/demo/records.h"
#include "app/demo/replies.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace demo {

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
    const QString agent = question.path.value(u"agent_id"_s);
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
    const QString agent = question.path.value(u"agent_id"_s, wanted(u"agent_id"_s));
    const QString status = wanted(u"status"_s);
    const QString internalStatus = wanted(u"internal_status"_s);
    const QString user = wanted(u"user_id"_s);
    const QString parent = wanted(u"parent_task_id"_s);
    const QString triggering = wanted(u"triggering_agent_id"_s);

    QList<const Task *> found;
    for (const Task &task : m_state.tasks()) {
        const Task *above = m_state.task(task.parentId);
        if (fits(agent, task.agentId) && fits(status, task.listedStatus()) && fits(internalStatus, task.internalStatus)
            && fits(user, task.person.id) && fits(parent, task.parentId)
            && fits(triggering, above != nullptr ? above->agentId : QString())) {
            found.append(&task);
        }
    }
    return found;
}

static bool canBeRead(const Task &task)
{
    return task.reading != Reading::FailsAfterStop || !task.hasHeardStop;
}

Answer Api::task(const Question &question, Validation &validation)
{
    return about(question, validation, [this](const Task &task) {
        return canBeRead(task) ? jsonAnswer(record(task, m_state)) : unavailable();
    });
}

Answer Api::runState(const Question &question, Validation &validation)
{
    return about(question, validation, [this](const Task &task) {
        return canBeRead(task) ? jsonAnswer(demo::runState(task, m_state)) : unavailable();
    });
}

}
