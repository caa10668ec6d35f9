#pragma once

#include "app/types/connection.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QLineEdit;
class QMenu;
class QPushButton;

/// The line of controls under the strip: which connection, Find, and the window's actions as buttons.
class TopBar final : public QWidget {
    Q_OBJECT

public:
    struct Actions {
        QAction &refresh;
        QAction &hold;
        QAction &stopById;
        QMenu &menu;
    };

    explicit TopBar(const Actions &actions, QWidget *parent = nullptr);

    /// `current` is shown even if it is not one of the kept ones (the demo).
    void showConnections(const QList<Connection> &connections, const std::optional<Connection> &current);
    void focusFind();
    void clearFind();

Q_SIGNALS:
    void connectionChosen(const ConnectionId &id);
    void findChanged(const QString &text); ///< shortly after the last key

private:
    void layOut(const Actions &actions);

    QComboBox *m_connections;
    QLineEdit *m_find;
    QTimer m_typing;
};
