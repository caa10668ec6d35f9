#include "app/models/stoplistmodel.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/stopspanel.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class StopsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<StopListModel> m_model;
    std::unique_ptr<StopsPanel> m_panel;

    RowTable &table() { return *m_panel->findChild<RowTable *>(u"stops"_s); }
    static StopReport report(qint64 id, StopState state)
    {
        StopReport made;
        made.id = id;
        made.target.conversation = {u"c%1"_s.arg(id)};
        made.target.title = u"Weekly outreach"_s;
        made.state = state;
        made.since = made.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 31), Qt::UTC);
        return made;
    }

private Q_SLOTS:
    void init()
    {
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
        auto *copy = m_panel->findChild<QPushButton *>(u"copyTicketTextOfRow"_s);
        QVERIFY(!copy->isEnabled());
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(m_model->index(1, 1)).center());
        QSignalSpy wanted(m_panel.get(), &StopsPanel::ticketWanted);
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(wanted.first().first().value<StopReport>().id, m_model->row(1).report.id);
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
