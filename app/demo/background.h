#pragma once

#include "app/demo/task.h"

namespace demo {

/// What else goes on in an ordinary organization: a long run, one that waits for a person, some not started,
/// odd titles, a state word nobody knows, and older ones over several pages. All of them stop at once.
QList<Task> backgroundTasks();

/// Rows to make the demo large; one in forty runs.
QList<Task> fillerTasks(int count);

}
