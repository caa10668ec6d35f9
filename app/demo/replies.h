#pragma once

#include "app/demo/answer.h"
#include "app/demo/task.h"

namespace demo {

/// The answer to a stop that the scenario of this conversation has in store; `elsewhere` is where redirects
/// point to.
Answer answerTo(const Task &conversation, const QByteArray &elsewhere);

}
