#pragma once

#include "app/demo/task.h"

#include <QJsonArray>
#include <QJsonValue>

namespace demo {

class State;

/// Parts of the shapes of the contract. What is empty or invalid becomes null; times have microseconds and a Z.
QJsonValue timeValue(const QDateTime &time);
QJsonValue textOrNull(const QString &text);
QJsonValue userValue(const Person &person);

/// The ids of the sub-tasks that run, or of those that do not.
QJsonArray childrenWhere(const Task &task, State &state, bool isRunning);

}
