#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"
#include "tests/ui/workplaceof.h"
#include "ui/batchflow.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/panels/batchchoice.h"
#include "ui/stopflow.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>

namespace batchflow_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a person does about a decision in the Stops panel, and what it tells of.
class BatchFlowTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_hand;
    std::unique_ptr<QWidget> m_window;
    StopsPanel *m_panel = nullptr;

    FakeNetwork &network() { return m_hand->network; }
    template <class T> T &find(const QString &name) { return *m_window->findChild<T *>(name); }
    QString said() { return find<QLabel>(u"stopsSaid"_s).text(); }
    StopDialog *question() { return m_window->findChild<StopDialog *>(); }
    void decide(int count)
    {
        QList<StopTarget> targets;
        for (int i = 1; i <= count; ++i) {
            StopTarget target;
            target.agent = {u"a1"_s};
            target.conversation = {u"x%1"_s.arg(i)};
            target.title = u"Refund %1"_s.arg(i);
            target.connection = {u"acme"_s};
            targets.append(target);
        }
        m_hand->console.stops.decide(targets, ClearQueue::No, u"Ticket 4711"_s);
        m_hand->pass(1s);
    }
    void refuseAll()
    {
        network().always("POST ", FakeAnswer::with(404, R"({"detail":"No"})"));
    }
    void answerStates(bool run)
    {
        network().always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"x","queue_depth":0,"is_running":)"
                                                                 + QByteArray(run ? "true}" : "false}")));
    }

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_hand = std::make_unique<SessionInHand>();
        m_hand->open(u"acme"_s);
        m_window = std::make_unique<QWidget>();
        m_panel = new StopsPanel(m_hand->console.models.stops, m_window.get());
        auto *questions = new StopFlow(workplaceOf(m_hand->console, m_hand->book), m_window.get());
        new BatchFlow({workplaceOf(m_hand->console, m_hand->book), *questions,
                       [](const StopReport &) { return connectionTo(u"acme"_s); }},
                      m_panel);
        m_panel->showConnection(connectionTo(u"acme"_s));
        m_window->resize(1200, 300);
        m_panel->resize(1200, 300);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_hand.reset();
    }

    void retryReadsEachAndAsksAboutThoseThatRun()
    {
        refuseAll();
        decide(3);
        const int sent = network().count("POST ");
        answerStates(true);
        network().expect("x2/run-state",
                         FakeAnswer::with(200, R"({"conversation_id":"x2","queue_depth":0,"is_running":false})"));
        auto &retry = find<QPushButton>(u"retryStops"_s);
        QTRY_COMPARE(retry.text(), u"Retry 3…"_s);
        QTest::mouseClick(&retry, Qt::LeftButton);
        QVERIFY(!question());
        m_hand->pass();
        QTRY_VERIFY(question());
        QCOMPARE(said(), u"1 does not run any more."_s);
        m_hand->pass(2s);
        QCOMPARE(network().count("POST "), sent); // nothing without a new decision
    }

    void retryOfWhatHasEndedAsksNothing()
    {
        refuseAll();
        decide(2);
        answerStates(false);
        QTRY_VERIFY(find<QPushButton>(u"retryStops"_s).isEnabled());
        QTest::mouseClick(&find<QPushButton>(u"retryStops"_s), Qt::LeftButton);
        m_hand->pass();
        QCOMPARE(said(), u"2 do not run any more. Nothing is left to be stopped."_s);
        QVERIFY(!question());
    }

    void readingForRetryCanBeCancelled()
    {
        refuseAll();
        decide(4);
        network().expect("x1/run-state", FakeAnswer::with(404));
        network().always("/run-state", FakeAnswer::hangs());
        QTRY_VERIFY(find<QPushButton>(u"retryStops"_s).isEnabled());
        QTest::mouseClick(&find<QPushButton>(u"retryStops"_s), Qt::LeftButton);
        m_hand->pass();
        QVERIFY2(said().startsWith(u"Reading before the question: 1 of 4"_s), qPrintable(said()));
        Q_EMIT find<QLabel>(u"stopsSaid"_s).linkActivated(u"#"_s);
        QCOMPARE(said(), QString());
        m_hand->pass(60s);
        QVERIFY(!question());
    }

    void whatWasLeftOutIsSaid()
    {
        network().always("POST ", FakeAnswer::hangs());
        decide(4);
        decide(6);
        QCOMPARE(said(), u"4 were left out: another stop of them is under way."_s);
    }

    void theRestIsToldAndCountsDown()
    {
        network().always("POST ", FakeAnswer::hangs());
        decide(200);
        QTRY_VERIFY(find<QLabel>(u"stopsRest"_s).text().startsWith(u"about "_s));
        QTest::mouseClick(&find<QPushButton>(u"stopSending"_s), Qt::LeftButton);
        m_hand->pass();
        QTRY_VERIFY(!find<QPushButton>(u"stopSending"_s).isVisible());
        QCOMPARE(network().count("POST "), 2);
    }

    void ticketAndTextAreCopied()
    {
        refuseAll();
        decide(3);
        find<QAction>(u"copyBatchTicket"_s).trigger();
        const QString ticket = QGuiApplication::clipboard()->text();
        for (const QString &part : {u"3 conversations"_s, u"3 refused"_s, u"noa"_s, u"Ticket 4711"_s, u"x3"_s})
            QVERIFY2(ticket.contains(part), qPrintable(ticket));
        QCOMPARE(said(), u"Ticket text of 3 conversations copied."_s);
        find<QAction>(u"copyBatchText"_s).trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n').size(), 3);
    }

    void aFileHasWhatThePanelShows()
    {
        refuseAll();
        decide(3);
        find<QAction>(u"saveBatchJson"_s).trigger();
        const QString file = m_hand->folder.filePath(u"out.json"_s);
        auto &dialog = find<QFileDialog>(u"stopsFile"_s);
        QVERIFY(dialog.selectedFiles().first().endsWith(u".json"_s));
        Q_EMIT dialog.fileSelected(file);
        dialog.close();
        m_hand->pass();
        QFile written(file);
        QVERIFY(written.open(QFile::ReadOnly));
        const QJsonArray rows = QJsonDocument::fromJson(written.readAll()).array();
        QCOMPARE(rows.size(), m_hand->console.models.stops.rowCount());
        QCOMPARE(rows.first()[u"outcome"].toString(), u"refused"_s);
        QCOMPARE(rows.first()[u"connection"].toString(), u"acme"_s);
        QVERIFY2(said().startsWith(u"3 saved to "_s), qPrintable(said()));
    }

    void aPlaceThatTakesNoFileIsSaidInThePanel()
    {
        refuseAll();
        decide(2);
        find<QAction>(u"saveBatchCsv"_s).trigger();
        auto &dialog = find<QFileDialog>(u"stopsFile"_s);
        Q_EMIT dialog.fileSelected(u"/proc/nowhere/out.csv"_s);
        dialog.close();
        m_hand->pass();
        QVERIFY2(said().startsWith(u"Nothing was saved. /proc/nowhere/out.csv cannot be written"_s), qPrintable(said()));
    }
};

}

STOPDESK_TEST(batchflow, BatchFlowTest, QApplication)
#include "tst_batchflow.moc"
