#include "app/demo/demostate.h"

#include "app/demo/background.h"
#include "app/demo/organization.h"
#include "app/demo/scenarios.h"
#include "app/demo/turn.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demo {

static constexpr double listsLag = 120; // s

/// Tasks are made as of this moment.
static void makeAsOf(Task &task, qint64 msEarlier)
{
    for (QDateTime *time : {&task.createdAt, &task.startedAt, &task.updatedAt, &task.finishedAt}) {
        *time = time->addMSecs(-msEarlier);
    }
    for (Message &message : task.queue) {
        message.enqueuedAt = message.enqueuedAt.addMSecs(-msEarlier);
    }
}

State::State(int extraConversations, double speed, const QDateTime &began)
    : m_speed(speed > 0 ? speed : 1)
    , m_began(began)
    , m_agents(demo::agents())
{
    const qint64 age = began.msecsTo(QDateTime::currentDateTimeUtc());
    m_tasks = scenarioTasks() + backgroundTasks() + fillerTasks(std::clamp(extraConversations, 0, 10000));
    for (qsizetype i = 0; i < m_tasks.size(); ++i) {
        m_places.insert(m_tasks.at(i).id, i);
        makeAsOf(m_tasks[i], age);
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
        noticeTheEnd(task, now());
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
        noticeTheEnd(task, now());
    }
}

void State::takeNextMessage(Task &task)
{
    if (!task.queue.isEmpty()) {
        task.text = task.queue.takeFirst().text;
        run(task, now());
    }
}

void State::schedule(const Task &task, Turn turn, double seconds)
{
    m_changes.append({m_now + qint64(seconds * 1000 / m_speed), task.id, turn});
}

void State::settle(qint64 now)
{
    const auto next = [this] {
        return std::min_element(m_changes.begin(), m_changes.end(),
                                [](const Change &a, const Change &b) { return a.due < b.due; });
    };
    for (auto change = next(); change != m_changes.end() && change->due <= now; change = next()) {
        const Change due = *change;
        m_changes.erase(change);
        m_now = due.due;
        apply(due);
    }
    m_now = now;
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
    case Turn::StartsAgain: run(*changed, now()); break;
    case Turn::IsNoticed:
        if (hasEnded(*changed)) {
            noticeTheEnd(*changed, now());
        }
        break;
    }
}

}
