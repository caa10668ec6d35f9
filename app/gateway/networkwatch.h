#pragma once

#include "app/types/clock.h"

/// Notices that connections made before may be dead: the machine slept, or its network is another one. A hint to make
/// new ones, nothing more: nobody asks here whether there is a network.
class NetworkWatch final : public QObject {
    Q_OBJECT

public:
    explicit NetworkWatch(Clock &clock, QObject *parent = nullptr);

    /// From now on. Listens to the system, too, where it tells of its network.
    void start();
    void takeSystemChange(); ///< the system says that its network is another one: told with the next beat, once

    static constexpr Duration beat = std::chrono::seconds(1);
    static constexpr Duration longestGap = std::chrono::seconds(10); ///< between two beats, while awake

Q_SIGNALS:
    void changed();

private:
    void listenToSystem();
    void feel();

    Clock &m_clock;
    Duration m_lastBeat{0};
    bool m_systemChanged = false;
};
