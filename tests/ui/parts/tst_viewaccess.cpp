#include "tests/support/testmain.h"
#include "ui/parts/viewaccess.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QListView>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <limits>

namespace viewaccess_test {

using namespace Qt::StringLiterals;

constexpr int farthest = std::numeric_limits<int>::max();

/// What a screen reader is told of views, asked as Qt's bridge to AT-SPI asks: without looking whether it was given
/// anything.
class ViewAccessTest : public QObject {
    Q_OBJECT

    QStandardItemModel m_model;
    QSortFilterProxyModel m_found; ///< as Find: rows go and come
    std::unique_ptr<QAbstractItemView> m_view;

    QAccessibleInterface *told() const { return QAccessible::queryAccessibleInterface(m_view.get()); }
    QAccessibleTableInterface *table() const { return told()->tableInterface(); }
    QString nameAt(int row, int column) const { return table()->cellAt(row, column)->text(QAccessible::Name); }

    static QList<int> numbersAround(int count) { return {-farthest - 1, -1, count, count + 1, farthest}; }

    void show(QAbstractItemView *view)
    {
        m_view.reset(view);
        view->setModel(&m_found);
        view->setAccessibleName(u"Things"_s);
        view->resize(400, 300);
        view->show();
    }

    /// Everything that can be asked of the cell; none of it may be true of one that is not there.
    static void isNothing(QAccessibleInterface *cell)
    {
        QVERIFY(cell);
        QVERIFY(!cell->isValid());
        QAccessibleTableCellInterface *place = cell->tableCellInterface();
        QVERIFY(place);
        QVERIFY(!place->isSelected());
        QCOMPARE(place->rowExtent(), 0);
        QCOMPARE(place->columnExtent(), 0);
        QCOMPARE(place->rowIndex(), -1);
        QCOMPARE(place->columnIndex(), -1);
        QVERIFY(place->rowHeaderCells().isEmpty());
        QVERIFY(place->columnHeaderCells().isEmpty());
        QCOMPARE(cell->rect(), QRect());
        QCOMPARE(cell->text(QAccessible::Name), QString());
        QCOMPARE(cell->text(QAccessible::Description), QString());
        QVERIFY(!cell->state().selected && !cell->state().focused);
        cell->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
    }

    static QAbstractItemView *made(const QByteArray &kind)
    {
        if (kind == "table")
            return new QTableView;
        return kind == "tree" ? static_cast<QAbstractItemView *>(new QTreeView) : new QListView;
    }

    static void kinds()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<int>("columns");
        QTest::addRow("table") << QByteArray("table") << 2;
        QTest::addRow("tree") << QByteArray("tree") << 2;
        QTest::addRow("list") << QByteArray("list") << 1;
    }

private Q_SLOTS:
    void initTestCase() { installViewAccess(); }

    void init()
    {
        m_model.clear();
        for (const QString &name : {u"ant"_s, u"bee"_s, u"cow"_s, u"dog"_s, u"elk"_s})
            m_model.appendRow({new QStandardItem(name), new QStandardItem(name.toUpper())});
        m_model.setHorizontalHeaderLabels({u"Name"_s, u"Loud"_s});
        m_found.setFilterFixedString({});
        m_found.sort(-1);
        m_found.setSourceModel(&m_model);
    }

    void cleanup() { m_view.reset(); }

    void whatIsThereIsTold_data() { kinds(); }
    void whatIsThereIsTold()
    {
        QFETCH(QByteArray, kind);
        QFETCH(int, columns);
        show(made(kind));
        QCOMPARE(told()->text(QAccessible::Name), u"Things"_s);
        QCOMPARE(table()->rowCount(), 5);
        QCOMPARE(table()->columnCount(), columns);
        QCOMPARE(nameAt(0, 0), u"ant"_s);
        QCOMPARE(nameAt(4, columns - 1), columns == 2 ? u"ELK"_s : u"elk"_s);
        QAccessibleInterface *cell = table()->cellAt(3, 0);
        QCOMPARE(cell->tableCellInterface()->rowIndex(), 3);
        QCOMPARE(cell->tableCellInterface()->rowExtent(), 1);
        QCOMPARE(cell->parent(), told());
        QVERIFY(!cell->rect().isEmpty());
        const QPoint middle = cell->rect().center();
        QCOMPARE(told()->childAt(middle.x(), middle.y()), cell);
    }

