#pragma once

#include "app/types/clock.h"

#include <QPoint>

class QAbstractItemView;

/// Whether somebody is at work in a table, so that its rows must not change places: the pointer moved over it, a
/// button or a key was pressed in it within the last 2 s, or a menu, a dialog, an editor or a drag of it is open.
class TableUse final : public QObject {
    Q_OBJECT

public:
    TableUse(QAbstractItemView &table, Clock &clock, QObject *parent);

    bool isInUse() const { return m_inUse; }
    bool eventFilter(QObject *watched, QEvent *event) override;

    static constexpr Duration lingers = std::chrono::seconds(2);

Q_SIGNALS:
    void changed(bool inUse);

private:
    void use();
    void wait(Duration time);
    void look();
    bool isHeld() const;

    QAbstractItemView &m_table;
    Clock &m_clock;
    Duration m_lastUse{0};
    QPoint m_pointer; ///< on the screen, when it last moved
    bool m_pressed = false;
    bool m_inUse = false;
};
