#pragma once

#include "app/types/connection.h"
#include "app/types/ending.h"
#include "app/types/nextstep.h"

#include <QMenu>
#include <QPushButton>

/// What a person can do about one stop, for a panel to place: the first step as a button, the others and the ticket
/// text behind *More*. Each step is only wanted here; what would be a new decision is left out where the connection
/// that is open cannot carry it.
class StopSteps final : public QObject {
    Q_OBJECT

public:
    /// `suffix` keeps object names apart where a window has several.
    StopSteps(const QString &suffix, QWidget *parent);

    QPushButton *first() const { return m_first; } ///< *Copy ticket text* where there is no step
    QPushButton *more() const { return m_more; }
    void showReport(const std::optional<StopReport> &report, const std::optional<Connection> &open);
    /// Of a conversation that has ended, but not by our stop.
    void showEnded(const Ending &ending, const std::optional<Connection> &open);
    void popup(const QPoint &at); ///< all of them, as the menu of a row

Q_SIGNALS:
    void stepWanted(NextStep step, const StopReport &report);
    void ticketWanted(const StopReport &report);
    void endedTicketWanted(const Ending &ending);

private:
    void show(const std::optional<StopReport> &report, const QList<NextStep> &steps,
              const std::optional<Ending> &ending = {});
    int firstInMenu() const;
    void wantTicket(const StopReport &report, const std::optional<Ending> &ending);
    void take(int place);
    void fill(QMenu &menu, int from);
    void showFirst();

    QPushButton *m_first;
    QPushButton *m_more;
    QMenu *m_menu;
    std::optional<StopReport> m_report;
    QList<NextStep> m_steps;
    std::optional<Ending> m_ending; ///< what a ticket is about, instead of the report
};
