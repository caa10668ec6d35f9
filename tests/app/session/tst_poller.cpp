#include "app/session/poller.h"
#include "tests/app/session/sessioninhand.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is read when, how old it is, and what ends it.
class TestPoller : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SessionInHand> m_in;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_in = std::make_unique<SessionInHand>();
    }
    void cleanup()
    {
        QCOMPARE(m_in->network.unexpected(), QList<QByteArray>());
        QVERIFY(m_in->network.allAsked());
        m_in.reset();
    }

    void aRefusedKeyEndsPollingAndIsAskedForOnce()
    {
        m_in->network.always("GET", FakeAnswer::with(401, R"({"detail":"Invalid API key"})"));
        QSignalSpy needed(&m_in->session, &Session::keyNeeded);
        m_in->open(u"acme"_s);
        m_in->pass(120s);
        QCOMPARE(needed.size(), 1);
        QCOMPARE(m_in->session.keyState(), Session::KeyState::Failed);
        QVERIFY(m_in->network.asked().size() <= RequestBudget::inFlight); // those that were out together
        QCOMPARE(m_in->session.problems().rowCount(), 1);

        m_in->network.always("GET /v1/tasks", page({}));
        m_in->network.always("GET /v1/agents?", page({}));
        m_in->secrets.keep({u"acme"_s}, *Secret::fromInput(u"another"_s));
        m_in->session.open(*m_in->session.connection());
        m_in->pass();
        QCOMPARE(m_in->session.keyState(), Session::KeyState::Known);
    }

    void whatArrivesTogetherWithARefusedKeyIsTaken()
    {
        m_in->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true})"));
        m_in->open(u"acme"_s);
        m_in->session.choose({u"c1"_s});
        m_in->pass();
        m_in->network.expect("/run-state", FakeAnswer::hangs());
        m_in->network.expect(running, FakeAnswer::hangs());
        m_in->pass(20s);
        QVERIFY(m_in->network.answer("/run-state", FakeAnswer::with(401)));
        QVERIFY(m_in->network.answer(running, page({row("c1"), row("c2"), row("c3")})));
        m_in->pass();
        QCOMPARE(m_in->session.keyState(), Session::KeyState::Failed);
        QCOMPARE(m_in->conversations().size(), 3);
    }

    void aRecordThatIsNotThereIsAskedForOnceAndIsNoProblem()
    {
        m_in->network.always("GET /v1/tasks/c1", FakeAnswer::with(404, R"({"detail":"Task not found"})"));
        m_in->open(u"acme"_s);
        m_in->pass(60s);
        QCOMPARE(m_in->network.count("GET /v1/tasks/c1"), 1);
        QCOMPARE(m_in->session.problems().rowCount(), 0);
        m_in->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true})"));
        m_in->session.choose({u"c1"_s}); // now a person looks at it
        m_in->pass();
        QCOMPARE(m_in->session.problems().rowCount(), 1);
    }

    void aRefreshMerges()
    {
        m_in->open(u"acme"_s);
        QSignalSpy reset(&m_in->session.conversations(), &QAbstractItemModel::modelReset);
        const QPersistentModelIndex second = m_in->session.conversations().index(1, 0);
        m_in->network.always(running, page({row("c2"), row("c3")}));
        m_in->session.refresh();
        m_in->pass();
        QVERIFY(reset.isEmpty());
        QCOMPARE(m_in->conversations(), QStringList({u"c2"_s, u"c3"_s}));
        QCOMPARE(second.row(), 0); // still c2
    }

    void theAgeOfTheDataAndTheLastTryAreKnown()
    {
        m_in->open(u"acme"_s);
        const QDateTime readAt = m_in->session.freshness().readAt;
        QVERIFY(readAt.isValid() && !m_in->session.freshness().lastFailure);
        m_in->network.always(running, FakeAnswer::with(503));
        m_in->pass(41s);
        QCOMPARE(m_in->session.freshness().readAt, readAt);
        QCOMPARE(m_in->session.freshness().lastFailure->kind, FailureKind::ServerError);
        QVERIFY(m_in->session.freshness().failedAt > readAt);
        QCOMPARE(m_in->conversations().size(), 2); // old data stays
        m_in->network.always(running, page({row("c1")}));
        m_in->pass(20s);
        QVERIFY(!m_in->session.freshness().lastFailure);
        QVERIFY(m_in->session.freshness().readAt > readAt);
    }

    void heldUpdatesWait()
    {
        m_in->open(u"acme"_s);
        QVERIFY(m_in->session.freshness().nextAt.isValid());
        m_in->session.holdUpdates(true);
        m_in->pass(60s);
        QCOMPARE(m_in->network.count(running), 1);
        QVERIFY(!m_in->session.freshness().nextAt.isValid());
        m_in->session.refresh();
        m_in->pass();
        QCOMPARE(m_in->network.count(running), 2);
        m_in->session.holdUpdates(false);
        QVERIFY(m_in->session.freshness().nextAt > m_in->clock.now());
        m_in->pass(Poller::interval);
        QCOMPARE(m_in->network.count(running), 3);
    }

    void olderPagesComeOnDemand()
    {
        const auto all = [](const QByteArray &number) { return "GET /v1/tasks?page=" + number + "&per_page=50"; };
        m_in->network.always(all("1"), page({row("o1", "completed")}, 1, 2, 2));
        m_in->network.always(all("2"), page({row("o2", "completed")}, 2, 2, 2));
        m_in->network.always("status=", page({}));
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->conversations(), QStringList());
        m_in->session.setFilter(StateFilter::All);
        m_in->pass();
        QCOMPARE(m_in->conversations(), QStringList{u"o1"_s});
        QCOMPARE(m_in->session.loadedText(), u"1 of 2 loaded"_s);
        m_in->session.loadOlder();
        m_in->session.loadOlder(); // one at a time
        QVERIFY(!m_in->session.canLoadOlder());
        m_in->pass();
        QCOMPARE(m_in->conversations(), QStringList({u"o1"_s, u"o2"_s}));
        QCOMPARE(m_in->network.count(all("2")), 1);
        QVERIFY(!m_in->session.canLoadOlder());
        QCOMPARE(m_in->session.loadedText(), QString());

        m_in->network.expect("GET /v1/agents/a1/tasks?page=1&per_page=50", FakeAnswer::hangs());
        m_in->session.chooseAgent({u"a1"_s});
        m_in->pass();
        m_in->open(u"beta"_s); // while that page is still out
        QVERIFY(m_in->session.canLoadOlder());
        QCOMPARE(m_in->conversations(), QStringList{u"o1"_s});
    }
};

QTEST_GUILESS_MAIN(TestPoller)
#include "tst_poller.moc"
