#include "app/demo/demostate.h"

#include "app/demo/background.h"
#include "app/demo/organization.h"
#include "app/demo/scenarios.h"
#include "app/demo/turn.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demo {

static constexpr double listsLag = 120; // s

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
    task.hasHeardStop = true;
    if (clearQueue && task.waiting != Waiting::KeptByStop) {
        task.queue.clear();
    }
    if (task.course == Course::WasIdle && !task.laggingStatus.isEmpty()) {
        noticeTheEnd(task);
    }
    if (hasEnded(task)) {
        return;
    }
    switch (task.course) {
    case Course::EndsAtOnce: end(task); break;
    case Course::EndsLater: schedule(task, Turn::Ends, task.seconds); break;
    case Course::NextMessage:
        end(task);
        schedule(task, Turn::TakesNextMessage, task.seconds);
        break;
    case Course::StartsAgain:
        end(task);
        schedule(task, Turn::StartsAgain, task.seconds);
        break;
    case Course::RunsOn:
    case Course::WasIdle: break;
    }
}

void State::end(Task &task)
{
    task.laggingStatus = task.status;
    task.status = u"stopped"_s;
    task.isRunning = false;
    if (task.reading == Reading::ListsLag) {
        schedule(task, Turn::IsNoticed, listsLag);
    } else {
        noticeTheEnd(task);
    }
}

void State::takeNextMessage(Task &task)
{
    if (!task.queue.isEmpty()) {
        task.text = task.queue.takeFirst().text;
        run(task);
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
    case Turn::TakesNextMessage: takeNextMessage(*changed); break;
    case Turn::StartsAgain: run(*changed); break;
    case Turn::IsNoticed:
        if (hasEnded(*changed)) {
            noticeTheEnd(*changed);
        }
        break;
    }
}

}
