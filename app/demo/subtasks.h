#pragma once

#include "app/demo/task.h"

namespace demo {

/// The work that this conversation has delegated, each with a course of its own.
QList<Task> subtasksOf(const Task &parent);

}
