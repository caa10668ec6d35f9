#pragma once

#include "app/gateway/gateway.h"
#include "app/journal/journal.h"
#include "app/stopping/stoptable.h"

class StopVerifier;

/// One target, from a person's decision to its outcome. Writes the intent before the first byte leaves, sends at most
/// one request, and reads until the outcome is known. Keeps its gateway alive; not to be deleted while open, because
/// what has left cannot be called back.
class Stop final : public QObject {
    Q_OBJECT

public:
    Stop(const StopReport &decided, std::shared_ptr<Gateway> gateway, Journal &journal, Clock &clock, QObject *parent);

    void start();
    void cancel(); ///< takes it out of line; does nothing once it may have left
    const StopReport &report() const { return m_report; }

Q_SIGNALS:
    void changed(const StopReport &report);
    void failed(const Failure &failure);        ///< at most once: why it was refused, not sent or has no answer
    void journalFailed(const Failure &failure); ///< a later state could not be written; the stop goes on

private:
    void take(const Result<int> &answer);
    void fail(StopEvent event, const Failure &failure);
    void happen(StopEvent event);
    void keep(const Evidence &evidence);
    bool isWatched() const;

    StopReport m_report;
    std::shared_ptr<Gateway> m_gateway;
    Journal &m_journal;
    Clock &m_clock;
    StopVerifier *m_verifier;
    QObject *m_call; ///< the asker of the request: deleted to take it out of line
    qint64 m_intent = 0;
};
