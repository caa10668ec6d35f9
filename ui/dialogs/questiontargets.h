#pragma once

#include "ui/dialogs/questioncontext.h"
#include "ui/dialogs/targetmodel.h"

#include <QWidget>

class Headline;
class NewSince;
class QFormLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;
class TargetList;

/// What the question says about several targets: how many, of which agents, what waits for them, how long their stops
/// will take, and the list in which each can be unticked. Tells what has changed since it was asked, and what is new;
/// neither changes a tick.
class QuestionTargets final : public QWidget {
    Q_OBJECT

public:
    /// `allOf`: the agent all of which is meant; empty: these were chosen.
    QuestionTargets(const QList<StopTarget> &targets, const AgentId &allOf, const QuestionContext &context,
                    QWidget *parent = nullptr);

    const TargetModel &model() const { return m_model; }
    NewSince *newSince() const { return m_new; } ///< null where nothing can be new
    QWidget *list() const;
    QList<QWidget *> fields() const; ///< in the order of Tab
    void showHeadline(const QString &text);
    void setClearQueue(ClearQueue choice); ///< the time it takes depends on it
    void tick(const QDateTime &now); ///< ages and times follow

Q_SIGNALS:
    void ticksChanged();
    void waitingChanged(); ///< what is known of the queues

private:
    void layOut();
    void layOutFacts(QFormLayout &facts);
    void layOutTicks(QVBoxLayout &column);
    void layOutChanges(QVBoxLayout &column);
    void connectParts();
    void showTicks();
    void showWaiting();
    void showChanges();
    void showTime();
    QString listAge() const;

    QuestionContext m_context;
    const AgentId m_allOf;
    TargetModel m_model;
    NewSince *m_new = nullptr;
    QDateTime m_now;
    bool m_readsAlone = false; ///< each is proven by a read of its own

    Headline *m_headline;
    QLabel *m_agents;
    QLabel *m_waiting;
    QLabel *m_time;
    QLabel *m_count;
    QPushButton *m_all;
    QPushButton *m_none;
    TargetList *m_list;
    QLabel *m_age;     ///< of the list, and what runs by now, too
    QLabel *m_changes; ///< its room is kept while it says nothing
    QPushButton *m_untickEnded;
};
