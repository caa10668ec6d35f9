#pragma once

#include "app/models/problemlistmodel.h"
#include "app/types/problemstep.h"

#include <QWidget>

class PanelHeader;
class RowTable;
class ShownProblems;
class QAbstractItemModel;
class QAction;
class QCheckBox;
class QPlainTextEdit;
class QPushButton;

/// What went wrong through the open connection, or through all, newest first, and above it how much of it there is. What
/// is over is muted and can be removed, and all can be cleared. The newest is chosen until a person chooses. A
/// click on a row, or Enter, asks for the control that the problem belongs to; moving through the rows does not. Beside
/// the sum stands the step that fits the chosen row, *Details* for an engineer, and what a ticket needs for the clipboard.
class ProblemsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ProblemsPanel(ProblemListModel &problems, QWidget *parent = nullptr);

    void showConnection(const std::optional<Connection> &open);
    const QAbstractItemModel &shown() const; ///< as many rows as are shown
    bool showsNewest() const; ///< whether the newest of all problems is shown here
    void showTime(const QDateTime &now); ///< once a second: waits run out
    void announce(); ///< has a screen reader say the sum and the newest problem
    void showWhyNot(const QString &why); ///< the control or step of the chosen row is not to be had; empty: it is
    void leadToNewest(); ///< chooses it, whatever was chosen before, and focuses the sum
    void focusSum(); ///< from there Enter and Down lead into the rows

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void fieldWanted(const ProblemRow &row);
    void stepWanted(ProblemStep step, const ProblemRow &row); ///< one that leads to no field
    void copyWanted(const QString &text);

private:
    void layOut();
    void layOutColumns();
    void layOutCopies();
    void layOutRemovals();
    void connectTable();
    void removeChosen();
    void clearAll();
    void showMenu(const QPoint &position);
    void lead(const QModelIndex &row);
    void takeStep();
    void updateActions();
    void updateStep();
    void updateSum();
    void followNewest();
    void chooseNewest();
    const ProblemRow *chosen() const;
    QList<Problem> all() const;

    ProblemListModel &m_problems;
    ShownProblems *m_shown;
    PanelHeader *m_sum;
    RowTable *m_table;
    QPlainTextEdit *m_details;
    QPushButton *m_step;
    QPushButton *m_showDetails;
    QPushButton *m_copy;
    QPushButton *m_clear;
    QCheckBox *m_all;
    QAction *m_copyOne;
    QAction *m_remove;
    QDateTime m_now;
    QString m_whyNot;
    qint64 m_followed = 0; ///< the entry that nobody but the panel chose
};
