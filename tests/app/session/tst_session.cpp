#include "app/journal/journal.h"
#include "app/session/poller.h"
#include "app/session/session.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/memorysecretstore.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray running = "GET /v1/tasks?page=1&per_page=50&status=executing";
const QByteArray stateOfC1 = "GET /v1/agents/a1/gateway/conversations/c1/run-state";
const QByteArray stopOfC1 = "POST /v1/agents/a1/gateway/conversations/c1/stop";

QByteArray row(const QByteArray &id, const QByteArray &status = "executing")
{
    return R"({"id":")" + id + R"(","agent_id":"a1","status":")" + status + R"(","title":"T )" + id + "\"}";
}

FakeAnswer page(const QByteArrayList &rows, int number = 1, int pages = 1, int total = 0)
{
    return FakeAnswer::with(200, R"({"items":[)" + rows.join(',') + R"(],"page":)" + QByteArray::number(number)
                                     + R"(,"total_pages":)" + QByteArray::number(pages) + R"(,"total":)"
                                     + QByteArray::number(total) + '}');
}

FakeAnswer runState(bool runs)
{
    return FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":)" + QByteArray(runs ? "true" : "false") + '}');
}

Connection connectionTo(const QString &id)
{
    Connection connection;
    connection.id = {id};
    connection.name = id;
    connection.address = QUrl(u"https://"_s + id + u".test"_s);
    return connection;
}

}

/// Which connection and key are in use, and what is read and dropped for it.
class TestSession : public QObject {
    Q_OBJECT

private:
    void pass(Duration time = 300ms)
    {
        for (Duration gone = 0ms; gone < time; gone += 100ms) {
            m_clock->advance(100ms);
            for (int i = 0; i < 5; ++i)
                QTest::qWait(0);
        }
    }

    void open(const QString &id)
    {
        m_session->open(connectionTo(id));
        pass(1s);
    }

    QStringList conversations()
    {
        QStringList ids;
        for (const ConversationRow &each : m_session->conversations().rows())
            ids.append(each.conversation.id.value);
        return ids;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<MemorySecretStore> m_store;
    std::unique_ptr<SessionSecrets> m_secrets;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Session> m_session;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
        m_network = std::make_unique<FakeNetwork>();
        m_store = std::make_unique<MemorySecretStore>();
        m_secrets = std::make_unique<SessionSecrets>();
        m_journal = std::make_unique<Journal>(m_folder->filePath(u"journal.sqlite"_s), u"noa"_s);
        m_session = std::make_unique<Session>(
            Session::Parts{*m_store, *m_secrets, *m_journal, *m_clock, m_network->factory()});
        for (const QString &id : {u"acme"_s, u"beta"_s})
            m_store->kept.insert({id}, *Secret::fromInput(u"key-of-"_s + id));
        m_network->always("GET /v1/tasks?", page({}));
        m_network->always("GET /v1/tasks/", FakeAnswer::with(200, R"({"id":"c0","agent_id":"a1"})"));
        m_network->always("GET /v1/tasks/c404", FakeAnswer::with(404));
        m_network->always("GET /v1/agents?", page({R"({"id":"a1","name":"Billing","status":"ACTIVE"})"}));
        m_network->always(running, page({row("c1"), row("c2")}));
    }
    void cleanup()
    {
        m_session.reset();
        QCOMPARE(m_network->unexpected(), QList<QByteArray>());
        QVERIFY(m_network->allAsked());
    }

    void openReadsTheKeyAndThenTheLists()
    {
        m_store->hang();
        open(u"acme"_s);
        QCOMPARE(m_session->keyState(), Session::KeyState::Reading);
        QVERIFY(m_network->asked().isEmpty());
        m_store->answerAll();
        pass();
        QCOMPARE(m_session->keyState(), Session::KeyState::Known);
        for (const char *line : {"GET /v1/agents?page=1", "status=executing", "status=pending", "status=paused"})
            QCOMPARE(m_network->count(line), 1);
        QCOMPARE(m_network->asked().first().request.rawHeader("x-api-key"), "key-of-acme");
        QCOMPARE(conversations(), QStringList({u"c1"_s, u"c2"_s}));
        QCOMPARE(m_session->agents().rowCount(), 2); // with "All agents"
    }

