#pragma once

#include "app/stopping/proofqueue.h"
#include "app/stopping/stop.h"

#include <deque>

/// One decision about several targets: all intents are on disk before the first request leaves, then two at a time are
/// given to the request budget. Others are held back when what happened to one would happen to them: a refused key or a
/// spent plan halts all, a 403 the rows of its agent, from two agents all, and so do three in a row that found no way to
/// the service or no answer from it (5xx, time-outs); a rate 429 pauses. Nothing is sent again by itself. Polls are held
/// back as long as it sends.
class Batch final : public QObject {
    Q_OBJECT

public:
    Batch(const BatchId &id, const QList<Stop *> &stops, Journal &journal, ProofQueue &proofs,
          const std::shared_ptr<Gateway> &gateway, Clock &clock, QObject *parent);

    void begin();
    void stopSending(); ///< what may have left goes on to its outcome; the rest is not sent

    const BatchId &id() const { return m_id; }
    int left() const { return int(m_line.size()); } ///< not given to the budget yet
    int leftToReadAlone() const; ///< of those: each is proven by a read of its own
    bool isSending() const { return !m_line.empty() || m_underWay > 0; } ///< or may still send
    QDateTime pausedUntil() const; ///< UTC; invalid while it is not paused
    /// Why the rest, or an agent's rest, was not sent.
    const std::optional<Failure> &halt() const { return m_halt; }

    static constexpr int atOnce = 2;          ///< with the budget or on the wire
    static constexpr int mostUnanswered = 3;  ///< in a row
    static constexpr int intentsAtOnce = 20;  ///< written in one turn of the event loop
    static constexpr int toldAtOnce = 20;     ///< that they are not sent, in one turn

Q_SIGNALS:
    void journalFailed(const Failure &failure);
    void changed(); ///< whether it sends, is paused or was halted

private:
    void connectStops(const QList<Stop *> &stops);
    void enlistSome();
    bool waitsForJournal(const std::function<void()> &next);
    void feed();
    bool makesGap();
    void noteEnd();
    void setSending(bool sends);
    void take(Stop *stop);
    void judge(const Stop *stop, const Failure &failure);
    void holdBack(const Failure &failure, const AgentId &agent = {});
    void takeOut(FailureKind why, const AgentId &agent = {});
    void tellSome();
    void cancelSome();
    void pause(const Failure &failure);

    BatchId m_id;
    Journal &m_journal;
    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    ProofQueue &m_proofs;
    std::shared_ptr<void> m_pollHold; ///< while it sends, and neither pauses nor has come to its end
    std::deque<Stop *> m_new;  ///< without an intent yet
    std::deque<Stop *> m_line; ///< not given to the budget yet
    std::deque<std::pair<Stop *, FailureKind>> m_leaving; ///< not to be sent, and not told so yet
    QSet<Stop *> m_given;      ///< with the budget or on the wire
    int m_underWay = 0;
    int m_unanswered = 0;      ///< in a row
    std::optional<Duration> m_lockedSince; ///< another program locks the journal
    QSet<AgentId> m_forbidden;
    Duration m_pausedUntil{0};
    int m_pauses = 0;
    std::optional<Failure> m_halt;
};
