#include "app/session/retry.h"
#include "app/words/words.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/app/session/sessionworld.h"
#include "tests/support/testmain.h"

namespace retry_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// From what did not work to a new question: what is read for it, what is left out of it. Nothing is sent.
class TestRetry : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_hand;
    std::unique_ptr<Retry> m_retry;
    QList<Retry::Found> m_ended;
    QList<StopReport> m_reports;

    FakeNetwork &network() { return m_hand->network; }
    void add(const QString &conversation, StopState state)
    {
        StopReport report;
        report.id = m_reports.size() + 1;
        report.state = state;
        report.target.agent = {u"a1"_s};
        report.target.conversation = {conversation};
        report.target.connection = {u"acme"_s};
        m_reports.append(report);
    }
    void answerState(const QByteArray &conversation, bool runs)
    {
        network().expect(conversation + "/run-state",
                         FakeAnswer::with(200, "{\"conversation_id\":\"" + conversation + "\",\"is_running\":"
                                                   + (runs ? "true" : "false") + ",\"queue_depth\":0}"));
    }
    static QStringList ids(const QList<StopTarget> &targets)
    {
        QStringList ids;
        for (const StopTarget &target : targets)
            ids.append(target.conversation.value);
        return ids;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_hand = std::make_unique<SessionInHand>();
        m_hand->open(u"acme"_s);
        m_retry = std::make_unique<Retry>(m_hand->console.stops, m_hand->console.connector);
        connect(m_retry.get(), &Retry::ended, this, [this](const Retry::Found &found) { m_ended.append(found); });
        m_ended.clear();
        m_reports.clear();
    }
    void cleanup()
    {
        QCOMPARE(network().count("POST "), 0);
        QVERIFY(network().allAsked());
        m_retry.reset();
        m_hand.reset();
    }

    void onlyWhatDidNotWorkIsRead()
    {
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state)
            add(u"s%1"_s.arg(state), StopState(state));
        answerState("s" + QByteArray::number(int(StopState::Refused)), true);
        answerState("s" + QByteArray::number(int(StopState::NotSent)), true);
        answerState("s" + QByteArray::number(int(StopState::Unconfirmed)), true);
        m_retry->start(m_reports);
        QVERIFY(m_ended.isEmpty());
        m_hand->pass();
        QCOMPARE(m_ended.size(), 1);
        QCOMPARE(m_ended.first().targets.size(), 3);
        QCOMPARE(network().count("/run-state"), 3);
        QVERIFY(!m_retry->isReading());
    }

    void whatRunsOrCouldNotBeReadIsAskedAbout()
    {
        add(u"c1"_s, StopState::Refused);
        add(u"c2"_s, StopState::NotSent);
        add(u"c3"_s, StopState::Unconfirmed);
        answerState("c1", true);
        answerState("c2", false);
        network().expect("c3/run-state", FakeAnswer::with(404));
        QSignalSpy progressed(m_retry.get(), &Retry::progressed);
        m_retry->start(m_reports);
        m_hand->pass();
        QCOMPARE(m_ended.size(), 1);
        QCOMPARE(ids(m_ended.first().targets), QStringList({u"c1"_s, u"c3"_s}));
        QCOMPARE(m_ended.first().noLongerRunning, 1);
        QCOMPARE(m_ended.first().notRead, 1);
        QCOMPARE(m_ended.first().targets.first().ranBefore, std::optional(true));
        QCOMPARE(m_ended.first().targets.last().ranBefore, std::nullopt);
        QCOMPARE(progressed.size(), 3);
        QCOMPARE(progressed.last(), QVariantList({3, 3}));
    }

    void cancelledItSaysNothingMore()
    {
        for (int i = 1; i <= 6; ++i)
            add(u"c%1"_s.arg(i), StopState::NotSent);
        network().always("/run-state", FakeAnswer::hangs());
        m_retry->start(m_reports);
        m_hand->pass();
        m_retry->cancel();
        network().answer("c1/run-state", FakeAnswer::with(404));
        m_hand->pass(1s);
        QVERIFY(m_ended.isEmpty());
        QVERIFY(network().count("/run-state") <= Retry::atOnce + 2); // some for what is in view
        QVERIFY(!m_retry->isReading());
    }

    void whatIsOfAnotherConnectionIsLeftOut()
    {
        add(u"c1"_s, StopState::Refused);
        m_reports.first().target.connection = {u"beta"_s};
        m_retry->start(m_reports);
        m_hand->pass();
        QCOMPARE(m_ended.size(), 1);
        QCOMPARE(m_ended.first().leftOut, 1);
        QVERIFY(m_ended.first().targets.isEmpty());
        QCOMPARE(network().count("/run-state"), 0);
    }

    void aTargetThatWasTriedTwiceIsTakenOnce()
    {
        add(u"c1"_s, StopState::Refused);
        add(u"c1"_s, StopState::NotSent);
        answerState("c1", true);
        m_retry->start(m_reports);
        m_hand->pass();
        QCOMPARE(ids(m_ended.first().targets), QStringList{u"c1"_s});
        QCOMPARE(m_ended.first().leftOut, 0);
    }
};

