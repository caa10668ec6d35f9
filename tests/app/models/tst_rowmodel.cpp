#include "app/models/rowmodel.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QtTest>

#include <rapidcheck.h>

namespace rowmodel_test {

using namespace Qt::StringLiterals;

struct Row {
    int id = 0;
    int value = 0;

    int key() const { return id; }
    bool operator==(const Row &) const = default;
};

class Table final : public RowModel<Row> {
public:
    void merge(const QList<Row> &wanted) { mergeRows(wanted); }

protected:
    int columns() const override { return 2; }
    QVariant cell(const Row &row, int column, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(column == 0 ? row.id : row.value) : QVariant();
    }
    QString columnTitle(int column) const override { return QString::number(column); }
    bool isNumber(int column) const override { return column == 1; }
};

QList<Row> rowsOf(const QList<int> &ids, int value = 0)
{
    QList<Row> rows;
    for (const int id : ids)
        rows.append({id, value});
    return rows;
}

/// Follows every row of a table by a persistent index and tells whether each still points to its row.
class Followers {
public:
    explicit Followers(const Table &table)
    {
        for (int i = 0; i < table.rowCount(); ++i)
            m_followers.insert(table.row(i).id, table.index(i, i % 2));
    }
    bool followed(const Table &table) const
    {
        for (auto it = m_followers.cbegin(); it != m_followers.cend(); ++it) {
            if (it.value().isValid() ? it.value().row() != table.find(it.key()) : table.find(it.key()) >= 0)
                return false;
        }
        return true;
    }

private:
    QHash<int, QPersistentModelIndex> m_followers;
};

QList<Row> someRows()
{
    const auto pairs = *rc::gen::uniqueBy<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 40), rc::gen::inRange(0, 3)), [](const auto &pair) { return pair.first; });
    QList<Row> rows;
    for (const auto &[id, value] : pairs)
        rows.append({id, value});
    return rows;
}

/// How a new list becomes exact steps.
class TestRowModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_table = std::make_unique<Table>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_table.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void anyListBecomesAnyOther()
    {
        const bool holds = rc::check("rows are the wanted ones, indexes follow, nothing is reset", [this] {
            QSignalSpy resets(m_table.get(), &QAbstractItemModel::modelReset);
            m_table->merge(someRows());
            const Followers followers(*m_table);
            const QList<Row> wanted = someRows();
            m_table->merge(wanted);
            RC_ASSERT(m_table->rows() == wanted);
            RC_ASSERT(followers.followed(*m_table));
            RC_ASSERT(resets.isEmpty());
        });
        QVERIFY(holds);
    }

    void theSameListSaysNothing()
    {
        m_table->merge(rowsOf({1, 2, 3}));
        QSignalSpy changes(m_table.get(), &QAbstractItemModel::dataChanged);
        QSignalSpy inserts(m_table.get(), &QAbstractItemModel::rowsInserted);
        QSignalSpy removes(m_table.get(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy layouts(m_table.get(), &QAbstractItemModel::layoutChanged);
        m_table->merge(rowsOf({1, 2, 3}));
        QCOMPARE(changes.size() + inserts.size() + removes.size() + layouts.size(), 0);
    }

    void onlyChangedNeighboursAreTold()
    {
        m_table->merge(rowsOf({1, 2, 3, 4, 5}));
        QSignalSpy changes(m_table.get(), &QAbstractItemModel::dataChanged);
        m_table->merge({{1, 0}, {2, 7}, {3, 7}, {4, 0}, {5, 7}});
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes.at(0).at(0).toModelIndex(), m_table->index(1, 0));
        QCOMPARE(changes.at(0).at(1).toModelIndex(), m_table->index(2, 1));
        QCOMPARE(changes.at(1).at(0).toModelIndex().row(), 4);
    }

    void rowsGoAndComeInRuns()
    {
        m_table->merge(rowsOf({1, 2, 3, 4, 5, 6}));
        QSignalSpy inserts(m_table.get(), &QAbstractItemModel::rowsInserted);
        QSignalSpy removes(m_table.get(), &QAbstractItemModel::rowsRemoved);
        m_table->merge(rowsOf({1, 7, 8, 4, 6, 9}));
        QCOMPARE(removes.size(), 2); // 5, then 2 and 3
        QCOMPARE(inserts.size(), 2); // 7 and 8, then 9
        QCOMPARE(m_table->rows(), rowsOf({1, 7, 8, 4, 6, 9}));
    }

    void aNewOrderIsOneChangeOfLayout()
    {
        m_table->merge(rowsOf({1, 2, 3, 4}));
        const QPersistentModelIndex three = m_table->index(2, 1);
        QSignalSpy layouts(m_table.get(), &QAbstractItemModel::layoutChanged);
        QSignalSpy removes(m_table.get(), &QAbstractItemModel::rowsRemoved);
        m_table->merge(rowsOf({4, 3, 2, 1}));
        QCOMPARE(layouts.size(), 1);
        QCOMPARE(removes.size(), 0);
        QCOMPARE(three.row(), 1);
        QCOMPARE(m_table->find(3), 1);
    }

    void findFollowsEveryChange()
    {
        m_table->merge(rowsOf({1, 2, 3}));
        QCOMPARE(m_table->find(3), 2);
        m_table->merge(rowsOf({3}));
        QCOMPARE(m_table->find(3), 0);
        QCOMPARE(m_table->find(2), -1);
        m_table->merge(rowsOf({5, 3}));
        QCOMPARE(m_table->find(3), 1);
        m_table->merge(rowsOf({3, 5}));
        QCOMPARE(m_table->find(3), 0);
    }

    void manyScatteredRowsAreNearLinear()
    {
        QList<Row> before;
        QList<Row> after;
        for (int id = 0; id < 100'000; ++id) {
            if (id % 5 != 0)
                before.append({id, 0});
            if (id % 3 != 0)
                after.append({id, id % 7 == 0 ? 1 : 0});
        }
        m_tester.reset(); // it checks every row at every step
        m_table->merge(before);
        const QPersistentModelIndex kept = m_table->index(m_table->find(77'777), 0);
        const QPersistentModelIndex gone = m_table->index(m_table->find(77'778), 0);
        QSignalSpy removes(m_table.get(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserts(m_table.get(), &QAbstractItemModel::rowsInserted);
        m_table->merge(after);
        QCOMPARE(m_table->rows(), after);
        QCOMPARE(kept.data().toInt(), 77'777);
        QVERIFY(!gone.isValid());
        QCOMPARE(removes.size(), 1);
        QCOMPARE(inserts.size(), 1);
    }

    void theShapeIsATable()
    {
        m_table->merge(rowsOf({1, 2}));
        QCOMPARE(m_table->rowCount(m_table->index(0, 0)), 0);
        QCOMPARE(m_table->columnCount(m_table->index(0, 0)), 0);
        QCOMPARE(m_table->data(QModelIndex()), QVariant());
        QCOMPARE(m_table->headerData(1, Qt::Horizontal), QVariant(u"1"_s));
        QCOMPARE(m_table->headerData(2, Qt::Horizontal), QVariant());
        QCOMPARE(m_table->headerData(0, Qt::Vertical), QVariant());
        QCOMPARE(m_table->headerData(1, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight,
                 int(Qt::AlignRight));
        QCOMPARE(m_table->index(0, 0).data(Qt::TextAlignmentRole), QVariant());
        QCOMPARE(m_table->find(9), -1);
    }

private:
    std::unique_ptr<Table> m_table;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

}

STOPDESK_TEST(rowmodel, TestRowModel, QCoreApplication)
#include "tst_rowmodel.moc"
