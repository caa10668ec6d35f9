#include "tests/app/session/sessionworld.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QtTest>

namespace setclock_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A day at the desk: conversations come, end and start again, some are stopped, the machine sleeps, the program is
/// started anew. The same seed plays the same day; with `setsClock` somebody sets the wall clock meanwhile, both ways.
class Day {
public:
    Day(quint32 seed, bool setsClock, bool restarts)
        : m_random(seed), m_clockRandom(seed + 1), m_setsClock(setsClock), m_restarts(restarts)
    {
        m_world.service.latency = Duration(m_random.bounded(300));
        m_world.service.clockAhead = Duration(m_random.bounded(7'200'000)) - 1h;
        m_world.watch.start();
        for (int i = 0; i < 6; ++i)
            m_world.service.add("c" + QByteArray::number(++m_added));
        m_world.open();
    }

    void play()
    {
        for (int step = 0; step < 24; ++step) {
            happen();
            if (m_setsClock && m_clockRandom.bounded(2) == 0)
                m_world.clock.jump(Duration(qint64(m_clockRandom.bounded(172'800)) * 1000) - 24h);
            m_world.pass(Duration(500 + m_random.bounded(45'000)));
            seen.append(view());
        }
        m_world.pass(3min);
        last = states();
    }

    /// Rows that do not say what the service says, once it had time to be read.
    QStringList wrong()
    {
        QStringList wrong;
        for (const auto &[id, chat] : m_world.service.chats().asKeyValueRange()) {
            const int number = m_world.console->link().conversations().find({QString::fromLatin1(id)});
            const RowState state = number < 0 ? RowState::NoLongerListed
                                              : m_world.console->link().conversations().row(number).conversation.state;
            if (isLive(state) != chat.isLive())
                wrong.append(QString::fromLatin1(id));
        }
        return wrong;
    }

    QStringList seen; ///< what a person could see, after each step
    QMap<QString, QString> last; ///< the states at the end, by conversation

private:
    QByteArray any() { return "c" + QByteArray::number(1 + m_random.bounded(m_added)); }

    void happen()
    {
        const QByteArray id = any();
        PlayedChat &chat = m_world.service[id];
        switch (m_random.bounded(7)) {
        case 0: m_world.service.add("c" + QByteArray::number(++m_added)); break;
        case 1: m_world.service.set(id, "completed"); break;
        case 2: m_world.service.set(id, chat.isLive() ? "paused" : "executing"); break;
        case 3:
            chat.obeys = m_random.bounded(4) > 0;
            if (const QList<StopTarget> targets = m_world.listed({id}); !targets.isEmpty() && chat.isLive())
                m_world.console->stops.decide(targets, ClearQueue::No, {});
            break;
        case 4: m_world.clock.sleep(1min + Duration(m_random.bounded(36'000'000))); break;
        case 5:
            if (m_restarts)
                m_world.restart();
            break;
        default: break;
        }
    }

    QMap<QString, QString> states()
    {
        QMap<QString, QString> states;
        for (const ConversationRow &row : m_world.console->link().conversations().rows()) {
            states.insert(row.key().value, u"%1 %2 %3"_s.arg(int(row.conversation.state))
                                               .arg(row.stop ? int(row.stop->state) : -1)
                                               .arg(row.isStopOld));
        }
        return states;
    }

    QString view()
    {
        const QDateTime now = m_world.clock.now();
        QStringList parts = states().values();
        for (const ConversationRow &row : m_world.console->link().conversations().rows()) {
            parts.append(u"%1: read %2, started %3, seen %4"_s.arg(row.key().value)
                             .arg(row.readAt.msecsTo(now))
                             .arg(row.startedAt.msecsTo(now))
                             .arg(row.seenRunningSince.msecsTo(now)));
            if (row.stop)
                parts.append(u"answered %1, next %2"_s.arg(row.stop->answeredAt.msecsTo(now))
                                 .arg(now.msecsTo(row.stop->nextReadAt)));
        }
        parts.sort();
        const Freshness &freshness = m_world.console->link().freshness();
        const RequestUse use = m_world.console->link().usage().now();
        parts.append(u"read %1, next %2, stale %3, spent %4 and %5, asked %6"_s.arg(freshness.readAt.msecsTo(now))
                         .arg(now.msecsTo(freshness.nextAt))
                         .arg(m_world.console->link().isStale())
                         .arg(use.minute)
                         .arg(use.hour)
                         .arg(m_world.network.asked().size()));
        return parts.join(u"\n"_s);
    }

    QRandomGenerator m_random;
    QRandomGenerator m_clockRandom;
    bool m_setsClock;
    bool m_restarts;
    SessionWorld m_world;
    int m_added = 0;
};

/// Promise 65: a set clock, a sleep and a wrong clock of the service change no state, no order and no age.
class TestSetClock : public QObject {
    Q_OBJECT

private:
    static quint32 many() { return qEnvironmentVariableIsSet("STOPDESK_CASES") ? 400 : 10; }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aDayLooksTheSameHoweverTheWallClockIsSet()
    {
        Day(0, false, false).play(); // on Qt 6.11 the first day of a process has one request more or less than any later one
        for (quint32 seed = 1; seed <= many(); ++seed) {
            Day quiet(seed, false, false);
            quiet.play();
            Day disturbed(seed, true, false);
            disturbed.play();
            for (int i = 0; i < quiet.seen.size(); ++i)
                QVERIFY2(quiet.seen[i] == disturbed.seen[i],
                         qPrintable(u"seed %1, step %2:\n%3\n---\n%4"_s.arg(seed).arg(i).arg(quiet.seen[i], disturbed.seen[i])));
            QCOMPARE(disturbed.last, quiet.last);
            QVERIFY2(quiet.wrong().isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(quiet.wrong().join(u' '))));
        }
    }

    /// What an earlier run left open is aged by the wall clock, as nothing else is known of it: when it is read may
    /// differ, and so whether it is still told of after yet another restart. What comes of it may not differ.
    void overRestartsADayEndsTheSameHoweverTheWallClockIsSet()
    {
        int compared = 0;
        for (quint32 seed = 1; seed <= many(); ++seed) {
            Day quiet(seed, false, true);
            quiet.play();
            Day disturbed(seed, true, true);
            disturbed.play();
            QVERIFY2(disturbed.wrong().isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(disturbed.wrong().join(u' '))));
            for (const auto &[id, state] : quiet.last.asKeyValueRange()) {
                const QString other = disturbed.last.value(id, state);
                QVERIFY2(other == state, qPrintable(u"seed %1, %2: %3, not %4"_s.arg(seed).arg(id, other, state)));
                compared += disturbed.last.contains(id) ? 1 : 0;
            }
        }
        QVERIFY(compared > 3 * int(many()));
    }

    /// A dual-boot system, or a clock that was wrong: what an earlier run recorded lies ahead of this one.
    void whatWasRecordedBeforeTheClockWasSetBackKeepsNothingRunning()
    {
        SessionWorld world;
        world.service.add("c1");
        world.service.add("s1").parent = "c1";
        StopReport report;
        report.target.agent = {u"a1"_s};
        report.target.conversation = {u"c1"_s};
        report.target.connection = world.connection.id;
        report.target.ranBefore = true;
        report.askedAt = report.since = world.clock.now();
        report.status = 200;
        const qint64 intent = world.journal->writeIntent(report, world.connection).value_or(0);
        for (const StopState state : {StopState::Sending, StopState::Accepted, StopState::SubTasksStillRunning}) {
            report.state = state;
            QVERIFY(world.journal->writeState(intent, report).has_value());
        }
        report.startedAgain = StartedAgain{world.clock.now(), StartedAgain::Cause::Unknown, {}};
        QVERIFY(world.journal->writeState(intent, report).has_value());
        world.clock.jump(-1h);
        world.restart();
        QCOMPARE(world.report("c1").state, StopState::SubTasksStillRunning);
        world.service.set("c1", "completed");
        world.pass(2min);
        const int number = world.console->link().conversations().find({u"c1"_s});
        QVERIFY(number < 0 || !isLive(world.console->link().conversations().row(number).conversation.state));
    }

    void afterANightAsleepEverythingIsANightOld()
    {
        SessionWorld world;
        world.service.add("c1");
        world.open();
        const QDateTime readAt = world.console->link().freshness().readAt;
        world.clock.sleep(9h);
        QVERIFY(readAt.msecsTo(world.clock.now()) >= Duration(9h).count());
        QVERIFY(world.console->link().isStale());
        world.pass(6s);
        QVERIFY(!world.console->link().isStale());
    }
};

}

STOPDESK_TEST(setclock, TestSetClock, QCoreApplication)
#include "tst_setclock.moc"