/// What is proven after it by the same one function, and that the journal's tab says what Stops says.
class TestAfterRetry : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionWorld> m_world;
    QByteArrayList m_ids;

    /// Each row of this run stands in the journal's tab, with the same outcome and the same evidence.
    void compareJournalWithStops()
    {
        const JournalModel &journal = m_world->console->models.journal.model();
        QVERIFY(!m_world->console->models.stops.rows().isEmpty());
        for (const StopRow &row : m_world->console->models.stops.rows()) {
            const int place = journal.find(row.report.intent);
            QVERIFY(place >= 0);
            const StopReport &shown = journal.row(place).entry.report;
            QCOMPARE(words::stopPill(shown), words::stopPill(row.report));
            QCOMPARE(words::evidence(shown), words::evidence(row.report));
        }
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_world = std::make_unique<SessionWorld>();
        m_ids.clear();
        for (int i = 1; i <= 24; ++i) {
            m_ids.append(World::idOf(i));
            m_world->service.add(m_ids.last());
        }
        m_world->open();
        m_world->console->models.journal.setFilter({});
        m_world->pass(1s);
    }
    void cleanup() { m_world.reset(); }

    void pausedAfterARetryIsNotCalledStopped()
    {
        for (const QByteArray &id : std::as_const(m_ids))
            m_world->service[id].answer = FakeAnswer::with(409, R"({"detail":"Busy"})");
        m_world->console->stops.decide(m_world->listed(m_ids), ClearQueue::No, {});
        m_world->pass(10s);
        for (const QByteArray &id : std::as_const(m_ids)) {
            QCOMPARE(m_world->report(id).state, StopState::Refused);
            m_world->service[id].answer = FakeAnswer::with(200);
        }
        compareJournalWithStops();
        for (const QByteArray id : {"c2", "c5", "c11"})
            m_world->service[id].becomes = "paused";
        m_world->service.set("c7", "paused"); // before it is read for the question; the list still says "running"
        m_world->service["c7"].obeys = false;
        QList<StopReport> reports;
        for (const StopRow &row : m_world->console->models.stops.rows())
            reports.append(row.report);
        Retry retry(m_world->console->stops, m_world->console->connector);
        QList<StopTarget> asked;
        connect(&retry, &Retry::ended, this, [&asked](const Retry::Found &found) { asked = found.targets; });
        retry.start(reports);
        m_world->pass(60s);
        QCOMPARE(asked.size(), 24);
        m_world->console->stops.decide(asked, ClearQueue::No, {});
        m_world->pass(20s);
        compareJournalWithStops();
        for (const QByteArray &id : std::as_const(m_ids))
            QVERIFY2(m_world->report(id).state != StopState::Stopped || !m_world->service[id].isLive(), id);
        m_world->pass(2min);
        for (const QByteArray id : {"c2", "c5", "c7", "c11"})
            QCOMPARE(m_world->report(id).state, StopState::StillRunning);
        QCOMPARE(m_world->console->models.stops.tally().summary().contains(u"20 stopped"_s), true);
        compareJournalWithStops();
    }

    void theJournalSaysWhatStopsSaysAfterABatchAndAfterStopSending()
    {
        m_world->service.latency = 200ms;
        for (const QByteArray id : {"c2", "c5"})
            m_world->service[id].obeys = false;
        QSignalSpy changed(&m_world->console->stops, &StopService::changed);
        m_world->console->stops.decide(m_world->listed(m_ids), ClearQueue::No, {});
        m_world->pass(1s);
        compareJournalWithStops();
        m_world->console->stops.stopSending();
        compareJournalWithStops();
        QVERIFY(m_world->console->models.stops.tally().summary().contains(u"not sent"_s));
        m_world->pass(60s);
        compareJournalWithStops();
        QVERIFY(m_world->journal->openEntries().size() <= 2);
    }
};

}

int tst_retry(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    retry_test::TestRetry retry;
    retry_test::TestAfterRetry after;
    return QTest::qExec(&retry, argc, argv) + QTest::qExec(&after, argc, argv);
}

#include "tst_retry.moc"
