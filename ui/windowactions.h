#pragma once

#include "app/types/connection.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

/// What can be done in the window, each thing once: buttons, menus and keys are faces of these.
struct WindowActions {
    explicit WindowActions(QWidget *window);

    /// What can be done about connections while that one is open. What cannot says why: on its face, which is all that
    /// a menu shows to everybody, and in its tooltip.
    void offerConnections(const std::optional<Connection> &open);

    QAction stop;
    QAction stopAll; ///< that runs of the chosen agent
    QAction stopById;
    QAction refresh;
    QAction hold;
    QAction find;
    QAction problems; ///< leads to their sum
    QAction addConnection;
    QAction editConnection;
    QAction removeConnection;
    QAction tryDemo;
    QAction leaveDemo; ///< one of the two can be seen
    QAction about;
    QAction quit;
    QMenu menu;
    Q_DECLARE_TR_FUNCTIONS(WindowActions)
};
