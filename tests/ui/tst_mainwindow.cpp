#include "app/models/journalmodel.h"
#include "tests/support/testmain.h"
#include "tests/ui/demodesk.h"
#include "tests/ui/workplaceof.h"
#include "ui/dialogs/connectiondialog.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/panels/agentspanel.h"
#include "ui/parts/noticebar.h"
#include "ui/startpage.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

namespace mainwindow_test {

using namespace Qt::StringLiterals;

class MainWindowTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DemoDesk> m_desk;

    MainWindow &window() { return *m_desk->window; }
    template <class W> W &find(const QString &name) { return m_desk->find<W>(name); }
    ConversationTable &conversations() { return m_desk->conversations(); }
    DetailsPanel &details() { return m_desk->details(); }
    LowerTabs &tabs() { return m_desk->tabs(); }
    QPushButton &stopButton() { return m_desk->stopButton(); }
    StopDialog *question() { return window().findChild<StopDialog *>(); }

    QModelIndex rowOf(const QString &title) { return m_desk->rowOf(title); }
    void choose(const QString &title)
    {
        QTRY_VERIFY2(rowOf(title).isValid(), qPrintable(title));
        conversations().scrollTo(rowOf(title));
        QTest::mouseClick(conversations().viewport(), Qt::LeftButton, {},
                          conversations().visualRect(rowOf(title)).center());
        QTRY_VERIFY(stopButton().isEnabled());
    }
    void confirm()
    {
        QTRY_VERIFY(question());
        QTest::mouseClick(question()->findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
    }
    int stopsOf(const QString &title) { return m_desk->gateway.stopsReceived(DemoGateway::conversationId(title)); }
    void begin(const Preparation &prepare)
    {
        m_desk.reset();
        m_desk = std::make_unique<DemoDesk>(prepare);
        window().resize(1280, 800);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().activateWindow();
    }
    static QString noticeOf(MainWindow &shown)
    {
        const auto *text = shown.findChild<QLabel *>(u"noticeText"_s);
        return text->isVisible() ? text->text() : QString();
    }
    void clickProblem(Field field)
    {
        auto &table = *tabs().findChild<RowTable *>(u"problems"_s);
        for (int row = 0; row < table.model()->rowCount(); ++row) {
            const QModelIndex index = table.model()->index(row, ProblemListModel::WhatHappened);
            if (Field(index.data(ProblemListModel::FieldRole).toInt()) != field)
                continue;
            QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(index).center());
            return;
        }
        QFAIL("no such problem");
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        begin({});
    }
    void cleanup() { m_desk.reset(); }

    void withoutAConnectionThereAreTwoWaysIn()
    {
        StartPage &page = find<StartPage>(u"startPage"_s);
        QVERIFY(page.isVisible());
        QSignalSpy demo(&window(), &MainWindow::demoWanted);
        QTest::mouseClick(&find<QPushButton>(u"tryTheDemo"_s), Qt::LeftButton);
        QCOMPARE(demo.count(), 1);
        QTest::mouseClick(&find<QPushButton>(u"addAConnection"_s), Qt::LeftButton);
        QVERIFY(window().findChild<QLineEdit *>(u"baseAddress"_s));
    }

