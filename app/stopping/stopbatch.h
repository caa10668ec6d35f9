#pragma once

#include "app/stopping/batch.h"
#include "app/types/journalentry.h"
#include "app/types/sending.h"

/// The stops of this run, and those that an earlier run left open. Knows which targets are undecided, and keeps every
/// stop until the program ends. Stops are numbered from 1, as they come.
class StopBatch final : public QObject {
    Q_OBJECT

public:
    StopBatch(Journal &journal, Clock &clock, QObject *parent = nullptr);

    /// One decision of a person: one stop for each target that is not undecided already. `decided` says what is the
    /// same for all: the choice of the queue, the reason, whether it may go without a record. Returns how many were left
    /// out.
    int start(const QList<StopTarget> &targets, const StopReport &decided, const std::shared_ptr<Gateway> &gateway);
    void resume(const QList<JournalEntry> &left);           ///< sends nothing
    /// The open stops of its connection are read through it, but for those that were sent to another address.
    void lookUp(const std::shared_ptr<Gateway> &gateway);
    Sending sending() const;
    void stopSending(const BatchId &id = {});               ///< what has not left is not sent; empty: of every batch
    void cancelUnsent();                                    ///< what is still in line is not sent
    void leave(); ///< the connection in use: what is in line is not sent, the rest is read to its end

    Stop *find(qint64 id) const; ///< null for a number that was never given
    Batch *find(const BatchId &id) const; ///< of this run; null for another
    bool isUndecided(const ConversationId &conversation) const; ///< whether a stop of it, not of its queue, is

Q_SIGNALS:
    void changed(const StopReport &report);
    /// What a proof reads of the live lists of that connection as it was given to `lookUp` last, and that it has read them whole: none has named since then
    /// what is not on it.
    void pageRead(const ConnectionId &connection, const QList<Conversation> &rows);
    void listsEnded(const ConnectionId &connection, const QDateTime &since);
    void sendingChanged(); ///< a batch sends, is paused, was halted or is done
    void failed(const StopReport &report, const Failure &failure);
    void journalFailed(const Failure &failure); ///< once for each trouble

private:
    QList<StopTarget> withoutUndecided(const QList<StopTarget> &targets) const;
    void startBatch(const BatchId &id, const QList<Stop *> &stops, const std::shared_ptr<Gateway> &gateway);
    Stop *add(StopReport report, const Connection &connection, const std::shared_ptr<Gateway> &gateway);
    ProofQueue &proofsOf(const Connection &connection);
    void tellOfJournal(const Failure &failure);
    void writeLate();

    Journal &m_journal;
    Clock &m_clock;
    QList<Stop *> m_stops;
    QMultiHash<ConversationId, Stop *> m_stopsOf; ///< by what they are aimed at
    QList<Batch *> m_batches;
    QHash<QString, ProofQueue *> m_proofs; ///< by connection and address: an edited one is another service
    ProofQueue *m_inUse = nullptr;
    int m_toldTrouble = 0; ///< of the journal
    bool m_isWritingLate = false;
};