    void withoutAKeyNothingIsAsked()
    {
        open(u"unknown"_s);
        QCOMPARE(m_session->keyState(), Session::KeyState::Missing);
        pass(60s);
        QVERIFY(m_network->asked().isEmpty());
        QVERIFY(m_session->problems().rows().isEmpty());
    }

    void aKeychainThatFailsIsSaid()
    {
        m_store->failWith(FailureKind::KeychainLocked);
        open(u"acme"_s);
        QCOMPARE(m_session->keyState(), Session::KeyState::Failed);
        QCOMPARE(m_session->keyFailure()->kind, FailureKind::KeychainLocked);
        QCOMPARE(m_session->problems().rowCount(), 1);
        QVERIFY(m_network->asked().isEmpty());
    }

    void aKeyForThisRunNeedNotWaitForTheKeychain()
    {
        m_store->hang();
        m_session->open(connectionTo(u"acme"_s));
        pass();
        QVERIFY(!m_session->isWaitingForKeychain());
        pass(1s);
        QVERIFY(m_session->isWaitingForKeychain());
        m_session->useKey(*Secret::fromInput(u"typed"_s));
        pass();
        m_store->answerAll();
        pass(30s);
        for (const FakeNetwork::Asked &asked : m_network->asked())
            QCOMPARE(asked.request.rawHeader("x-api-key"), "typed");
        QCOMPARE(m_store->asked.write, 0);
    }

    void theDemoNeverAsksTheKeychain()
    {
        Connection demo = connectionTo(u"demo"_s);
        demo.isDemo = true;
        m_session->open(demo);
        pass();
        QCOMPARE(m_session->keyState(), Session::KeyState::Missing);
        m_secrets->keep(demo.id, *Secret::fromInput(u"demo-key"_s));
        m_session->open(demo);
        pass();
        QCOMPARE(m_session->keyState(), Session::KeyState::Known);
        QCOMPARE(m_store->asked.read, 0);
    }

    void aRefusedKeyEndsPollingAndIsAskedForOnce()
    {
        m_network->always("GET", FakeAnswer::with(401, R"({"detail":"Invalid API key"})"));
        QSignalSpy needed(m_session.get(), &Session::keyNeeded);
        open(u"acme"_s);
        pass(120s);
        QCOMPARE(needed.size(), 1);
        QCOMPARE(m_session->keyState(), Session::KeyState::Failed);
        QVERIFY(m_network->asked().size() <= RequestBudget::inFlight); // those that were out together
        QCOMPARE(m_session->problems().rowCount(), 1);

        m_network->always("GET /v1/tasks", page({}));
        m_network->always("GET /v1/agents?", page({}));
        m_session->useKey(*Secret::fromInput(u"another"_s));
        pass();
        QCOMPARE(m_session->keyState(), Session::KeyState::Known);
    }

    void lateAnswersOfTheConnectionBeforeAreDropped()
    {
        m_network->expect(running, FakeAnswer::hangs());
        open(u"acme"_s);
        m_network->always(running, page({row("b9")}));
        open(u"beta"_s);
        QVERIFY(!m_network->answer(running, page({row("c1")})));
        pass();
        QCOMPARE(conversations(), QStringList{u"b9"_s});
    }

