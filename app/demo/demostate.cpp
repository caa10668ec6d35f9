#include "app/demo/demostate.h"

#include "app/demo/background.h"
#include "app/demo/scenarios.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demo {

static void end(Task &task)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    task.status = u"stopped"_s;
    task.isRunning = false;
    task.isManuallyStopped = true;
    task.updatedAt = now;
    task.finishedAt = now;
}

static void run(Task &task)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    task.status = u"executing"_s;
    task.isRunning = true;
    task.isManuallyStopped = false;
    task.startedAt = now;
    task.updatedAt = now;
    task.finishedAt = {};
}

/// The list learns what run-state knew already: the turn had come to its own end.
static void noticeTheEnd(Task &task)
{
    task.status = u"completed"_s;
    task.finishedAt = task.updatedAt;
    task.result = u"Done"_s;
}

static bool hasEnded(const Task &task)
{
    return task.status == u"stopped" || task.status == u"completed" || task.status == u"failed"
        || task.status == u"error";
}

State::State(int extraConversations, double speed)
    : m_speed(speed > 0 ? speed : 1)
    , m_agents(demo::agents())
{
    m_clock.start();
    m_tasks = scenarioTasks() + backgroundTasks() + fillerTasks(std::clamp(extraConversations, 0, 10000));
    for (qsizetype i = 0; i < m_tasks.size(); ++i) {
        m_places.insert(m_tasks.at(i).id, i);
    }
    for (const Task &task : std::as_const(m_tasks)) {
        if (!task.parentId.isEmpty()) {
            m_tasks[m_places.value(task.parentId)].children.append(task.id);
        }
    }
}

bool State::hasAgent(const QString &id) const
{
    return std::any_of(m_agents.cbegin(), m_agents.cend(), [&id](const Agent &agent) { return agent.id == id; });
}

Task *State::task(const QString &id)
{
    const auto place = m_places.constFind(id);
    return place == m_places.cend() ? nullptr : &m_tasks[*place];
}

void State::stop(Task &task, bool clearQueue)
{
    if (clearQueue) {
        task.queue.clear();
    }
    if (hasEnded(task)) {
        return;
    }
    switch (task.course) {
    case Course::EndsAtOnce: end(task); break;
    case Course::EndsLater: schedule(task, Turn::Ends, 8); break;
    case Course::RunsOn: break;
    case Course::NextMessage:
        end(task);
        schedule(task, Turn::TakesNextMessage, 1.2);
        break;
    case Course::StartsAgain:
        end(task);
        schedule(task, Turn::StartsAgain, 60);
        break;
    case Course::WasIdle: noticeTheEnd(task); break;
    }
}

void State::schedule(const Task &task, Turn turn, double seconds)
{
    m_changes.append({m_clock.elapsed() + qint64(seconds * 1000 / m_speed), task.id, turn});
}

void State::settle()
{
    const qint64 now = m_clock.elapsed();
    const auto later = std::stable_partition(m_changes.begin(), m_changes.end(),
                                             [now](const Change &change) { return change.due <= now; });
    QList<Change> due(m_changes.begin(), later);
    m_changes.erase(m_changes.begin(), later);
    std::stable_sort(due.begin(), due.end(), [](const Change &a, const Change &b) { return a.due < b.due; });
    for (const Change &change : std::as_const(due)) {
        apply(change);
    }
}

void State::apply(const Change &change)
{
    Task *changed = task(change.taskId);
    switch (change.turn) {
    case Turn::Ends:
        if (!hasEnded(*changed)) {
            end(*changed);
        }
        break;
    case Turn::TakesNextMessage:
        if (!changed->queue.isEmpty()) {
            changed->text = changed->queue.takeFirst().text;
            run(*changed);
        }
        break;
    case Turn::StartsAgain: run(*changed); break;
    }
}

}
