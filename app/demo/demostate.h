#pragma once

#include "app/demo/task.h"

#include <QHash>

namespace demo {

/// All agents and tasks, and what time and stops make of them. Lives in the server's thread alone. Time
/// passes when `settle` is called: changes that have come due are made then, in their order and with the times
/// at which they came due.
class State {
public:
    /// `speed` divides the delays of courses. `began` is when it was as it is now made.
    State(int extraConversations, double speed, const QDateTime &began);

    void settle(qint64 now); ///< ms since it began; never less than before

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
    QDateTime now() const { return m_began.addMSecs(m_now); }

    double m_speed;
    QDateTime m_began;
    qint64 m_now = 0; ///< ms since it began
    QList<Agent> m_agents;
    QList<Task> m_tasks;
    QHash<QString, qsizetype> m_places;
    QList<Change> m_changes;
};

}
