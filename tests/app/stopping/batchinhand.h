#pragma once

#include "app/stopping/stopbatch.h"
#include "app/words/words.h"
#include "tests/app/stopping/manyworld.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>
#include <QtTest>

/// A batch, with everything around it in a test's hands.
class BatchInHand {
public:
    explicit BatchInHand(const RateLimits &limits = {10000, 100000})
        : journal(folder.filePath(QStringLiteral("journal.sqlite")), QStringLiteral("noa")), batch(journal, clock)
    {
        Connection connection;
        connection.id = {QStringLiteral("acme")};
        connection.address = QUrl(QStringLiteral("https://acme.test"));
        auto budget = std::make_shared<RequestBudget>(limits, clock);
        auto channel = std::make_shared<HttpChannel>(connection, Secret::fromStored("key"), budget, clock,
                                                     network.factory());
        gateway = std::make_shared<Gateway>(connection, channel);
        network.serve([this](const QByteArray &line) { return world.answer(line); });
        QObject::connect(&batch, &StopBatch::changed, &batch,
                         [this](const StopReport &report) {
                             ++changes;
                             reports.insert(report.target.conversation.value, report);
                         });
    }

    /// Conversations c1 … cN that run and are listed, of these agents by turns.
    void addRunning(int count, const QByteArrayList &agents = {"a1"})
    {
        for (int i = 1; i <= count; ++i)
            world.add("c" + QByteArray::number(i), agents.at(i % agents.size()));
    }
    StopTarget target(int number)
    {
        const QByteArray id = "c" + QByteArray::number(number);
        StopTarget target;
        target.agent = {QString::fromLatin1(world[id].agent)};
        target.conversation = {QString::fromLatin1(id)};
        target.connection = {QStringLiteral("acme")};
        target.ranBefore = true;
        target.wasListed = true;
        return target;
    }
    QList<StopTarget> targets(int count)
    {
        QList<StopTarget> all;
        for (int i = 1; i <= count; ++i)
            all.append(target(i));
        return all;
    }
    void stop(int count) { batch.start(targets(count), {}, gateway); }

    void pass(Duration time, Duration step = std::chrono::milliseconds(100))
    {
        for (Duration gone{0}; gone < time; gone += step) {
            settle();
            clock.advance(step);
        }
    }

    /// Until nothing more is asked or changes by itself. How many turns of the event loop an answer takes differs by
    /// version: Qt 6.8 needs more of them than 6.4.
    void settle()
    {
        qsizetype before = -1;
        for (int quietTurns = 0; quietTurns < 5;) {
            clock.advance(Duration(0));
            QTest::qWait(0);
            const qsizetype events = network.asked().size() + changes;
            quietTurns = events == before ? quietTurns + 1 : 0;
            before = events;
        }
    }

    const StopReport &report(int number) { return reports[QStringLiteral("c%1").arg(number)]; }
    StopState state(int number) { return report(number).state; }
    int inState(StopState state) const
    {
        return int(std::ranges::count_if(reports, [state](const StopReport &each) { return each.state == state; }));
    }
    int lists() const { return network.count("status=executing"); }
    int runStates() const { return network.count("/run-state"); }
    int posted() const { return network.count("POST "); }

    QTemporaryDir folder;
    FakeClock clock;
    FakeNetwork network;
    ManyWorld world;
    Journal journal;
    std::shared_ptr<Gateway> gateway;
    StopBatch batch;
    QHash<QString, StopReport> reports; ///< by conversation
    qsizetype changes = 0;              ///< of reports
};
