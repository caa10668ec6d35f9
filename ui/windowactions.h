#pragma once

#include "app/types/connection.h"

#include <QAction>
#include <QCoreApplication>
#include <QDateTime>
#include <QMenu>

/// What can be done in the window, each thing once: buttons, menus and keys are faces of these.
struct WindowActions {
    explicit WindowActions(QWidget *window);

    /// What can be done about connections while that one is open. What cannot says why: on its face, which is all that
    /// a menu shows to everybody, and in its tooltip.
    void offerConnections(const std::optional<Connection> &open);

    /// `from`: nothing can be read before that, UTC; invalid where it can. Its face says so, and who presses it is told.
    void offerRefresh(bool isReady, const QDateTime &from);

    QAction stop;
    QAction stopAll; ///< that runs of the chosen agent
    QAction stopById;
    QAction unlock; ///< seen while the three above are disarmed: the desktop was locked
    QAction refresh;
    QAction hold;
    QAction find;
    QAction problems; ///< leads to their sum
    QAction addConnection;
    QAction editConnection;
    QAction removeConnection;
    QAction forget; ///< everything that is kept here
    QAction tryDemo;
    QAction leaveDemo; ///< one of the two can be seen
    QAction about;
    QAction quit;
    QMenu menu;
    Q_DECLARE_TR_FUNCTIONS(WindowActions)
};