    void eachChildKnowsItsNumber_data() { kinds(); }
    void eachChildKnowsItsNumber()
    {
        QFETCH(QByteArray, kind);
        show(made(kind));
        const QHash<QByteArray, int> counts{{"table", 6 * 3}, {"tree", 6 * 2}, {"list", 5}};
        QCOMPARE(told()->childCount(), counts.value(kind));
        for (int number = 0; number < told()->childCount(); ++number) {
            QVERIFY(told()->child(number)->isValid());
            QCOMPARE(told()->indexOfChild(told()->child(number)), number);
        }
    }

    void whatIsNotThereIsNothingHarmful_data() { kinds(); }
    void whatIsNotThereIsNothingHarmful()
    {
        QFETCH(QByteArray, kind);
        QFETCH(int, columns);
        show(made(kind));
        for (const int row : numbersAround(5)) {
            isNothing(table()->cellAt(row, 0));
            QVERIFY(!table()->isRowSelected(row) && !table()->selectRow(row) && !table()->unselectRow(row));
            QCOMPARE(table()->rowDescription(row), QString());
        }
        for (const int column : numbersAround(columns)) {
            isNothing(table()->cellAt(0, column));
            QVERIFY(!table()->isColumnSelected(column) && !table()->selectColumn(column));
            QVERIFY(!table()->unselectColumn(column));
            QCOMPARE(table()->columnDescription(column), QString());
        }
        for (const int number : numbersAround(told()->childCount()))
            QVERIFY(!told()->child(number));
        QVERIFY(!told()->childAt(farthest, -farthest));
        QCOMPARE(told()->indexOfChild(nullptr), -1);
        QVERIFY(table()->selectedRows().isEmpty());
    }

    void withoutRowsAndWithoutAModelToo_data() { kinds(); }
    void withoutRowsAndWithoutAModelToo()
    {
        QFETCH(QByteArray, kind);
        show(made(kind));
        m_model.removeRows(0, 5);
        isNothing(table()->cellAt(0, 0));
        m_model.setColumnCount(0);
        QCOMPARE(told()->childCount(), 0);
        QVERIFY(!told()->child(0));
        m_view->setModel(nullptr);
        isNothing(table()->cellAt(0, 0));
        QCOMPARE(table()->selectedCellCount(), 0);
        QCOMPARE(told()->childCount(), 0);
    }

    void aCellFollowsItsRowAndEndsWithIt_data() { kinds(); }
    void aCellFollowsItsRowAndEndsWithIt()
    {
        QFETCH(QByteArray, kind);
        show(made(kind));
        const QAccessible::Id id = QAccessible::uniqueId(table()->cellAt(3, 0));
        const auto cell = [id] { return QAccessible::accessibleInterface(id); };
        m_found.sort(0, Qt::DescendingOrder);
        QCOMPARE(cell()->tableCellInterface()->rowIndex(), 1);
        m_found.setFilterFixedString(u"dog"_s);
        QCOMPARE(cell()->text(QAccessible::Name), u"dog"_s);
        QCOMPARE(cell()->tableCellInterface()->rowIndex(), 0);
        QCOMPARE(table()->cellAt(0, 0), cell());
        m_found.setFilterFixedString(u"cow"_s);
        if (cell())
            isNothing(cell());
        QAccessibleTableModelChangeEvent gone(m_view.get(), QAccessibleTableModelChangeEvent::RowsRemoved);
        table()->modelChange(&gone);
        QVERIFY(!cell());
        m_found.setFilterFixedString(u"dog"_s);
        QCOMPARE(nameAt(0, 0), u"dog"_s);
    }

    void withTheViewGoAllItsChildren_data() { kinds(); }
    void withTheViewGoAllItsChildren()
    {
        QFETCH(QByteArray, kind);
        show(made(kind));
        const QAccessible::Id cell = QAccessible::uniqueId(table()->cellAt(0, 0));
        const QAccessible::Id first = QAccessible::uniqueId(told()->child(0));
        const QAccessible::Id all = QAccessible::uniqueId(told());
        m_view.reset();
        for (const QAccessible::Id id : {cell, first, all})
            QVERIFY(!QAccessible::accessibleInterface(id));
    }

