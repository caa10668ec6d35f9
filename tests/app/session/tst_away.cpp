#include "app/journal/journal.h"
#include "tests/support/console.h"
#include "app/words/words.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/testmain.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QtTest>

namespace away_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QByteArray away = R"({"detail":"The service is being maintained."})";
const QByteArray rows = R"({"items":[{"id":"c1","agent_id":"a1","status":"executing","title":"T"}],"page":1,"total_pages":1,"total":1})";
const QByteArray idle = R"({"conversation_id":"c1","is_running":false})";

/// Half an hour of "come back later", over the real network stack: polling waits, a person does not, unless it is a
/// limit of the key.
class TestAway : public QObject {
    Q_OBJECT

    struct Desk {
        QTemporaryDir folder;
        FakeClock clock;
        FaultServer server;
        MemorySecretStore store;
        SessionSecrets secrets;
        Journal journal{folder.filePath(u"journal.sqlite"_s), u"noa"_s};
        Console console{Console::Parts{store, secrets, journal, clock, {[] { return std::make_unique<QNetworkAccessManager>(); }}}};
    };
    std::unique_ptr<Desk> m_desk;

    Console &console() { return m_desk->console; }
    int sent() { return int(m_desk->server.deliveries().size()); }

    void refuse(int status)
    {
        m_desk->server.reset();
        m_desk->server.answerWith(Reaction::answer(status, away, {{"Retry-After", "1800"}}));
    }
    void comeBack()
    {
        m_desk->server.reset();
        m_desk->server.answerWith(Reaction::answer(200, rows));
        m_desk->server.onPath("/run-state", Reaction::answer(200, idle));
        m_desk->server.onPath("GET /v1/tasks/", Reaction::answer(200, R"({"id":"c1","agent_id":"a1","status":"executing"})"));
        m_desk->server.onPath("GET /v1/agents?", Reaction::answer(200, R"({"items":[{"id":"a1","name":"Billing"}],"page":1,"total_pages":1,"total":1})"));
    }
    /// So much of the program's time, in steps in which the network has its turns.
    void pass(Duration time)
    {
        for (Duration gone{0}; gone < time; gone += 500ms) {
            m_desk->clock.advance(500ms);
            QTest::qWait(1);
        }
    }
    /// What can be done at once is done: no more than a second of the program's time.
    bool soon(const std::function<bool()> &condition)
    {
        // The machine may be slow: then the program's time is slower still, but goes on.
        for (int i = 0; i < 2000 && !condition(); ++i) {
            m_desk->clock.advance(1ms);
            QTest::qWait(i < 1000 ? 2 : 10);
        }
        return condition();
    }
    bool isQuiet()
    {
        const int before = sent();
        for (int i = 0; i < 50; ++i) {
            m_desk->clock.advance(10ms);
            QTest::qWait(2);
        }
        return sent() == before;
    }
    Connection connection()
    {
        Connection made;
        made.id = {u"acme"_s};
        made.name = u"Acme"_s;
        made.address = m_desk->server.url();
        return made;
    }
    /// A list was read once, and then the service says to come back in half an hour.
    void openAndLose(int status)
    {
        comeBack();
        m_desk->secrets.keep(connection(), Secret::fromStored("key"));
        console().open(connection());
        QVERIFY(soon([this] { return console().link().freshness().readAt.isValid() && !console().link().freshness().loading; }));
        refuse(status);
        pass(25s);
        const Slowness expected = status == 503 ? Slowness::ServiceAway : Slowness::RateLimited;
        QVERIFY(soon([this, expected] { return console().link().freshness().slowness == expected; }));
    }

    /// With a new key; a failure without a status where nothing is answered.
    Result<ConnectionTest> tryConnection()
    {
        std::optional<Result<ConnectionTest>> tested;
        console().tester.test(connection(), Secret::fromStored("key"), this, [&tested](const auto &answer) { tested = answer; });
        soon([&tested] { return tested.has_value(); });
        return tested.value_or(tl::unexpected(Failure{}));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_desk = std::make_unique<Desk>();
    }
    void cleanup() { m_desk.reset(); }

