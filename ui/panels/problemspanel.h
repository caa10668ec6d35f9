#pragma once

#include "app/types/problem.h"

#include <QWidget>

class ProblemListModel;
class RowTable;
class QPlainTextEdit;
class QPushButton;

/// What went wrong, newest first. A click on a row, or Enter, asks for the control that the problem belongs to; moving
/// through the rows does not. *Details* shows what only an engineer needs.
class ProblemsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ProblemsPanel(ProblemListModel &problems, QWidget *parent = nullptr);

Q_SIGNALS:
    void fieldWanted(Field field);

private:
    void layOut();
    void layOutColumns();
    void connectTable();
    void lead(const QModelIndex &row);
    void updateActions();

    ProblemListModel &m_problems;
    RowTable *m_table;
    QPlainTextEdit *m_details;
    QPushButton *m_showField;
    QPushButton *m_showDetails;
};