    void openStopsAreCheckedOnAfterASwitch()
    {
        m_network->expect(stopOfC1, FakeAnswer::with(200));
        m_network->always(stateOfC1, runState(true));
        open(u"acme"_s);
        m_session->stop(*m_session->targetOf({u"c1"_s}), ClearQueue::No, {});
        pass(700ms);
        m_network->always(running, page({row("b9")}));
        open(u"beta"_s);
        QVERIFY(m_session->hasOpenStops());
        m_network->always(stateOfC1, runState(false));
        pass(3s);
        QCOMPARE(m_session->stops().rows().first().report.state, StopState::Stopped);
        QCOMPARE(conversations(), QStringList{u"b9"_s}); // a row of acme has no place in beta's list
        QCOMPARE(m_network->asked().last().request.rawHeader("x-api-key"), "key-of-acme");

        m_network->always(running, page({}));
        open(u"acme"_s);
        QCOMPARE(conversations(), QStringList{u"c1"_s}); // just stopped
    }

    void whatIsInLineIsNotSentAfterASwitch()
    {
        open(u"acme"_s);
        m_session->stop(*m_session->targetOf({u"c1"_s}), ClearQueue::No, {});
        open(u"beta"_s);
        QCOMPARE(m_session->stops().rows().first().report.state, StopState::NotSent);
    }

    void whatWasShownOfOneConnectionIsNeverAimedAtAnother()
    {
        open(u"acme"_s);
        const StopTarget target = *m_session->targetOf({u"c1"_s});
        open(u"beta"_s);
        std::optional<Failure> failure;
        m_session->readRunState(target, this, [&failure](const Result<RunState> &answer) { failure = answer.error(); });
        m_session->stop(target, ClearQueue::No, {});
        pass(1s);
        QCOMPARE(failure->kind, FailureKind::Cancelled);
        QCOMPARE(m_session->problems().rows().first().problem.effect, Effect::NothingStopped);
        QCOMPARE(m_network->count("/conversations/c1/"), 0);
    }

    void withoutAKeyAStopSaysSo()
    {
        open(u"unknown"_s);
        StopTarget target;
        target.connection = {u"unknown"_s};
        std::optional<Failure> failure;
        m_session->readRunState(target, this, [&failure](const Result<RunState> &answer) { failure = answer.error(); });
        m_session->stop(target, ClearQueue::No, {});
        QVERIFY(!failure);
        pass();
        QCOMPARE(failure->kind, FailureKind::NoKey);
        QCOMPARE(m_session->problems().rows().first().problem.failure.kind, FailureKind::NoKey);
    }

    void aTypedIdIsLocated()
    {
        m_network->expect("GET /v1/tasks/c8", FakeAnswer::with(200, R"({"id":"c8","agent_id":"a4","title":"Refund",)"
                                                                    R"("parent_execution":"c1"})"));
        open(u"acme"_s);
        std::optional<Result<StopTarget>> target;
        const auto locate = [this, &target](const QString &conversation, const QString &agent) {
            m_session->locate({conversation}, {agent}, this, [&target](const Result<StopTarget> &answer) { target = answer; });
            QVERIFY(!target);
            pass();
        };
        locate(u"c8"_s, u"a9"_s); // the agent typed: nothing needs to be read
        QCOMPARE((*std::exchange(target, std::nullopt))->agent.value, u"a9"_s);
        locate(u"c8"_s, {});
        QCOMPARE((*target)->agent.value, u"a4"_s);
        QCOMPARE((*target)->title, u"Refund"_s);
        QVERIFY((*target)->isSubTask);
        QCOMPARE((*std::exchange(target, std::nullopt))->askedFrom, AskedFrom::StopById);
        locate(u"c1"_s, {}); // listed
        QCOMPARE((*std::exchange(target, std::nullopt))->agent.value, u"a1"_s);
        QVERIFY(m_session->problems().rows().isEmpty());
        locate(u"c404"_s, {});
        QCOMPARE(target->error().kind, FailureKind::NotFound);
        QCOMPARE(m_session->problems().rows().first().problem.subject, Subject::StopById);
    }

