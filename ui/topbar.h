#pragma once

#include "app/types/connection.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QKeyEvent;
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
    void demoToggled(); ///< wanted, or where it is the current one to be left
    void findChanged(const QString &text); ///< shortly after the last key
    void matchWanted(); ///< Enter: to what was found
    void rowsWanted(bool toTheFirst); ///< Down: to the first row; Esc once nothing is looked for: to the rows

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool takeFindKey(const QKeyEvent &event);
    bool takeChooserKey(const QKeyEvent &event);
    void sayFind();
    void layOut(const Actions &actions);

    QComboBox *m_connections;
    int m_current = -1; ///< its row of the connection in use
    QLineEdit *m_find;
    QTimer m_typing;
};
