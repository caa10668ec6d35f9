#pragma once

#include "app/types/problemstep.h"

#include <QWidget>

class ProblemListModel;
class RowTable;
class QAction;
class QPlainTextEdit;
class QPushButton;

/// What went wrong, newest first. A click on a row, or Enter, asks for the control that the problem belongs to; moving
/// through the rows does not. Beside them stands the step that fits the chosen one, *Details* for an engineer, and what
/// a ticket needs for the clipboard.
class ProblemsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ProblemsPanel(ProblemListModel &problems, QWidget *parent = nullptr);

    void showTime(const QDateTime &now); ///< once a second: waits run out

Q_SIGNALS:
    void fieldWanted(Field field);
    void stepWanted(ProblemStep step); ///< one that leads to no field
    void copyWanted(const QString &text);

private:
    void layOut();
    void layOutColumns();
    void layOutCopies();
    void connectTable();
    void lead(const QModelIndex &row);
    void takeStep();
    void updateActions();
    void updateStep();
    std::optional<Problem> chosen() const;
    QList<Problem> all() const;

    ProblemListModel &m_problems;
    RowTable *m_table;
    QPlainTextEdit *m_details;
    QPushButton *m_step;
    QPushButton *m_showDetails;
    QPushButton *m_copy;
    QAction *m_copyOne;
    QDateTime m_now;
};
