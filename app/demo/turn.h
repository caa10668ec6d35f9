#pragma once

#include "app/demo/task.h"

namespace demo {

void run(Task &task); ///< a turn begins now
bool hasEnded(const Task &task);

/// Lists and record learn what run-state knew already.
void noticeTheEnd(Task &task);

}
