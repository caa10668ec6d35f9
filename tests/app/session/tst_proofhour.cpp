#include "tests/app/session/mostwithin.h"
#include "tests/app/session/sessionworld.h"
#include "tests/support/testmain.h"

#include <QtTest>

#include <algorithm>

namespace proofhour_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// An hour with stops that do not settle, in a whole session with the default limits (promise 64): how old the lists
/// become, how soon a fresh stop is read, and what is spent.
class TestProofHour : public QObject {
    Q_OBJECT

private:
    /// What an earlier run left open an hour ago: accepted, and running on.
    static void leaveOpen(SessionWorld &world, int number, bool clears)
    {
        const QByteArray id = World::idOf(number);
        world.service.add(id).obeys = false;
        StopReport report;
        report.target.agent = {u"a1"_s};
        report.target.conversation = {QString::fromLatin1(id)};
        report.target.connection = world.connection.id;
        report.target.ranBefore = true;
        report.clearQueue = clears ? ClearQueue::Yes : ClearQueue::No;
        report.askedAt = report.since = world.clock.now().addSecs(-600);
        const qint64 intent = world.journal->writeIntent(report, world.connection).value_or(0);
        for (const StopState state : {StopState::Sending, StopState::Accepted, StopState::StillRunning}) {
            report.state = state;
            report.status = state == StopState::Sending ? 0 : 200;
            QVERIFY(world.journal->writeState(intent, report).has_value());
        }
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void unsettledStopsLeaveRoomForListsAndForAFreshOne_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("clears");
        const bool all = qEnvironmentVariableIsSet("STOPDESK_ALL_HOURS");
        for (const int count : all ? QList<int>{10, 20, 40, 300} : QList<int>{40}) {
            QTest::addRow("%d, the queue kept", count) << count << false;
            QTest::addRow("%d, the queue cleared", count) << count << true;
        }
    }
    void unsettledStopsLeaveRoomForListsAndForAFreshOne()
    {
        QFETCH(int, count);
        QFETCH(bool, clears);
        SessionWorld world;
        world.service.perMinute = 100;
        world.service.perHour = 1000;
        world.service.latency = 150ms;
        QList<Duration> old;   // reads of stops open for more than 30 s
        QList<Duration> lists; // page 1 of what runs
        QHash<QByteArray, Duration> firstReads;
        QSet<QByteArray> open;
        world.network.serveWithBodies([&](const QByteArray &line, const FakeNetwork::ReadBody &body) {
            const QByteArray id = line.split('/').value(6);
            if (line.contains("/run-state") && open.contains(id))
                old.append(world.clock.monotonic());
            if (line.contains("/run-state") && !firstReads.contains(id))
                firstReads.insert(id, world.clock.monotonic());
            if (line.contains("page=1&per_page=50&status=executing"))
                lists.append(world.clock.monotonic());
            return world.service.answer(line, body);
        });
        for (int i = 1; i <= count; ++i) {
            leaveOpen(world, i, clears);
            open.insert(World::idOf(i));
        }
        for (int i = 1; i <= 9; ++i)
            world.service.add("f" + QByteArray::number(i));
        world.journal.reset(); // as an earlier run
        world.journal = std::make_unique<Journal>(world.folder.filePath(u"journal.sqlite"_s), u"noa"_s);
        world.open();
        QList<double> waits; // ms, from the answer to the first read of it
        for (int minute = 0; minute < 60; ++minute) {
            if (minute % 7 == 3) {
                const QByteArray id = "f" + QByteArray::number(minute / 7 + 1);
                firstReads.remove(id);
                const auto target = world.console->link().locator().targetOf({QString::fromLatin1(id)});
                QVERIFY(target.has_value());
                world.console->stops.decide({*target}, ClearQueue::No, {});
                world.pass(5s);
                QVERIFY(firstReads.contains(id));
                waits.append(double((firstReads[id] - *world.service[id].answeredAt).count()));
                QCOMPARE(world.report(id).state, StopState::Stopped);
                world.pass(55s);
            } else {
                world.pass(1min);
            }
            world.console->connector.attend({true, true, world.clock.now()});
        }
        Duration oldest{0};
        for (qsizetype i = 1; i < lists.size(); ++i)
            oldest = std::max(oldest, lists.at(i) - lists.at(i - 1));
        const double slowest = *std::ranges::max_element(waits);
        qInfo("%3d unsettled, queue %s: lists at most %lld s old, first read of a fresh stop after %.0f ms at most, "
              "%lld reads one by one (%d in a minute), %lld requests, %d refused",
              count, clears ? "cleared" : "kept", qint64(oldest.count() / 1000), slowest, qint64(old.size()),
              mostWithin(old, 1min), qint64(world.service.received.size()), world.service.refused);
        QCOMPARE(world.service.refused, 0);
        QVERIFY(slowest <= 1000);
        QVERIFY(oldest <= (count <= 40 ? 2min : 4min));
        QVERIFY(mostWithin(old, 1min) <= 30);
        QVERIFY(old.size() <= 300);
        QCOMPARE(world.console->models.stops.tally().summary().contains(u"%1 still running"_s.arg(count)), true);
    }
};

}

STOPDESK_TEST(proofhour, TestProofHour, QCoreApplication)
#include "tst_proofhour.moc"