    void aPersonsRefreshIsSentAtOnceAndEndsTheWaiting()
    {
        openAndLose(503);
        comeBack();
        pass(60s);
        QCOMPARE(sent(), 0); // polling waits
        const Freshness &kept = console().link().freshness();
        QVERIFY(!kept.loading);
        QVERIFY(m_desk->clock.now().secsTo(kept.nextAt) > 28 * 60);
        QVERIFY2(words::whySlow(kept).contains(words::clockTime(kept.nextAt)) && words::whySlow(kept).contains(u"Refresh reads now"_s),
                 qPrintable(words::whySlow(kept)));
        QVERIFY(!console().link().readableFrom().isValid());

        console().link().refresh();
        QVERIFY(soon([this] { return console().link().freshness().slowness == Slowness::None && !console().link().freshness().loading; }));
        QVERIFY(!console().link().freshness().lastFailure);
        QVERIFY(sent() > 1); // all of the round
        const int before = sent();
        pass(25s);
        QVERIFY(soon([this, before] { return sent() > before; })); // polling goes on
    }

    void aRefreshThatFailsSendsOneReadAndTheNewestWordHolds()
    {
        openAndLose(503);
        const int before = sent();
        console().link().refresh();
        QVERIFY(soon([this, before] { return sent() > before; }));
        QVERIFY(isQuiet());
        QCOMPARE(sent(), before + 1);
        QVERIFY(!console().link().freshness().loading);
        m_desk->server.answerWith(Reaction::answer(503, away, {{"Retry-After", "300"}}));
        console().link().refresh();
        QVERIFY(soon([this, before] { return sent() > before + 1; }));
        QVERIFY(isQuiet());
        QCOMPARE(sent(), before + 2);
        QVERIFY(m_desk->clock.now().secsTo(console().link().freshness().nextAt) <= 330);
    }

    void afterTooManyNobodyPassesAndUntilWhenIsKnown()
    {
        openAndLose(429);
        comeBack();
        console().link().refresh();
        console().connector.attend({true, true, m_desk->clock.now()});
        QVERIFY(isQuiet());
        QCOMPARE(sent(), 0);
        QVERIFY(!console().link().freshness().loading); // it is not said to be reading
        QVERIFY(m_desk->clock.now().secsTo(console().link().readableFrom()) > 29 * 60);
        QVERIFY2(words::whySlow(console().link().freshness()).startsWith(u"waits until "_s), qPrintable(words::whySlow(console().link().freshness())));
    }

    void whatIsChosenIsReadAtOnce()
    {
        openAndLose(503);
        comeBack();
        console().link().choose({u"c1"_s});
        QVERIFY(soon([this] { return console().link().details() && console().link().details()->runState; }));
        QVERIFY(soon([this] { return console().link().freshness().slowness == Slowness::None; })); // and ends the waiting
    }

    void aReadForAStopEndsTheWaiting()
    {
        openAndLose(503);
        comeBack();
        const auto target = console().link().locator().targetOf({u"c1"_s});
        QVERIFY(target);
        console().link().locator().readRunState(*target, this, [](const Result<RunState> &) {});
        QVERIFY(soon([this] { return console().link().freshness().slowness == Slowness::None && !console().link().freshness().lastFailure; }));
    }

    void olderPagesAreReadAtOnce()
    {
        openAndLose(503);
        comeBack();
        console().link().readOlder();
        QVERIFY(soon([this] { return sent() > 0; }));
        QVERIFY(soon([this] { return console().link().freshness().slowness == Slowness::None; }));
    }

    void aConnectionIsTriedAtOnce()
    {
        refuse(503);
        QCOMPARE(tryConnection().error().status, 503);
        comeBack();
        QVERIFY(tryConnection().has_value());
    }

    void aConnectionThatMayNotBeTriedYetSaysSo()
    {
        refuse(429);
        QCOMPARE(tryConnection().error().status, 429);
        comeBack();
        const Result<ConnectionTest> tested = tryConnection();
        QCOMPARE(tested.error().kind, FailureKind::TooMany);
        QCOMPARE(tested.error().reached, Reached::NeverLeft);
        QVERIFY(tested.error().retryAfter > 29min);
        QCOMPARE(sent(), 0);
    }
};

}

STOPDESK_TEST(away, TestAway, QCoreApplication)
#include "tst_away.moc"
