#pragma once

#include "app/session/session.h"

#include <QWidget>

class DetailsFacts;
class PanelHeader;
class StopFooter;
class SubTasksArea;
class WaitingArea;
class QAction;
class QCheckBox;
class QLabel;
class QScrollArea;

/// The chosen conversation, before the click and after: what is known of it, its sub-tasks, what waits behind it, and
/// the footer that stops it and shows the outcome. The tick is off for each conversation that comes to be shown.
class DetailsPanel final : public QWidget {
    Q_OBJECT

public:
    DetailsPanel(QueueModel &queue, QAction &stop, QWidget *parent = nullptr);

    /// `open`: the connection it is shown through. `now` is UTC; called once a second too.
    void showDetails(const std::optional<Details> &details, const std::optional<Connection> &open,
                     const QDateTime &now);
    ClearQueue clearQueue() const;
    QCheckBox *clearQueueBox() const;
    QLabel *clearQueueMark() const;

Q_SIGNALS:
    void stepWanted(NextStep step, const StopReport &report);
    void ticketWanted(const StopReport &report);
    void subTasksStopWanted();
    void discardWanted(const QueuedMessage &message);
    void clearWanted();
    void conversationWanted(const ConversationId &id);

private:
    void layOut();
    void layOutBody();
    void connectAreas();
    void showBody(const std::optional<Connection> &open, const QDateTime &now);
    void showFooter(const std::optional<Connection> &open);

    PanelHeader *m_header;
    QLabel *m_nothing;
    QScrollArea *m_something;
    DetailsFacts *m_facts;
    QLabel *m_conflict; ///< list and run-state say different things
    QLabel *m_remarks; ///< what stands beneath the outcome of the last stop
    SubTasksArea *m_subTasks;
    WaitingArea *m_waiting;
    StopFooter *m_footer;
    std::optional<Details> m_details;
};
