#include "ui/panels/detailspanel.h"
#include "ui/parts/statepill.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), Qt::UTC);

Details details(const QString &id)
{
    Details made;
    made.row.conversation.id = {id};
    made.row.conversation.title = u"Weekly outreach"_s;
    made.row.conversation.state = RowState::Running;
    made.row.readAt = noon;
    made.row.startedAt = noon.addSecs(-18 * 60 - 2);
    made.agentName = u"Sales outreach"_s;
    made.stopability = Stopability::Can;
    return made;
}

StopReport report(StopState state, const QDateTime &since = noon)
{
    StopReport made;
    made.id = 1;
    made.state = state;
    made.since = since;
    made.askedAt = since;
    made.status = 200;
    made.evidence = Evidence{since, std::chrono::milliseconds(600), false, 0, false};
    return made;
}

}

class DetailsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QueueModel> m_queue;
    std::unique_ptr<QAction> m_stop;
    std::unique_ptr<DetailsPanel> m_panel;

    QCheckBox &box() { return *m_panel->clearQueueBox(); }
    QPushButton &button() { return *m_panel->findChild<QPushButton *>(u"stopConversation"_s); }
    QString text(const QString &name) { return m_panel->findChild<QLabel *>(name)->text(); }
    void show(const std::optional<Details> &shown, const QDateTime &now = noon.addSecs(3))
    {
        m_stop->setEnabled(shown && shown->stopability == Stopability::Can);
        m_panel->showDetails(shown, true, now);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_queue = std::make_unique<QueueModel>();
        m_stop = std::make_unique<QAction>(u"Stop conversation…"_s);
        m_panel = std::make_unique<DetailsPanel>(*m_queue, *m_stop);
        m_panel->resize(316, 514);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void theButtonIsAFaceOfTheAction()
    {
        show(details(u"c1"_s));
        QCOMPARE(button().text(), u"Stop conversation…"_s);
        QCOMPARE(button().accessibleName(), u"Stop conversation…"_s);
        QSignalSpy stopped(m_stop.get(), &QAction::triggered);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QCOMPARE(stopped.count(), 1);
        m_stop->setEnabled(false);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QCOMPARE(stopped.count(), 1);
    }

    void theTickIsOffForEveryConversationThatComes()
    {
        show(details(u"c1"_s));
        QVERIFY(!box().isChecked());
        QTest::mouseClick(&box(), Qt::LeftButton, {}, QPoint(8, box().height() / 2));
        QVERIFY(box().isChecked());
        show(details(u"c1"_s)); // a refresh of the same
        QVERIFY(box().isChecked());
        show(details(u"c2"_s));
        QVERIFY(!box().isChecked());
        box().setChecked(true);
        show({});
        show(details(u"c2"_s));
        QVERIFY(!box().isChecked());
    }

    void theTickSaysWhatItDoes()
    {
        Details shown = details(u"c1"_s);
        shown.row.waiting = 3;
        show(shown);
        QCOMPARE(text(u"queueChoice"_s), u"3 waiting messages stay; the first may start at once."_s);
        box().setChecked(true);
        QCOMPARE(text(u"queueChoice"_s), u"3 waiting messages will be discarded."_s);
    }

    void aGreyButtonSaysWhy()
    {
        Details shown = details(u"c1"_s);
        shown.stopability = Stopability::ReadOnly;
        show(shown);
        QVERIFY(!button().isEnabled());
        QVERIFY(!text(u"footerLine"_s).isEmpty());
    }

    void theSamePlaceShowsTheOutcome()
    {
        show(details(u"c1"_s));
        const int height = m_panel->findChild<QWidget *>(u"stopFooter"_s)->height();
        Details stopped = details(u"c1"_s);
        stopped.row.stop = report(StopState::Stopped);
        stopped.stopability = Stopability::Ended;
        show(stopped);
        QVERIFY(!box().isVisible());
        QVERIFY(!button().isVisible());
        const auto pills = m_panel->findChildren<StatePill *>();
        QVERIFY(std::ranges::any_of(pills, [](StatePill *pill) { return pill->text().startsWith(u"Stopped"_s); }));
        QVERIFY(text(u"evidence"_s).contains(u"0.6 s"_s));
        QCOMPARE(m_panel->findChild<QWidget *>(u"stopFooter"_s)->height(), height);

        QSignalSpy ticket(m_panel.get(), &DetailsPanel::ticketWanted);
        QTest::mouseClick(m_panel->findChild<QPushButton *>(u"copyTicketText"_s), Qt::LeftButton);
        QCOMPARE(ticket.count(), 1);
    }

    void anOutcomeGivesWayOnlyToALaterReadThatItRuns()
    {
        Details again = details(u"c1"_s);
        again.row.stop = report(StopState::Stopped);
        again.row.readAt = noon.addSecs(5); // the list may lag
        show(again);
        QVERIFY(!box().isVisible());
        again.runState = RunState();
        again.runState->isRunning = true;
        again.runState->readAt = noon.addSecs(-1);
        show(again);
        QVERIFY(!box().isVisible());
        again.runState->readAt = noon.addSecs(60);
        show(again);
        QVERIFY(box().isVisible());
        QVERIFY(button().isVisible());
    }

    void aRefusedStopLeavesTheChoice()
    {
        Details refused = details(u"c1"_s);
        refused.row.stop = report(StopState::Refused);
        show(refused);
        QVERIFY(box().isVisible());
        QVERIFY(button().isVisible());
        QVERIFY(text(u"footerLine"_s).contains(u"Nothing was stopped"_s));
    }

    void stillRunningOffersToStopAgain()
    {
        Details running = details(u"c1"_s);
        running.row.stop = report(StopState::StillRunning);
        show(running);
        QVERIFY(!box().isVisible());
        QVERIFY(button().isVisible());
    }

    void factsAreShown()
    {
        show(details(u"c1"_s), noon);
        QCOMPARE(text(u"factAgent"_s), u"Sales outreach"_s);
        QCOMPARE(text(u"factRunningFor"_s), u"18 min 02 s"_s);
        QTest::mouseClick(m_panel->findChild<QToolButton *>(u"copyConversationId"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"c1"_s);
        Details unknown = details(u"c2"_s);
        unknown.row.startedAt = {};
        unknown.row.seenRunningSince = noon.addSecs(-240);
        show(unknown, noon);
        QVERIFY(text(u"factRunningFor"_s).startsWith(u"seen for 4 min"_s));
    }

    void waitingMessagesAreListed()
    {
        Details shown = details(u"c1"_s);
        shown.row.waiting = 3;
        show(shown);
        m_queue->show({{{u"m1"_s}, u"Stop!! wrong list"_s, {}, noon.addSecs(-60)}}, noon);
        auto *list = m_panel->findChild<QListView *>(u"waitingMessages"_s);
        QCOMPARE(list->accessibleName(), u"Waiting messages"_s);
        QVERIFY(list->isVisible());
        const auto labels = m_panel->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](QLabel *label) { return label->text() == u"Waiting messages  3"_s; }));
    }

    void hostileTitlesStayText()
    {
        Details hostile = details(u"c1"_s);
        hostile.row.conversation.title = u"<b>fat</b> %1"_s + QString(10000, u'x');
        hostile.agentName = u"<img src=x>"_s;
        show(hostile);
        QCOMPARE(m_panel->width(), 316);
        const auto labels = m_panel->findChildren<QLabel *>();
        for (QLabel *label : labels)
            QVERIFY2(label->textFormat() != Qt::AutoText || !label->text().contains(u'<'), qPrintable(label->text()));
    }
};

QTEST_MAIN(DetailsPanelTest)

#include "tst_detailspanel.moc"
