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
    /// `gateway` may be missing for what an earlier run left open: it is looked up once there is one.
    Stop(const StopReport &report, std::shared_ptr<Gateway> gateway, Journal &journal, Clock &clock, QObject *parent);

    /// A decision of this run: its intent is written, and it is sent when there is a place for it. Where there is one
    /// now, the intent and "sent" are written together, right before the first byte: one wait for the disk, not two.
    void start();
    void prepare(); ///< of a batch, whose intents are written together: gives it its request id
    void enlist(const Result<qint64> &intent); ///< in line from now on; not sent without an intent, unless that was agreed
    void send();                               ///< when there is a place for it
    void resume(); ///< left open by an earlier run: sends nothing; what had not left is not sent, the rest is looked up
    void use(const std::shared_ptr<Gateway> &gateway); ///< reads go through this one from now on
    /// Takes it out of line; does nothing once it may have left. Says why, where that is not a person's wish.
    void cancel(FailureKind why = FailureKind::Cancelled);
    /// Of a batch: what is read for all is told to it, if it is accepted, until it is to check alone.
    void checkTogether() { m_isTogether = true; }
    bool isCheckedTogether() const { return m_isTogether; }
    void checkAlone();
    void takeAbsent(const QDateTime &readAt, const QList<Conversation> &subTasks); ///< from the list of what runs
    void takeListed(const QDateTime &readAt);
    void endWaiting(); ///< for a proof that should have come
    void checkNow(); ///< reads at once, where reads go on
    void dismiss();  ///< ends the looking up of what stays unconfirmed
    const StopReport &report() const { return m_report; }

Q_SIGNALS:
    void changed(const StopReport &report);
    void failed(const Failure &failure);        ///< at most once: why it was refused, not sent or has no answer
    void journalFailed(const Failure &failure); ///< a later state could not be written; the stop goes on

private:
    void connectVerifier();
    bool leaves();
    void take(const Result<int> &answer);
    void fail(StopEvent event, const Failure &failure);
    void happen(StopEvent event);
    std::optional<Failure> enter(StopEvent event);
    std::optional<Failure> write(const QDateTime &at = {}); ///< why the state could not be written
    std::optional<Failure> writeWithIntent();
    void tellOf(const std::optional<Failure> &trouble);

    StopReport m_report;
    std::shared_ptr<Gateway> m_gateway;
    Journal &m_journal;
    Clock &m_clock;
    StopVerifier *m_verifier;
    QObject *m_call; ///< the asker of the request: deleted to take it out of line
    bool m_intentIsDue = false; ///< to be written with the next state
    bool m_verifying = false;
    bool m_isTogether = false;
};
