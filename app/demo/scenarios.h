#pragma once

#include "app/demo/task.h"

namespace demo {

/// Newest first, as the service lists them. One has no id: the contract allows that.
QList<Agent> agents();

/// The conversations that are named for what they do when they are stopped, and their sub-tasks. All are
/// listed as executing; their times are relative to this moment.
QList<Task> scenarioTasks();

/// An ordinary conversation with whole times: first turn a day earlier, this turn begun `minutesAgo`.
Task conversation(QStringView title, QStringView agentName, int minutesAgo);

}
