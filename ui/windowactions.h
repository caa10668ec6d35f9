#pragma once

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

/// What can be done in the window, each thing once: buttons, menus and keys are faces of these.
struct WindowActions {
    explicit WindowActions(QWidget *window);

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