    void aStopIsAskedSentOnceAndSeen()
    {
        m_desk->openWithKey();
        choose(u"Three messages wait"_s);
        QTest::mouseClick(details().clearQueueBox(), Qt::LeftButton, {}, {8, 10});
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        QTRY_VERIFY(question());
        QVERIFY(question()->findChild<QCheckBox *>(u"alsoClearTheQueue"_s)->isChecked());
        QTRY_VERIFY(question()->findChild<QPushButton *>(u"keepRunning"_s)->hasFocus());
        QCOMPARE(stopsOf(u"Three messages wait"_s), 0);
        confirm();
        QTRY_COMPARE(tabs().currentIndex(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->console->models.stops.rowCount() == 1
                                     && m_desk->console->models.stops.row(0).report.state == StopState::Stopped,
                                 15000);
        QCOMPARE(stopsOf(u"Three messages wait"_s), 1);
        QTRY_COMPARE(details().findChild<QPushButton *>(u"nextStep"_s)->text(), u"Copy ticket text"_s);
    }

    void severalAreStoppedByOneDecisionAndNothingElse()
    {
        m_desk->openWithKey();
        choose(u"Stops at once"_s);
        for (const QString &title : {u"Three messages wait"_s, u"Changes things elsewhere"_s})
            QTest::mouseClick(conversations().viewport(), Qt::LeftButton, Qt::ControlModifier,
                              conversations().visualRect(rowOf(title)).center());
        QTRY_COMPARE(stopButton().text(), u"Stop 3 conversations…"_s);
        QCOMPARE(stopButton().accessibleName(), stopButton().text());
        find<QLineEdit>(u"find"_s).setText(u"Three messages"_s);
        QTRY_COMPARE(stopButton().text(), u"Stop conversation…"_s);
        find<QLineEdit>(u"find"_s).setText(u"t"_s); // all three have one
        QTRY_COMPARE(stopButton().text(), u"Stop 3 conversations…"_s);
        QTest::mouseClick(conversations().viewport(), Qt::LeftButton, Qt::ControlModifier,
                          conversations().visualRect(rowOf(u"Changes things elsewhere"_s)).center());
        QTRY_COMPARE(stopButton().text(), u"Stop 2 conversations…"_s);
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        QTRY_VERIFY(question());
        QTest::keyClicks(question()->findChild<QLineEdit *>(u"numberOfConversations"_s), u"2"_s); // it is production
        confirm();
        QTRY_COMPARE_WITH_TIMEOUT(stopsOf(u"Stops at once"_s) + stopsOf(u"Three messages wait"_s), 2, 15000);
        QCOMPARE(stopsOf(u"Changes things elsewhere"_s), 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->console->models.stops.rows().at(1).report.state == StopState::Stopped, 15000);
    }

    void aReadOnlyConnectionStopsNoneOfSeveral()
    {
        Connection readOnly = m_desk->connection();
        readOnly.readOnly = true;
        m_desk->secrets.keep(readOnly, Secret::fromStored(m_desk->gateway.key().toLatin1()));
        m_desk->console->open(readOnly);
        QTRY_VERIFY(rowOf(u"Stops at once"_s).isValid());
        conversations().setFocus();
        QTest::keyClick(&conversations(), Qt::Key_A, Qt::ControlModifier);
        QTRY_VERIFY2(stopButton().text().endsWith(u" conversations…"_s), qPrintable(stopButton().text()));
        QVERIFY(!stopButton().isEnabled());
        QVERIFY(details().findChild<QLabel *>(u"footerLine"_s)->text().contains(u"read-only"_s));
        QTest::keyClick(&conversations(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!question());
    }

    void allThatRunsOfAnAgentIsReadAndAskedAbout()
    {
        m_desk->openWithKey();
        RowTable &agents = find<RowTable>(u"agents"_s);
        const auto rowOfAgent = [&agents](const QString &name) {
            for (int row = 0; row < agents.model()->rowCount(); ++row) {
                if (agents.model()->index(row, 0).data().toString() == name)
                    return agents.model()->index(row, 0);
            }
            return QModelIndex();
        };
        QTRY_VERIFY(rowOfAgent(u"Billing helper"_s).isValid());
        QTest::mouseClick(agents.viewport(), Qt::LeftButton, {},
                          agents.visualRect(rowOfAgent(u"Billing helper"_s)).center());
        auto &all = find<QPushButton>(u"stopAllRunning"_s);
        QTRY_VERIFY(all.isVisible() && all.isEnabled());
        QTRY_VERIFY2(all.text().startsWith(u"Stop all "_s) && all.text().endsWith(u" running…"_s), qPrintable(all.text()));
        const int requests = m_desk->gateway.requestsReceived();
        QTest::mouseClick(&all, Qt::LeftButton);
        QTRY_VERIFY(question());
        QVERIFY(m_desk->gateway.requestsReceived() > requests); // read before it is asked about
        const QString counted = QString(all.text()).remove(u"Stop all "_s).remove(u" running…"_s);
        QCOMPARE(question()->accessibleName(), u"Stop %1 conversations?"_s.arg(counted));
        QTest::mouseClick(question()->findChild<QPushButton *>(u"keepRunning"_s), Qt::LeftButton);
        QTRY_VERIFY(!question());
        QCOMPARE(stopsOf(u"Stops at once"_s), 0);
    }

    void aStopStandsInTheJournalAndCanBeCopied()
    {
        m_desk->openWithKey();
        choose(u"Stops at once"_s);
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        confirm();
        auto &journal = find<RowTable>(u"journal"_s);
        tabs().setCurrentIndex(2);
        QTRY_COMPARE(journal.model()->rowCount(), 1);
        const QModelIndex outcome = journal.model()->index(0, JournalModel::Outcome);
        QTRY_VERIFY_WITH_TIMEOUT(outcome.data().toString().startsWith(u"Stopped "_s), 15000);
        QTest::mouseClick(journal.viewport(), Qt::LeftButton, {}, journal.visualRect(outcome).center());
        QTest::mouseClick(&find<QPushButton>(u"copyAsCurl"_s), Qt::LeftButton);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(DemoGateway::conversationId(u"Stops at once"_s)), qPrintable(copied));
        QVERIFY(copied.contains(u"$XPANDER_API_KEY"_s));
        QVERIFY(!copied.contains(m_desk->gateway.key()));
    }

    void keysAndDoubleClicksOnARowOpenNoQuestion()
    {
        m_desk->openWithKey();
        choose(u"Stops at once"_s);
        conversations().setFocus();
        const QPoint spot = conversations().visualRect(rowOf(u"Stops at once"_s)).center();
        QTest::mouseDClick(conversations().viewport(), Qt::LeftButton, {}, spot);
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space})
            QTest::keyClick(&conversations(), key);
        QTest::qWait(0);
        QVERIFY(!question());
        QCOMPARE(stopsOf(u"Stops at once"_s), 0);
        QTest::keyClick(&conversations(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(question());
        QTest::keyClick(question(), Qt::Key_Escape);
        QTRY_VERIFY(!question());
        QCOMPARE(stopsOf(u"Stops at once"_s), 0);
    }

    void aRefusedBodyLeadsToTheTick()
    {
        m_desk->openWithKey();
        choose(u"Refuses the body (422)"_s);
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        confirm();
        QTRY_COMPARE(tabs().currentIndex(), 0);
        QCOMPARE(tabs().tabBar()->accessibleTabName(0), u"Problems"_s);
        QCheckBox &box = *details().clearQueueBox();
        QTRY_VERIFY(box.property("invalid").toBool());
        QVERIFY(details().clearQueueMark()->isVisible());
        conversations().setFocus();
        clickProblem(Field::ClearQueue);
        QTRY_COMPARE(window().focusWidget(), &box);
        QTest::mouseClick(&box, Qt::LeftButton, {}, {8, 10}); // corrected
        QVERIFY(!box.property("invalid").toBool());
        QCOMPARE(m_desk->console->models.problems.marks().size(), 0);
    }

    void aRefusedPathLeadsToStopById()
    {
        m_desk->openWithKey();
        QTRY_VERIFY(find<QPushButton>(u"stopById"_s).isEnabled());
        QTest::mouseClick(&find<QPushButton>(u"stopById"_s), Qt::LeftButton);
        auto *dialog = window().findChild<StopByIdDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"conversationId"_s), u".."_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
        QTRY_VERIFY(m_desk->console->models.problems.rowCount() > 0);
        dialog->hide();
        clickProblem(Field::ConversationId);
        QTRY_VERIFY(dialog->isVisible());
        QTRY_VERIFY(dialog->findChild<QLineEdit *>(u"conversationId"_s)->property("invalid").toBool());
    }

