#pragma once

#include "app/demo/task.h"

#include <QElapsedTimer>
#include <QHash>

namespace demo {

/// All agents and tasks, and what time and stops make of them. Lives in the server's thread alone. Time
/// passes when `settle` is called: changes that have come due are made then, in their order.
class State {
public:
    /// `speed` divides the delays of courses.
    State(int extraConversations, double speed);

    void settle();

    const QList<Agent> &agents() const { return m_agents; }
    const QList<Task> &tasks() const { return m_tasks; }
    bool hasAgent(const QString &id) const;
    Task *task(const QString &id);

    /// Lets the task go its course, at once or later. Messages are dropped only when asked for.
    void stop(Task &task, bool clearQueue);
    /// A turn begins for the message that has waited longest; does nothing where none waits.
    void takeNextMessage(Task &task);

private:
    enum class Turn { Ends, TakesNextMessage, StartsAgain, IsNoticed };
    struct Change {
        qint64 due;
        QString taskId;
        Turn turn;
    };

    void end(Task &task);
    void schedule(const Task &task, Turn turn, double seconds);
    void apply(const Change &change);

    double m_speed;
    QElapsedTimer m_clock;
    QList<Agent> m_agents;
    QList<Task> m_tasks;
    QHash<QString, qsizetype> m_places;
    QList<Change> m_changes;
};

}
