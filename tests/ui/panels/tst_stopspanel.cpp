#include "app/models/stoplistmodel.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/stopspanel.h"

#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace stopspanel_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class StopsPanelTest : public QObject {
    Q_OBJECT

    Connection m_connection;
    std::unique_ptr<StopListModel> m_model;
    std::unique_ptr<StopsPanel> m_panel;

    RowTable &table() { return *m_panel->findChild<RowTable *>(u"stops"_s); }
    static StopReport report(qint64 id, StopState state)
    {
        StopReport made;
        made.id = id;
        made.target.connection = {u"k1"_s};
        made.target.conversation = {u"c%1"_s.arg(id)};
        made.target.title = u"Weekly outreach"_s;
        made.state = state;
        made.since = made.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 31), utcZone);
        return made;
    }

    void clickRow(int row)
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(table().model()->index(row, 1)).center());
    }
    QMenu *openMenu()
    {
        for (QMenu *menu : m_panel->findChildren<QMenu *>()) {
            if (menu->isVisible())
                return menu;
        }
        return nullptr;
    }
    QStringList menuTexts()
    {
        QStringList texts;
        if (const QMenu *menu = openMenu()) {
            for (QAction *action : menu->actions())
                texts.append(action->text());
        }
        return texts;
    }

    /// Stops `first` … of one decision of `size`.
    void decide(const QString &batch, qint64 first, int size, StopState state = StopState::InLine)
    {
        for (int i = 0; i < size; ++i)
            change(first + i, batch, size, state);
    }
    void change(qint64 id, const QString &batch, int size, StopState state)
    {
        StopReport one = report(id, state);
        one.batch = {batch};
        one.batchSize = size;
        m_model->show(one);
    }
    QString textOf(const QString &label) { return m_panel->findChild<QLabel *>(label)->text(); }
    template <class W> W &find(const QString &name) { return *m_panel->findChild<W *>(name); }
    QStringList itemsOf(const QString &box)
    {
        QStringList texts;
        for (int i = 0; i < find<QComboBox>(box).count(); ++i)
            texts.append(find<QComboBox>(box).itemText(i));
        return texts;
    }
    QStringList shownTitles()
    {
        QStringList ids;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            ids.append(table().model()->index(row, 0).data(StopListModel::ConversationIdRole).toString());
        return ids;
    }
    void pick(const QString &box, int item)
    {
        auto &combo = find<QComboBox>(box);
        combo.setFocus();
        combo.setCurrentIndex(0);
        for (int i = 0; i < item; ++i)
            QTest::keyClick(&combo, Qt::Key_Down);
        QCOMPARE(combo.currentIndex(), item);
    }

