#include "app/types/clock.h"
#include "ui/dialogs/targetmodel.h"

#include "tests/support/rows.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include <optional>

namespace targetmodel_test {

using namespace Qt::StringLiterals;

/// The frozen list of a question about several, while the list of conversations goes on.
class TestTargetModel : public QObject {
    Q_OBJECT

    const QDateTime m_now{QDate(2026, 5, 13), QTime(12, 0), utcZone};
    std::optional<ConversationListModel> m_list;
    std::optional<TargetModel> m_model;
    std::optional<QAbstractItemModelTester> m_tester;

    static Conversation conversation(const QString &id, const QString &word = u"executing"_s)
    {
        Conversation made;
        made.id = {id};
        made.agent = {id.size() > 2 ? u"a2"_s : u"a1"_s};
        made.title = u"T "_s + id;
        made.stateWord = word;
        made.state = rowStateOf(word);
        return made;
    }
    static StopTarget target(const QString &id)
    {
        StopTarget made;
        made.conversation = {id};
        made.agent = {id.size() > 2 ? u"a2"_s : u"a1"_s};
        made.agentName = id.size() > 2 ? u"Billing"_s : u"Sales"_s;
        made.title = u"T "_s + id;
        return made;
    }
    static QList<StopTarget> targets(const QStringList &ids)
    {
        QList<StopTarget> made;
        for (const QString &id : ids)
            made.append(target(id));
        return made;
    }
    void ask(const QStringList &ids)
    {
        m_tester.reset();
        m_model.emplace(targets(ids), *m_list);
        m_tester.emplace(&*m_model);
    }
    void tick(int row, bool ticked)
    {
        QVERIFY(m_model->setData(m_model->index(row, 0), ticked ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole));
    }
    void knowQueue(const QString &id, int depth)
    {
        RunState state;
        state.conversation = {id};
        state.isRunning = true;
        state.queueDepth = depth;
        state.readAt = m_now;
        m_list->learn(state);
    }
    QStringList ticked() const
    {
        QStringList ids;
        for (const StopTarget &target : m_model->ticked())
            ids.append(target.conversation.value);
        return ids;
    }
    QString said(int row) const { return m_model->index(row, 0).data(Qt::AccessibleTextRole).toString(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_list.emplace();
        m_list->merge({conversation(u"c1"_s), conversation(u"c2"_s, u"paused"_s), conversation(u"c33"_s)}, {}, m_now);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_list.reset();
    }

    void eachStandsOnceAndTicked()
    {
        ask({u"c1"_s, u"c2"_s, u"c1"_s});
        QCOMPARE(rows(*m_model), QStringList({u"T c1 | Sales | Running | – | "_s,
                                              u"T c2 | Sales | Waiting for a person | – | "_s}));
        QCOMPARE(ticked(), QStringList({u"c1"_s, u"c2"_s}));
    }

    void whatIsUntickedIsNotAmongThem()
    {
        ask({u"c33"_s, u"c1"_s, u"c2"_s});
        QSignalSpy told(&*m_model, &TargetModel::ticksChanged);
        tick(1, false);
        QCOMPARE(ticked(), QStringList({u"c33"_s, u"c2"_s}));
        QCOMPARE(m_model->tickedCount(), 2);
        tick(1, false);
        QCOMPARE(m_model->tickedCount(), 2);
        tick(1, true);
        QCOMPARE(ticked(), QStringList({u"c33"_s, u"c1"_s, u"c2"_s}));
        QCOMPARE(told.count(), 2);
        m_model->tickAll(false);
        QCOMPARE(ticked(), QStringList());
        QVERIFY(m_model->agents().isEmpty());
        m_model->tickAll(true);
        QCOMPARE(m_model->tickedCount(), 3);
    }

    void onlyTheTickCanBeSet()
    {
        ask({u"c1"_s});
        QVERIFY(!m_model->setData(m_model->index(0, 0), u"x"_s, Qt::EditRole));
        QVERIFY(!m_model->setData(m_model->index(0, 1), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(m_model->tickedCount(), 1);
    }

    void whatChangesIsMarkedAndKeepsItsTick()
    {
        ask({u"c1"_s, u"c2"_s, u"c33"_s});
        QSignalSpy told(&*m_model, &TargetModel::factsChanged);
        m_list->merge({conversation(u"c1"_s, u"completed"_s), conversation(u"c2"_s)}, {}, m_now.addSecs(5));
        QCOMPARE(rows(*m_model), QStringList({u"T c1 | Sales | Running | – | Completed"_s,
                                              u"T c2 | Sales | Waiting for a person | – | Running"_s,
                                              u"T c33 | Billing | Running | – | "_s}));
        QCOMPARE(m_model->index(0, TargetModel::Now).data(TargetModel::NowRole).toInt(), int(RowState::Completed));
        QVERIFY(!m_model->index(2, TargetModel::Now).data(TargetModel::NowRole).isValid());
        QCOMPARE(m_model->changedCount(), 2);
        QCOMPARE(m_model->endedCount(), 1);
        QCOMPARE(m_model->tickedCount(), 3);
        QTRY_COMPARE(told.count(), 1); // once for both
        QCOMPARE(said(0), u"Running: T c1; agent Sales; changed while you were deciding: Completed"_s);
        QCOMPARE(said(2), u"Running: T c33; agent Billing"_s);
    }

    void whatGoesFromTheListIsMarkedToo()
    {
        ask({u"c1"_s, u"c33"_s});
        m_list->merge({conversation(u"c1"_s)}, {true, {u"executing"_s}}, m_now.addSecs(5));
        QCOMPARE(rows(*m_model).last(), u"T c33 | Billing | Running | – | No longer listed"_s);
        QCOMPARE(m_model->endedCount(), 1);
        m_list->merge({conversation(u"c33"_s)}, {}, m_now.addSecs(9)); // it was only between two pages
        QCOMPARE(m_model->changedCount(), 0);
        m_list->clear();
        QCOMPARE(m_model->changedCount(), 2);
        QCOMPARE(ticked(), QStringList({u"c1"_s, u"c33"_s}));
    }

    void thoseThatEndedCanBeUntickedTogether()
    {
        ask({u"c1"_s, u"c2"_s, u"c33"_s});
        m_list->merge({conversation(u"c1"_s, u"completed"_s), conversation(u"c2"_s)}, {}, m_now.addSecs(5));
        m_model->untickEnded();
        QCOMPARE(ticked(), QStringList({u"c2"_s, u"c33"_s}));
        QCOMPARE(m_model->endedCount(), 0);
        QCOMPARE(m_model->changedCount(), 2);
    }

    void howSomethingEndedIsNoChange()
    {
        m_list->merge({conversation(u"c1"_s, u"completed"_s)}, {}, m_now);
        ask({u"c1"_s, u"c9"_s});
        m_list->merge({conversation(u"c1"_s, u"stopped"_s), conversation(u"c9"_s)}, {}, m_now.addSecs(5));
        QCOMPARE(m_model->changedCount(), 0); // and of c9 nothing was known
        QCOMPARE(m_model->unlisted(), 1);
    }

    void timeThatPassesIsNoChange()
    {
        ask({u"c1"_s});
        QSignalSpy told(&*m_model, &TargetModel::factsChanged);
        m_list->tick(m_now.addSecs(60));
        m_list->merge({conversation(u"c1"_s)}, {}, m_now.addSecs(61));
        QTest::qWait(0);
        QCOMPARE(told.count(), 0);
        QCOMPARE(m_model->readAt(), m_now);
    }

    void whatWaitsIsCountedForThoseThatAreTicked()
    {
        knowQueue(u"c1"_s, 3);
        ask({u"c1"_s, u"c2"_s, u"c33"_s});
        QCOMPARE(m_model->waiting(), (WaitingSum{3, 1, 3}));
        knowQueue(u"c33"_s, 4);
        QCOMPARE(m_model->waiting(), (WaitingSum{7, 2, 3}));
        QCOMPARE(rows(*m_model).last(), u"T c33 | Billing | Running | 4 | "_s);
        QCOMPARE(said(2), u"Running: T c33; agent Billing; 4 waiting messages"_s);
        tick(0, false);
        QCOMPARE(m_model->waiting(), (WaitingSum{4, 1, 2}));
    }

    void theAgentWithMostStandsFirst()
    {
        ask({u"c33"_s, u"c1"_s, u"c2"_s});
        QCOMPARE(m_model->agents(), (QList<AgentShare>{{u"Sales"_s, 2}, {u"Billing"_s, 1}}));
        tick(1, false);
        tick(2, false);
        QCOMPARE(m_model->agents(), (QList<AgentShare>{{u"Billing"_s, 1}}));
    }

    void theOldestReadIsTold()
    {
        m_list->merge({conversation(u"c1"_s)}, {}, m_now.addSecs(7));
        ask({u"c1"_s, u"c2"_s});
        QCOMPARE(m_model->readAt(), m_now);
    }

    void hostileTitlesStayPlain()
    {
        StopTarget hostile = target(u"c1"_s);
        hostile.title = u"<b>x</b>\n%1\u202e"_s;
        m_tester.reset();
        m_model.emplace(QList{hostile, target(u"c2"_s)}, *m_list);
        QCOMPARE(rows(*m_model).first(), u"<b>x</b> %1\ufffd | Sales | Running | – | "_s);
        QVERIFY(!m_model->index(0, 0).data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
        QVERIFY(said(0).startsWith(u"Running: <b>x</b> %1\ufffd; agent Sales"_s));
    }
};

}

STOPDESK_TEST(targetmodel, TestTargetModel, QCoreApplication)
#include "tst_targetmodel.moc"
