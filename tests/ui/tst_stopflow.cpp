#include "ui/stopflow.h"

#include "app/models/newsince.h"
#include "tests/support/testmain.h"
#include "tests/ui/dialogs/manydesk.h"
#include "tests/ui/workplaceof.h"
#include "ui/dialogs/stopdialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

#include <optional>

namespace stopflow_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// From the wish to stop many to one decision, and what is known of those that came later.
class TestStopFlow : public QObject {
    Q_OBJECT

    std::optional<ManyDesk> m_desk;
    std::unique_ptr<QWidget> m_window;
    StopFlow *m_flow = nullptr;
    std::unique_ptr<QSignalSpy> m_decided;

    QList<StopDialog *> questions() const
    {
        QList<StopDialog *> open = m_window->findChildren<StopDialog *>();
        open.removeIf([](const StopDialog *dialog) { return !dialog->isVisible(); });
        return open;
    }
    StopDialog &question() const
    {
        if (questions().isEmpty())
            qFatal("Nothing is asked");
        return *questions().first();
    }
    void answer(const QString &number = {})
    {
        if (auto *field = question().findChild<QLineEdit *>(u"numberOfConversations"_s); field && !number.isEmpty())
            QTest::keyClicks(field, number);
        QTest::mouseClick(question().findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
        m_desk->settle();
    }
    QStringList found() const
    {
        QStringList ids;
        for (const ConversationId &id : m_flow->newSince()->found())
            ids.append(id.value);
        return ids;
    }

private Q_SLOTS:
    void init()
    {
        m_desk.emplace(20);
        m_desk->network.always("POST ", FakeAnswer::with(200));
        m_window = std::make_unique<QWidget>();
        m_window->show();
        m_flow = new StopFlow(workplaceOf(m_desk->console, m_desk->book), m_window.get());
        m_decided = std::make_unique<QSignalSpy>(m_flow, &StopFlow::decided);
    }
    void cleanup()
    {
        m_window.reset();
        m_desk.reset();
    }

    void thoseThatAreTickedAreSentOnce()
    {
        m_flow->askForMany(m_desk->targets({1, 2, 3}), {});
        QAbstractItemModel *list = question().findChild<QTableView *>(u"targets"_s)->model();
        list->setData(list->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
        answer(u"2"_s);
        QCOMPARE(m_decided->count(), 1);
        for (int i = 0; i < 20; ++i)
            m_desk->pass(100ms);
        QCOMPARE(m_desk->network.count("POST"), 2);
        QCOMPARE(m_desk->network.count("POST /v1/agents/a1/gateway/conversations/c1/stop"), 1);
        QCOMPARE(m_desk->console.models.stops.rowCount(), 2);
    }

    void thereIsOneQuestionAtATime()
    {
        m_flow->askForMany(m_desk->targets({1, 2}), {});
        m_flow->askForMany(m_desk->targets({3, 4, 5}), {});
        m_flow->ask(m_desk->targets({6}));
        QCOMPARE(questions().size(), 1);
        QCOMPARE(question().accessibleName(), u"Stop 2 conversations?"_s);
        m_flow->askForMany({}, {});
    }

    void keepRunningSendsNothingAndKeepsNoNote()
    {
        m_flow->askForMany(m_desk->targets({1, 2}), {});
        QTest::keyClick(&question(), Qt::Key_Escape);
        m_desk->settle();
        QVERIFY(questions().isEmpty());
        QVERIFY(!m_flow->newSince());
        QCOMPARE(m_desk->network.count("POST"), 0);
    }

    void whatIsNewIsToldAfterTheDecisionToo()
    {
        QSignalSpy told(m_flow, &StopFlow::newSinceChanged);
        m_flow->askForMany(m_desk->targets({1, 2}), {u"a1"_s});
        m_desk->read({ManyDesk::conversation(600)});
        answer(u"2"_s);
        QCOMPARE(told.count(), 1);
        QCOMPARE(found(), QStringList{u"c600"_s});
        m_desk->read({ManyDesk::conversation(601), ManyDesk::conversation(605), ManyDesk::conversation(603)});
        QCOMPARE(found(), QStringList({u"c600"_s, u"c601"_s})); // of the agent that is meant
        QVERIFY(m_flow->newSince()->isAbout({u"c1"_s}));
        QCOMPARE(m_desk->console.models.stops.rowCount(), 2);
    }

    void theNextDecisionHasItsOwn()
    {
        m_flow->askForMany(m_desk->targets({1, 2}), {});
        answer(u"2"_s);
        m_desk->read({ManyDesk::conversation(600)});
        QCOMPARE(found().size(), 1);
        m_flow->askForMany(m_desk->targets({6, 7}), {});
        QCOMPARE(found().size(), 1); // not decided yet
        answer(u"2"_s);
        QCOMPARE(found().size(), 0);
        QVERIFY(m_flow->newSince()->isAbout({u"c6"_s}));
        QVERIFY(!m_flow->newSince()->isAbout({u"c1"_s}));
    }

    void anotherConnectionEndsTheQuestionAndWhatWasFoundById()
    {
        m_flow->ask(m_desk->targets({1}));
        QPointer<StopDialog> asked = &question();
        m_flow->askForId({u"nowhere"_s});
        m_desk->console.connector.close();
        QVERIFY(!asked->isVisible());
        QCOMPARE(asked->result(), int(QDialog::Rejected));
        for (int second = 0; second < 3; ++second)
            m_desk->pass(1s); // the tick finds neither the question nor its connection
        QVERIFY(!asked);
        QCOMPARE(m_desk->network.count("POST"), 0);
    }

    void anotherConnectionHasNothingNew()
    {
        m_flow->askForMany(m_desk->targets({1, 2}), {});
        answer(u"2"_s);
        QVERIFY(m_flow->newSince());
        m_desk->console.connector.close();
        QVERIFY(!m_flow->newSince());
    }
};

}

STOPDESK_TEST(stopflow, TestStopFlow, QApplication)
#include "tst_stopflow.moc"
