#pragma once

#include "app/demo/task.h"

#include <QJsonObject>

namespace demo {

class State;

/// The shapes of the contract: an entry of the agents' list, an entry of a list of tasks, the full record of
/// a task, and the state of a conversation.
QJsonObject agentItem(const Agent &agent);
QJsonObject listItem(const Task &task, State &state);
QJsonObject record(const Task &task, State &state);
QJsonObject runState(const Task &task, State &state);

}
