#include "app/session/retry.h"
#include "tests/app/session/sessioninhand.h"
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
        m_retry = std::make_unique<Retry>(m_hand->session.decisions());
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

}

STOPDESK_TEST(retry, TestRetry, QCoreApplication)
#include "tst_retry.moc"
