#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"

namespace stopservice_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Decisions about several: kept apart, and brought back whole by the next run.
class TestStopService : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_hand;
    QTemporaryDir m_folder;

    FakeNetwork &network() { return m_hand->network; }
    const StopListModel &stops() { return m_hand->console.models.stops; }
    static QList<StopTarget> targets(int first, int last)
    {
        QList<StopTarget> made;
        for (int i = first; i <= last; ++i) {
            StopTarget target;
            target.agent = {u"a1"_s};
            target.conversation = {u"x%1"_s.arg(i)};
            target.connection = {u"acme"_s};
            target.ranBefore = true;
            made.append(target);
        }
        return made;
    }
    void begin(const QString &journal)
    {
        m_hand = std::make_unique<SessionInHand>(journal);
        m_hand->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"x","is_running":false})"));
    }
    QString summaryOf(int batch) { return stops().batch(stops().batches().at(batch))->tally.summary(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QFile::remove(m_folder.filePath(u"journal.sqlite"_s));
        begin(m_folder.filePath(u"journal.sqlite"_s));
        m_hand->open(u"acme"_s);
    }
    void cleanup() { m_hand.reset(); }

    void twoDecisionsAreKeptApartAndOneIsEndedAlone()
    {
        network().always("POST ", FakeAnswer::hangs());
        m_hand->console.stops.decide(targets(1, 5), ClearQueue::No, {});
        m_hand->console.stops.decide(targets(6, 8), ClearQueue::No, {});
        m_hand->pass();
        const Sending sending = m_hand->console.stops.sending();
        QCOMPARE(sending.batches.size(), 2);
        QCOMPARE(sending.batches.at(0).left, 3); // two at a time
        QCOMPARE(sending.batches.at(1).left, 1);
        m_hand->console.stops.stopSending(sending.batches.at(1).id);
        m_hand->pass();
        QCOMPARE(m_hand->console.stops.sending().batches.at(0).left, 3);
        QCOMPARE(m_hand->console.stops.sending().batches.at(1).left, 0);
        for (const BatchId &id : stops().batches())
            QCOMPARE(stops().batch(id)->tally.total(), stops().batch(id)->size);
        QCOMPARE(summaryOf(0), u"3 not sent"_s); // the first's two held both places on the wire
        QVERIFY2(!summaryOf(1).contains(u"not sent"_s), qPrintable(summaryOf(1)));
    }

    void theSameIsNotInTwo()
    {
        network().always("POST ", FakeAnswer::hangs());
        QSignalSpy leftOut(&m_hand->console.stops, &StopService::leftOut);
        m_hand->console.stops.decide(targets(1, 5), ClearQueue::No, {});
        QCOMPARE(leftOut.size(), 0);
        m_hand->console.stops.decide(targets(4, 8), ClearQueue::No, {});
        QCOMPARE(leftOut.size(), 1);
        QCOMPARE(leftOut.first().first().toInt(), 2);
        QCOMPARE(stops().batch(stops().batches().first())->size, 3);
    }

    void whatHasNotLeftIsCounted()
    {
        network().always("POST ", FakeAnswer::hangs());
        m_hand->console.stops.decide(targets(1, 250), ClearQueue::No, {});
        QCOMPARE(m_hand->console.stops.unsent(), 250); // before most of them are written down
        m_hand->pass();
        QCOMPARE(m_hand->console.stops.unsent(), 248);
        m_hand->console.stops.cancelUnsent();
        m_hand->pass();
        QCOMPARE(m_hand->console.stops.unsent(), 0);
        QCOMPARE(network().count("POST "), 2);
    }

    void theNextRunShowsTheWholeDecisionAndSendsNothing()
    {
        network().expect("POST ", FakeAnswer::with(200));
        network().expect("POST ", FakeAnswer::with(404, R"({"detail":"No"})"));
        network().always("POST ", FakeAnswer::hangs());
        m_hand->console.stops.decide(targets(1, 50), ClearQueue::No, u"Ticket 4711"_s);
        m_hand->pass(3s);
        const int posted = network().count("POST ");
        QCOMPARE(posted, 4);
        const BatchId batch = stops().batches().first();
        const QString copy = m_folder.filePath(u"copy.sqlite"_s);
        for (const QString &end : {QString(), u"-wal"_s}) { // as a kill leaves it
            QFile::remove(copy + end);
            QFile::copy(m_folder.filePath(u"journal.sqlite"_s) + end, copy + end);
        }
        begin(copy);
        m_hand->pass();
        QCOMPARE(stops().batches(), QList<BatchId>{batch});
        QCOMPARE(stops().batch(batch)->size, 50);
        QCOMPARE(stops().batch(batch)->tally.total(), 50);
        QVERIFY(stops().batch(batch)->fromEarlierRun);
        QCOMPARE(summaryOf(0), u"2 unconfirmed · 1 refused · 46 not sent · 1 stopped"_s);
        QCOMPARE(stops().row(0).report.target.conversation.value, u"x50"_s); // the newest on top
        m_hand->open(u"acme"_s);
        m_hand->pass(20s);
        QCOMPARE(network().count("POST "), 0);
        QCOMPARE(summaryOf(0), u"1 refused · 46 not sent · 1 stopped · 2 no longer running"_s);
    }
};

}

STOPDESK_TEST(stopservice, TestStopService, QCoreApplication)
#include "tst_stopservice.moc"
