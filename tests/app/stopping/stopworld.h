#pragma once

#include "tests/app/stopping/stopplan.h"
#include "tests/support/world.h"

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

/// A world whose service answers by a plan, however little one answer fits the other. Tells of every new state.
class StopWorld final : public QObject {
    Q_OBJECT

public:
    explicit StopWorld(const Plan &plan);

    void play(); ///< decides all that is planned, and lets so much time pass that everything can settle
    const QHash<qint64, StopReport> &reports() const { return m_reports; } ///< the newest of each intent
    const TargetPlan &planOf(const StopReport &report) const { return m_plan.targets[indexOf(report)]; }
    const Witness &witnessOf(const StopReport &report) const { return m_witnesses[indexOf(report)]; }
    QDateTime now() const { return m_world.clock.now(); }
    QString journalFile() const { return m_world.folder.filePath(QStringLiteral("journal.sqlite")); }

Q_SIGNALS:
    /// `before` has no request id for the first report of an intent.
    void changed(const StopReport &before, const StopReport &after);

private:
    static size_t indexOf(const StopReport &report);
    Stop *stopOf(size_t index) const;
    void decide(size_t index);
    void readBefore(const StopTarget &target, size_t index);
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
    World m_world;
    std::vector<Witness> m_witnesses;
    QHash<size_t, std::optional<RunState>> m_before; ///< as the first question read it; unset: being read
    std::vector<size_t> m_readsGiven;
    std::vector<int> m_listsGiven;
    QHash<qint64, StopReport> m_reports;
    qsizetype m_served = 0;
};