    void theTickLeavesWithItsConversation()
    {
        m_desk->openWithKey();
        choose(u"Three messages wait"_s);
        details().clearQueueBox()->setChecked(true);
        choose(u"Never stops"_s);
        QVERIFY(!details().clearQueueBox()->isChecked());
    }

    void choosingAnAgentListsItsOwn()
    {
        m_desk->openWithKey();
        auto &agents = find<RowTable>(u"agents"_s);
        QTRY_VERIFY(agents.model()->rowCount() > 3);
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        for (int row = 0; row < agents.model()->rowCount(); ++row) {
            const QModelIndex index = agents.model()->index(row, 0);
            if (index.data().toString() == u"Returns desk"_s)
                QTest::mouseClick(agents.viewport(), Qt::LeftButton, {}, agents.visualRect(index).center());
        }
        QTRY_VERIFY(!rowOf(u"Never stops"_s).isValid());
        QTRY_VERIFY(rowOf(u"Answers 403"_s).isValid());
    }

    void findFiltersAndRemovesItself()
    {
        m_desk->openWithKey();
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        QTest::keyClick(&window(), Qt::Key_L, Qt::ControlModifier);
        QLineEdit &field = find<QLineEdit>(u"find"_s);
        QTRY_VERIFY(field.hasFocus());
        QTest::keyClicks(&field, u"never st"_s);
        QTRY_COMPARE(conversations().model()->rowCount(), 1);
        field.clear();
        QTRY_VERIFY(conversations().model()->rowCount() > 10);
    }

