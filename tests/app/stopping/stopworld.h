#pragma once

#include "app/stopping/stopbatch.h"
#include "tests/app/stopping/stopplan.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"

/// What the service has said about one conversation, and when.
struct Witness {
    struct Read {
        QDateTime at;
        bool there = false;
        int waiting = 0;
        bool child = false;
        bool messageGone = false; ///< one that waited at the question is not in the queue any more
    };

    QHash<QByteArray, int> commands; ///< by request id: how often it was asked
    QHash<QByteArray, int> answers; ///< its status, by request id; 0 where it provably never left
    QList<Read> reads;
    bool recordFound = false;
    bool recordMissing = false;
    bool childListed = false;
};

/// A service that answers by a plan, and a batch of stops in front of it, with a journal in the folder; time is the
/// test's. Tells of every new state.
class StopWorld final : public QObject {
    Q_OBJECT

public:
    StopWorld(const Plan &plan, const QString &journalFile);
    ~StopWorld() override;

    void play(); ///< decides all that is planned, and lets so much time pass that everything can settle
    const QHash<qint64, StopReport> &reports() const { return m_reports; } ///< the newest of each intent
    const TargetPlan &planOf(const StopReport &report) const { return m_plan.targets[indexOf(report)]; }
    const Witness &witnessOf(const StopReport &report) const { return m_witnesses[indexOf(report)]; }
    QDateTime now() const { return m_clock.now(); }

Q_SIGNALS:
    /// `before` has no request id for the first report of an intent.
    void changed(const StopReport &before, const StopReport &after);

private:
    static size_t indexOf(const StopReport &report);
    void startProgram();
    void crash();
    Stop *stopOf(size_t index) const;
    void decide(size_t index);
    void planActions();
    void settle();
    void serve(const FakeNetwork::Asked &asked);
    void serveCommand(size_t index, const FakeNetwork::Asked &asked);
    void serveRead(size_t index, const FakeNetwork::Asked &asked);
    void serveRecord(size_t index, const FakeNetwork::Asked &asked);
    void serveChildren(size_t index, const FakeNetwork::Asked &asked);
    void answerIn(int delay, const FakeNetwork::Asked &asked, const FakeAnswer &answer,
                  const std::function<void()> &told);
    void hear(size_t index, const Told &told);
    void note(const StopReport &report);

    Plan m_plan;
    FakeClock m_clock;
    FakeNetwork m_network;
    QString m_journalFile;
    std::unique_ptr<Journal> m_journal;
    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<StopBatch> m_batch;
    std::vector<Witness> m_witnesses;
    std::vector<size_t> m_readsGiven;
    std::vector<int> m_listsGiven;
    QHash<qint64, StopReport> m_reports;
    qsizetype m_served = 0;
};
