#include "app/models/stoplistmodel.h"
#include "tests/support/rows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;

/// Every stop of this run, newest first.
class TestStopListModel : public QObject {
    Q_OBJECT

private:
    static StopReport report(qint64 id, StopState state)
    {
        StopReport report;
        report.id = id;
        report.state = state;
        report.target.conversation = {u"c%1"_s.arg(id)};
        report.target.title = u"Conversation %1"_s.arg(id);
        report.target.agentName = u"Sales"_s;
        report.since = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 31), Qt::UTC);
        return report;
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<StopListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void theNewestIsOnTopAndChangesInPlace()
    {
        m_model->show(report(1, StopState::Sending));
        m_model->show(report(2, StopState::InLine));
        const QPersistentModelIndex first = m_model->index(1, 0);
        QCOMPARE(rows(*m_model), QStringList({
            u"In line | Conversation 2 | Sales | Waits for its turn; nothing was sent yet"_s,
            u"Sending | Conversation 1 | Sales | Sent, no answer yet"_s}));
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->show(report(1, StopState::Stopped));
        m_model->show(report(1, StopState::Stopped));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(first.data().toString(), u"Stopped 12:04:31"_s);
        QCOMPARE(first.data(StopListModel::StopStateRole).toInt(), int(StopState::Stopped));
        QCOMPARE(first.data(StopListModel::ConversationIdRole).toString(), u"c1"_s);
        QCOMPARE(first.data(StopListModel::StopIdRole).toLongLong(), 1);
    }

    void theSummaryNamesFailuresFirst()
    {
        QCOMPARE(m_model->summary(), QString());
        qint64 id = 0;
        const auto add = [&](StopState state, int count) {
            for (int i = 0; i < count; ++i)
                m_model->show(report(++id, state));
        };
        add(StopState::InLine, 3);
        add(StopState::Accepted, 2);
        add(StopState::Stopped, 6);
        add(StopState::Refused, 1);
        QCOMPARE(m_model->summary(), u"1 refused · 6 stopped · 2 checking · 3 in line"_s);
    }

    void everyOutcomeIsCounted()
    {
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state)
            m_model->show(report(state + 1, StopState(state)));
        QCOMPARE(m_model->summary().split(u" · "_s).size(), int(StopState::Unconfirmed) + 1);
        QVERIFY(m_model->summary().startsWith(u"1 unconfirmed · 1 still running · "_s));
    }

    void whatStartedAgainIsCountedAsThat()
    {
        StopReport again = report(1, StopState::Stopped);
        again.startedAgain = StartedAgain{again.since.addSecs(90), StartedAgain::Cause::Unknown, {}};
        m_model->show(again);
        m_model->show(report(2, StopState::Stopped));
        QCOMPARE(m_model->summary(), u"1 started again · 1 stopped"_s);
        QCOMPARE(m_model->index(1, 0).data(StopListModel::StartedAgainRole).toBool(), true);
        QCOMPARE(m_model->index(0, 0).data(StopListModel::StartedAgainRole).toBool(), false);
    }

    void eachCommandIsNamedInTheTitleAndCountedApart()
    {
        qint64 id = 0;
        for (const Command command : {Command::StopConversation, Command::StopSubTask, Command::StopSubTask,
                                      Command::EmptyQueue, Command::DiscardMessage}) {
            StopReport one = report(++id, StopState::Stopped);
            one.target.command = command;
            one.target.title = u"T"_s;
            m_model->show(one);
        }
        QStringList titles;
        for (int row = 0; row < m_model->rowCount(); ++row)
            titles.append(m_model->index(row, StopListModel::Title).data().toString());
        QCOMPARE(titles, QStringList({u"Message of T"_s, u"Queue of T"_s, u"Sub-task: T"_s, u"Sub-task: T"_s, u"T"_s}));
        QCOMPARE(m_model->summary(), u"1 stopped · 2 sub-tasks stopped · 1 queue cleared · 1 discarded"_s);
        StopReport refused = report(++id, StopState::Refused);
        m_model->show(refused);
        refused.id = ++id;
        refused.target.command = Command::EmptyQueue;
        m_model->show(refused);
        QVERIFY(m_model->summary().startsWith(u"2 refused · "_s));
    }

    void remarksFollowTheEvidence()
    {
        StopReport one = report(1, StopState::WasNotRunning);
        one.usedMutatingTools = true;
        m_model->show(one);
        QCOMPARE(m_model->index(0, StopListModel::HowItIsKnown).data().toString(),
                 u"Nothing ran before the stop or after it. This turn used tools that change things elsewhere. The stop "
                 "undoes none of it."_s);
    }

    void aRowReadsAsASentence()
    {
        m_model->show(report(1, StopState::WasNotRunning));
        QCOMPARE(m_model->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 u"Was not running: Conversation 1. Nothing ran before the stop or after it"_s);
    }

private:
    std::unique_ptr<StopListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestStopListModel)
#include "tst_stoplistmodel.moc"
