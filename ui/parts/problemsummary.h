#pragma once

#include "app/types/problem.h"

#include <QFrame>

class QLabel;
class QVBoxLayout;

/// What is wrong with a form where it is more than one thing: "2 problems", and a line for each that leads to its
/// field. Hidden while there are fewer. To a screen reader it is an alert whose name is the whole.
class ProblemSummary final : public QFrame {
    Q_OBJECT

public:
    /// Field, and in plain words what it is called and what is wrong with it.
    using Lines = QList<QPair<Field, QString>>;

    explicit ProblemSummary(QWidget *parent = nullptr);

    void sumUp(const Lines &lines); ///< these are all there are
    void announce(); ///< takes the focus and is spoken
    const Lines &lines() const { return m_lines; } ///< empty while it is hidden

Q_SIGNALS:
    void fieldChosen(Field field);

private:
    void layOut();
    void addLine(Field field, const QString &words);

    Lines m_lines;
    QLabel *m_shape;
    QLabel *m_title;
    QVBoxLayout *m_column;
    QList<QWidget *> m_links;
};
