#include "app/models/stoplistmodel.h"
#include "app/types/clock.h"
#include "tests/support/rows.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace stoplistmodel_test {

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
        report.since = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 31), utcZone);
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
        QCOMPARE(m_model->tally().summary(), QString());
        qint64 id = 0;
        const auto add = [&](StopState state, int count) {
            for (int i = 0; i < count; ++i)
                m_model->show(report(++id, state));
        };
        add(StopState::InLine, 3);
        add(StopState::Accepted, 2);
        add(StopState::Stopped, 6);
        add(StopState::Refused, 1);
        QCOMPARE(m_model->tally().summary(), u"1 refused · 6 stopped · 2 checking · 3 in line"_s);
    }

    void everyOutcomeIsCounted()
    {
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state)
            m_model->show(report(state + 1, StopState(state)));
        QCOMPARE(m_model->tally().summary().split(u" · "_s).size(), int(StopState::Unconfirmed) + 1);
        QVERIFY(m_model->tally().summary().startsWith(u"1 unconfirmed · 1 still running · "_s));
    }

    void whatStartedAgainIsCountedAsThat()
    {
        StopReport again = report(1, StopState::Stopped);
        again.startedAgain = StartedAgain{again.since.addSecs(90), StartedAgain::Cause::Unknown, {}};
        m_model->show(again);
        m_model->show(report(2, StopState::Stopped));
        QCOMPARE(m_model->tally().summary(), u"1 started again · 1 stopped"_s);
        QCOMPARE(m_model->index(1, 0).data(StopListModel::StartedAgainRole).toBool(), true);
        QCOMPARE(m_model->index(0, 0).data(StopListModel::StartedAgainRole).toBool(), false);
    }

    void everyStopIsInOneGroup()
    {
        qint64 id = 0;
        int grouped = 0;
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
            StopReport again = report(++id, StopState(state));
            m_model->show(again);
            again.id = ++id;
            again.startedAgain = StartedAgain{again.since, StartedAgain::Cause::Unknown, {}};
            m_model->show(again);
        }
        for (int group = 0; group <= int(OutcomeGroup::UnderWay); ++group)
            grouped += m_model->tally().of(OutcomeGroup(group));
        QCOMPARE(grouped, m_model->rowCount());
        QCOMPARE(m_model->tally().total(), m_model->rowCount());
        QCOMPARE(m_model->tally().of(OutcomeGroup::Stopped), 4);
        QCOMPARE(m_model->tally().of(OutcomeGroup::UnderWay), 3);
        QCOMPARE(m_model->tally().retryable(), 6); // whether or not marked as started again
    }

    void decisionsAreCountedApartAndAllTogether()
    {
        QSignalSpy added(m_model.get(), &StopListModel::batchAdded);
        QSignalSpy ended(m_model.get(), &StopListModel::batchEnded);
        const auto show = [this](qint64 id, const QString &batch, StopState state) {
            StopReport one = report(id, state);
            one.batch = {batch};
            one.batchSize = batch.isEmpty() ? 0 : 2;
            m_model->show(one);
        };
        show(1, u"b1"_s, StopState::NotSent);
        QCOMPARE(ended.size(), 0); // the second is not there yet
        show(2, u"b1"_s, StopState::InLine);
        show(3, {}, StopState::InLine);
        show(4, u"b2"_s, StopState::InLine);
        QCOMPARE(m_model->batches(), QList<BatchId>({{u"b2"_s}, {u"b1"_s}}));
        QCOMPARE(added.size(), 2);
        QCOMPARE(m_model->batch({u"b1"_s})->tally.summary(), u"1 not sent · 1 in line"_s);
        QCOMPARE(m_model->batch({u"b2"_s})->size, 2);
        QCOMPARE(m_model->batch({u"b3"_s}), nullptr);
        QCOMPARE(m_model->tally().unsent(), 3);
        show(2, u"b1"_s, StopState::Accepted);
        QCOMPARE(ended.size(), 0);
        show(2, u"b1"_s, StopState::StillRunning);
        show(2, u"b1"_s, StopState::Stopped);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().value<BatchId>(), BatchId{u"b1"_s});
        QCOMPARE(m_model->batch({u"b1"_s})->tally.summary(), u"1 not sent · 1 stopped"_s);
        QCOMPARE(m_model->tally().summary(), u"1 not sent · 1 stopped · 2 in line"_s);
        QCOMPARE(m_model->index(0, 0).data(StopListModel::BatchIdRole).toString(), u"b2"_s);
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
        QCOMPARE(m_model->tally().summary(), u"1 stopped · 2 sub-tasks stopped · 1 queue cleared · 1 discarded"_s);
        StopReport refused = report(++id, StopState::Refused);
        m_model->show(refused);
        refused.id = ++id;
        refused.target.command = Command::EmptyQueue;
        m_model->show(refused);
        QVERIFY(m_model->tally().summary().startsWith(u"2 refused · "_s));
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

}

STOPDESK_TEST(stoplistmodel, TestStopListModel, QCoreApplication)
#include "tst_stoplistmodel.moc"
