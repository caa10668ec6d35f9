#pragma once

#include "app/demo/task.h"

namespace demo {

/// The conversations that are named for what they do when they are stopped, and their sub-tasks. All are
/// listed as executing; their times are relative to this moment.
QList<Task> scenarioTasks();

}
