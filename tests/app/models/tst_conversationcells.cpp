#include "app/models/conversationcells.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace conversationcells_test {

using namespace Qt::StringLiterals;

/// What stands in the cells of one row, and how rows compare.
class TestConversationCells : public QObject {
    Q_OBJECT

private:
    QDateTime m_now = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

    ConversationRow row(RowState state, int startedSecondsAgo) const
    {
        ConversationRow row;
        row.conversation.state = state;
        row.startedAt = m_now.addSecs(-startedSecondsAgo);
        return row;
    }

private Q_SLOTS:
    void longIsHalfAnHourOfRunning_data()
    {
        QTest::addColumn<RowState>("state");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<bool>("isLong");
        QTest::newRow("not yet") << RowState::Running << 1799 << false;
        QTest::newRow("half an hour") << RowState::Running << 1800 << true;
        QTest::newRow("a person is waited for") << RowState::WaitingForPerson << 7200 << false;
        QTest::newRow("not started") << RowState::NotStarted << 7200 << false;
        QTest::newRow("over") << RowState::Completed << 7200 << false;
        QTest::newRow("a clock that went back") << RowState::Running << -7200 << false;
    }
    void longIsHalfAnHourOfRunning()
    {
        QFETCH(RowState, state);
        QFETCH(int, seconds);
        QTEST(cells::isLong(row(state, seconds), m_now), "isLong");
    }

    void sortingByTimePutsTheLongestLast()
    {
        const auto value = [this](const ConversationRow &one) {
            return cells::sortNumber(one, ConversationListModel::RunningFor);
        };
        const ConversationRow ended = row(RowState::Completed, 9000);
        QVERIFY(value(row(RowState::Running, 60)) < value(row(RowState::Running, 7200)));
        QVERIFY(value(ended) < value(row(RowState::Running, 1)));
    }

    void sortingByStatePutsWhatRunsFirst()
    {
        const auto rank = [this](RowState state) {
            return cells::sortNumber(row(state, 1), ConversationListModel::State);
        };
        QVERIFY(rank(RowState::Running) < rank(RowState::WaitingForPerson));
        QVERIFY(rank(RowState::WaitingForPerson) < rank(RowState::NotStarted));
        QVERIFY(rank(RowState::NotStarted) < rank(RowState::Completed));
        QVERIFY(rank(RowState::Completed) < rank(RowState::NoLongerListed));
    }

    void everyColumnHasATitleATextAndAToolTip()
    {
        const ConversationRow one = row(RowState::Running, 60);
        for (int column = 0; column < ConversationListModel::ColumnCount; ++column) {
            QVERIFY(!cells::columnTitle(column).isEmpty());
            QVERIFY(!cells::text(one, column, u"Billing"_s, m_now).isEmpty());
            QVERIFY(!cells::toolTip(one, column, u"Billing"_s).isEmpty());
        }
    }

    void theFirstTurnsTimeIsOnlyInTheToolTip()
    {
        ConversationRow one = row(RowState::Running, 60);
        one.startedAt = {};
        one.conversation.createdAt = m_now.addDays(-30);
        QCOMPARE(cells::started(one, m_now), u"–"_s);
        QCOMPARE(cells::runningFor(one, m_now), u"–"_s);
        const QString tip = cells::toolTip(one, ConversationListModel::Started, {});
        QVERIFY(tip.contains(u"start of this turn was not read"_s));
        QVERIFY(tip.contains(u"first turn: 13 Apr 2026 12:00:00 UTC"_s));
    }
};

}

STOPDESK_TEST(conversationcells, TestConversationCells, QCoreApplication)
#include "tst_conversationcells.moc"
