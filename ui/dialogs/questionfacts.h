#pragma once

#include "app/types/stop.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class StatePill;
class WaitingMessages;

/// What the question says about its frozen target: title, id, state and its age, agent, person, running time, waiting
/// messages. Shows what it is given and keeps its size.
class QuestionFacts final : public QWidget {
    Q_OBJECT

public:
    explicit QuestionFacts(const StopTarget &target, QWidget *parent = nullptr);

    void showState(RowState state, const QString &word, const QString &age);
    void showRunningFor(const QString &text);
    void showMessages(const RunState &state, const QDateTime &now);
    void showNoMessages(const QString &why);
    void tick(const QDateTime &now); ///< the messages' ages follow

private:
    void layOut(const StopTarget &target);
    void layOutFacts(QFormLayout &facts, const StopTarget &target);

    StatePill *m_pill;
    QLabel *m_age;
    QLabel *m_runningFor;
    QLabel *m_heading;
    WaitingMessages *m_messages;
    QLabel *m_unlisted; ///< the queue is longer than the list that came
};