private Q_SLOTS:
    void aBatchThatSendsCanBeEnded()
    {
        auto *button = m_panel->findChild<QPushButton *>(u"stopSending"_s);
        QSignalSpy wanted(m_panel.get(), &StopsPanel::sendingEndWanted);
        m_model->show(report(1, StopState::InLine));
        QVERIFY(!button->isVisible());
        m_panel->showSending({12, 0, {}, {}});
        QTRY_VERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        m_panel->showSending({12, 0, QDateTime(QDate(2026, 5, 13), QTime(12, 5, 7), utcZone), {}});
        QTRY_COMPARE(m_panel->findChild<QLabel *>(u"stopsSummary"_s)->text(),
                 u"1 in line · the service asked to wait, sending goes on 12:05:07"_s);
        m_panel->showSending({});
        QTRY_VERIFY(!button->isVisible());
    }

    void init()
    {
        m_connection = {};
        m_connection.id = {u"k1"_s};
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_model = std::make_unique<StopListModel>();
        m_panel = std::make_unique<StopsPanel>(*m_model);
        m_panel->resize(1200, 200);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void theSumFollowsTheStops()
    {
        auto *summary = m_panel->findChild<QLabel *>(u"stopsSummary"_s);
        QCOMPARE(summary->text(), QString());
        m_model->show(report(1, StopState::Accepted));
        QCOMPARE(summary->text(), m_model->tally().summary());
        m_model->show(report(1, StopState::Stopped));
        QTRY_COMPARE(summary->text(), m_model->tally().summary());
        QVERIFY2(summary->text().contains(u"1 stopped"_s), qPrintable(summary->text()));
    }

    void theTicketIsOfTheChosenRow()
    {
        auto *copy = m_panel->findChild<QPushButton *>(u"nextStepOfRow"_s);
        StopReport earlier = report(1, StopState::Stopped);
        earlier.fromEarlierRun = true;
        m_model->show(earlier); // nobody has decided it now
        QVERIFY(!copy->isEnabled());
        m_model->show(report(2, StopState::Refused));
        QCOMPARE(table().chosenRow().row(), 0); // it was decided just now
        QCOMPARE(copy->text(), u"Copy ticket text"_s);
        QVERIFY(copy->isEnabled());
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(table().model()->index(1, 1)).center());
        QSignalSpy wanted(m_panel.get(), &StopsPanel::ticketWanted);
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(wanted.first().first().value<StopReport>().id, m_model->row(1).report.id);
    }

    void theStepsAreTheChosenRows()
    {
        m_panel->showConnection(m_connection);
        m_model->show(report(1, StopState::InLine));
        m_model->show(report(2, StopState::NextStarted));
        auto *first = m_panel->findChild<QPushButton *>(u"nextStepOfRow"_s);
        clickRow(1);
        QCOMPARE(first->text(), u"Cancel"_s);
        clickRow(0);
        QCOMPARE(first->text(), u"Stop again and clear the queue…"_s);
        QSignalSpy wanted(m_panel.get(), &StopsPanel::stepWanted);
        QTest::mouseClick(first, Qt::LeftButton);
        QCOMPARE(wanted.first().at(0).value<NextStep>(), NextStep::StopAgainAndClear);
        QCOMPARE(wanted.first().at(1).value<StopReport>().id, 2);
        m_model->show(report(2, StopState::WasNotRunning)); // it changes while it is chosen
        QCOMPARE(first->text(), u"Copy ticket text"_s);
    }

    void aRowHasAMenuForMouseAndKeys()
    {
        m_panel->showConnection(m_connection);
        m_model->show(report(1, StopState::Stopped));
        m_model->show(report(2, StopState::StillRunning));
        const QPoint spot = table().visualRect(table().model()->index(0, 1)).center();
        QContextMenuEvent click(QContextMenuEvent::Mouse, spot, table().viewport()->mapToGlobal(spot));
        QApplication::sendEvent(table().viewport(), &click);
        QCOMPARE(menuTexts(), QStringList({u"Stop again…"_s, u"Check now"_s, u"Copy note for engineers"_s,
                                           u"Copy ticket text"_s}));
        QCOMPARE(table().chosenRow().row(), 0);
        QSignalSpy wanted(m_panel.get(), &StopsPanel::stepWanted);
        openMenu()->actions().at(0)->trigger();
        QCOMPARE(wanted.first().at(0).value<NextStep>(), NextStep::StopAgain);
        openMenu()->close();

        table().setFocus();
        table().setCurrentIndex(table().model()->index(1, 0));
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(-1, -1), QPoint(-1, -1));
        QApplication::sendEvent(table().viewport(), &key);
        QTRY_COMPARE(menuTexts(), QStringList({u"Read again"_s, u"Send a stop all the same…"_s, u"Copy ticket text"_s}));
    }

    void nothingIsDecidedThroughAnotherConnection()
    {
        Connection other;
        other.id = {u"k2"_s};
        m_panel->showConnection(other);
        m_model->show(report(1, StopState::Unconfirmed));
        clickRow(0);
        auto *more = m_panel->findChild<QPushButton *>(u"moreStepsOfRow"_s);
        Q_EMIT more->menu()->aboutToShow();
        QStringList texts{m_panel->findChild<QPushButton *>(u"nextStepOfRow"_s)->text()};
        for (QAction *action : more->menu()->actions())
            texts.append(action->text());
        QCOMPARE(texts, QStringList({u"Check now"_s, u"Copy note for engineers"_s, u"Dismiss"_s,
                                     u"Copy ticket text"_s}));
    }

    void theLineShowsHowADecisionGoes()
    {
        decide(u"b1"_s, 1, 12);
        change(1, u"b1"_s, 12, StopState::Refused);
        for (int id = 2; id <= 7; ++id)
            change(id, u"b1"_s, 12, StopState::Stopped);
        change(8, u"b1"_s, 12, StopState::Accepted);
        m_panel->showSending({4, 0, {}, {{{u"b1"_s}, 4, {}, {}, 2500ms}}});
        QTRY_COMPARE(textOf(u"stopsSummary"_s), u"1 refused · 6 stopped · 1 checking · 4 in line"_s);
        QCOMPARE(textOf(u"stopsSize"_s), u"12 conversations"_s);
        QCOMPARE(textOf(u"stopsRest"_s), u"about 3 s"_s);
        const auto &progress = find<QProgressBar>(u"stopsProgress"_s);
        QVERIFY(progress.isVisible());
        QCOMPARE(progress.value(), 7);
        QCOMPARE(progress.maximum(), 12);
        QCOMPARE(progress.accessibleName(), u"Progress of the stops"_s);
        QSignalSpy ended(m_panel.get(), &StopsPanel::sendingEndWanted);
        QTest::mouseClick(&find<QPushButton>(u"stopSending"_s), Qt::LeftButton);
        QCOMPARE(ended.first().first().value<BatchId>(), BatchId{u"b1"_s});
        for (int id = 8; id <= 12; ++id)
            change(id, u"b1"_s, 12, StopState::NotSent);
        const Failure why{FailureKind::KeyRefused, Reached::Answered, 401, {}, {}, {}, {}};
        m_panel->showSending({0, 0, {}, {{{u"b1"_s}, 0, {}, why, {}}}});
        QTRY_VERIFY(!progress.isVisible());
        QCOMPARE(textOf(u"stopsSummary"_s),
                 u"1 refused · 5 not sent · 6 stopped · halted: this key was refused; 5 not sent"_s);
        QVERIFY(!find<QPushButton>(u"stopSending"_s).isVisible());
    }

    void decisionsAreKeptApart()
    {
        QVERIFY(!find<QComboBox>(u"stopsBatch"_s).isVisible());
        m_model->show(report(1, StopState::Stopped));
        QVERIFY(!find<QComboBox>(u"stopsBatch"_s).isVisible());
        decide(u"b1"_s, 2, 3);
        QTRY_COMPARE(shownTitles(), QStringList({u"c4"_s, u"c3"_s, u"c2"_s})); // what was just decided
        decide(u"b2"_s, 5, 2, StopState::NotSent);
        QTRY_COMPARE(itemsOf(u"stopsBatch"_s),
                     QStringList({u"All stops, 6"_s, u"Batch 12:04:31, 2 conversations"_s,
                                  u"Batch 12:04:31, 3 conversations"_s}));
        QCOMPARE(find<QComboBox>(u"stopsBatch"_s).currentIndex(), 1);
        QTRY_COMPARE(textOf(u"stopsSummary"_s), u"2 not sent"_s);
        pick(u"stopsBatch"_s, 2);
        QCOMPARE(textOf(u"stopsSummary"_s), u"3 in line"_s);
        QCOMPARE(shownTitles(), QStringList({u"c4"_s, u"c3"_s, u"c2"_s}));
        pick(u"stopsBatch"_s, 0);
        QCOMPARE(textOf(u"stopsSummary"_s), u"2 not sent · 1 stopped · 3 in line"_s);
        QCOMPARE(shownTitles().size(), 6);
        pick(u"stopsBatch"_s, 1);
        m_model->show(report(9, StopState::InLine)); // decided alone: not hidden
        QTRY_COMPARE(find<QComboBox>(u"stopsBatch"_s).currentIndex(), 0);
    }

    void subTasksStandWithTheirConversation()
    {
        m_model->show(report(1, StopState::SubTasksStillRunning));
        for (const qint64 id : {2, 3}) {
            StopReport subTask = report(id, StopState::InLine);
            subTask.target.command = Command::StopSubTask;
            subTask.batch = {u"b1"_s};
            subTask.batchSize = 2;
            m_model->show(subTask);
        }
        QTRY_COMPARE(itemsOf(u"stopsBatch"_s).size(), 2);
        QCOMPARE(find<QComboBox>(u"stopsBatch"_s).currentIndex(), 0);
        QCOMPARE(shownTitles().size(), 3);
    }

    void whatRunsBesidesIsSaidAndCanBeReviewed()
    {
        decide(u"b1"_s, 1, 3);
        auto &others = find<QPushButton>(u"othersRunning"_s);
        QVERIFY(!others.isVisible());
        m_panel->showOthers(3);
        QTRY_VERIFY(others.isVisible());
        QCOMPARE(others.text(), u"3 more run now: review…"_s);
        QSignalSpy wanted(m_panel.get(), &StopsPanel::othersWanted);
        QTest::mouseClick(&others, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        m_panel->showOthers(1);
        QCOMPARE(others.text(), u"1 more runs now: review…"_s);
        m_panel->showOthers(0);
        QVERIFY(!others.isVisible());
    }

    void whatAnEarlierRunLeftTakesNoChoiceAway()
    {
        StopReport old = report(1, StopState::NotSent);
        old.batch = {u"b0"_s};
        old.fromEarlierRun = true;
        m_model->show(old);
        QTRY_VERIFY(find<QComboBox>(u"stopsBatch"_s).isVisible());
        QCOMPARE(find<QComboBox>(u"stopsBatch"_s).currentIndex(), 0);
    }

    void outcomesAreFilteredWithTheirCounts()
    {
        decide(u"b1"_s, 1, 40, StopState::Stopped);
        change(3, u"b1"_s, 40, StopState::Refused);
        change(20, u"b1"_s, 40, StopState::Refused);
        QTRY_COMPARE(itemsOf(u"stopsOutcome"_s),
                     QStringList({u"All outcomes"_s, u"Refused or not known, 2"_s, u"Unconfirmed, 0"_s,
                                  u"Still running, 0"_s, u"Not sent, 0"_s, u"Stopped, 38"_s, u"Under way, 0"_s}));
        pick(u"stopsOutcome"_s, 1);
        QCOMPARE(shownTitles(), QStringList({u"c20"_s, u"c3"_s}));
        table().chooseRow(table().model()->index(1, 0));
        pick(u"stopsOutcome"_s, 0);
        QCOMPARE(table().chosenRow().data(StopListModel::ConversationIdRole).toString(), u"c3"_s);
        pick(u"stopsOutcome"_s, 2);
        QCOMPARE(shownTitles(), QStringList());
        QVERIFY(table().message().contains(u"Show all outcomes"_s));
        Q_EMIT table().linkActivated({});
        QCOMPARE(shownTitles().size(), 40);
    }

    void aChangeOfOthersMovesNothing()
    {
        decide(u"b1"_s, 1, 100);
        table().scrollToBottom();
        table().chooseRow(table().model()->index(98, 0));
        const int scroll = table().verticalScrollBar()->value();
        QVERIFY(scroll > 0);
        for (int id = 50; id <= 100; ++id)
            change(id, u"b1"_s, 100, StopState::Stopped);
        QCoreApplication::processEvents();
        QCOMPARE(table().verticalScrollBar()->value(), scroll);
        QCOMPARE(table().chosenRow().data(StopListModel::ConversationIdRole).toString(), u"c2"_s);
    }

    void onlyWhatDidNotWorkCanBeRetried()
    {
        auto &retry = find<QPushButton>(u"retryStops"_s);
        decide(u"b1"_s, 1, 3, StopState::Stopped);
        m_panel->showConnection(m_connection);
        QVERIFY(!retry.isEnabled());
        change(1, u"b1"_s, 3, StopState::Unconfirmed);
        change(2, u"b1"_s, 3, StopState::NotSent);
        QTRY_COMPARE(retry.text(), u"Retry 2…"_s);
        QSignalSpy wanted(m_panel.get(), &StopsPanel::retryWanted);
        QTest::mouseClick(&retry, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        m_connection.readOnly = true;
        m_panel->showConnection(m_connection);
        QVERIFY(!retry.isEnabled());
    }

    void theMenuTakesTheDecisionAway()
    {
        decide(u"b1"_s, 1, 2, StopState::Stopped);
        QSignalSpy copied(m_panel.get(), &StopsPanel::copyWanted);
        QSignalSpy saved(m_panel.get(), &StopsPanel::saveWanted);
        QStringList texts;
        for (QAction *action : find<QPushButton>(u"exportStops"_s).menu()->actions()) {
            if (action->isSeparator())
                continue;
            texts.append(action->text());
            action->trigger();
        }
        QCOMPARE(texts, QStringList({u"Copy ticket text"_s, u"Copy as text"_s, u"Save as CSV…"_s, u"Save as JSON…"_s}));
        QCOMPARE(copied.size(), 2);
        QCOMPARE(saved.size(), 2);
        QCOMPARE(m_panel->ofBatch().first().target.conversation.value, u"c1"_s); // the oldest first
    }

    void enterShowsTheConversation()
    {
        m_model->show(report(7, StopState::Stopped));
        QSignalSpy wanted(m_panel.get(), &StopsPanel::conversationWanted);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(wanted.first().first().value<ConversationId>(), ConversationId{u"c7"_s});
    }
};

}

STOPDESK_TEST(stopspanel, StopsPanelTest, QApplication)

#include "tst_stopspanel.moc"
