#pragma once

#include "app/models/details.h"
#include "app/models/queuemodel.h"
#include "app/models/selectionfacts.h"
#include "app/types/readingprogress.h"
#include "ui/panels/stopfooter.h"

#include <QWidget>

class AgentOffer;
class DetailsFacts;
class PanelHeader;
class SelectionPanel;
class SubTasksArea;
class WaitingArea;
class QCheckBox;
class QLabel;
class QScrollArea;

/// The chosen conversation, before the click and after: what is known of it, its sub-tasks, what waits behind it, and
/// the footer that stops it and shows the outcome. Of several chosen ones their sum, of an agent alone what runs of it.
/// The tick is off for each conversation that comes to be shown.
class DetailsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit DetailsPanel(const StopActions &actions, QWidget *parent = nullptr);

    /// `open`: the connection it is shown through. `now` is UTC; called once a second too.
    void showDetails(const std::optional<Details> &details, const std::optional<Connection> &open,
                     const QDateTime &now);
    /// Several of these are chosen. `hidden`: how many were and cannot be seen any more.
    void showSelection(const ConversationListModel &conversations, const QList<ConversationId> &chosen,
                       const SelectionFacts &facts, int hidden, const QDateTime &now);
    /// None is chosen, but an agent.
    void showAgent(const QString &name, std::optional<int> running, const QDateTime &countedAt,
                   const RunningReading &reading);
    ClearQueue clearQueue() const;
    QCheckBox *clearQueueBox() const;
    QLabel *clearQueueMark() const;

Q_SIGNALS:
    void stepWanted(NextStep step, const StopReport &report);
    void ticketWanted(const StopReport &report);
    void endedTicketWanted(const Ending &ending);
    void subTasksStopWanted();
    void discardWanted(const QueuedMessage &message);
    void clearWanted();
    void conversationWanted(const ConversationId &id);
    void takeOutWanted(const ConversationId &id); ///< of several chosen ones
    void readingCancelWanted(); ///< of what runs of the agent

private:
    void layOut();
    void layOutBody();
    static void scroll(QScrollArea &area, QWidget *body);
    void connectAreas();
    QList<QWidget *> bodies() const; ///< of which one is shown
    void showOnly(QWidget &body, const QString &title, const QList<ConversationId> &about);
    void showBody(const std::optional<Connection> &open, const QDateTime &now);
    void showFooter(const std::optional<Connection> &open);

    QueueModel m_queue; ///< of the chosen conversation
    PanelHeader *m_header;
    QLabel *m_nothing;
    QScrollArea *m_something;
    QScrollArea *m_many;
    SelectionPanel *m_selection;
    AgentOffer *m_agent;
    DetailsFacts *m_facts;
    QLabel *m_conflict; ///< list and run-state say different things
    QLabel *m_remarks; ///< what stands beneath the outcome of the last stop
    SubTasksArea *m_subTasks;
    WaitingArea *m_waiting;
    StopFooter *m_footer;
    std::optional<Details> m_details;
    QSet<ConversationId> m_about; ///< what the tick is about
};
