#include "app/demo/subtasks.h"

#include "app/demo/organization.h"

using namespace Qt::StringLiterals;

namespace demo {

namespace {

struct Subtask {
    QStringView parent;
    QStringView title;
    QStringView agent;
    Course course = Course::EndsAtOnce;
    double seconds = 0;
};

constexpr Subtask subtasks[] = {
    {.parent = u"Leaves sub-tasks running", .title = u"Send batch 1 of the mailing", .agent = agentname::sales},
    {.parent = u"Leaves sub-tasks running", .title = u"Send batch 2 of the mailing", .agent = agentname::product},
    {.parent = u"Leaves sub-tasks running",
     .title = u"Send batch 3 of the mailing",
     .agent = agentname::sales,
     .course = Course::EndsLater,
     .seconds = 3},
    {.parent = u"Keeps a sub-task running",
     .title = u"Watch the outbox for replies",
     .agent = agentname::devops,
     .course = Course::RunsOn},
};

}

QList<Task> subtasksOf(const Task &parent)
{
    QList<Task> tasks;
    for (const Subtask &row : subtasks) {
        if (row.parent != parent.title) {
            continue;
        }
        Task task = conversation(row.title, row.agent, 0);
        task.parentId = parent.id;
        task.source = u"task"_s;
        task.person = parent.person;
        task.createdAt = parent.startedAt.addSecs(30 * (tasks.size() + 1));
        task.startedAt = task.createdAt;
        task.course = row.course;
        task.seconds = row.seconds;
        tasks.append(task);
    }
    return tasks;
}

}
