#include "app/words/words.h"
#include "tests/support/world.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QtTest>

namespace nofalsestopped_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QByteArrayList liveStates{"pending", "executing", "paused"};
const QList<FakeAnswer> answers{FakeAnswer::with(200), FakeAnswer::with(200),   FakeAnswer::with(204),
                                FakeAnswer::lost(),    FakeAnswer::with(404),   FakeAnswer::with(503),
                                FakeAnswer::with(409), FakeAnswer::refusedConnection()};

/// A random service and random decisions about its conversations: one, few or many, with and without clearing, while
/// states, pages and queues move between the requests.
class RandomPlay {
public:
    explicit RandomPlay(quint32 seed, bool lags) : m_random(seed), m_world(RateLimits{200, 20000})
    {
        m_count = m_random.bounded(4) == 0 ? 1 + int(m_random.bounded(3)) : 4 + int(m_random.bounded(70));
        m_clear = m_random.bounded(3) == 0 ? ClearQueue::Yes : ClearQueue::No;
        m_world.service.latency = Duration(m_random.bounded(400));
        if (lags) {
            m_world.service.listLag = Duration(m_random.bounded(20'000));
            m_world.service.stateLag = Duration(m_random.bounded(5'000));
        }
        m_lags = lags;
        for (int i = 1; i <= m_count; ++i)
            addChat(World::idOf(i));
        for (int i = 0, others = int(m_random.bounded(70)); i < others; ++i)
            addOther("x" + QByteArray::number(i));
        QObject::connect(m_world.batch.get(), &StopService::changed, m_world.batch.get(),
                         [this](const StopReport &report) { look(report); });
    }

    /// What is wrong, if anything is.
    QString play()
    {
        m_world.pass(30s); // what lags has caught up with what there is
        QList<StopTarget> targets;
        for (int i = 1; i <= m_count; ++i)
            targets.append(m_world.target(World::idOf(i), m_random.bounded(4) == 0));
        m_world.stop(targets, m_clear);
        m_world.pass(8min);
        for (int i = 1; i <= m_count && m_trouble.isEmpty(); ++i)
            lookAtTheEnd(World::idOf(i));
        return m_trouble;
    }

    int stopped = 0;       ///< rows that said so
    int stoppedByLists = 0;

private:
    void addChat(const QByteArray &id)
    {
        PlayedChat &chat = m_world.service.add(id, liveStates.at(m_random.bounded(6) < 4 ? 1 : m_random.bounded(3)),
                                               int(m_random.bounded(4) ? 0 : m_random.bounded(4)));
        chat.agent = "a" + QByteArray::number(1 + m_random.bounded(m_count > 20 ? 1 : 2));
        chat.obeys = m_random.bounded(5) > 0;
        chat.clears = m_random.bounded(4) > 0;
        chat.takes = m_random.bounded(2) ? 0ms : Duration(m_random.bounded(12'000));
        chat.becomes = m_random.bounded(4) == 0 ? liveStates.at(m_random.bounded(3)) : QByteArray("stopped");
        if (m_random.bounded(6) == 0)
            chat.answer = answers.at(m_random.bounded(answers.size()));
        if (m_random.bounded(4) == 0)
            chat.startsNext = Duration(200 + m_random.bounded(15'000));
        if (m_random.bounded(2) == 0) // goes on once, from one live state to another, or ends
            move(id, 30s + Duration(m_random.bounded(9'000)));
    }

    void addOther(const QByteArray &id)
    {
        m_world.service.add(id, liveStates.at(m_random.bounded(3)));
        if (m_random.bounded(3) == 0) { // so that pages shift
            m_world.service.later(30s + Duration(m_random.bounded(20'000)),
                                  [this, id] { m_world.service.set(id, "completed"); });
        }
    }

    void move(const QByteArray &id, Duration wait)
    {
        const QByteArray to = m_random.bounded(8) == 0 ? QByteArray("completed") : liveStates.at(m_random.bounded(3));
        m_world.service.later(wait, [this, id, to] {
            if (m_world.service[id].isLive())
                m_world.service.set(id, to);
        });
    }

    void complain(const StopReport &report, const QString &what)
    {
        if (m_trouble.isEmpty())
            m_trouble = u"%1: %2; %3"_s.arg(report.target.conversation.value, what, words::evidence(report));
    }

    Duration at(const QDateTime &time) const
    {
        return m_world.clock.monotonic() - Duration(time.msecsTo(m_world.clock.now()));
    }

    /// Whether the service ever was idle in that time, as far as it tells.
    static bool wasIdle(const PlayedChat &chat, Duration from, Duration until)
    {
        if (!PlayedChat::isLive(chat.at(from).state))
            return true;
        return std::ranges::any_of(chat.moments(), [from, until](const PlayedChat::Moment &moment) {
            return moment.since >= from && moment.since <= until && !PlayedChat::isLive(moment.state);
        });
    }

    void look(const StopReport &report)
    {
        StopState &before = m_states[report.target.conversation.value];
        const bool isNew = before != report.state;
        before = report.state;
        if (report.state != StopState::Stopped || !isNew)
            return;
        ++stopped;
        const bool isByLists = report.evidence && report.evidence->source == Evidence::Source::LiveLists;
        stoppedByLists += isByLists ? 1 : 0;
        if (report.status / 100 != 2 || report.failure)
            return complain(report, u"Stopped without having been accepted"_s);
        if (!report.evidence || report.evidence->readFailed || report.evidence->running)
            return complain(report, u"Stopped without a read that says so"_s);
        if (!m_lags)
            lookAtTheRead(report);
    }

    /// At the moment of the read that proved it.
    void lookAtTheRead(const StopReport &report)
    {
        const PlayedChat &chat = m_world.service[report.target.conversation.value.toLatin1()];
        const bool isByLists = report.evidence->source == Evidence::Source::LiveLists;
        const Duration read = at(report.evidence->readAt);
        const Duration from = isByLists ? std::max(*chat.answeredAt, read - 60s) : read - m_world.service.latency;
        if (!wasIdle(chat, from, read))
            complain(report, u"Stopped, and it was never idle"_s);
        if (report.clearQueue == ClearQueue::Yes && isByLists)
            complain(report, u"Stopped, and its queue was not looked at"_s);
        const bool isCleared = chat.at(read).queue.isEmpty() || chat.at(read - m_world.service.latency).queue.isEmpty();
        if (report.clearQueue == ClearQueue::Yes && !isCleared)
            complain(report, u"Stopped, and messages wait that were to be cleared"_s);
    }

    void lookAtTheEnd(const QByteArray &id)
    {
        const PlayedChat &chat = m_world.service[id];
        const StopReport &report = m_world.report(id);
        const bool isSent = report.state != StopState::InLine && report.state != StopState::NotSent;
        if (chat.delivered != (isSent ? 1 : 0))
            complain(report, u"%1, and delivered %2 times"_s.arg(words::stopState(report.state)).arg(chat.delivered));
        // Of many unsettled ones not each is read in time: then it says when it will be.
        if (isUndecided(report.state) && report.nextReadAt <= m_world.clock.now())
            complain(report, u"has no outcome, and no read is planned: "_s + words::stopState(report.state));
        const bool saysGone = report.state == StopState::Stopped && !report.startedAgain;
        const Duration watched = m_world.clock.monotonic() - 4min;
        if (saysGone && chat.isLive() && chat.moments().last().since < watched)
            complain(report, u"says Stopped and was not corrected"_s);
        if (report.state == StopState::StillRunning && !wasIdle(chat, 0ms, m_world.clock.monotonic()))
            return;
        if (report.state == StopState::StillRunning && !chat.isLive() && chat.moments().last().since < watched)
            complain(report, u"says Still running and has ended"_s);
    }

    QRandomGenerator m_random;
    World m_world;
    int m_count = 0;
    ClearQueue m_clear = ClearQueue::No;
    bool m_lags = false;
    QHash<QString, StopState> m_states;
    QString m_trouble;
};

/// Promise 61: no row says "Stopped" while the service, at the moment of the read that proved it, says otherwise; where
/// reads lag, it corrects itself; each target is delivered as its row says and has one outcome. A conversation makes at
/// most one move of its own between live states: two moves, each in the gap of another sweep, no list can show.
class TestNoFalseStopped : public QObject {
    Q_OBJECT

private:
    static int cases() { return std::max(1, qEnvironmentVariableIntValue("STOPDESK_CASES")); }
    static quint32 many() { return qEnvironmentVariableIsSet("STOPDESK_CASES") ? quint32(cases()) : 60; }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void noRowSaysStoppedWhileTheServiceSaysOtherwise()
    {
        int stopped = 0;
        int byLists = 0;
        for (quint32 seed = 1; seed <= many(); ++seed) {
            RandomPlay play(seed, false);
            const QString trouble = play.play();
            QVERIFY2(trouble.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(trouble)));
            stopped += play.stopped;
            byLists += play.stoppedByLists;
        }
        qInfo("%d rows said Stopped, %d of them by lists", stopped, byLists);
        QVERIFY(stopped > int(many()) && byLists > int(many()) / 4);
    }

    void whereReadsLagTheRowCorrectsItself()
    {
        for (quint32 seed = 1; seed <= many() / 2 + 1; ++seed) {
            RandomPlay play(10'000 + seed, true);
            const QString trouble = play.play();
            QVERIFY2(trouble.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(10'000 + seed).arg(trouble)));
        }
    }
};

}

STOPDESK_TEST(nofalsestopped, TestNoFalseStopped, QCoreApplication)
#include "tst_nofalsestopped.moc"
