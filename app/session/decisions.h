#pragma once

#include "app/models/stoplistmodel.h"
#include "app/session/journalpages.h"
#include "app/session/locator.h"
#include "app/session/resumption.h"
#include "app/stopping/stopbatch.h"
#include "app/types/nextstep.h"
#include "app/types/problem.h"

/// What a person decides about conversations, from the target and its fresh read to the outcome: in this run, and in
/// runs before that left something open. Shows every stop in one model. Outlives the choice of a connection.
class Decisions final : public QObject {
    Q_OBJECT

public:
    Decisions(Journal &journal, Clock &clock, const ConversationListModel &conversations, const AgentListModel &agents,
              QObject *parent = nullptr);

    StopListModel &stops() { return m_stops; }
    const StopListModel &stops() const { return m_stops; }
    JournalPages &journal() { return m_pages; }
    /// Why a stop could not be recorded now; without a record one is only sent when a person says so.
    const std::optional<Failure> &journalTrouble() const { return m_journal.trouble(); }
    /// The same, asked of the disk anew: for a question, not for every second.
    const std::optional<Failure> &askJournal() { return m_journal.askAgain(); }

    /// Shows what earlier runs left open, and the whole of decisions that it was part of. Sends nothing; what is open is
    /// looked up once its connection is in use.
    void resume();

    /// Whether another instance keeps the same journal, and looks up what earlier runs left open.
    bool isJournalShared() const { return m_journal.isShared(); }

    /// What is decided from now on goes through this one; null: nothing can be, and what is in line is not sent.
    void use(std::shared_ptr<Gateway> gateway);
    /// A decision may come soon: opens the connection that it would go over, if it is not open. Costs no request.
    void prewarm();

    /// The target of a stop of a listed conversation or sub-task, frozen now.
    std::optional<StopTarget> targetOf(const ConversationId &conversation) const;
    /// The target of ids typed by hand. What the list does not know is read in the conversation's record. Where an agent
    /// was typed, a read that fails or takes long hinders nobody: the ids are answered as typed.
    void locate(const ConversationId &conversation, const AgentId &agent, QObject *asker, Answer<Located> answer);
    std::optional<StopTarget> queueOf(const ConversationId &conversation) const; ///< to empty it
    std::optional<StopTarget> messageOf(const ConversationId &conversation, const QueuedMessage &message) const;
    StopTarget again(const StopReport &report) const { return m_locator.again(report.target); }
    QList<StopTarget> subTasksOf(const StopReport &report) const { return m_locator.subTasks(report); }

    /// The fresh read for the question, in the command lane.
    void readRunState(const StopTarget &target, QObject *asker, Answer<RunState> answer);
    /// One decision of a person: writes the intents and sends one request for each target.
    void decide(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason,
                bool withoutRecord = false);

    Sending sending() const;
    int unsent() const; ///< stops that have not left yet, whatever they are part of
    void stopSending(const BatchId &id = {}) { m_batch.stopSending(id); } ///< what has not left is not sent; empty: of all
    void cancelUnsent() { m_batch.cancelUnsent(); } ///< nothing that is still in line is sent, whatever it is part of
    void cancel(qint64 stop);
    void checkNow(qint64 stop);
    void dismiss(qint64 stop);
    bool isUndecided(const ConversationId &conversation) const { return m_batch.isUndecided(conversation); }
    bool isOpenHere(const StopTarget &target) const; ///< whether it can be read and stopped now

Q_SIGNALS:
    void changed(const StopReport &report);
    void settled(const StopReport &report); ///< its state is one that reads are not expected to change
    void failed(const Failure &failure, const Occasion &occasion);
    void sendingChanged();
    void pageRead(const ConnectionId &connection, const QList<Conversation> &rows); ///< as in `StopBatch`
    void listsEnded(const ConnectionId &connection, const QDateTime &since);
    void leftOut(int count); ///< so many of a decision: another stop of them is under way
    void decided(Subject subject); ///< entries of an earlier try are answered

private:
    void take(const StopReport &report);
    void takeBack(const QList<JournalEntry> &entries);
    template <class T> void refuse(QObject *asker, const Answer<T> &answer) const;
    Failure refusal() const;

    Journal &m_journal;
    Clock &m_clock;
    Locator m_locator;
    StopListModel m_stops;
    JournalPages m_pages;
    StopBatch m_batch;
    Resumption m_resumption;
    std::shared_ptr<Gateway> m_gateway;
};
