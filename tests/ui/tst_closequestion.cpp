#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"
#include "ui/closequestion.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QSqlQuery>

namespace closequestion_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class Window final : public QWidget {
public:
    explicit Window(StopService &stops) : m_question(stops, this) { }

    bool isDemo = false;

protected:
    void closeEvent(QCloseEvent *event) override { event->setAccepted(m_question.mayClose(isDemo)); }

private:
    CloseQuestion m_question;
};

/// A window that is closed while stops wait to be sent asks first, and what is given up then is on disk as not sent.
class CloseQuestionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_hand;
    std::unique_ptr<Window> m_window;

    int posted() { return m_hand->network.count("POST "); }
    QMessageBox *question() { return m_window->findChild<QMessageBox *>(u"closeQuestion"_s); }
    void click(const QString &name) { QTest::mouseClick(question()->findChild<QPushButton *>(name), Qt::LeftButton); }
    void decide(int count)
    {
        QList<StopTarget> targets;
        for (int i = 0; i < count; ++i) {
            StopTarget target;
            target.agent = {u"a1"_s};
            target.conversation = {u"x%1"_s.arg(i)};
            target.connection = {u"acme"_s};
            targets.append(target);
        }
        m_hand->console.stops.decide(targets, ClearQueue::No, {});
        m_hand->pass();
    }
    int notSentInJournal()
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(m_hand->folder.filePath(u"journal.sqlite"_s));
        int count = -1;
        if (database.open()) {
            QSqlQuery query(u"SELECT count(*) FROM entry WHERE step = 'not sent'"_s, database);
            count = query.next() ? query.value(0).toInt() : -1;
        }
        database = {};
        QSqlDatabase::removeDatabase(u"look"_s);
        return count;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_hand = std::make_unique<SessionInHand>();
        m_hand->open(u"acme"_s);
        m_hand->network.always("POST ", FakeAnswer::hangs());
        m_window = std::make_unique<Window>(m_hand->console.stops);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_hand.reset();
    }

    void withNothingUnsentItCloses()
    {
        QVERIFY(m_window->close());
        decide(2); // both on the wire
        m_window->show();
        QVERIFY(m_window->close());
        QCOMPARE(question(), nullptr);
    }

    void itAsksAndStaysOpenByDefault()
    {
        decide(16);
        QVERIFY(!m_window->close());
        QVERIFY(m_window->isVisible());
        QCOMPARE(question()->text(), u"14 stops have not been sent. Close and do not send them?"_s);
        QCOMPARE(question()->informativeText(), u"Stops that were sent are checked at the next start."_s);
        QVERIFY(!m_window->close()); // a second wish asks nothing more
        QCOMPARE(m_window->findChildren<QMessageBox *>().size(), 1);
        QTest::keyClick(question(), Qt::Key_Return);
        QTRY_VERIFY(!question());
        QVERIFY(m_window->isVisible());
        QCOMPARE(m_hand->console.stops.unsent(), 14);
    }

    void escapeKeepsItOpen()
    {
        decide(16);
        m_window->close();
        QTest::keyClick(question(), Qt::Key_Escape);
        QTRY_VERIFY(!question());
        m_hand->pass();
        QVERIFY(m_window->isVisible());
        QCOMPARE(m_hand->console.stops.unsent(), 14);
    }

    /// Its service goes with the window: nothing is checked at a next start.
    void ofADemoNoNextStartIsPromised()
    {
        decide(4);
        m_window->isDemo = true;
        m_window->close();
        QCOMPARE(question()->windowTitle(), u"Close the demo?"_s);
        QCOMPARE(question()->informativeText(), QString());
    }

    void closedAnywayItSendsNothingMoreAndTheJournalSaysSo()
    {
        decide(250);
        const int sent = posted();
        m_window->close();
        click(u"closeAnyway"_s);
        while (m_window->isVisible() && m_hand->clock.monotonic() < 60s)
            m_hand->pass(100ms);
        QVERIFY(!m_window->isVisible());
        QCOMPARE(notSentInJournal(), 250 - sent); // at the moment of its end
        QCOMPARE(posted(), sent);
        QCOMPARE(sent, 2);
    }

    void theCountFollowsWhatIsSentMeanwhile()
    {
        decide(4);
        m_window->close();
        QVERIFY2(question()->text().startsWith(u"2 stops"_s), qPrintable(question()->text()));
        m_hand->network.answer("x0/stop", FakeAnswer::with(200));
        m_hand->pass();
        QVERIFY2(question()->text().startsWith(u"1 stop "_s), qPrintable(question()->text()));
    }
};

}

STOPDESK_TEST(closequestion, CloseQuestionTest, QApplication)
#include "tst_closequestion.moc"