    void keysInFindLeadToTheRows()
    {
        m_desk->openWithKey();
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        QLineEdit &field = find<QLineEdit>(u"find"_s);
        const auto lookFor = [&](const QString &text) {
            QTest::keyClick(&window(), Qt::Key_L, Qt::ControlModifier);
            QTest::keyClicks(&field, text);
        };
        lookFor(u"never st"_s);
        QTest::keyClick(&field, Qt::Key_Return); // at once: not after the moment that typing is waited for
        QCOMPARE(window().focusWidget(), &conversations());
        QCOMPARE(conversations().model()->rowCount(), 1);
        QCOMPARE(conversations().currentIndex().row(), 0);
        QCOMPARE(conversations().chosenRow().siblingAtColumn(ConversationListModel::Title).data().toString(), u"Never stops"_s);
        QTRY_VERIFY(stopButton().isEnabled());
        QVERIFY(!question());

        lookFor(u"answers 4"_s); // several
        QTest::keyClick(&field, Qt::Key_Enter);
        QTRY_COMPARE(conversations().model()->rowCount(), 4);
        QCOMPARE(window().focusWidget(), &conversations());
        QVERIFY(!conversations().selectionModel()->hasSelection());
        QCOMPARE(conversations().currentIndex().row(), 0);
        QTest::keyClick(&conversations(), Qt::Key_Down);
        QCOMPARE(conversations().chosenRow().row(), 0);

        lookFor(u"answers 4"_s);
        QTest::keyClick(&field, Qt::Key_Down);
        QCOMPARE(window().focusWidget(), &conversations());
        QCOMPARE(conversations().chosenRow().row(), 0);

        lookFor(u"nothing is called so"_s);
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(window().focusWidget(), &field);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(field.text(), QString());
        QVERIFY(conversations().model()->rowCount() > 10);
        QCOMPARE(window().focusWidget(), &field);
        QTest::keyClick(&field, Qt::Key_Return); // nothing is looked for
        QCOMPARE(window().focusWidget(), &field);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(window().focusWidget(), &conversations());
        QVERIFY(!question());
    }

    void theFirstKeySwitchesNoConnection()
    {
        Connection other = m_desk->connection();
        other.id = {u"k2"_s};
        other.name = u"Another"_s;
        QVERIFY(m_desk->list.save(m_desk->connection()));
        QVERIFY(m_desk->list.save(other));
        m_desk->openWithKey();
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        QCOMPARE(window().focusWidget(), &conversations());
        auto &chooser = find<QComboBox>(u"connection"_s);
        chooser.setFocus();
        for (const Qt::Key key : {Qt::Key_End, Qt::Key_PageDown, Qt::Key_A, Qt::Key_Home})
            QTest::keyClick(&chooser, key);
        QWheelEvent turn({5, 5}, chooser.mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&chooser, &turn);
        QCOMPARE(m_desk->console->link().connection()->id.value, u"k1"_s);
        QTest::keyClick(&chooser, Qt::Key_Down);
        QTRY_VERIFY(chooser.view()->isVisible());
        QCOMPARE(m_desk->console->link().connection()->id.value, u"k1"_s);
        QTest::keyClick(chooser.view(), Qt::Key_Down);
        QTest::keyClick(chooser.view(), Qt::Key_Return);
        QTRY_COMPARE(m_desk->console->link().connection()->id.value, u"k2"_s);
        QCOMPARE(chooser.currentText(), u"Another"_s);
    }

