#include "app/gateway/httpchannel.h"
#include "app/gateway/networkwatch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/heartbeat.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace renewal_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

HttpRequest stopRequest()
{
    return {.verb = "POST", .path = {u"stop"_s}, .body = "{}", .lane = Lane::Stop};
}

HttpRequest readRequest(Lane lane = Lane::Poll)
{
    return {.path = {u"read"_s}, .lane = lane};
}

/// Connections that went dead without a word, on the real network stack, and what comes after them.
class TestRenewal : public QObject {
    Q_OBJECT

private:
    using Transport = FaultServer::Transport;
    /// What came of one request, when something did.
    using Outcome = std::shared_ptr<std::optional<Result<HttpAnswer>>>;

    Outcome send(const HttpRequest &request)
    {
        const auto outcome = std::make_shared<std::optional<Result<HttpAnswer>>>();
        m_channel->send(request, m_asker.get(), [outcome](const Result<HttpAnswer> &answer) { *outcome = answer; });
        m_clock.advance(1ms);
        return outcome;
    }

    static bool succeeds(const Outcome &outcome)
    {
        return QTest::qWaitFor([&] { return outcome->has_value(); }) && outcome->value().has_value();
    }

    static bool timesOut(const Outcome &outcome)
    {
        return QTest::qWaitFor([&] { return outcome->has_value(); }) && !outcome->value().has_value()
            && outcome->value().error().kind == FailureKind::TimedOut;
    }

    static void addTransports()
    {
        QTest::addColumn<Transport>("transport");
        QTest::newRow("plain") << Transport::Plain;
        QTest::newRow("TLS") << Transport::Tls;
    }

    int deliveries(const QByteArray &method) const
    {
        const auto all = m_server->deliveries();
        return int(std::ranges::count_if(all, [&](const Delivery &delivery) { return delivery.method == method; }));
    }

    /// A connection of each lane that has carried something and is kept alive.
    void connectBothLanes()
    {
        QVERIFY(succeeds(send(readRequest())));
        QVERIFY(succeeds(send(readRequest(Lane::Check))));
        QCOMPARE(m_server->connections(), 2);
    }

    void startWith(Transport transport)
    {
        m_server = std::make_unique<FaultServer>(transport);
        m_watch = std::make_unique<NetworkWatch>(m_clock);
        Connection connection;
        connection.address = m_server->url();
        connection.authorityFile = FaultServer::authorityFile();
        m_channel = std::make_shared<HttpChannel>(
            connection, Secret::fromStored("key"), std::make_shared<RequestBudget>(1000, 10000, m_clock), m_clock,
            Network{[this] { return makeManager(); }, m_watch.get()});
        m_watch->start();
        m_renewed = std::make_unique<QSignalSpy>(m_channel.get(), &HttpChannel::renewed);
    }

    std::unique_ptr<QNetworkAccessManager> makeManager()
    {
        auto manager = std::make_unique<QNetworkAccessManager>();
        ++m_managers;
        connect(manager.get(), &QObject::destroyed, this, [this] { --m_managers; });
        return manager;
    }

