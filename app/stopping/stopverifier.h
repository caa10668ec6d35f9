#pragma once

#include "app/gateway/gateway.h"
#include "app/stopping/stoptable.h"

/// When and with which read the outcome of a stop is found out: run-state 0.5, 1, 2 and 4 s after the service's answer,
/// then every 2 s up to 30 s, then every 15 s (product.md, "Words for states"). A failed read is never "stopped".
class StopVerifier final : public QObject {
    Q_OBJECT

public:
    StopVerifier(std::shared_ptr<Gateway> gateway, Clock &clock, QObject *parent);

    /// Begins now: the service's answer has just come, or its loss has just been noticed.
    void begin(const StopReport &report);
    void end(); ///< nothing more is to be found out

    /// How long after the answer the read that follows `elapsed` is due.
    static Duration dueAfter(Duration elapsed);
    /// What a run-state says about the stop. `idleBefore`: an earlier read of this stop said that nothing runs.
    static std::optional<StopEvent> judge(const StopReport &report, const RunState &read, bool idleBefore);

    static constexpr Duration timeUp = std::chrono::seconds(30);

Q_SIGNALS:
    void read(const Evidence &evidence);
    void seen(StopEvent event);

private:
    void readLater();
    void readNow();
    void take(const Result<RunState> &answer);
    void lookForRecord();
    void sayTimeIsUp();
    Duration elapsed() const { return m_clock.monotonic() - m_begin; }

    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    StopReport m_report;
    Duration m_begin{0};
    bool m_active = false;
    bool m_idleSeen = false;
    std::optional<bool> m_lastRunning;
};
