#include "app/demo/records.h"

#include "app/demo/demostate.h"
#include "app/demo/values.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace demo {

static QJsonValue triggeringAgent(const Task &task, State &state)
{
    const Task *parent = state.task(task.parentId);
    return parent != nullptr ? QJsonValue(parent->agentId) : QJsonValue(QJsonValue::Null);
}

QJsonObject agentItem(const Agent &agent)
{
    return {{u"id"_s, textOrNull(agent.id)},
            {u"name"_s, agent.name},
            {u"description"_s, agent.description},
            {u"icon"_s, textOrNull(agent.icon)},
            {u"status"_s, agent.status},
            {u"organization_id"_s, organizationId()},
            {u"deployment_type"_s, u"serverless"_s},
            {u"created_at"_s, timeValue(agent.createdAt)},
            {u"model_provider"_s, u"openai"_s},
            {u"model_name"_s, u"gpt-4.1"_s},
            {u"framework"_s, u"agno"_s},
            {u"field_of_next_year"_s, QJsonObject{{u"to_be"_s, u"ignored"_s}}}};
}

QJsonObject listItem(const Task &task, State &state)
{
    return {{u"id"_s, task.id},
            {u"agent_id"_s, task.agentId},
            {u"user_id"_s, textOrNull(task.person.id)},
            {u"parent_task_id"_s, textOrNull(task.parentId)},
            {u"triggering_agent_id"_s, triggeringAgent(task, state)},
            {u"organization_id"_s, organizationId()},
            {u"status"_s, task.listedStatus()},
            {u"internal_status"_s, textOrNull(task.internalStatus)},
            {u"created_at"_s, timeValue(task.createdAt)},
            {u"updated_at"_s, timeValue(task.updatedAt)},
            {u"source_node_type"_s, task.source},
            {u"result"_s, task.result},
            {u"title"_s, textOrNull(task.title)}};
}

/// Secrets of end users lie in real records too; whoever finds the word CANARY on a screen or a disk has
/// found a leak.
static void addSensitive(QJsonObject &record)
{
    record.insert(u"user_tokens"_s, QJsonObject{{u"mail"_s, u"CANARY-user-token-never-show-or-store"_s}});
    record.insert(u"user_oidc_token"_s, u"CANARY-oidc-token-never-show-or-store"_s);
    record.insert(u"payload_extension"_s, QJsonObject{{u"secret"_s, u"CANARY-payload-never-show-or-store"_s}});
}

QJsonObject record(const Task &task, State &state)
{
    QJsonObject whole{
        {u"id"_s, task.id},
        {u"agent_id"_s, task.agentId},
        {u"organization_id"_s, organizationId()},
        {u"input"_s,
         QJsonObject{{u"text"_s, task.text}, {u"files"_s, QJsonArray()}, {u"user"_s, userValue(task.person)}}},
        {u"status"_s, task.listedStatus()},
        {u"internal_status"_s, textOrNull(task.internalStatus)},
        {u"created_at"_s, timeValue(task.createdAt)},
        {u"started_at"_s, timeValue(task.startedAt)},
        {u"paused_at"_s, timeValue(task.status == u"paused" ? task.updatedAt : QDateTime())},
        {u"finished_at"_s, timeValue(task.finishedAt)},
        {u"result"_s, textOrNull(task.result)},
        {u"parent_execution"_s, textOrNull(task.parentId)},
        {u"sub_executions"_s, QJsonArray::fromStringList(task.children)},
        {u"finished_sub_executions"_s, childrenWhere(task, state, false)},
        {u"is_manually_stopped"_s, task.isManuallyStopped},
        {u"is_gateway"_s, task.parentId.isEmpty()},
        {u"source"_s, task.source},
        {u"used_mutating_tools"_s, task.changesThings},
        {u"triggering_agent_id"_s, triggeringAgent(task, state)},
        {u"title"_s, textOrNull(task.title)}};
    addSensitive(whole);
    return whole;
}

}
