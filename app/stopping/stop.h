#pragma once

#include "app/gateway/gateway.h"
#include "app/journal/journal.h"
#include "app/stopping/stoptable.h"

class ProofQueue;
struct Facts;

/// One target, from a person's decision to its outcome. Writes the intent before the first byte leaves, sends at most
/// one request, and leaves the reading to `ProofQueue`. Keeps its gateway until the answer is there; not to be deleted
/// while open, because what has left cannot be called back.
class Stop final : public QObject {
    Q_OBJECT

public:
    /// `gateway` may be missing for what an earlier run left open.
    Stop(const StopReport &report, std::shared_ptr<Gateway> gateway, ProofQueue &proofs, Journal &journal, Clock &clock,
         QObject *parent);

    /// A decision of this run: its intent is written, and it is sent when there is a place for it. Where there is one
    /// now, the intent and "sent" are written together, right before the first byte: one wait for the disk, not two.
    void start();
    /// Of a batch, whose intents are written together: gives it its request id. What is cancelled before `enlist` is
    /// written down whole, intent and end in one.
    void prepare();
    void enlist(const Result<qint64> &intent); ///< in line from now on; not sent without an intent, unless that was agreed
    void send();                               ///< when there is a place for it
    void resume(); ///< left open by an earlier run: sends nothing; what had not left is not sent, the rest is looked up
    void lookUp(); ///< the same: its connection is in use
    /// Takes it out of line; does nothing once it may have left. Says why, where that is not a person's wish.
    void cancel(FailureKind why = FailureKind::Cancelled);
    /// A read has told something: enters every state that `verdict` makes of it. `evidence`: of that read, unless it
    /// was only about sub-tasks or the record.
    void learn(const Facts &facts, const std::optional<Evidence> &evidence, const QDateTime &nextReadAt);
    void learnRecord(const Record &record);
    void setNextRead(const QDateTime &at); ///< a read that was asked for has to wait until then
    void mark(const StartedAgain &mark);
    void checkNow(); ///< reads at once, where reads go on
    void dismiss();  ///< ends the looking up of what stays unconfirmed
    const StopReport &report() const { return m_report; }
    const ProofQueue &proofs() const { return m_proofs; }

    static constexpr Duration lockPatience = std::chrono::seconds(2); ///< with another program that locks the journal
    static constexpr Duration lockPause = std::chrono::milliseconds(100); ///< until it is tried again

Q_SIGNALS:
    void changed(const StopReport &report);
    void failed(const Failure &failure);        ///< at most once: why it was refused, not sent or has no answer
    void journalFailed(const Failure &failure); ///< a later state could not be written; the stop goes on

private:
    void startBy(Duration moment);
    bool leaves();
    void take(const Result<int> &answer);
    void fail(StopEvent event, const Failure &failure);
    void happen(StopEvent event);
    std::optional<Failure> enter(StopEvent event);
    std::optional<Failure> write(const QDateTime &at = {}); ///< why the state could not be written
    std::optional<Failure> writeWithIntent();
    void tellChanged();
    void tellOf(const std::optional<Failure> &trouble);

    StopReport m_report;
    std::shared_ptr<Gateway> m_gateway; ///< until the answer is there
    ProofQueue &m_proofs;
    Journal &m_journal;
    Clock &m_clock;
    QObject *m_call; ///< the asker of the request: deleted to take it out of line
    bool m_intentIsDue = false; ///< to be written with the next state
    bool m_isLookedUp = false;
};
