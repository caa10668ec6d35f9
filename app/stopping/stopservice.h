#pragma once

#include "app/stopping/batch.h"
#include "app/types/journalentry.h"
#include "app/types/problem.h"
#include "app/types/sending.h"

class Resumption;

/// All stops of this run and those that earlier runs left open, from a person's decision to the proof of its outcome.
/// Lives as long as the program and outlives every connection: what was sent goes on to be proven through the gateway
/// that it was sent through. Knows which targets are undecided. Stops are numbered from 1, as they come, and are kept
/// until the program ends; those of earlier runs that had come to their end bear the negative number of their intent.
class StopService final : public QObject {
    Q_OBJECT

public:
    StopService(Journal &journal, Clock &clock, QObject *parent = nullptr);
    ~StopService() override;

    /// Brings back what earlier runs left open, and the whole of decisions that it was part of, in parts, the
    /// first before this returns. Sends nothing; what is open is looked up once its connection is in use.
    void resume();
    void resume(const QList<JournalEntry> &left); ///< the same of these entries

    /// What is decided from now on goes through this connection, and the open stops of it are read through it, but for
    /// those that were sent to another address.
    void use(const std::shared_ptr<Gateway> &gateway);
    void leave(); ///< the connection in use: what is in line is not sent, the rest is read to its end
    bool canReach(const StopTarget &target) const; ///< whether it is of the connection in use

    /// One decision of a person: a stop for each target that is not undecided already, each with its intent in the
    /// journal before its request leaves. Targets of another connection fail as not sent.
    void decide(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason = {},
                bool withoutRecord = false);
    Sending sending() const;
    int unsent() const; ///< stops that have not left yet, whatever they are part of
    int undecided() const; ///< stops whose outcome is awaited
    void stopSending(const BatchId &id = {}); ///< what has not left is not sent; empty: of every batch
    void cancelUnsent(); ///< nothing that is still in line is sent, whatever it is part of
    void cancel(qint64 stop);
    void checkNow(qint64 stop);
    void dismiss(qint64 stop); ///< ends the looking up of what stays unconfirmed
    bool isUndecided(const ConversationId &conversation) const; ///< whether a stop of it, not of its queue, is
    bool isUnderWay(const StopTarget &target) const; ///< whether the same decision about it is undecided

    /// Why a stop could not be recorded now; without a record one is only sent when a person says so.
    const std::optional<Failure> &journalTrouble() const { return m_journal.trouble(); }
    /// The same, asked of the disk anew: for a question, not for every second.
    const std::optional<Failure> &askJournal() { return m_journal.askAgain(); }
    /// Whether another instance keeps the same journal, and looks up what earlier runs left open.
    bool isJournalShared() const { return m_journal.isShared(); }

    QList<StopReport> reports() const; ///< of all of them, the newest first
    Stop *find(qint64 id) const; ///< null for a number that was never given
    Batch *find(const BatchId &id) const; ///< of this run; null for another

Q_SIGNALS:
    void changed(const StopReport &report); ///< after it is on disk
    void settled(const StopReport &report); ///< after `changed`: its state is one that reads are not expected to change
    void decided(Subject subject); ///< by a person, before anything comes of it
    void leftOut(int count); ///< so many of a decision: another stop of them is under way
    void failed(const Failure &failure, const Occasion &occasion); ///< a stop, or its record: once for each trouble
    void sendingChanged(); ///< a batch sends, is paused, was halted or is done
    /// Decisions go through this connection from now on.
    void connectionUsed(const Connection &connection);
    void leftOpen(const JournalEntry &entry); ///< by an earlier run, as it was written; before it is `changed`
    void endedEarlier(const StopReport &report); ///< in an earlier run, of a decision that was left open
    /// What a proof reads of the live lists of the connection in use, and that it has read them whole: none has named
    /// since then what is not on it.
    void pageRead(const ConnectionId &connection, const QList<Conversation> &rows);
    void listsEnded(const ConnectionId &connection, const QDateTime &since);

private:
    QList<StopTarget> reachable(const QList<StopTarget> &targets);
    QList<StopTarget> withoutUndecided(const QList<StopTarget> &targets) const;
    void startBatch(const BatchId &id, const QList<Stop *> &stops);
    Stop *add(StopReport report, const Connection &connection, const std::shared_ptr<Gateway> &gateway);
    ProofQueue &proofsOf(const Connection &connection);
    void tell(const StopReport &report);
    void tellOfJournal(const Failure &failure);
    void writeLate();

    Journal &m_journal;
    Clock &m_clock;
    std::unique_ptr<Resumption> m_resumption;
    std::shared_ptr<Gateway> m_gateway; ///< of the connection in use; null without one
    QList<Stop *> m_stops;
    QMultiHash<ConversationId, Stop *> m_stopsOf; ///< by what they are aimed at
    QHash<qint64, StopState> m_told; ///< by number of the stop
    QList<StopReport> m_endedEarlier;
    QList<Batch *> m_batches;
    QHash<QString, ProofQueue *> m_proofs; ///< by connection and address: an edited one is another service
    ProofQueue *m_inUse = nullptr;
    int m_toldTrouble = 0; ///< of the journal
    bool m_isWritingLate = false;
};
