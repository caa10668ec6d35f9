#pragma once

#include "app/models/queuemodel.h"

#include <QWidget>

class Headline;
class QFormLayout;
class QLabel;
class QPushButton;
class StatePill;
class TargetReading;
class WaitingMessages;

/// What the question says about its one target: title, id, state and its age, agent, person, running time, waiting
/// messages; of a sub-task what it belongs to, of a message who wrote it and when. Keeps its size.
class QuestionFacts final : public QWidget {
    Q_OBJECT

public:
    QuestionFacts(const TargetReading &reading, const QString &title, QWidget *parent = nullptr);

    void showReading();
    void showQueue(const QDateTime &now); ///< as it was read last
    void tick(const QDateTime &now); ///< ages follow
    void hideTexts(bool hidden);     ///< of the messages that wait, or of the one that it is about
    QPushButton *ticket() const { return m_ticket; } ///< for what has ended; hidden at first, and its place kept

private:
    void layOut();
    void layOutFacts(QFormLayout &facts);
    QWidget *makeState();
    QString parentName() const;

    const TargetReading &m_reading;
    const QString m_title;
    QueueModel m_queue;
    Headline *m_headline;
    StatePill *m_pill;
    QLabel *m_age;
    QPushButton *m_ticket;
    QLabel *m_runningFor;
    QWidget *m_queueArea;
    QLabel *m_heading;
    WaitingMessages *m_messages;
    QLabel *m_unlisted; ///< the queue is longer than the list that came
};
