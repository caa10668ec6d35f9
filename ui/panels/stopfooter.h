#pragma once

#include "app/session/session.h"

#include <QWidget>

class StatePill;
class QAction;
class QCheckBox;
class QLabel;
class QPushButton;
class QStackedLayout;

/// The pinned end of Details: the check box with what it means, one reserved line, the red button. After a stop the
/// same place shows the outcome and how it is known. It keeps its height whatever it shows.
class StopFooter final : public QWidget {
    Q_OBJECT

public:
    explicit StopFooter(QAction &stop, QWidget *parent = nullptr);

    void showChoice(const std::optional<Details> &details, bool canClearQueue);
    void showOutcome(const StopReport &report);

    QCheckBox *clearQueue() const { return m_clearQueue; }
    QLabel *mark() const { return m_mark; } ///< the reserved line, for what is wrong with the check box
    bool showsOutcome() const;

Q_SIGNALS:
    void ticketWanted();

private:
    QWidget *makeChoice();
    QWidget *makeOutcome();
    void layOut();
    void followAction();
    void explainChoice();
    void sayInLine(const QString &text);

    QAction &m_stop;
    QStackedLayout *m_pages;
    QCheckBox *m_clearQueue;
    QLabel *m_choice;
    StatePill *m_pill;
    QLabel *m_evidence;
    QLabel *m_line; ///< gives way to the mark
    QLabel *m_mark;
    QPushButton *m_ticket;
    QPushButton *m_button;
    std::optional<int> m_waiting;
};