    void ctrlCCopiesTheIdAndSaysWhich()
    {
        m_desk->openWithKey();
        const QString id = DemoGateway::conversationId(u"Stops at once"_s);
        const auto copied = [this](QWidget &table) {
            QGuiApplication::clipboard()->clear();
            QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
            return QStringList{QGuiApplication::clipboard()->text(), window().statusBar()->currentMessage()};
        };
        choose(u"Stops at once"_s);
        QCOMPARE(copied(conversations()), QStringList({id, u"Id of the conversation copied: "_s + id}));
        QTest::mouseClick(conversations().viewport(), Qt::LeftButton, Qt::ControlModifier,
                          conversations().visualRect(rowOf(u"Never stops"_s)).center());
        QCOMPARE(copied(conversations()).last(), u"2 ids copied."_s);
        QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n').size(), 2);

        choose(u"Stops at once"_s);
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        confirm();
        for (const auto &[tab, name] : {std::pair(1, u"stops"_s), std::pair(2, u"journal"_s)}) {
            tabs().setCurrentIndex(tab);
            auto &table = find<RowTable>(name);
            QTRY_COMPARE(table.model()->rowCount(), 1);
            QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(table.model()->index(0, 0)).center());
            QCOMPARE(copied(table), QStringList({id, u"Id of the conversation copied: "_s + id}));
        }

        auto &agents = find<RowTable>(u"agents"_s);
        const auto click = [&agents](const QString &name) {
            const auto row = [&] {
                return agents.model()->match(agents.model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
            };
            QTRY_VERIFY(!row().isEmpty());
            const QModelIndex index = row().first();
            agents.scrollTo(index);
            QTest::mouseClick(agents.viewport(), Qt::LeftButton, {}, agents.visualRect(index).center());
        };
        click(u"Returns desk"_s);
        const QString agent = DemoGateway::agentId(u"Returns desk"_s);
        QCOMPARE(copied(agents), QStringList({agent, u"Id of the agent copied: "_s + agent}));
        click(u"All agents"_s);
        QCOMPARE(copied(agents), QStringList({QString(), u"This row has no id."_s}));
    }

