#pragma once

#include "app/types/clock.h"

#include <memory>
#include <vector>

class LockSource;

/// Whether the screen that this runs on is locked, as far as the desktop tells: logind (Lock, Unlock and LockedHint of
/// this session) and the screen savers on the session's bus (ActiveChanged). Where nobody tells anything it is not
/// locked, and what a service told is forgotten when that service goes.
///
/// A lock disarms, and once it is over one deliberate press arms again. Such a press is believed more than a lock that
/// nobody took back: nobody can press through a locked screen.
class DesktopLock final : public QObject {
    Q_OBJECT

public:
    explicit DesktopLock(Clock &clock, QObject *parent = nullptr);
    ~DesktopLock() override;

    /// Asks once, and listens from now on. Returns at once: a bus that hangs keeps only a thread waiting.
    void start();

    bool isLocked() const { return m_isLocked; }
    bool isArmed() const { return m_isArmed; } ///< never while it is locked
    /// Somebody has pressed. Arms after `armingTime`, unless it is locked again until then: the second half of a double
    /// click does not meet what takes the place of the first.
    void arm();

    static constexpr Duration armingTime = std::chrono::milliseconds(500);

Q_SIGNALS:
    void changed(); ///< isLocked or isArmed

private:
    void listen();
    void follow();
    void endArming();

    Clock &m_clock;
    std::vector<std::unique_ptr<LockSource>> m_sources;
    std::unique_ptr<QObject> m_arming; ///< context of the moment between press and arming
    bool m_isLocked = false;
    bool m_isArmed = true;
};
