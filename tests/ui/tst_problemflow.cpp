#include "tests/support/testmain.h"
#include "tests/ui/demodesk.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/panels/problemspanel.h"
#include "ui/panels/stopspanel.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace problemflow_test {

using namespace Qt::StringLiterals;

/// How a new problem comes to be seen, and where its entry leads: by mouse and keys on the real window.
class ProblemFlowTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DemoDesk> m_desk;

    MainWindow &window() { return *m_desk->window; }
    template <class W> W &find(const QString &name) { return m_desk->find<W>(name); }
    ConversationTable &conversations() { return m_desk->conversations(); }
    LowerTabs &tabs() { return m_desk->tabs(); }
    DetailsPanel &details() { return m_desk->details(); }
    QPushButton &stopButton() { return m_desk->stopButton(); }
    QPushButton &step() { return find<QPushButton>(u"problemStep"_s); }
    QWidget &sum() { return find<QWidget>(u"problemsSum"_s); }
    ProblemListModel &problems() { return m_desk->console->models.problems; }
    QString note() { return sum().findChild<QLabel *>(u"note"_s)->text(); }
    QString words(int row) { return problems().index(row, ProblemListModel::WhatHappened).data().toString(); }
    QString where(int row) { return problems().index(row, ProblemListModel::Where).data().toString(); }
    QString chosen() { return conversations().chosenRow().siblingAtColumn(ConversationListModel::Title).data().toString(); }

    QModelIndex rowOf(const QString &title) { return m_desk->rowOf(title); }
    void click(const QString &title, Qt::KeyboardModifiers keys = {})
    {
        QTRY_VERIFY2(rowOf(title).isValid(), qPrintable(title));
        conversations().scrollTo(rowOf(title));
        QTest::mouseClick(conversations().viewport(), Qt::LeftButton, keys, conversations().visualRect(rowOf(title)).center());
    }
    void decide()
    {
        QTRY_VERIFY(stopButton().isEnabled());
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        QTRY_VERIFY(window().findChild<StopDialog *>());
        auto *question = window().findChild<StopDialog *>();
        if (auto *number = question->findChild<QLineEdit *>(u"numberOfConversations"_s))
            QTest::keyClicks(number, u"2"_s);
        QTest::mouseClick(question->findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
        QTRY_VERIFY(!window().findChild<StopDialog *>());
    }
    void stop(const QString &title)
    {
        click(title);
        decide();
    }
    void clickProblem(int row)
    {
        auto &table = find<RowTable>(u"problems"_s);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
                          table.visualRect(table.model()->index(row, ProblemListModel::WhatHappened)).center());
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_desk = std::make_unique<DemoDesk>();
        window().resize(1280, 800);
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }
    void cleanup() { m_desk.reset(); }

    void aRefusalIsBroughtUpAndHasTheFocus()
    {
        m_desk->openWithKey();
        stop(u"Answers 403"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        QCOMPARE(tabs().currentWidget(), static_cast<QWidget *>(tabs().problems()));
        QTRY_COMPARE(window().focusWidget(), &sum());
        QVERIFY2(sum().accessibleName().startsWith(u"1 problem. Nothing was stopped: This key is not allowed"_s),
                 qPrintable(sum().accessibleName()));
    }

    void whoTypesIsNotInterrupted()
    {
        m_desk->openWithKey();
        click(u"Answers 403"_s);
        QTRY_VERIFY(stopButton().isEnabled());
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        QTRY_VERIFY(window().findChild<StopDialog *>());
        QTest::mouseClick(window().findChild<StopDialog *>()->findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
        auto &search = find<QLineEdit>(u"find"_s);
        search.setFocus();
        QTest::keyClicks(&search, u"a"_s); // before the answer is read
        QCOMPARE(problems().rowCount(), 0);
        QTRY_COMPARE(problems().rowCount(), 1);
        QCOMPARE(tabs().currentWidget(), static_cast<QWidget *>(tabs().problems()));
        QCOMPARE(window().focusWidget(), static_cast<QWidget *>(&search));
    }

    void theButtonOpensTheConversationThatItHappenedTo()
    {
        m_desk->openWithKey();
        stop(u"Answers 403"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        click(u"Never stops"_s);
        QTRY_COMPARE(chosen(), u"Never stops"_s);
        QCOMPARE(step().text(), u"Open details"_s);
        QTest::mouseClick(&step(), Qt::LeftButton);
        QTRY_COMPARE(chosen(), u"Answers 403"_s);
    }

    void aTickIsFoundWhereItsConversationIsShown()
    {
        m_desk->openWithKey();
        stop(u"Refuses the body (422)"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        click(u"Never stops"_s);
        QTRY_VERIFY(!details().clearQueueBox()->property("invalid").toBool());
        clickProblem(0);
        QTRY_COMPARE(chosen(), u"Refuses the body (422)"_s);
        QTRY_COMPARE(window().focusWidget(), static_cast<QWidget *>(details().clearQueueBox()));
        QVERIFY(details().clearQueueBox()->property("invalid").toBool());
        QCOMPARE(details().clearQueueBox()->accessibleDescription(), words(0));
        QCOMPARE(where(0), u"Also clear the queue · body › clear_queue"_s);
    }

    void aTickBearsNoWordsOfAnotherConversation()
    {
        m_desk->openWithKey();
        stop(u"Refuses the body (422)"_s);
        QTRY_VERIFY(details().clearQueueBox()->property("invalid").toBool());
        click(u"Never stops"_s);
        QTRY_COMPARE(chosen(), u"Never stops"_s);
        Failure other;
        other.kind = FailureKind::Invalid;
        other.fields = {{{u"key"_s}, u"Enter a key."_s, {}}};
        problems().add(other, {Subject::Connection, u"Acme cloud"_s, {u"k1"_s}}, QDateTime::currentDateTimeUtc());
        QVERIFY(!details().clearQueueBox()->property("invalid").toBool());
        QTest::mouseClick(details().clearQueueBox(), Qt::LeftButton, {}, {8, 10});
        QCOMPARE(problems().rowCount(), 2);
    }

    void whoWorksInAnotherTabKeepsItAndTheFocus()
    {
        m_desk->openWithKey();
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        tabs().setCurrentIndex(2);
        QWidget *table = tabs().currentWidget()->findChild<RowTable *>();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        table->setFocus();
        QTRY_VERIFY(table->hasFocus());
        Failure failure;
        failure.kind = FailureKind::TimedOut;
        problems().add(failure, {Subject::Conversations, {}, {u"k1"_s}}, QDateTime::currentDateTimeUtc());
        QCOMPARE(tabs().currentIndex(), 2);
        QVERIFY(table->hasFocus());
        conversations().setFocus();
        failure.kind = FailureKind::ServerError;
        problems().add(failure, {Subject::Conversations, {}, {u"k1"_s}}, QDateTime::currentDateTimeUtc());
        QCOMPARE(tabs().currentWidget(), static_cast<QWidget *>(tabs().problems()));
    }

    void whatIsHiddenIsSaid()
    {
        m_desk->openWithKey();
        stop(u"Refuses the body (422)"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        QTest::keyClicks(&find<QLineEdit>(u"find"_s), u"Never"_s);
        QTRY_VERIFY(!rowOf(u"Refuses the body (422)"_s).isValid());
        clickProblem(0);
        QCOMPARE(note(), u"▲ “Refuses the body (422)” is not shown: remove the filter, or choose All agents and All."_s);
        QVERIFY(where(0).endsWith(u"cannot be shown now"_s));
        QTest::keyClick(&find<QLineEdit>(u"find"_s), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&find<QLineEdit>(u"find"_s), Qt::Key_Delete);
        QTRY_VERIFY(rowOf(u"Refuses the body (422)"_s).isValid());
        clickProblem(0);
        QTRY_COMPARE(chosen(), u"Refuses the body (422)"_s);
        QVERIFY(!where(0).endsWith(u"cannot be shown now"_s));
    }

    void whatBelongsToAnotherConnectionIsSaid()
    {
        m_desk->openWithKey();
        stop(u"Refuses the body (422)"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        Connection other = *m_desk->console->link().connection();
        other.id = {u"k2"_s};
        other.name = u"Elsewhere"_s;
        m_desk->console->open(other);
        QVERIFY(!details().clearQueueBox()->property("invalid").toBool());
        QCOMPARE(tabs().problems()->shown().rowCount(), 0);
        QCOMPARE(tabs().tabText(0), u"Problems"_s);
        QTest::mouseClick(&find<QCheckBox>(u"allConnections"_s), Qt::LeftButton, {}, {8, 10});
        clickProblem(0);
        QCOMPARE(note(), u"▲ This belongs to another connection, which is not open now."_s);
        QVERIFY2(sum().accessibleName().endsWith(u"which is not open now."_s), qPrintable(sum().accessibleName()));
    }

    void theDemoSaysThatItHasNoKey()
    {
        m_desk->openWithKey(true);
        stop(u"Answers 401"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        QCOMPARE(step().text(), u"Enter a new key…"_s);
        QTest::mouseClick(&step(), Qt::LeftButton);
        QCOMPARE(note(), u"▲ The demo has no key and nothing to edit."_s);
    }

    void whatBecameOfALostStopIsTold()
    {
        m_desk->openWithKey();
        stop(u"Closes after reading the stop, and had stopped"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(words(0).contains(u"Since then: No longer running"_s), 15000);
        QVERIFY(!words(0).contains(u"goes on being looked up"_s));
        QCOMPARE(step().text(), u"Open details"_s);
        QCOMPARE(problems().index(0, ProblemListModel::Effect).data().toString(), u"May have stopped"_s);
    }

    void problemsOfOneDecisionAboutSeveralLeaveTheStopsInFront()
    {
        m_desk->openWithKey();
        click(u"Answers 404"_s);
        click(u"Answers 409"_s, Qt::ControlModifier);
        QTRY_COMPARE(stopButton().text(), u"Stop 2 conversations…"_s);
        decide();
        QTRY_COMPARE_WITH_TIMEOUT(problems().rowCount(), 2, 15000);
        QCOMPARE(tabs().currentWidget(), static_cast<QWidget *>(tabs().stops()));
        QVERIFY(window().focusWidget() != &sum());
    }

    void aKeyLeadsToThem()
    {
        m_desk->openWithKey();
        stop(u"Answers 403"_s);
        QTRY_COMPARE(problems().rowCount(), 1);
        conversations().setFocus();
        tabs().raiseStops();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        QTest::keyClick(&window(), Qt::Key_F8);
        QCOMPARE(tabs().currentWidget(), static_cast<QWidget *>(tabs().problems()));
        QTRY_COMPARE(window().focusWidget(), &sum());
    }
};

}

STOPDESK_TEST(problemflow, ProblemFlowTest, QApplication)

#include "tst_problemflow.moc"
