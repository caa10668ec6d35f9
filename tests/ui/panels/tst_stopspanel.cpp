#include "app/models/stoplistmodel.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/stopspanel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

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
        made.since = made.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 31), Qt::UTC);
        return made;
    }

    void clickRow(int row)
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(m_model->index(row, 1)).center());
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

private Q_SLOTS:
    void aBatchThatSendsCanBeEnded()
    {
        auto *button = m_panel->findChild<QPushButton *>(u"stopSending"_s);
        QSignalSpy wanted(m_panel.get(), &StopsPanel::sendingEndWanted);
        m_model->show(report(1, StopState::InLine));
        QVERIFY(!button->isVisible());
        m_panel->showSending({12, {}});
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        m_panel->showSending({12, QDateTime(QDate(2026, 5, 13), QTime(12, 5, 7), Qt::UTC)});
        QCOMPARE(m_panel->findChild<QLabel *>(u"stopsSummary"_s)->text(),
                 u"1 in line · the service asked to wait, sending goes on 12:05:07"_s);
        m_panel->showSending({});
        QVERIFY(!button->isVisible());
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
        QCOMPARE(summary->text(), m_model->summary());
        m_model->show(report(1, StopState::Stopped));
        QCOMPARE(summary->text(), m_model->summary());
        QVERIFY2(summary->text().contains(u"1 stopped"_s), qPrintable(summary->text()));
    }

    void theTicketIsOfTheChosenRow()
    {
        m_model->show(report(1, StopState::Stopped));
        m_model->show(report(2, StopState::Refused));
        auto *copy = m_panel->findChild<QPushButton *>(u"nextStepOfRow"_s);
        QCOMPARE(copy->text(), u"Copy ticket text"_s);
        QVERIFY(!copy->isEnabled());
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(m_model->index(1, 1)).center());
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
        const QPoint spot = table().visualRect(m_model->index(0, 1)).center();
        QContextMenuEvent click(QContextMenuEvent::Mouse, spot, table().viewport()->mapToGlobal(spot));
        QApplication::sendEvent(table().viewport(), &click);
        QCOMPARE(menuTexts(), QStringList({u"Check now"_s, u"Stop again…"_s, u"Copy note for engineers"_s,
                                           u"Copy ticket text"_s}));
        QCOMPARE(table().chosenRow().row(), 0);
        QSignalSpy wanted(m_panel.get(), &StopsPanel::stepWanted);
        openMenu()->actions().at(1)->trigger();
        QCOMPARE(wanted.first().at(0).value<NextStep>(), NextStep::StopAgain);
        openMenu()->close();

        table().setFocus();
        table().setCurrentIndex(m_model->index(1, 0));
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(-1, -1), QPoint(-1, -1));
        QApplication::sendEvent(table().viewport(), &key);
        QTRY_COMPARE(menuTexts(), QStringList{u"Copy ticket text"_s});
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

    void enterShowsTheConversation()
    {
        m_model->show(report(7, StopState::Stopped));
        QSignalSpy wanted(m_panel.get(), &StopsPanel::conversationWanted);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(wanted.first().first().value<ConversationId>(), ConversationId{u"c7"_s});
    }
};

QTEST_MAIN(StopsPanelTest)

#include "tst_stopspanel.moc"