    void theDemoCanBeTriedAndLeft()
    {
        const auto pick = [](MainWindow &shown, const QString &text) {
            auto &chooser = *shown.findChild<QComboBox *>(u"connection"_s);
            shown.activateWindow();
            chooser.setFocus();
            QTest::keyClick(&chooser, Qt::Key_Down);
            QTRY_VERIFY(chooser.view()->isVisible());
            chooser.view()->setCurrentIndex(chooser.model()->index(chooser.findText(text), 0));
            QTest::keyClick(chooser.view(), Qt::Key_Return);
        };
        const auto isOffered = [](MainWindow &shown, const QString &text) {
            const QList<QAction *> all = shown.findChild<QPushButton *>(u"menu"_s)->menu()->actions();
            return std::ranges::any_of(all, [&text](QAction *each) { return each->isVisible() && each->text() == text; });
        };
        QVERIFY(m_desk->list.save(m_desk->connection()));
        QSignalSpy wanted(&window(), &MainWindow::demoWanted);
        QSignalSpy leftHere(&window(), &MainWindow::demoLeft);
        m_desk->openWithKey();
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        pick(window(), u"Try the demo"_s);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(find<QComboBox>(u"connection"_s).currentText(), u"Acme cloud"_s); // which is still open
        QVERIFY(isOffered(window(), u"Try the demo"_s) && !isOffered(window(), u"Leave the demo"_s));
        QTest::keyClick(&window(), Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(leftHere.count(), 0);

        DemoDesk other;
        MainWindow &demo = *other.window;
        other.openWithKey(true);
        demo.show();
        QVERIFY(QTest::qWaitForWindowActive(&demo));
        QSignalSpy left(&demo, &MainWindow::demoLeft);
        const auto lastLeftFor = [&left] { return left.last().first().value<ConnectionId>().value; };
        QTRY_VERIFY(isOffered(demo, u"Leave the demo"_s) && !isOffered(demo, u"Try the demo"_s));
        QTest::keyClick(&demo, Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(left.count(), 1);
        QCOMPARE(lastLeftFor(), QString());
        pick(demo, u"Leave the demo"_s);
        QCOMPARE(left.count(), 2);
        QCOMPARE(lastLeftFor(), QString());
        QVERIFY(other.console->link().connection()->isDemo);
    }

    void aDemoLeadsBackToTheConnectionThatIsChosen()
    {
        Connection kept = m_desk->connection();
        kept.id = {u"k7"_s};
        kept.name = u"Kept one"_s;
        MainWindow demo({workplaceOf(*m_desk->console, m_desk->book), {}, {}, {kept}});
        window().hide();
        m_desk->openWithKey(true);
        demo.show();
        QVERIFY(QTest::qWaitForWindowActive(&demo));
        QSignalSpy left(&demo, &MainWindow::demoLeft);
        auto &chooser = *demo.findChild<QComboBox *>(u"connection"_s);
        chooser.setFocus();
        QTest::keyClick(&chooser, Qt::Key_Down);
        QTRY_VERIFY(chooser.view()->isVisible());
        chooser.view()->setCurrentIndex(chooser.model()->index(chooser.findText(u"Kept one"_s), 0));
        QTest::keyClick(chooser.view(), Qt::Key_Return);
        QCOMPARE(left.count(), 1);
        QCOMPARE(left.first().first().value<ConnectionId>(), kept.id);
        QVERIFY(m_desk->console->link().connection()->isDemo); // whoever builds the windows changes them
    }

    void aMissingKeyIsSaidWithTheWayToEnterOne()
    {
        const Connection connection = m_desk->connection();
        QVERIFY(m_desk->list.save(connection));
        m_desk->console->open(connection);
        NoticeBar &notice = *window().centralWidget()->findChild<NoticeBar *>(QString(), Qt::FindDirectChildrenOnly);
        QTRY_VERIFY(notice.isVisible());
        QVERIFY2(notice.text().contains(u"Acme cloud"_s), qPrintable(notice.text()));
        QVERIFY(!find<QPushButton>(u"stopById"_s).isEnabled());
        Q_EMIT notice.actionChosen();
        QTRY_VERIFY(window().findChild<QLineEdit *>(u"baseAddress"_s));
    }

    void aNoticeGoesWithWhatItSpokeOf()
    {
        const NoticeBar &notice = *window().centralWidget()->findChild<NoticeBar *>(QString(), Qt::FindDirectChildrenOnly);
        const Connection connection = m_desk->connection();
        const Secret works = Secret::fromStored(m_desk->gateway.key().toLatin1());
        m_desk->console->open(connection);
        QTRY_VERIFY(notice.isVisible());
        m_desk->secrets.keep(connection, works); // entered, as the notice wants it
        m_desk->console->open(connection);
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        QVERIFY(!notice.isVisible());
        m_desk->secrets.keep(connection, Secret::fromStored("wrong"));
        m_desk->console->open(connection);
        QTRY_COMPARE(notice.text(), u"The service refused the key of Acme cloud. Nothing is read until it is replaced."_s);
        QVERIFY(notice.isVisible());
        QCOMPARE(notice.severity(), NoticeBar::Severity::Error);
        m_desk->console->connector.close();
        QVERIFY(!notice.isVisible()); // on the start page
        m_desk->secrets.keep(connection, works);
        m_desk->console->open(connection);
        QTRY_VERIFY(rowOf(u"Never stops"_s).isValid());
        QVERIFY(!notice.isVisible());
    }

    void whatAnotherVersionWroteIsLeftAsItIs()
    {
        const QByteArray newer = "[connections]\nversion=99\n";
        QString path;
        begin([&](const QString &journal) {
            path = QFileInfo(journal).path() + u"/stopdesk.ini"_s;
            QFile file(path);
            QVERIFY(file.open(QFile::WriteOnly));
            file.write(newer);
        });
        window().close();
        QVERIFY(QFile::exists(QFileInfo(path).path() + u"/window.ini"_s));
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), newer);
    }

    void aNarrowWindowMakesTheAgentsAComboBox()
    {
        m_desk->openWithKey();
        AgentsPanel &panel = *window().findChild<AgentsPanel *>();
        QTRY_VERIFY(panel.isVisible());
        window().resize(900, 600);
        QTRY_VERIFY(!panel.isVisible());
        QVERIFY(panel.narrowChoice()->isVisible());
        QVERIFY(details().width() >= 280);
        window().resize(1280, 800);
        QTRY_VERIFY(panel.isVisible());
    }

