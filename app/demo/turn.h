#pragma once

#include "app/demo/task.h"

namespace demo {

void run(Task &task, const QDateTime &now); ///< a turn begins
bool hasEnded(const Task &task);

/// Lists and record learn what run-state knew already.
void noticeTheEnd(Task &task, const QDateTime &now);

}
