#include "app/models/agentlistmodel.h"
#include "tests/support/rows.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace agentlistmodel_test {

using namespace Qt::StringLiterals;

/// The agents' table: All agents on top, counts, agents without an id.
class TestAgentListModel : public QObject {
    Q_OBJECT

private:
    static Agent agent(const QString &id, const QString &name) { return {{id}, name, u"ACTIVE"_s}; }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<AgentListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void allAgentsIsAlwaysThere()
    {
        QCOMPARE(rows(*m_model), QStringList{u"All agents | –"_s});
        m_model->merge({agent(u"a1"_s, u"Billing"_s)});
        m_model->clear();
        QCOMPARE(rows(*m_model), QStringList{u"All agents | –"_s});
        QVERIFY(m_model->index(0, 0).data(AgentListModel::AllRole).toBool());
        QCOMPARE(m_model->index(0, 0).data(AgentListModel::AgentIdRole).toString(), QString());
    }

    void countsAreOfACompleteReadAndAbsentMeansNone()
    {
        m_model->merge({agent(u"a1"_s, u"Billing"_s), agent(u"a2"_s, u"Sales"_s)});
        QCOMPARE(rows(*m_model), QStringList({u"All agents | –"_s, u"Billing | –"_s, u"Sales | –"_s}));
        m_model->setRunning({{{u"a2"_s}, 9}}, 12);
        QCOMPARE(rows(*m_model), QStringList({u"All agents | 12"_s, u"Billing | 0"_s, u"Sales | 9"_s}));
        QCOMPARE(m_model->index(2, 0).data(Qt::AccessibleTextRole).toString(), u"Sales, 9 running"_s);
        m_model->merge({agent(u"a3"_s, u"Ops"_s), agent(u"a2"_s, u"Sales"_s)});
        QCOMPARE(rows(*m_model), QStringList({u"All agents | 12"_s, u"Ops | 0"_s, u"Sales | 9"_s}));
    }

    void onlyTheCountsThatDifferAreTold()
    {
        m_model->merge({agent(u"a1"_s, u"Billing"_s), agent(u"a2"_s, u"Sales"_s)});
        m_model->setRunning({{{u"a2"_s}, 9}}, 12);
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setRunning({{{u"a2"_s}, 8}}, 12);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.at(0).at(0).toModelIndex().row(), 2);
    }

    void aNewOrderKeepsTheSelectedOne()
    {
        m_model->merge({agent(u"a1"_s, u"Billing"_s), agent(u"a2"_s, u"Sales"_s)});
        const QPersistentModelIndex selected = m_model->index(1, 0);
        m_model->merge({agent(u"a3"_s, u"Ops"_s), agent(u"a2"_s, u"Sales"_s), agent(u"a1"_s, u"Billing"_s)});
        QCOMPARE(selected.row(), 3);
        QCOMPARE(selected.data().toString(), u"Billing"_s);
    }

    void duplicatesAndNullIdsAreBorne()
    {
        m_model->merge({agent(u"a1"_s, u"Billing"_s), agent({}, u"Draft"_s), agent(u"a1"_s, u"Again"_s),
                        agent({}, u"Draft"_s), agent({}, {})});
        QCOMPARE(rows(*m_model), QStringList({u"All agents | –"_s, u"Billing | –"_s, u"Draft | –"_s,
                                              u"Draft | –"_s, u"Untitled | –"_s}));
        QVERIFY(m_model->row(2).key() != m_model->row(3).key());
        QVERIFY(m_model->index(0, 0).flags() & Qt::ItemIsSelectable);
        QVERIFY(m_model->index(1, 0).flags() & Qt::ItemIsSelectable);
        QCOMPARE(m_model->index(2, 0).flags(), Qt::NoItemFlags);
        QVERIFY(m_model->index(2, 0).data(Qt::ToolTipRole).toString().contains(u"no id"_s));
        m_model->setRunning({}, 0);
        QCOMPARE(rows(*m_model).at(2), u"Draft | –"_s);
    }

    void namesFallBackToTheShortId()
    {
        m_model->merge({agent(u"a1"_s, u"Bil\u202eling\n<b>"_s)});
        QCOMPARE(m_model->nameOf({u"a1"_s}), u"Bil\ufffdling <b>"_s);
        QCOMPARE(m_model->nameOf({u"c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s}), u"c5f32594…1c2e"_s);
        QCOMPARE(m_model->nameOf({}), QString());
    }

private:
    std::unique_ptr<AgentListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

}

STOPDESK_TEST(agentlistmodel, TestAgentListModel, QCoreApplication)
#include "tst_agentlistmodel.moc"
