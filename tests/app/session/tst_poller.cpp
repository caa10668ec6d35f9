#include "app/session/poller.h"
#include "app/words/words.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"

namespace poller_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QByteArray runningPage(int number)
{
    return "GET /v1/tasks?page=" + QByteArray::number(number) + "&per_page=50&status=executing";
}

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
        int refused = 0;
        connect(&m_in->console.connector, &Connector::linkChanged, this, [&] {
            connect(&m_in->console.link(), &ServiceLink::keyChanged, this,
                    [&] { refused += m_in->console.link().keyState() == ServiceLink::KeyState::Failed; });
        });
        m_in->open(u"acme"_s);
        m_in->pass(120s);
        QCOMPARE(refused, 1);
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Failed);
        QVERIFY(m_in->network.asked().size() <= RequestBudget::inFlight); // those that were out together
        QCOMPARE(m_in->console.models.problems.rowCount(), 1);

        m_in->network.always("GET /v1/tasks", page({}));
        m_in->network.always("GET /v1/agents?", page({}));
        m_in->secrets.keep(*m_in->console.link().connection(), *Secret::fromInput(u"another"_s));
        m_in->console.open(*m_in->console.link().connection());
        m_in->pass();
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Known);
    }

    void whatArrivesTogetherWithARefusedKeyIsTaken()
    {
        m_in->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true})"));
        m_in->open(u"acme"_s);
        m_in->console.link().choose({u"c1"_s});
        m_in->pass();
        m_in->network.expect("/run-state", FakeAnswer::hangs());
        m_in->network.expect(running, FakeAnswer::hangs());
        m_in->pass(20s);
        QVERIFY(m_in->network.answer("/run-state", FakeAnswer::with(401)));
        QVERIFY(m_in->network.answer(running, page({row("c1"), row("c2"), row("c3")})));
        m_in->pass();
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Failed);
        QCOMPARE(m_in->conversations().size(), 3);
    }

    void aRecordThatIsNotThereIsAskedForOnceAndIsNoProblem()
    {
        m_in->network.always("GET /v1/tasks/c1", FakeAnswer::with(404, R"({"detail":"Task not found"})"));
        m_in->open(u"acme"_s);
        m_in->pass(60s);
        QCOMPARE(m_in->network.count("GET /v1/tasks/c1"), 1);
        QCOMPARE(m_in->console.models.problems.rowCount(), 0);
        m_in->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true})"));
        m_in->console.link().choose({u"c1"_s}); // now a person looks at it
        m_in->pass();
        QCOMPARE(m_in->console.models.problems.rowCount(), 1);
    }

    void aRefreshMerges()
    {
        m_in->open(u"acme"_s);
        QSignalSpy reset(&m_in->console.link().conversations(), &QAbstractItemModel::modelReset);
        const QPersistentModelIndex second = m_in->console.link().conversations().index(1, 0);
        m_in->network.always(running, page({row("c2"), row("c3")}));
        m_in->console.link().refresh();
        m_in->pass();
        QVERIFY(reset.isEmpty());
        QCOMPARE(m_in->conversations(), QStringList({u"c2"_s, u"c3"_s}));
        QCOMPARE(second.row(), 0); // still c2
    }

    void theAgeOfTheDataAndTheLastTryAreKnown()
    {
        m_in->open(u"acme"_s);
        const QDateTime readAt = m_in->console.link().freshness().readAt;
        QVERIFY(readAt.isValid() && !m_in->console.link().freshness().lastFailure);
        m_in->network.always(running, FakeAnswer::with(503));
        m_in->pass(41s);
        QCOMPARE(m_in->console.link().freshness().readAt, readAt);
        QCOMPARE(m_in->console.link().freshness().lastFailure->kind, FailureKind::ServerError);
        QVERIFY(m_in->console.link().freshness().failedAt > readAt);
        QCOMPARE(m_in->conversations().size(), 2); // old data stays
        m_in->network.always(running, page({row("c1")}));
        m_in->pass(20s);
        QVERIFY(!m_in->console.link().freshness().lastFailure);
        QVERIFY(m_in->console.link().freshness().readAt > readAt);
    }

    void aLongListIsReadFurtherEachRoundAndThenAgain()
    {
        for (int number = 1; number <= 20; ++number)
            m_in->network.always(runningPage(number), page({row("p" + QByteArray::number(number))}, number, 20, 1000));
        m_in->open(u"acme"_s);
        m_in->pass(1s);
        QCOMPARE(m_in->conversations().size(), 9); // the first page, and two thirds of what one round may read more
        QVERIFY(!m_in->console.link().freshness().wholeAt.isValid());
        QCOMPARE(m_in->console.link().freshness().total, 1000);
        m_in->pass(35s);
        QCOMPARE(m_in->conversations().size(), 18); // every other round leaves the first page alone
        QCOMPARE(m_in->network.count(runningPage(1)), 1);
        QCOMPARE(m_in->network.count(runningPage(2)), 1);
        m_in->pass(35s);
        QCOMPARE(m_in->conversations().size(), 20);
        QVERIFY(m_in->console.link().freshness().wholeAt.isValid());
        m_in->pass(35s);
        QCOMPARE(m_in->network.count(runningPage(2)), 2);
    }

    void whatIsMissingFromALongListGoesWithItsLastPage()
    {
        m_in->network.always(runningPage(1), page({row("a")}, 1, 2, 2));
        m_in->network.always(runningPage(2), page({row("b")}, 2, 2, 2));
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->conversations(), QStringList({u"a"_s, u"b"_s}));
        m_in->network.always(runningPage(2), FakeAnswer::hangs());
        m_in->network.always(runningPage(1), page({row("c")}, 1, 2, 2));
        m_in->pass(22s);
        QCOMPARE(m_in->conversations(), QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QVERIFY(m_in->network.answer(runningPage(2), page({row("b")}, 2, 2, 2)));
        m_in->pass();
        QCOMPARE(m_in->conversations(), QStringList({u"b"_s, u"c"_s}));
    }

    void whatStoppedRunningIsLookedForAmongWhatWaits()
    {
        m_in->open(u"acme"_s);
        const QPersistentModelIndex second = m_in->console.link().conversations().index(1, 0);
        QCOMPARE(m_in->network.count("status=paused"), 1);
        m_in->network.always(running, page({row("c1")}));
        m_in->network.always("status=paused", page({row("c2", "paused")}));
        m_in->pass(22s);
        QCOMPARE(m_in->network.count("status=paused"), 2);
        QVERIFY(second.isValid()); // it did not go and come back
        QCOMPARE(m_in->console.link().conversations().row(1).conversation.state, RowState::WaitingForPerson);
    }

    void aFailedListOfWhatWaitsTakesNothingAway()
    {
        m_in->open(u"acme"_s);
        m_in->network.always(running, page({row("c1")}));
        m_in->network.always("status=paused", FakeAnswer::with(503));
        m_in->pass(22s);
        QCOMPARE(m_in->conversations(), QStringList({u"c1"_s, u"c2"_s}));
    }

    void whoReturnsSeesNewDataAtOnce()
    {
        m_in->open(u"acme"_s);
        const auto attend = [this](bool inFront) { m_in->console.connector.attend({inFront, true, m_in->clock.now()}); };
        attend(false);
        m_in->pass(50s);
        QCOMPARE(m_in->network.count(running), 1);
        QCOMPARE(m_in->console.link().freshness().slowness, Slowness::Background);
        attend(true);
        m_in->pass();
        QCOMPARE(m_in->network.count(running), 2);
        QCOMPARE(m_in->console.link().freshness().slowness, Slowness::None);
        attend(false);
        m_in->pass(1s);
        attend(true); // what was just read is not read again
        m_in->pass();
        QCOMPARE(m_in->network.count(running), 2);
    }

    void onNewConnectionsItReadsAtOnce()
    {
        m_in->watch.start();
        m_in->open(u"acme"_s);
        m_in->network.always(running, FakeAnswer::hangs());
        m_in->pass(22s);
        QVERIFY(m_in->console.link().freshness().loading);
        m_in->network.always(running, page({row("c2"), row("c3")}));
        m_in->clock.sleep(60s); // the computer
        m_in->pass(3s);
        QCOMPARE(m_in->conversations(), QStringList({u"c2"_s, u"c3"_s}));
        QVERIFY(m_in->console.link().freshness().readAt.msecsTo(m_in->clock.now()) < 3'000);
    }

    void consolesStartedTogetherDoNotAskTogether()
    {
        m_in->open(u"acme"_s);
        m_in->clock.setRandom([] { return 0.0; });
        m_in->console.link().refresh();
        const QDateTime earliest = m_in->console.link().freshness().nextAt;
        QCOMPARE(m_in->clock.now().msecsTo(earliest), 18'000);
        m_in->clock.setRandom([] { return 0.999; });
        m_in->console.link().refresh();
        QVERIFY(m_in->clock.now().msecsTo(m_in->console.link().freshness().nextAt) > 21'900);
    }

    void theQueuesOfWhatIsInViewAreReadNowAndThen()
    {
        const auto runState = [](const QByteArray &id) { return "GET /v1/agents/a1/gateway/conversations/" + id; };
        m_in->network.always(runState("c1"), FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true,"queue_depth":3})"));
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->network.count(runState("c1")), 0);
        m_in->console.link().showInView({{u"c1"_s}});
        m_in->pass(21s);
        QCOMPARE(m_in->network.count(runState("c1")), 1);
        QCOMPARE(m_in->console.link().conversations().row(0).waiting, std::optional(3));
        m_in->pass(20s);
        QCOMPARE(m_in->network.count(runState("c1")), 1);
        m_in->pass(60s);
        QCOMPARE(m_in->network.count(runState("c1")), 2);
    }

    void heldUpdatesWait()
    {
        m_in->open(u"acme"_s);
        QVERIFY(m_in->console.link().freshness().nextAt.isValid());
        m_in->console.connector.holdUpdates(true);
        m_in->pass(60s);
        QCOMPARE(m_in->network.count(running), 1);
        QVERIFY(!m_in->console.link().freshness().nextAt.isValid());
        m_in->console.link().refresh();
        m_in->pass();
        QCOMPARE(m_in->network.count(running), 2);
        m_in->console.connector.holdUpdates(false);
        QVERIFY(m_in->console.link().freshness().nextAt > m_in->clock.now());
        m_in->pass(Poller::interval);
        QCOMPARE(m_in->network.count(running), 3);
    }

    void updatesStayHeldWhateverConnectionIsOpened()
    {
        m_in->open(u"acme"_s);
        m_in->console.connector.holdUpdates(true);
        m_in->open(u"beta"_s);
        QVERIFY(m_in->console.link().freshness().held);
        QCOMPARE(m_in->conversations().size(), 2); // read once
        const int asked = m_in->network.count(running);
        m_in->pass(60s);
        QCOMPARE(m_in->network.count(running), asked);
        m_in->console.connector.holdUpdates(false);
        m_in->pass(Poller::interval);
        QCOMPARE(m_in->network.count(running), asked + 1);
    }

    void updatesCanBeHeldWhileTheKeyIsRead()
    {
        m_in->store.hang();
        m_in->open(u"acme"_s);
        QSignalSpy changed(&m_in->console.link(), &ServiceLink::freshnessChanged);
        m_in->console.connector.holdUpdates(true);
        QCOMPARE(changed.size(), 1);
        QVERIFY(m_in->console.link().freshness().held);
        m_in->store.answerAll();
        m_in->pass(60s);
        QVERIFY(m_in->console.link().freshness().held);
        QCOMPARE(m_in->network.count(running), 1);
    }

    void whileNothingCanBeReadTheRowsStandStill_data()
    {
        QTest::addColumn<FakeAnswer>("answer");
        QTest::addColumn<Duration>("until");
        QTest::newRow("no network") << FakeAnswer::refusedConnection() << Duration(23s);
        QTest::newRow("errors") << FakeAnswer::with(503) << Duration(50s);
        QTest::newRow("asked to wait") << FakeAnswer{429, "{}", {{"Retry-After", "600"}}, {}, false, true} << Duration(50s);
        QTest::newRow("a refused key") << FakeAnswer::with(401) << Duration(23s);
    }
    void whileNothingCanBeReadTheRowsStandStill()
    {
        QFETCH(FakeAnswer, answer);
        QFETCH(Duration, until);
        const auto runs = [this] {
            return m_in->console.link().conversations().index(0, ConversationListModel::RunningFor).data().toString();
        };
        const auto isStale = [this] {
            return m_in->console.link().conversations().index(0, 0).data(ConversationListModel::StaleRole).toBool();
        };
        m_in->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true})"));
        m_in->open(u"acme"_s);
        m_in->console.link().choose({u"c1"_s});
        m_in->pass(15s);
        QCOMPARE(runs(), u"seen for 15 s"_s);
        QVERIFY(!isStale() && !m_in->console.link().details()->isStale);
        const ConversationRow &row = m_in->console.link().conversations().row(0);
        const QString asRead = u"seen for "_s + words::roughly(Duration(row.seenRunningSince.msecsTo(row.readAt)));
        m_in->network.always("GET", answer);
        m_in->pass(until);
        QVERIFY(isStale());
        QVERIFY(m_in->console.link().details()->isStale);
        QCOMPARE(runs(), asRead);
        QCOMPARE(m_in->console.link().agents().countedAt(), m_in->console.link().freshness().readAt);
        m_in->pass(120s);
        QCOMPARE(runs(), asRead);
        QVERIFY(!m_in->console.link().usage().lastHour().last().running); // nobody knows what runs
    }

    void whenItIsBackThatIsKnown()
    {
        m_in->open(u"acme"_s);
        QVERIFY(!m_in->console.link().freshness().backAt.isValid());
        m_in->network.always(running, FakeAnswer::refusedConnection());
        m_in->pass(65s);
        QVERIFY(m_in->console.link().isStale());
        QCOMPARE(m_in->console.models.problems.rowCount(), 1);
        QVERIFY(!m_in->console.models.problems.row(0).problem.isSettled());
        m_in->network.always(running, page({row("c1"), row("c2")}));
        m_in->pass(22s);
        QVERIFY(!m_in->console.link().isStale());
        QCOMPARE(m_in->console.link().freshness().backAt, m_in->console.link().freshness().readAt);
        QVERIFY(isBack(m_in->console.link().freshness(), m_in->clock.now()));
        QVERIFY(!m_in->console.link().conversations().index(0, 0).data(ConversationListModel::StaleRole).toBool());
        QVERIFY(!m_in->console.link().agents().countedAt().isValid());
        QVERIFY(m_in->console.models.problems.row(0).problem.isSettled()); // and it is over
        m_in->pass(65s);
        QVERIFY(!isBack(m_in->console.link().freshness(), m_in->clock.now()));
    }

    void whatAPersonHeldIsNotBack()
    {
        m_in->open(u"acme"_s);
        m_in->console.connector.holdUpdates(true);
        m_in->pass(60s);
        QVERIFY(m_in->console.link().isStale());
        m_in->console.link().refresh();
        m_in->pass();
        QVERIFY(!m_in->console.link().isStale() && !m_in->console.link().freshness().backAt.isValid());
    }

    void afterARefusedKeyNothingCanBeStoppedOneOrMany()
    {
        m_in->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true})"));
        m_in->open(u"acme"_s);
        m_in->console.link().choose({u"c1"_s});
        m_in->pass();
        QCOMPARE(m_in->console.link().details()->stopability, Stopability::Can);
        m_in->network.always("GET", FakeAnswer::with(401));
        m_in->pass(25s);
        QCOMPARE(m_in->console.link().keyState(), ServiceLink::KeyState::Failed);
        QCOMPARE(m_in->console.link().details()->stopability, Stopability::NoKey);
        QVERIFY(!m_in->console.link().freshness().nextAt.isValid()); // nothing is read until there is another key
    }

    void olderPagesComeOnDemand()
    {
        const auto all = [](const QByteArray &number) { return "GET /v1/tasks?page=" + number + "&per_page=50"; };
        m_in->network.always(all("1"), page({row("o1", "completed")}, 1, 2, 2));
        m_in->network.always(all("2"), page({row("o2", "completed")}, 2, 2, 2));
        m_in->network.always("status=", page({}));
        m_in->open(u"acme"_s);
        QCOMPARE(m_in->conversations(), QStringList());
        m_in->console.connector.setFilter(StateFilter::All);
        m_in->pass();
        QCOMPARE(m_in->conversations(), QStringList{u"o1"_s});
        QCOMPARE(m_in->console.link().olderText(), u"1 of 2 loaded"_s);
        m_in->console.link().readOlder();
        m_in->console.link().readOlder(); // one at a time
        QVERIFY(!m_in->console.link().canReadOlder());
        m_in->pass();
        QCOMPARE(m_in->conversations(), QStringList({u"o1"_s, u"o2"_s}));
        QCOMPARE(m_in->network.count(all("2")), 1);
        QVERIFY(!m_in->console.link().canReadOlder());
        QCOMPARE(m_in->console.link().olderText(), QString());

        m_in->network.expect("GET /v1/agents/a1/tasks?page=1&per_page=50", FakeAnswer::hangs());
        m_in->console.link().chooseAgent({u"a1"_s});
        m_in->pass();
        m_in->open(u"beta"_s); // while that page is still out
        QVERIFY(m_in->console.link().canReadOlder());
        QCOMPARE(m_in->conversations(), QStringList{u"o1"_s});
    }
};

}

STOPDESK_TEST(poller, TestPoller, QCoreApplication)
#include "tst_poller.moc"
