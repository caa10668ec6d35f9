#include "app/models/journalmodel.h"
#include "app/types/clock.h"
#include "app/words/entrywords.h"
#include "app/words/words.h"
#include "tests/support/rows.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace journalmodel_test {

using namespace Qt::StringLiterals;

/// What was read of the journal, newest first.
class TestJournalModel : public QObject {
    Q_OBJECT

private:
    static JournalEntry entry(qint64 intent, StopState state = StopState::Stopped)
    {
        JournalEntry entry;
        entry.report.operatorName = u"noa"_s;
        entry.connection.name = u"Acme"_s;
        StopReport &report = entry.report;
        report.intent = intent;
        report.target.title = u"Conversation %1"_s.arg(intent);
        report.target.conversation = {u"c%1"_s.arg(intent)};
        report.target.agent = {u"a1"_s};
        report.target.agentName = u"Sales"_s;
        report.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 4), utcZone);
        report.since = report.askedAt.addSecs(31);
        report.state = state;
        report.request = {u"r%1"_s.arg(intent)};
        return entry;
    }
    QList<qint64> intents() const
    {
        QList<qint64> found;
        for (const JournalRow &row : m_model->rows())
            found.append(row.key());
        return found;
    }
    QString tip(int column) const { return m_model->index(0, column).data(Qt::ToolTipRole).toString(); }

    std::unique_ptr<JournalModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

private Q_SLOTS:
    void init()
    {
        // The model tester of Qt 6.8 itself asks for a QPixmap, which a program without QtGui does not have.
        QTest::failOnWarning(QRegularExpression(u"^(?!Trying to construct an instance of an invalid type, type id: 4097)"_s));
        m_model = std::make_unique<JournalModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void aRowSaysWhoStoppedWhatAndHowItCameOut()
    {
        JournalEntry discarded = entry(2, StopState::NotSent);
        discarded.report.target.command = Command::DiscardMessage;
        discarded.report.target.agentName.clear();
        discarded.report.target.title.clear();
        m_model->append({entry(1), discarded});
        QCOMPARE(rows(*m_model).at(0),
                 u"13 May 2026 12:04:00 | Stopped 12:04:31 | Stop conversation | Conversation 1 | Sales | noa | Acme | "
                 "Read afterwards: nothing runs"_s);
        QCOMPARE(rows(*m_model).at(1).section(u" | "_s, 1, 6),
                 u"Not sent | Discard message | Untitled | a1 | noa | Acme"_s);
        QCOMPARE(m_model->columnCount(), int(JournalModel::ColumnCount));
        QCOMPARE(m_model->headerData(JournalModel::By, Qt::Horizontal).toString(), u"By"_s);
        QCOMPARE(m_model->index(0, 0).data(Qt::AccessibleTextRole).toString(), words::entrySentence(entry(1)));
        QCOMPARE(m_model->index(1, 0).data(JournalModel::StopStateRole).toInt(), int(StopState::NotSent));
        QCOMPARE(m_model->index(0, 0).data(JournalModel::StartedAgainRole).toBool(), false);
    }

    void aStopThatGoesOnIsChangedWhereItStands()
    {
        m_model->append({entry(9), entry(8, StopState::Accepted), entry(7)});
        const QPersistentModelIndex row = m_model->index(1, 0);
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        QSignalSpy inserts(m_model.get(), &QAbstractItemModel::rowsInserted);
        m_model->show(entry(8));
        m_model->show(entry(8));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(inserts.size(), 0);
        QCOMPARE(row.sibling(row.row(), JournalModel::Outcome).data().toString(), u"Stopped 12:04:31"_s);
        QCOMPARE(intents(), (QList<qint64>{9, 8, 7}));
    }

    void whatIsNewStandsOnTopAndPagesBelow()
    {
        m_model->append({entry(5), entry(4)});
        m_model->show(entry(6));
        m_model->append({entry(4, StopState::Refused), entry(3)});
        QCOMPARE(intents(), (QList<qint64>{6, 5, 4, 3}));
        QCOMPARE(m_model->index(2, JournalModel::Outcome).data().toString(), u"Refused"_s);
        m_model->clear();
        QCOMPARE(m_model->rowCount(), 0);
        m_model->clear();
    }

    void aViewAtTheEndAsksForMore()
    {
        QSignalSpy wanted(m_model.get(), &JournalModel::moreWanted);
        m_model->append({entry(1)});
        wanted.clear();
        QVERIFY(m_model->canFetchMore({}));
        QVERIFY(!m_model->canFetchMore(m_model->index(0, 0)));
        m_model->fetchMore({});
        QCOMPARE(wanted.size(), 1);
        m_model->setMoreToRead(false);
        QVERIFY(!m_model->canFetchMore({}));
        m_model->fetchMore({});
        QCOMPARE(wanted.size(), 1);
    }

    void toolTipsHoldWhatTheCellsLeaveOut()
    {
        JournalEntry open = entry(7, StopState::Unconfirmed);
        open.report.fromEarlierRun = true;
        open.report.status = 504;
        open.report.reason = u"Ticket 4711"_s;
        open.report.target.command = Command::StopSubTask;
        open.report.target.parent = {u"c1"_s};
        open.confirmedBy = u"run-state read 2026-05-13T12:04:31.000Z failed"_s;
        m_model->append({open});
        QCOMPARE(tip(JournalModel::Time), u"13 May 2026 12:04:00 UTC\nEntry 7\nRequest id r7"_s);
        QCOMPARE(tip(JournalModel::Outcome).remove(u'\n'),
                 (QStringList{u"Unconfirmed"_s, u"Since 13 May 2026 12:04:31 UTC"_s} + words::remarks(open.report)
                  + QStringList{u"HTTP status 504"_s})
                     .join(QString()));
        QCOMPARE(tip(JournalModel::What), u"Stop sub-task\nSub-task of c1"_s);
        QCOMPARE(tip(JournalModel::Title), u"Conversation 7\nc7\nTicket 4711"_s);
        QCOMPARE(tip(JournalModel::Agent), u"Sales\na1"_s);
        QVERIFY(tip(JournalModel::Connection).startsWith(u"Acme\nPRODUCTION"_s));
        QVERIFY(tip(JournalModel::HowItIsKnown).contains(open.confirmedBy));
        open.report.dismissed = true;
        m_model->show(open);
        QVERIFY(tip(JournalModel::Outcome).contains(u"A person ended the looking up."_s));
    }

    void hostileWordsStayWords()
    {
        JournalEntry hostile = entry(1);
        hostile.report.target.title = u"<b>Refund</b>\n\u202ex"_s;
        hostile.report.operatorName = u"n\noa"_s;
        m_model->append({hostile});
        QCOMPARE(m_model->index(0, JournalModel::Title).data().toString(), u"<b>Refund</b> \ufffdx"_s);
        QCOMPARE(m_model->index(0, JournalModel::By).data().toString(), u"n oa"_s);
        QVERIFY(!tip(JournalModel::Title).contains(u"<b>"_s));
    }
};

}

STOPDESK_TEST(journalmodel, TestJournalModel, QCoreApplication)
#include "tst_journalmodel.moc"
