#pragma once

#include "app/types/problemstep.h"

#include <QObject>

class ConnectionFlow;
class ConversationsPanel;
class FieldMarks;
class LowerTabs;
class StopFlow;
class QWidget;
struct ProblemRow;
struct Workplace;

/// From an entry of the Problems panel to what mends it: the control that it belongs to, in whatever panel or dialog
/// that lives, or its step. What is not there any more is said in the entry. Also how a new entry comes to be seen and
/// heard: it comes to the front, but for one of many, whose sum the Stops panel shows.
class ProblemFlow final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        const Workplace &place;
        StopFlow &stops;
        ConnectionFlow &connections;
        ConversationsPanel &conversations;
        FieldMarks &marks;
        LowerTabs &tabs;
    };

    ProblemFlow(const Parts &parts, QWidget *window);

    void showMarks(); ///< those of what is shown now, in the window and in its dialogs

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool worksInTabs() const;
    void bringUp(const Occasion &occasion);
    bool mayTakeFocus(const Occasion &occasion) const;
    void lead(const ProblemRow &row);
    void takeStep(ProblemStep step, const ProblemRow &row);
    void say(const ProblemRow &row, const QString &whyNot);
    // Each answers why it cannot, in words, or nothing.
    QString leadTo(const Problem &problem);
    QString take(ProblemStep step, const Problem &problem);
    QString refresh();
    QString open(const Problem::Affected &affected);
    QString whyNotHere(const Problem::Affected &affected) const;

    Parts m_parts;
    bool m_waits = false; ///< a person decided something and did nothing since
};
