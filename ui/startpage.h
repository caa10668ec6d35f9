#pragma once

#include "app/types/connection.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

/// What the window shows while no connection is open: what this is, and the ways in.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    void showRecent(const QList<Connection> &connections); ///< the first five

Q_SIGNALS:
    void addWanted();
    void demoWanted();
    void connectionChosen(const ConnectionId &id);

private:
    QVBoxLayout *layOutColumn();

    QLabel *m_recentTitle;
    QVBoxLayout *m_recent;
};