    void aJournalThatCannotBeUsedIsSaidAndAStopNeedsAWord_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        QTest::newRow("no database") << QByteArray(4096, 'x') << u"damaged"_s;
        QByteArray newer = QByteArray("SQLite format 3") + QByteArray(4081, '\0');
        QTest::newRow("a header and nothing else") << newer << u"journal"_s;
    }
    void aJournalThatCannotBeUsedIsSaidAndAStopNeedsAWord()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, said);
        begin([&content](const QString &file) {
            QFile damaged(file);
            damaged.open(QFile::WriteOnly);
            damaged.write(content);
        });
        QTRY_VERIFY2(noticeOf(window()).contains(said), qPrintable(noticeOf(window())));
        m_desk->openWithKey();
        choose(u"Stops at once"_s);
        QTest::mouseClick(&stopButton(), Qt::LeftButton);
        QTRY_VERIFY(question());
        auto *stop = question()->findChild<QPushButton *>(u"stopConversation"_s);
        auto *agreed = question()->findChild<QCheckBox *>(u"stopWithoutARecord"_s);
        QVERIFY(!stop->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QCOMPARE(stopsOf(u"Stops at once"_s), 0);
        agreed->setFocus();
        QTest::keyClick(agreed, Qt::Key_Space);
        QVERIFY(stop->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QTRY_COMPARE(stopsOf(u"Stops at once"_s), 1);
        QFile untouched(m_desk->file);
        QVERIFY(untouched.open(QFile::ReadOnly));
        QCOMPARE(untouched.readAll(), content);
    }

    void aSecondWindowOnTheSameJournalSaysSo()
    {
        const Journal other(m_desk->file + u"2"_s, u"other"_s);
        const QString shared = m_desk->file + u"2"_s;
        QVERIFY(!other.isShared());
        Journal second(shared, u"tester"_s);
        QVERIFY(second.isShared());
        Console console({m_desk->store, m_desk->secrets, second, m_desk->clock,
                         [] { return std::make_unique<QNetworkAccessManager>(); }});
        MainWindow another({workplaceOf(console, m_desk->book), {}});
        another.show();
        QTRY_VERIFY2(noticeOf(another).startsWith(u"Another Stopdesk is open."_s), qPrintable(noticeOf(another)));

        m_desk->list.save(m_desk->connection());
        m_desk->secrets.keep(m_desk->connection(), Secret::fromStored(m_desk->gateway.key().toLatin1()));
        console.open(m_desk->connection());
        const QList<QAction *> all = another.findChild<QPushButton *>(u"menu"_s)->menu()->actions();
        (*std::ranges::find(all, u"editConnectionAction"_s, &QObject::objectName))->trigger();
        auto *form = another.findChild<ConnectionDialog *>();
        QTest::keyClicks(form->findChild<QLineEdit *>(u"connectionName"_s), u" 2"_s);
        QTest::mouseClick(form->findChild<QPushButton *>(u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(noticeOf(another), u"Saved. The key was not changed."_s);

        auto *close = another.centralWidget()->findChild<QToolButton *>(u"noticeClose"_s);
        QTest::mouseClick(close, Qt::LeftButton);
        QTRY_VERIFY2(noticeOf(another).startsWith(u"Another Stopdesk is open."_s), qPrintable(noticeOf(another)));
        QTest::mouseClick(close, Qt::LeftButton);
        (*std::ranges::find(all, u"editConnectionAction"_s, &QObject::objectName))->trigger();
        form = another.findChild<ConnectionDialog *>();
        QTest::keyClicks(form->findChild<QLineEdit *>(u"connectionName"_s), u"3"_s);
        QTest::mouseClick(form->findChild<QPushButton *>(u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(noticeOf(another), u"Saved. The key was not changed."_s);
        QTest::mouseClick(close, Qt::LeftButton);
        QTest::qWait(1100); // the window says once a second what there is to say
        QVERIFY2(!close->isVisible(), qPrintable(noticeOf(another)));
    }

    void namesThatTestsRelyOn()
    {
        m_desk->openWithKey();
        const QList<QPair<QString, QString>> names{{u"refresh"_s, u"Refresh"_s},
                                                   {u"holdUpdates"_s, u"Hold updates"_s},
                                                   {u"stopById"_s, u"Stop by id…"_s},
                                                   {u"find"_s, u"Find"_s},
                                                   {u"agents"_s, u"Agents"_s},
                                                   {u"conversations"_s, u"Conversations"_s},
                                                   {u"alsoClearTheQueue"_s, u"Also clear the queue"_s},
                                                   {u"waitingMessages"_s, u"Waiting messages"_s},
                                                   {u"problems"_s, u"Problems"_s},
                                                   {u"stops"_s, u"Stops"_s}};
        for (const auto &[object, name] : names) {
            auto *widget = window().findChild<QWidget *>(object);
            QVERIFY2(widget, qPrintable(object));
            QCOMPARE(widget->accessibleName(), name);
        }
    }
};

}

STOPDESK_TEST(mainwindow, MainWindowTest, QApplication)

#include "tst_mainwindow.moc"
