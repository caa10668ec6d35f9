#pragma once

#include "app/demo/answer.h"
#include "app/demo/task.h"

namespace demo {

/// The answer to a stop that the scenario of this task has in store; `elsewhere` is where redirects point to.
Answer answerTo(const Task &task, const QByteArray &elsewhere);

/// What stands in front of the service says that it is not there (503).
Answer unavailable();

}
