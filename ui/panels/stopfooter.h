#pragma once

#include "app/session/session.h"

#include <QWidget>

class StatePill;
class StopSteps;
class QAction;
class QCheckBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedLayout;

/// The pinned end of Details: the check box with what it means, one reserved line, the red button. After a stop the
/// same place shows the outcome, how it is known, and the next steps. It keeps its height whatever it shows.
class StopFooter final : public QWidget {
    Q_OBJECT

public:
    explicit StopFooter(QAction &stop, QWidget *parent = nullptr);

    void showChoice(const std::optional<Details> &details, bool canClearQueue);
    void showOutcome(const StopReport &report, const std::optional<Connection> &open);

    QCheckBox *clearQueue() const { return m_clearQueue; }
    QLabel *mark() const { return m_mark; } ///< the reserved line, for what is wrong with the check box
    bool showsOutcome() const;

Q_SIGNALS:
    void stepWanted(NextStep step, const StopReport &report);
    void ticketWanted(const StopReport &report);

private:
    QWidget *makeChoice();
    QWidget *makeReserved();
    QWidget *makeOutcome();
    QWidget *makeText();
    void layOut();
    void followAction();
    void explainChoice();
    void sayInLine(const QString &text);

    QAction &m_stop;
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
    std::optional<int> m_waiting;
};
