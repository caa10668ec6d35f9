#pragma once

#include "app/models/details.h"
#include "app/models/selectionfacts.h"
#include "app/types/nextstep.h"

#include <QWidget>

class StatePill;
class StopSteps;
class QAction;
class QCheckBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedLayout;

/// What can be stopped from Details: what is chosen, or all that runs of the chosen agent. While `unlock` can be seen
/// neither is offered.
struct StopActions {
    QAction &stop;
    QAction &stopAll;
    QAction &unlock;
};

/// The pinned end of Details: the check box with what it means, one reserved line, the red button. After a stop the
/// same place shows the outcome, how it is known, and the next steps. It keeps its height whatever it shows.
class StopFooter final : public QWidget {
    Q_OBJECT

public:
    explicit StopFooter(const StopActions &actions, QWidget *parent = nullptr);

    void showChoice(const std::optional<Details> &details);
    void showSelection(const SelectionFacts &facts);
    void showAgent();
    void showOutcome(const StopReport &report, const std::optional<Connection> &open);
    void showEnded(const Details &details, const std::optional<Connection> &open); ///< without a stop of ours

    QCheckBox *clearQueue() const { return m_clearQueue; }
    QLabel *mark() const { return m_mark; } ///< the reserved line, for what is wrong with the check box
    bool showsOutcome() const;

Q_SIGNALS:
    void stepWanted(NextStep step, const StopReport &report);
    void ticketWanted(const StopReport &report);
    void endedTicketWanted(const Ending &ending);

private:
    QWidget *makeChoice();
    QWidget *makeReserved();
    QWidget *makeOutcome();
    QWidget *makeText();
    void showTick(bool shown, bool enabled);
    void showOutcomeText(const QString &evidence, const QString &advice);
    void layOut();
    void followAction();
    void explainChoice();
    void sayInLine(const QString &text);

    StopActions m_actions;
    QStackedLayout *m_pages;
    QCheckBox *m_clearQueue;
    QLabel *m_choice;
    StatePill *m_pill;
    QScrollArea *m_text; ///< scrolls where the service said much
    QLabel *m_evidence;
    QLabel *m_advice;
    QLabel *m_line; ///< gives way to the mark
    QLabel *m_mark;
    StopSteps *m_steps;
    QPushButton *m_button;
    QPushButton *m_all; ///< in the button's place while an agent is shown
    QPushButton *m_unlock; ///< in the place of all of them
    std::optional<int> m_waiting;
    std::optional<WaitingSum> m_waitingSum; ///< of several conversations
    bool m_showsAgent = false;
};
