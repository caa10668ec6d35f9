#pragma once

#include "app/session/pollpace.h"
#include "app/types/clock.h"

#include <QObject>

class QWidget;

/// Whether somebody looks at the window: is the program in front, is the window on the screen, when was it last
/// touched. Tells changes at once, further input once a second. To be gone before the window.
class AttentionWatch final : public QObject {
    Q_OBJECT

public:
    AttentionWatch(QWidget &window, Clock &clock);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed(const Attention &attention);

private:
    void look(const QDateTime &lastInput);

    QWidget &m_window;
    Clock &m_clock;
    Attention m_attention;
};
