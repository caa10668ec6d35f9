#include "app/models/chosenlistmodel.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"
#include "ui/panels/agentoffer.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/selectionpanel.h"
#include "ui/panels/stopfooter.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace selectionpanel_test {

using namespace Qt::StringLiterals;

const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

QList<ConversationId> ids(int count)
{
    QList<ConversationId> made;
    for (int number = 0; number < count; ++number)
        made.append({u"c%1"_s.arg(number)});
    return made;
}

QList<Conversation> rows(int count)
{
    QList<Conversation> made;
    for (const ConversationId &id : ids(count)) {
        Conversation one;
        one.id = id;
        one.agent = {u"a1"_s};
        one.title = u"Title "_s + id.value;
        one.state = RowState::Running;
        one.stateWord = u"executing"_s;
        made.append(one);
    }
    return made;
}

/// What Details says of several conversations, and of an agent alone.
class SelectionPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ConversationListModel> m_model;
    std::unique_ptr<SelectionPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_takenOut;

    QString text(const QString &name) { return m_panel->findChild<QLabel *>(name)->text(); }
    /// Of what may be cut short on the screen.
    QString whole(const QString &name) { return m_panel->findChild<QLabel *>(name)->accessibleName(); }
    RowTable &table() { return *m_panel->findChild<RowTable *>(u"chosenConversations"_s); }
    QPushButton &takeOut() { return *m_panel->findChild<QPushButton *>(u"takeOut"_s); }
    QString takenOut()
    {
        return m_takenOut->isEmpty() ? QString() : m_takenOut->last().first().value<ConversationId>().value;
    }
    void show(const SelectionFacts &facts, int hidden = 0) { m_panel->showSelection(*m_model, ids(12), facts, hidden, noon); }
    void click(int row)
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                          table().visualRect(table().model()->index(row, 0)).center());
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_model = std::make_unique<ConversationListModel>();
        m_model->tick(noon);
        m_model->merge(rows(12), {true, {}, {}}, noon.addSecs(-90));
        m_panel = std::make_unique<SelectionPanel>();
        new QAbstractItemModelTester(table().model(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_panel.get());
        m_takenOut = std::make_unique<QSignalSpy>(m_panel.get(), &SelectionPanel::takeOutWanted);
        m_panel->resize(316, 420);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void itSaysHowManyCanBeStopped()
    {
        show({.chosen = 12, .stoppable = ids(9), .notRunning = 3});
        QCOMPARE(text(u"selectionHeadline"_s), u"12 chosen: 9 can be stopped, 3 are not running"_s);
        show({.chosen = 5, .stoppable = ids(2), .notRunning = 1, .underWay = 1, .withoutAgent = 1});
        QCOMPARE(text(u"selectionHeadline"_s),
                 u"5 chosen: 2 can be stopped, 1 is not running, 1 is being stopped, 1 without an agent"_s);
    }

    void ofAReadOnlyConnectionNoneCanBeStopped()
    {
        show({.chosen = 12, .stoppable = ids(9), .notRunning = 3, .stopability = Stopability::ReadOnly});
        QCOMPARE(text(u"selectionHeadline"_s), u"12 chosen: 3 are not running"_s);
        show({.chosen = 9, .stoppable = ids(9), .stopability = Stopability::ReadOnly});
        QCOMPARE(text(u"selectionHeadline"_s), u"9 chosen"_s);
    }

    void whatIsLeftAloneIsSaid()
    {
        show({.chosen = 12, .stoppable = ids(12)});
        QVERIFY(m_panel->findChild<QLabel *>(u"selectionRemark"_s)->isHidden());
        show({.chosen = 12, .stoppable = ids(10), .subTasks = 2}, 1);
        QCOMPARE(text(u"selectionRemark"_s),
                 u"2 sub-tasks are stopped on their own: choose each alone.\n"
                 u"1 more is not visible under the filter and will not be stopped."_s);
    }

    void itSaysWhoseTheyAreAndWhatWaits()
    {
        show({.chosen = 12,
              .stoppable = ids(12),
              .agents = {{u"Sales"_s, 6}, {u"Billing"_s, 3}, {u"Returns"_s, 2}, {u"Product"_s, 1}},
              .persons = {{u"dana@acme.example"_s, 12}},
              .waiting = {7, 5, 12}});
        QCOMPARE(whole(u"selectionAgents"_s), u"Sales 6, Billing 3, Returns 2, others 1"_s);
        QCOMPARE(whole(u"selectionPeople"_s), u"dana@acme.example 12"_s);
        QCOMPARE(whole(u"selectionWaiting"_s), u"at least 7, known for 5 of 12"_s);
        show({.chosen = 12, .stoppable = ids(12), .waiting = {0, 5, 12}});
        QCOMPARE(whole(u"selectionWaiting"_s), u"none so far, known for 5 of 12"_s);
    }

    void whatHasNoRoomIsCutAndToldWhole()
    {
        const QString many = u"An agent of a very long name 6, Another one of a long name 3"_s;
        show({.stoppable = ids(9), .agents = {{u"An agent of a very long name"_s, 6}, {u"Another one of a long name"_s, 3}}});
        QCOMPARE(whole(u"selectionAgents"_s), many);
        QVERIFY(text(u"selectionAgents"_s).endsWith(u"…"_s));
        m_panel->resize(900, 420);
        QTRY_COMPARE(text(u"selectionAgents"_s), many);
    }

    void itNamesTheLongestRunning()
    {
        SelectionFacts facts{
            .chosen = 12, .stoppable = ids(12), .longest = {u"c4"_s}, .longestSince = noon.addSecs(-8040)};
        show(facts);
        QCOMPARE(whole(u"selectionLongest"_s), u"2 h 14 min: Title c4"_s);
        facts.longestOnlySeen = true;
        show(facts);
        QCOMPARE(whole(u"selectionLongest"_s), u"seen for 2 h 14 min: Title c4"_s);
        show({.chosen = 12, .stoppable = ids(12)});
        QCOMPARE(whole(u"selectionLongest"_s), u"–"_s);
    }

    void theListShowsThemInTheirOrder()
    {
        show({});
        QCOMPARE(table().model()->rowCount(), 12);
        QCOMPARE(table().model()->index(3, ChosenListModel::Title).data().toString(), u"Title c3"_s);
        QCOMPARE(table().model()->index(3, ChosenListModel::State).data().toString(), u"seen for 1 min"_s);
        QList<Conversation> ended = rows(12);
        ended[3].state = RowState::Completed;
        m_model->merge(ended, {}, noon);
        show({});
        QCOMPARE(table().model()->index(3, ChosenListModel::State).data().toString(), u"Completed"_s);
    }

    void aChosenOneIsTakenOutByTheButtonAndByDelete()
    {
        show({});
        QVERIFY(!takeOut().isEnabled());
        click(1);
        QTest::mouseClick(&takeOut(), Qt::LeftButton);
        QCOMPARE(takenOut(), u"c1"_s);
        m_panel->showSelection(*m_model, ids(12).mid(2), {}, 0, noon); // as the window answers
        QCOMPARE(table().chosenRow().data().toString(), u"Title c2"_s); // the next can be taken out at once
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Delete);
        QCOMPARE(takenOut(), u"c2"_s);
    }

    void theFooterIsAboutAllOfThem()
    {
        QAction stop(u"Stop 9 conversations…"_s);
        QAction stopAll(u"Stop all 6 running…"_s);
        QAction unlock;
        unlock.setVisible(false);
        StopFooter footer({stop, stopAll, unlock});
        footer.show();
        footer.showSelection({.stoppable = ids(9), .stopability = Stopability::Can, .waiting = {7, 5, 9}});
        auto *button = footer.findChild<QPushButton *>(u"stopConversation"_s);
        QCOMPARE(button->text(), u"Stop 9 conversations…"_s);
        QCOMPARE(button->accessibleName(), button->text());
        QVERIFY(footer.findChild<QPushButton *>(u"stopAllRunning"_s)->isHidden());
        const auto *choice = footer.findChild<QLabel *>(u"queueChoice"_s);
        QVERIFY2(choice->text().contains(u"at least 7"_s), qPrintable(choice->text()));
        QTest::mouseClick(footer.clearQueue(), Qt::LeftButton, {}, {8, footer.clearQueue()->height() / 2});
        QCOMPARE(choice->text(), u"All waiting messages will be discarded, at least 7."_s);
        stop.setEnabled(false);
        footer.showSelection({.stopability = Stopability::ReadOnly});
        QVERIFY(footer.findChild<QLabel *>(u"footerLine"_s)->text().contains(u"read-only"_s));
        QVERIFY(!footer.clearQueue()->isEnabled());
    }

    void ofAnAgentItOffersToStopAllThatRuns()
    {
        QAction stop(u"Stop conversation…"_s);
        QAction stopAll(u"Stop all 6 running…"_s);
        QAction unlock;
        unlock.setVisible(false);
        QSignalSpy wanted(&stopAll, &QAction::triggered);
        StopFooter footer({stop, stopAll, unlock});
        footer.show();
        footer.showAgent();
        auto *button = footer.findChild<QPushButton *>(u"stopAllRunning"_s);
        QVERIFY(footer.findChild<QPushButton *>(u"stopConversation"_s)->isHidden());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        stopAll.setEnabled(false);
        stopAll.setToolTip(u"Nothing of this agent runs."_s);
        footer.showAgent();
        QCOMPARE(footer.findChild<QLabel *>(u"footerLine"_s)->text(), u"Nothing of this agent runs."_s);
        footer.showChoice({});
        QVERIFY(button->isHidden());
    }

    void theReadingOfAnAgentIsToldAndCanBeCancelled()
    {
        AgentOffer offer;
        offer.show();
        QSignalSpy cancelled(&offer, &AgentOffer::cancelWanted);
        const auto *reading = offer.findChild<QLabel *>(u"agentReading"_s);
        auto *cancel = offer.findChild<QPushButton *>(u"cancelAgentReading"_s);
        offer.showAgent(6, {}, QDateTime::currentDateTimeUtc());
        QVERIFY(offer.findChild<QLabel *>(u"agentCount"_s)->text().startsWith(u"6 conversations of this agent run. Read at "_s));
        offer.showAgent(6, {});
        QVERIFY(offer.findChild<QLabel *>(u"agentCount"_s)->text().startsWith(u"6 conversations of this agent run."_s));
        QVERIFY(reading->isHidden() && cancel->isHidden());

        RunningReading reads{.state = RunningReading::State::Reading, .agent = {u"a1"_s}, .read = 50, .total = 120};
        offer.showAgent(120, reads);
        QCOMPARE(reading->text(), u"Reading all that runs: 50 of 120"_s);
        reads.pass = 2;
        offer.showAgent(120, reads);
        QCOMPARE(reading->text(), u"Reading all that runs: 50 of 120. The list changed; reading it again."_s);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);

        reads.state = RunningReading::State::Failed;
        offer.showAgent(120, reads);
        QCOMPARE(reading->text(), u"What runs could not be read. Nothing was asked or stopped."_s);
        QVERIFY(cancel->isHidden());
        reads.state = RunningReading::State::Done;
        reads.disturbed = true;
        offer.showAgent(120, reads);
        QCOMPARE(reading->text(), u"The list changed each time it was read: some that run may be missing."_s);
    }
};

}

STOPDESK_TEST(selectionpanel, SelectionPanelTest, QApplication)

#include "tst_selectionpanel.moc"