    void headersAreToldAndEndWithTheirColumns()
    {
        show(new QTableView);
        QAccessibleInterface *header = table()->cellAt(2, 1)->tableCellInterface()->columnHeaderCells().value(0);
        QCOMPARE(header->role(), QAccessible::ColumnHeader);
        QCOMPARE(header->text(QAccessible::Name), u"Loud"_s);
        QCOMPARE(told()->child(2), header);
        QCOMPARE(table()->cellAt(0, 1)->tableCellInterface()->columnHeaderCells().value(0), header); // not one more
        QAccessibleInterface *line = table()->cellAt(2, 1)->tableCellInterface()->rowHeaderCells().value(0);
        QCOMPARE(line->role(), QAccessible::RowHeader);
        QCOMPARE(line->text(QAccessible::Name), u"3"_s);
        QCOMPARE(told()->child(0)->role(), QAccessible::Pane);
        m_model.removeColumn(1);
        QVERIFY(!header->isValid());
        QCOMPARE(header->text(QAccessible::Name), QString());
        QCOMPARE(header->rect(), QRect());
        QCOMPARE(told()->indexOfChild(header), -1);
    }

    void aRowIsChosenAsAPersonCould()
    {
        auto *view = new QTableView;
        show(view);
        view->setSelectionBehavior(QAbstractItemView::SelectRows);
        view->setSelectionMode(QAbstractItemView::SingleSelection);
        QVERIFY(table()->selectRow(1));
        table()->cellAt(2, 1)->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        QCOMPARE(table()->selectedRows(), QList<int>{2});
        QVERIFY(table()->isRowSelected(2) && table()->cellAt(2, 0)->state().selected);
        QVERIFY(!table()->unselectRow(2));
        QVERIFY(!table()->selectColumn(0));
        view->setSelectionMode(QAbstractItemView::ExtendedSelection);
        QVERIFY(table()->selectRow(4) && table()->unselectRow(2));
        QCOMPARE(table()->selectedRows(), QList<int>{4});
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        QAccessibleSelectionInterface *chosen = told()->selectionInterface();
        QVERIFY(chosen && chosen->select(table()->cellAt(1, 1)) && chosen->isSelected(table()->cellAt(1, 0)));
        QCOMPARE(chosen->selectedItemCount(), 4); // of two rows
        QVERIFY(!chosen->select(table()->cellAt(5, 0)) && !chosen->isSelected(nullptr) && !chosen->unselect(told()));
        QVERIFY(!chosen->selectedItem(4) && !chosen->selectedItem(-1));
        QVERIFY(chosen->clear() && table()->selectedRows().isEmpty());
#endif
        view->setSelectionMode(QAbstractItemView::NoSelection);
        QVERIFY(!table()->selectRow(0));
    }

    void aTreeCountsTheRowsThatAreOpen()
    {
        m_model.item(1)->appendRow({new QStandardItem(u"bumble bee"_s), new QStandardItem(u"BUMBLE"_s)});
        auto *view = new QTreeView;
        show(view);
        QVERIFY(table()->cellAt(1, 0)->state().expandable);
        view->expandAll();
        QCOMPARE(table()->rowCount(), 6);
        QCOMPARE(nameAt(2, 1), u"BUMBLE"_s);
        QCOMPARE(table()->cellAt(3, 0)->tableCellInterface()->rowIndex(), 3);
        view->collapseAll();
        QCOMPARE(table()->rowCount(), 5);
        isNothing(table()->cellAt(5, 0));
    }

    void theListOfAComboBoxIsOfTheComboBox()
    {
        QComboBox box;
        box.addItems({u"one"_s, u"two"_s});
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&box)->child(0);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->parent()->object(), &box);
        QCOMPARE(list->child(1)->text(QAccessible::Name), u"two"_s);
        QCOMPARE(list->child(1)->role(), QAccessible::ListItem);
        isNothing(list->tableInterface()->cellAt(2, 0));
    }

    void aScrollAreaHasNoMoreChildrenThanItSays()
    {
        QScrollArea area;
        QHeaderView header(Qt::Horizontal);
        for (QWidget *widget : {static_cast<QWidget *>(&area), static_cast<QWidget *>(&header)}) {
            widget->show();
            QAccessibleInterface *all = QAccessible::queryAccessibleInterface(widget);
            QCOMPARE(all->child(0)->parent(), all);
            QCOMPARE(all->indexOfChild(all->child(0)), 0);
            for (const int number : numbersAround(all->childCount()))
                QVERIFY(!all->child(number));
        }
    }
};

}

STOPDESK_TEST(viewaccess, ViewAccessTest, QApplication)
#include "tst_viewaccess.moc"