    void aRefreshMerges()
    {
        open(u"acme"_s);
        QSignalSpy reset(&m_session->conversations(), &QAbstractItemModel::modelReset);
        const QPersistentModelIndex second = m_session->conversations().index(1, 0);
        m_network->always(running, page({row("c2"), row("c3")}));
        m_session->refresh();
        pass();
        QVERIFY(reset.isEmpty());
        QCOMPARE(conversations(), QStringList({u"c2"_s, u"c3"_s}));
        QCOMPARE(second.row(), 0); // still c2
    }

    void theAgeOfTheDataAndTheLastTryAreKnown()
    {
        open(u"acme"_s);
        const QDateTime readAt = m_session->freshness().readAt;
        QVERIFY(readAt.isValid() && !m_session->freshness().lastFailure);
        m_network->always(running, FakeAnswer::with(503));
        pass(41s);
        QCOMPARE(m_session->freshness().readAt, readAt);
        QCOMPARE(m_session->freshness().lastFailure->kind, FailureKind::ServerError);
        QVERIFY(m_session->freshness().failedAt > readAt);
        QCOMPARE(conversations().size(), 2); // old data stays
        m_network->always(running, page({row("c1")}));
        pass(20s);
        QVERIFY(!m_session->freshness().lastFailure);
        QVERIFY(m_session->freshness().readAt > readAt);
    }

    void heldUpdatesWait()
    {
        open(u"acme"_s);
        QVERIFY(m_session->freshness().nextAt.isValid());
        m_session->holdUpdates(true);
        pass(60s);
        QCOMPARE(m_network->count(running), 1);
        QVERIFY(!m_session->freshness().nextAt.isValid());
        m_session->refresh();
        pass();
        QCOMPARE(m_network->count(running), 2);
        m_session->holdUpdates(false);
        QVERIFY(m_session->freshness().nextAt > m_clock->now());
        pass(Poller::interval);
        QCOMPARE(m_network->count(running), 3);
    }

    void olderPagesComeOnDemand()
    {
        const auto all = [](const QByteArray &number) { return "GET /v1/tasks?page=" + number + "&per_page=50"; };
        m_network->always(all("1"), page({row("o1", "completed")}, 1, 2, 2));
        m_network->always(all("2"), page({row("o2", "completed")}, 2, 2, 2));
        m_network->always("status=", page({}));
        open(u"acme"_s);
        QCOMPARE(conversations(), QStringList());
        m_session->setFilter(StateFilter::All);
        pass();
        QCOMPARE(conversations(), QStringList{u"o1"_s});
        QCOMPARE(m_session->loadedText(), u"1 of 2 loaded"_s);
        m_session->loadOlder();
        m_session->loadOlder(); // one at a time
        QVERIFY(!m_session->canLoadOlder());
        pass();
        QCOMPARE(conversations(), QStringList({u"o1"_s, u"o2"_s}));
        QCOMPARE(m_network->count(all("2")), 1);
        QVERIFY(!m_session->canLoadOlder());
        QCOMPARE(m_session->loadedText(), QString());

        m_network->expect("GET /v1/agents/a1/tasks?page=1&per_page=50", FakeAnswer::hangs());
        m_session->chooseAgent({u"a1"_s});
        pass();
        open(u"beta"_s); // while that page is still out
        QVERIFY(m_session->canLoadOlder());
        QCOMPARE(conversations(), QStringList{u"o1"_s});
    }

    void aTestSaysWhatTheKeyCouldSee()
    {
        std::optional<Result<ConnectionTest>> seen;
        const auto test = [this, &seen] {
            m_session->test(connectionTo(u"new"_s), *Secret::fromInput(u"typed"_s), this,
                            [&seen](const Result<ConnectionTest> &answer) { seen = answer; });
            pass();
        };
        m_network->expect("GET /v1/agents?page=1&per_page=1", page({}, 1, 7, 7));
        test();
        QCOMPARE((*seen)->agents, 7);
        m_network->expect("GET /v1/agents?page=1&per_page=1", FakeAnswer::with(401));
        test();
        QCOMPARE(seen->error().kind, FailureKind::KeyRefused);
        QCOMPARE(m_network->asked().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
