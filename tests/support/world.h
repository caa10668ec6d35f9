#pragma once

#include "app/stopping/stopservice.h"
#include "tests/support/playedservice.h"

#include <QFileInfo>
#include <QTemporaryDir>

/// Until nothing is on its way any more, without time passing.
void settle(FakeClock &clock, FakeNetwork &network);
/// Lets time pass, from one thing that falls due to the next, each until all is settled.
void passTime(Duration time, FakeClock &clock, FakeNetwork &network);

/// Everything around the stops of one connection in a test's hands: folder, clock, network, journal, gateway and the
/// played service. A target is made as the program makes it, from what lists and reads have said.
class World {
public:
    explicit World(const RateLimits &limits = {10000, 100000});
    ~World();

    /// c1 … cN, running, of these agents by turns; each with so many waiting messages.
    void addRunning(int count, const QByteArrayList &agents = {"a1"}, int waiting = 0);
    /// As the list of now has it. What waits is known where a run state in view has told.
    StopTarget target(const QByteArray &id, bool isQueueSeen = false);
    StopTarget target(int number) { return target(idOf(number)); }
    QList<StopTarget> targets(int count);
    void stop(const QList<StopTarget> &targets, ClearQueue clear = ClearQueue::No);
    void stop(int count, ClearQueue clear = ClearQueue::No) { stop(targets(count), clear); }
    /// The program ends and starts again, with the journal as it is on disk.
    void restart();

    void pass(Duration time) { passTime(time, clock, network); }
    void settle() { ::settle(clock, network); }

    static QByteArray idOf(int number) { return "c" + QByteArray::number(number); }
    const StopReport &report(const QByteArray &id) { return reports[QString::fromLatin1(id)]; }
    const StopReport &report(int number) { return report(idOf(number)); }
    StopState state(int number) { return report(number).state; }
    int inState(StopState state) const;
    int rowsIn(const QString &condition) const; ///< of the journal's file
    int lists() const { return network.count("status="); }
    int runStates() const { return network.count("/run-state"); }
    int posted() const { return network.count("POST "); }

    /// In memory where it can be: a property test makes hundreds of worlds.
    QTemporaryDir folder{QFileInfo(QStringLiteral("/dev/shm")).isWritable()
                             ? QStringLiteral("/dev/shm/stopdesk-XXXXXX")
                             : QString()};
    FakeClock clock;
    FakeNetwork network;
    PlayedService service{clock, network};
    std::unique_ptr<Journal> journal;
    std::shared_ptr<Gateway> gateway;
    std::unique_ptr<StopService> batch;
    QHash<QString, StopReport> reports; ///< the newest of each conversation
    QList<StopReport> history;          ///< all that was told
    QList<Failure> failures;
    QList<Failure> journalFailures;
    std::function<void(const StopReport &)> told; ///< each report as it is told, before it is kept

private:
    void startProgram();

    RateLimits m_limits;
};