    int m_managers = 0; ///< that live
    FakeClock m_clock;
    std::unique_ptr<QObject> m_asker;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<NetworkWatch> m_watch;
    std::shared_ptr<HttpChannel> m_channel;
    std::unique_ptr<QSignalSpy> m_renewed;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_asker = std::make_unique<QObject>();
        startWith(Transport::Plain);
    }
    void cleanup() { m_asker.reset(); }

    void afterSleepTheNextRequestsUseNewConnections_data() { addTransports(); }
    void afterSleepTheNextRequestsUseNewConnections()
    {
        QFETCH(Transport, transport);
        startWith(transport);
        connectBothLanes();
        m_server->blackHole();
        m_clock.sleep(8h);
        m_clock.advance(NetworkWatch::beat);
        QTRY_COMPARE(m_renewed->size(), 1);
        QVERIFY(succeeds(send(readRequest())));
        QVERIFY(succeeds(send(readRequest(Lane::Check))));
        QVERIFY(succeeds(send(stopRequest())));
        QCOMPARE(deliveries("POST"), 1);
        QCOMPARE(m_server->connections(), 4);
    }

    void theCommandConnectionIsOpenAgainBeforeItIsNeeded()
    {
        startWith(Transport::Tls);
        connectBothLanes();
        m_server->blackHole();
        m_watch->takeSystemChange();
        m_clock.advance(NetworkWatch::beat);
        QTRY_COMPARE(m_server->connections(), 3);
        QVERIFY(succeeds(send(stopRequest())));
        QCOMPARE(m_server->connections(), 3);
        QCOMPARE(deliveries("POST"), 1);
    }

    /// The absolute deadline ends what hangs; two in a row on a lane are enough, and the other lane is renewed with it.
    void aStreakOfTimeoutsMakesNewConnections()
    {
        connectBothLanes();
        m_server->answerWith(Reaction::hang());
        const Outcome first = send(readRequest());
        QTRY_COMPARE(deliveries("GET"), 3); // before its time is over: Qt 6.8 sends nothing that was ended before
        m_clock.advance(HttpChannel::deadlines(Lane::Poll).absolute);
        QVERIFY(timesOut(first));
        QCOMPARE(m_renewed->size(), 0);
        m_server->answerWith(Reaction::hang());
        const Outcome second = send(readRequest());
        QTRY_COMPARE(deliveries("GET"), 4);
        m_server->blackHole();
        m_clock.advance(HttpChannel::deadlines(Lane::Poll).absolute);
        QVERIFY(timesOut(second));
        QTRY_COMPARE(m_renewed->size(), 1);
        m_server->answerWith(Reaction::answer(200));
        QVERIFY(succeeds(send(readRequest())));
        QVERIFY(succeeds(send(stopRequest())));
        QCOMPARE(deliveries("POST"), 1);
    }

    void anAnswerEndsTheStreak()
    {
        for (int i = 0; i < 3; ++i) {
            m_server->answerWith(Reaction::hang());
            const Outcome late = send(readRequest());
            QTRY_COMPARE(deliveries("GET"), 2 * i + 1);
            m_clock.advance(HttpChannel::deadlines(Lane::Poll).absolute);
            QVERIFY(timesOut(late));
            m_server->answerWith(Reaction::answer(503));
            const Outcome answered = send(readRequest());
            QTRY_VERIFY(answered->has_value());
        }
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_renewed->size(), 0);
    }

    /// Its connection is old from then on, and it is answered over it all the same.
    void aStopOnItsWayIsAnsweredAndNotSentAgain()
    {
        m_server->onPath("stop", Reaction::answer(202).after(300ms));
        const Outcome stop = send(stopRequest());
        QTRY_COMPARE(deliveries("POST"), 1);
        m_clock.sleep(1min);
        m_clock.advance(NetworkWatch::beat);
        QTRY_COMPARE(m_renewed->size(), 1);
        QVERIFY(!stop->has_value());
        QVERIFY(succeeds(stop));
        QCOMPARE((*stop)->value().status, 202);
        QCOMPARE(deliveries("POST"), 1);
    }

    /// In line at the moment of the renewal: it leaves over the new connection.
    void aStopThatIsAboutToLeaveIsDeliveredOnce()
    {
        connectBothLanes();
        m_server->blackHole();
        const auto stop = std::make_shared<std::optional<Result<HttpAnswer>>>();
        m_channel->send(stopRequest(), m_asker.get(), [stop](const Result<HttpAnswer> &answer) { *stop = answer; });
        m_channel->renew();
        m_clock.advance(1ms);
        QVERIFY(succeeds(stop));
        QCOMPARE(deliveries("POST"), 1);
        QCOMPARE(m_server->connections(), 3);
    }

    /// Lost in the hole: it may have arrived for all we know, so it is not sent again.
    void aStopThatTheHoleTookIsNotSentAgain()
    {
        connectBothLanes();
        m_server->blackHole();
        const Outcome stop = send(stopRequest());
        m_clock.sleep(1min);
        m_clock.advance(NetworkWatch::beat);
        QTRY_COMPARE(m_renewed->size(), 1);
        QVERIFY(succeeds(send(readRequest(Lane::Check))));
        m_clock.advance(HttpChannel::deadlines(Lane::Stop).absolute);
        QVERIFY(timesOut(stop));
        QCOMPARE((*stop)->error().reached, Reached::MayHaveArrived);
        QCOMPARE(deliveries("POST"), 0);
    }

    void whatIsLateOnOldConnectionsTellsNothingOfTheNew()
    {
        connectBothLanes();
        m_server->blackHole();
        const QList<Outcome> lost{send(readRequest()), send(readRequest())};
        m_channel->renew();
        QTRY_COMPARE(m_renewed->size(), 1);
        m_clock.advance(HttpChannel::deadlines(Lane::Poll).absolute);
        for (const Outcome &outcome : lost)
            QTRY_VERIFY(outcome->has_value());
        QVERIFY(succeeds(send(readRequest())));
        QCOMPARE(m_renewed->size(), 1);
    }

    /// A read that was left behind by the last renewal but one tells nobody anything any more; a stop's answer does.
    void ofWhatWasLeftBehindTwiceOnlyAStopIsWaitedFor()
    {
        m_server->answerWith(Reaction::hang());
        const Outcome read = send(readRequest());
        const Outcome stop = send(stopRequest());
        QTRY_COMPARE(m_server->deliveries().size(), 2);
        m_channel->renew();
        QTest::qWait(0);
        QVERIFY(!read->has_value());
        m_channel->renew();
        QVERIFY(timesOut(read));
        QVERIFY(!stop->has_value());
        QTRY_COMPARE(m_managers, 3); // the two in use, and that of the stop
        m_clock.advance(HttpChannel::deadlines(Lane::Stop).absolute);
        QVERIFY(timesOut(stop));
        QTRY_COMPARE(m_managers, 2);
    }

    /// For Qt a thread that reads such a head hears nothing else, and over TLS it keeps all of it.
    void aResponseThatNeverBeginsKeepsNobodyWaiting_data()
    {
        QTest::addColumn<Transport>("transport");
        QTest::addColumn<QByteArray>("beginning");
        const QByteArray line = "HTTP/1.1 200 OK\r\n";
        for (const Transport transport : {Transport::Plain, Transport::Tls}) {
            const char *const by = transport == Transport::Tls ? "TLS" : "plain";
            QTest::addRow("%s, a header", by) << transport << line + "X-Long: ";
            QTest::addRow("%s, a status", by) << transport << line.chopped(2);
            QTest::addRow("%s, the head of a chunk", by) << transport
                << line + "Transfer-Encoding: chunked\r\n\r\n1;";
        }
    }
    void aResponseThatNeverBeginsKeepsNobodyWaiting()
    {
        QFETCH(Transport, transport);
        QFETCH(QByteArray, beginning);
        startWith(transport);
        Reaction endless = Reaction::raw(beginning, Reaction::Then::KeepOpen);
        endless.filler = std::numeric_limits<qint64>::max();
        m_server->answerWith(endless);
        const Heartbeat beat;
        const ProcessCost cost;
        const Outcome outcome = send(readRequest());
        QTRY_VERIFY(!m_server->deliveries().isEmpty());
        QTest::qWait(300);
        m_channel->renew();
        m_channel->renew();
        QVERIFY(QTest::qWaitFor([&] { return outcome->has_value(); }));
        QVERIFY(!outcome->value().has_value());
        QTRY_COMPARE_WITH_TIMEOUT(m_managers, 2, 10'000);
        const qint64 peak = cost.peakMemory(); // before another one begins
        double share = 100;
        QElapsedTimer patience;
        for (patience.start(); share >= 20 && patience.elapsed() < 10'000;) {
            const ProcessCost quiet;
            QTest::qWait(300);
            share = quiet.processorShare();
        }
        qInfo("%lld MB, %.0f %% of a core afterwards, %s", peak / 1000, share, beat.figures().constData());
        QVERIFY2(share < 20, qPrintable(QString::number(share)));
        QVERIFY2(beat.isSteady(100ms), beat.figures().constData());
        QVERIFY2(peak < 150'000, qPrintable(QString::number(peak)));
    }

    /// Nobody renews, nobody asks again: it ends all the same, long before its deadline.
    void aResponseThatNeverBeginsIsEndedByItself()
    {
        startWith(Transport::Tls);
        Reaction endless = Reaction::hugeHeader(0);
        endless.filler = std::numeric_limits<qint64>::max();
        m_server->answerWith(endless);
        const ProcessCost cost;
        const Outcome outcome = send(readRequest());
        QVERIFY(QTest::qWaitFor([&] { return outcome->has_value(); }, 10'000));
        QCOMPARE(outcome->value().error().kind, FailureKind::ConnectionLost);
        QVERIFY2(cost.peakMemory() < 150'000, qPrintable(QString::number(cost.peakMemory())));
        m_server->answerWith(Reaction::answer(200));
        QVERIFY(succeeds(send(readRequest())));
    }

    /// What a call takes in is no head: a long body that comes slowly is read to its end.
    void aLongBodyIsNoHead()
    {
        const QByteArray half(2 * 1024 * 1024, 'x');
        m_server->answerWith(Reaction::answer(200, half + half));
        HttpRequest list = readRequest();
        list.cap = bodycap::list;
        for (int i = 0; i < 5; ++i)
            QVERIFY(succeeds(send(list)));
        QTest::qWait(5 * int(HeadWatch::look.count()));
        QCOMPARE(m_server->connections(), 1);
    }

    /// A fast service whose answers have long heads, one after another without a pause: together they are much that no
    /// call takes in.
    void manyHeadsAreNoHeadWithoutEnd_data() { addTransports(); }
    void manyHeadsAreNoHeadWithoutEnd()
    {
        QFETCH(Transport, transport);
        startWith(transport);
        m_server->answerWith(Reaction::answer(200, QByteArray(20'000, 'x'), {{"X-Long", QByteArray(6000, 'x')}}));
        for (qint64 heads = 0; heads < 4 * HeadWatch::mostUnclaimed; heads += 6000)
            QVERIFY(succeeds(send(readRequest())));
        QCOMPARE(m_server->connections(), 1);
    }

    /// The longest list over a fast network, while the window stands still again and again and a stop is answered late.
    void aWindowThatStandsStillCutsNothing_data() { addTransports(); }
    void aWindowThatStandsStillCutsNothing()
    {
        QFETCH(Transport, transport);
        startWith(transport);
        m_server->onPath("read", Reaction::answer(200, QByteArray(8 * 1024 * 1024, 'x')));
        m_server->onPath("stop", Reaction::answer(202).after(700ms));
        HttpRequest list = readRequest();
        list.cap = bodycap::list;
        const QList<Outcome> lists{send(list), send(list)};
        const Outcome stop = send(stopRequest());
        QTRY_COMPARE(m_server->deliveries().size(), 3);
        for (int i = 0; i < 4; ++i) {
            QThread::msleep(i == 0 ? 500 : 120); // longer than between two looks
            QCoreApplication::processEvents();
        }
        for (const Outcome &outcome : lists)
            QVERIFY(succeeds(outcome));
        QVERIFY(succeeds(stop));
        QCOMPARE(deliveries("POST"), 1);
        QCOMPARE(deliveries("GET"), 2);
        QCOMPARE(m_server->connections(), 3);
    }

    /// Only what flows is ended: the stop's connection waits quietly for its answer.
    void aStopIsAnsweredWhileAHeadDoesNotEnd_data() { addTransports(); }
    void aStopIsAnsweredWhileAHeadDoesNotEnd()
    {
        QFETCH(Transport, transport);
        startWith(transport);
        Reaction endless = Reaction::hugeHeader(0);
        endless.filler = std::numeric_limits<qint64>::max();
        m_server->onPath("read", endless);
        m_server->onPath("stop", Reaction::answer(202).after(1s));
        const Outcome stop = send(stopRequest());
        QTRY_COMPARE(deliveries("POST"), 1);
        const Outcome read = send(readRequest());
        QVERIFY(QTest::qWaitFor([&] { return read->has_value(); }, 10'000));
        QVERIFY(!read->value().has_value());
        QVERIFY(succeeds(stop));
        QCOMPARE(deliveries("POST"), 1);
    }

    void renewingDoesNotWaitForWhatHangs()
    {
        startWith(Transport::Tls);
        connectBothLanes();
        m_server->blackHole();
        for (const Lane lane : {Lane::Poll, Lane::Poll, Lane::Check, Lane::Check})
            send(readRequest(lane));
        QElapsedTimer time;
        time.start();
        m_channel->renew();
        QVERIFY2(time.elapsed() < 250, qPrintable(QString::number(time.elapsed())));
        QVERIFY(succeeds(send(stopRequest())));
    }
};

}

STOPDESK_TEST(renewal, TestRenewal, QCoreApplication)
#include "tst_renewal.moc"
