#pragma once

#include "app/types/clock.h"

/// The one tick of a window: ages, countdowns and what grows old follow it. Every second while the window is in front,
/// every 3 s otherwise.
class Ticker final : public QObject {
    Q_OBJECT

public:
    explicit Ticker(Clock &clock, QObject *parent = nullptr);

    void setInFront(bool inFront); ///< from the next tick on

Q_SIGNALS:
    void ticked(const QDateTime &now); ///< program's time

private:
    void wait();

    Clock &m_clock;
    bool m_isInFront = true;
};
