#include "app/demo/turn.h"

using namespace Qt::StringLiterals;

namespace demo {

void run(Task &task, const QDateTime &now)
{
    task.status = u"executing"_s;
    task.laggingStatus.clear();
    task.isRunning = true;
    task.isManuallyStopped = false;
    task.startedAt = now;
    task.updatedAt = now;
    task.finishedAt = {};
}

void noticeTheEnd(Task &task, const QDateTime &now)
{
    task.laggingStatus.clear();
    task.isManuallyStopped = task.status == u"stopped";
    task.updatedAt = now;
    task.finishedAt = now;
}

bool hasEnded(const Task &task)
{
    return task.status == u"stopped" || task.status == u"completed" || task.status == u"failed"
        || task.status == u"error";
}

}
