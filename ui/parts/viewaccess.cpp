#include "ui/parts/viewaccess.h"

#include <QAccessibleWidget>
#include <QHeaderView>
#include <QListView>
#include <QPersistentModelIndex>
#include <QScrollBar>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

using SelectionFlag = QItemSelectionModel::SelectionFlag;

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
using SelectionAccess = QAccessibleSelectionInterface;
#else
class SelectionAccess { }; // a screen reader cannot ask for it
#endif

struct Place {
    int row = -1;
    int column = -1;
};

/// A table, list or tree. Its children are numbered as Qt numbers them in its events: line by line, the headers (a tree
/// has no row headers, a list none at all) before the cells. A list has the one column that it shows, as from Qt 6.8 on.
/// A cell keeps its identity wherever its row goes.
class RowsAccess final : public QAccessibleWidget, public QAccessibleTableInterface, public SelectionAccess {
public:
    RowsAccess(QAbstractItemView *view, QAccessible::Role role)
        : QAccessibleWidget(view, role)
    {
    }
    ~RowsAccess() override;

    QAbstractItemView *view() const { return qobject_cast<QAbstractItemView *>(object()); }
    QAbstractItemModel *model() const { return isValid() ? view()->model() : nullptr; }
    QHeaderView *header(QAccessible::Role role) const; ///< of columns or rows; nullptr: has none
    QModelIndex indexAt(int row, int column) const; ///< invalid where there is none
    Place placeOf(const QModelIndex &index) const;
    QAccessibleInterface *edge(QAccessible::Role role, int section) const; ///< a header's section
    QAccessibleInterface *cell(const QModelIndex &index) const; ///< never nullptr: invalid is the cell that is not there
    /// The row or column (NoUpdate: only the cell) as far as a person could choose it.
    bool choose(const QModelIndex &index, SelectionFlag line, bool chosen) const;

    bool isValid() const override { return QAccessibleWidget::isValid() && view(); }
    QString text(QAccessible::Text text) const override;
    QList<std::pair<QAccessibleInterface *, QAccessible::Relation>> relations(QAccessible::Relation) const override
    {
        return {}; // as Qt's: its name is its label's already
    }
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int number) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override { return cell(indexAt(row, column)); }
    int columnCount() const override;
    int rowCount() const override;
    QString columnDescription(int column) const override;
    QString rowDescription(int row) const override;
    int selectedCellCount() const override { return int(selectedIndexes().size()); }
    int selectedColumnCount() const override { return int(selectedColumns().size()); }
    int selectedRowCount() const override { return int(selectedRows().size()); }
    QList<QAccessibleInterface *> selectedCells() const override;
    QList<int> selectedColumns() const override;
    QList<int> selectedRows() const override;
    bool isColumnSelected(int column) const override;
    bool isRowSelected(int row) const override;
    bool selectRow(int row) override { return choose(indexAt(row, 0), QItemSelectionModel::Rows, true); }
    bool selectColumn(int column) override { return choose(indexAt(0, column), QItemSelectionModel::Columns, true); }
    bool unselectRow(int row) override { return choose(indexAt(row, 0), QItemSelectionModel::Rows, false); }
    bool unselectColumn(int column) override { return choose(indexAt(0, column), QItemSelectionModel::Columns, false); }
    void modelChange(QAccessibleTableModelChangeEvent *event) override;

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    int selectedItemCount() const override { return selectedCellCount(); }
    QList<QAccessibleInterface *> selectedItems() const override { return selectedCells(); }
    bool isSelected(QAccessibleInterface *child) const override;
    bool select(QAccessibleInterface *child) override;
    bool unselect(QAccessibleInterface *child) override;
    bool selectAll() override;
    bool clear() override;
#endif

private:
    bool hasHeader(QAccessible::Role role) const { return header(role) != nullptr; }
    bool lets(SelectionFlag line) const; ///< itself be chosen
    int numberOf(Place place) const;
    QModelIndexList selectedIndexes() const;

    mutable QHash<QPersistentModelIndex, QAccessible::Id> m_cells; ///< asked for; the key follows its row
    mutable QHash<std::pair<int, int>, QAccessible::Id> m_edges; ///< role and section
};

/// One cell; once its row has gone, or where there never was one, it is not valid and every answer is empty.
class CellAccess final : public QAccessibleInterface,
                         public QAccessibleTableCellInterface,
                         public QAccessibleActionInterface {
public:
    CellAccess(const RowsAccess &rows, const QPersistentModelIndex &index)
        : m_rows(rows)
        , m_index(index)
    {
    }

    const QPersistentModelIndex &index() const { return m_index; }
    bool choose(bool chosen) const;

    bool isValid() const override { return m_index.isValid() && m_index.model() == m_rows.model(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_rows.view()); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    QRect rect() const override;
    QString text(QAccessible::Text text) const override;
    void setText(QAccessible::Text, const QString &) override { }
    void *interface_cast(QAccessible::InterfaceType type) override;

    QAccessibleInterface *table() const override { return parent(); }
    int columnExtent() const override { return isValid() ? 1 : 0; }
    int rowExtent() const override { return isValid() ? 1 : 0; }
    int columnIndex() const override { return place().column; }
    int rowIndex() const override { return place().row; }
    QList<QAccessibleInterface *> columnHeaderCells() const override;
    QList<QAccessibleInterface *> rowHeaderCells() const override;
    bool isSelected() const override { return isValid() && m_rows.view()->selectionModel()->isSelected(m_index); }

    QStringList actionNames() const override { return {toggleAction()}; }
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    Place place() const { return isValid() ? m_rows.placeOf(m_index) : Place(); }

    const RowsAccess &m_rows;
    QPersistentModelIndex m_index;
};

/// A section of a header, or the corner of both (a pane that says nothing).
class EdgeAccess final : public QAccessibleInterface {
public:
    EdgeAccess(const RowsAccess &rows, QAccessible::Role role, int section)
        : m_rows(rows)
        , m_role(role)
        , m_section(section)
    {
    }

    int section() const { return m_section; }

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_rows.view()); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return m_role; }
    QAccessible::State state() const override;
    QRect rect() const override;
    QString text(QAccessible::Text text) const override;
    void setText(QAccessible::Text, const QString &) override { }

private:
    const RowsAccess &m_rows;
    QAccessible::Role m_role;
    int m_section;
};

/// A scroll area, or a header on its own: what it shows, its bars, its corner.
class AreaAccess final : public QAccessibleWidget {
public:
    explicit AreaAccess(QAbstractScrollArea *area)
        : QAccessibleWidget(area, QAccessible::Client)
    {
    }

    bool isValid() const override { return QAccessibleWidget::isValid() && area() && area()->viewport(); }
    QAccessibleInterface *child(int number) const override
    {
        return QAccessible::queryAccessibleInterface(parts().value(number));
    }
    QAccessibleInterface *childAt(int x, int y) const override;
    int childCount() const override { return int(parts().size()); }
    int indexOfChild(const QAccessibleInterface *child) const override;

private:
    QAbstractScrollArea *area() const { return qobject_cast<QAbstractScrollArea *>(object()); }
    QWidgetList parts() const;
};

QAccessible::Role cellRoleIn(QAccessible::Role view)
{
    switch (view) {
    case QAccessible::List: return QAccessible::ListItem;
    case QAccessible::Tree: return QAccessible::TreeItem;
    default: return QAccessible::Cell;
    }
}

RowsAccess::~RowsAccess()
{
    for (const QAccessible::Id id : std::as_const(m_cells))
        QAccessible::deleteAccessibleInterface(id);
    for (const QAccessible::Id id : std::as_const(m_edges))
        QAccessible::deleteAccessibleInterface(id);
}

QHeaderView *RowsAccess::header(QAccessible::Role role) const
{
    if (const auto *table = qobject_cast<const QTableView *>(object()))
        return role == QAccessible::ColumnHeader ? table->horizontalHeader() : table->verticalHeader();
    const auto *tree = qobject_cast<const QTreeView *>(object());
    return tree && role == QAccessible::ColumnHeader ? tree->header() : nullptr;
}

QModelIndex RowsAccess::indexAt(int row, int column) const
{
    if (!model() || row < 0 || column < 0 || column >= columnCount())
        return {};
    if (const auto *list = qobject_cast<const QListView *>(object()))
        column = list->modelColumn();
    const auto *tree = qobject_cast<const QTreeView *>(object());
    if (!tree)
        return model()->index(row, column, view()->rootIndex());
    QModelIndex line = model()->index(0, 0, tree->rootIndex());
    for (; row > 0 && line.isValid(); --row)
        line = tree->indexBelow(line);
    return line.siblingAtColumn(column);
}

Place RowsAccess::placeOf(const QModelIndex &index) const
{
    if (qobject_cast<const QListView *>(object()))
        return {index.row(), 0};
    const auto *tree = qobject_cast<const QTreeView *>(object());
    if (!tree)
        return {index.row(), index.column()};
    int row = 0;
    for (QModelIndex line = tree->indexAbove(index); line.isValid(); line = tree->indexAbove(line))
        ++row;
    return {row, index.column()};
}

QAccessibleInterface *RowsAccess::edge(QAccessible::Role role, int section) const
{
    const std::pair<int, int> key(role, section);
    if (!m_edges.contains(key))
        m_edges.insert(key, QAccessible::registerAccessibleInterface(new EdgeAccess(*this, role, section)));
    return QAccessible::accessibleInterface(m_edges.value(key));
}

QAccessibleInterface *RowsAccess::cell(const QModelIndex &index) const
{
    const QPersistentModelIndex key(index);
    if (!m_cells.contains(key))
        m_cells.insert(key, QAccessible::registerAccessibleInterface(new CellAccess(*this, key)));
    return QAccessible::accessibleInterface(m_cells.value(key));
}

bool RowsAccess::choose(const QModelIndex &index, SelectionFlag line, bool chosen) const
{
    if (!model() || !index.isValid() || !lets(line))
        return false;
    const QAbstractItemView::SelectionMode mode = view()->selectionMode();
    const bool isOne = mode == QAbstractItemView::SingleSelection || mode == QAbstractItemView::ContiguousSelection;
    if (isOne && !chosen)
        return false;
    const auto how = isOne ? QItemSelectionModel::ClearAndSelect
        : chosen           ? QItemSelectionModel::Select
                           : QItemSelectionModel::Deselect;
    view()->selectionModel()->select(index, how | line);
    return true;
}

bool RowsAccess::lets(SelectionFlag line) const
{
    const QAbstractItemView::SelectionMode mode = view()->selectionMode();
    if (mode == QAbstractItemView::NoSelection || line == QItemSelectionModel::NoUpdate)
        return mode != QAbstractItemView::NoSelection;
    const bool isColumn = line == QItemSelectionModel::Columns;
    switch (view()->selectionBehavior()) {
    case QAbstractItemView::SelectRows: return !isColumn;
    case QAbstractItemView::SelectColumns: return isColumn;
    case QAbstractItemView::SelectItems: break;
    }
    return mode != QAbstractItemView::SingleSelection || (isColumn ? rowCount() : columnCount()) <= 1;
}

QString RowsAccess::text(QAccessible::Text text) const
{
    return text == QAccessible::Description ? view()->accessibleDescription() : view()->accessibleName();
}

/// The list of a combo box is the combo box's own.
QAccessibleInterface *RowsAccess::parent() const
{
    const QWidget *holder = view()->parentWidget();
    if (holder && holder->inherits("QComboBoxPrivateContainer"))
        return QAccessible::queryAccessibleInterface(holder->parent());
    return QAccessibleWidget::parent();
}

QAccessibleInterface *RowsAccess::child(int number) const
{
    if (number < 0 || number >= childCount())
        return nullptr;
    const int edges = hasHeader(QAccessible::RowHeader);
    const int row = number / (columnCount() + edges) - hasHeader(QAccessible::ColumnHeader);
    const int column = number % (columnCount() + edges) - edges;
    if (row < 0 && column < 0)
        return edge(QAccessible::Pane, 0);
    if (row < 0)
        return edge(QAccessible::ColumnHeader, column);
    if (column < 0)
        return edge(QAccessible::RowHeader, row);
    const QModelIndex index = indexAt(row, column);
    return index.isValid() ? cell(index) : nullptr;
}

QAccessibleInterface *RowsAccess::childAt(int x, int y) const
{
    const QModelIndex index = view()->indexAt(view()->viewport()->mapFromGlobal(QPoint(x, y)));
    return index.isValid() ? cell(index) : nullptr;
}

QAccessibleInterface *RowsAccess::focusChild() const
{
    const QModelIndex index = view()->currentIndex();
    return index.isValid() ? cell(index) : nullptr;
}

int RowsAccess::childCount() const
{
    if (columnCount() == 0)
        return 0;
    return (rowCount() + hasHeader(QAccessible::ColumnHeader)) * (columnCount() + hasHeader(QAccessible::RowHeader));
}

int RowsAccess::indexOfChild(const QAccessibleInterface *child) const
{
    if (!child || !child->isValid() || child->parent() != this)
        return -1;
    if (const auto *cell = dynamic_cast<const CellAccess *>(child))
        return numberOf({cell->rowIndex(), cell->columnIndex()});
    const auto *edge = dynamic_cast<const EdgeAccess *>(child);
    if (!edge)
        return -1;
    return numberOf({edge->role() == QAccessible::RowHeader ? edge->section() : -1,
                     edge->role() == QAccessible::ColumnHeader ? edge->section() : -1});
}

int RowsAccess::numberOf(Place place) const
{
    const int edges = hasHeader(QAccessible::RowHeader);
    return (place.row + hasHeader(QAccessible::ColumnHeader)) * (columnCount() + edges) + place.column + edges;
}

void *RowsAccess::interface_cast(QAccessible::InterfaceType type)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (type == QAccessible::SelectionInterface)
        return static_cast<QAccessibleSelectionInterface *>(this);
#endif
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this) : nullptr;
}

int RowsAccess::columnCount() const
{
    const int count = model() ? model()->columnCount(view()->rootIndex()) : 0;
    return role() == QAccessible::List ? qMin(1, count) : count;
}

int RowsAccess::rowCount() const
{
    if (!model())
        return 0;
    const auto *tree = qobject_cast<const QTreeView *>(object());
    if (!tree)
        return model()->rowCount(view()->rootIndex());
    int count = 0;
    for (QModelIndex line = indexAt(0, 0); line.isValid(); line = tree->indexBelow(line))
        ++count;
    return count;
}

QString RowsAccess::columnDescription(int column) const
{
    const bool isThere = column >= 0 && column < columnCount();
    return isThere ? model()->headerData(column, Qt::Horizontal).toString() : QString();
}

QString RowsAccess::rowDescription(int row) const
{
    const bool isThere = role() != QAccessible::Tree && row >= 0 && row < rowCount();
    return isThere ? model()->headerData(row, Qt::Vertical).toString() : QString();
}

QModelIndexList RowsAccess::selectedIndexes() const
{
    QModelIndexList indexes = model() ? view()->selectionModel()->selectedIndexes() : QModelIndexList();
    if (const auto *list = qobject_cast<const QListView *>(object()))
        indexes.removeIf([list](const QModelIndex &index) { return index.column() != list->modelColumn(); });
    return indexes;
}

QList<QAccessibleInterface *> RowsAccess::selectedCells() const
{
    QList<QAccessibleInterface *> cells;
    for (const QModelIndex &index : selectedIndexes())
        cells.append(cell(index));
    return cells;
}

QList<int> RowsAccess::selectedColumns() const
{
    QList<int> columns;
    for (const QModelIndex &index : model() ? view()->selectionModel()->selectedColumns() : QModelIndexList())
        columns.append(index.column());
    return columns;
}

QList<int> RowsAccess::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : model() ? view()->selectionModel()->selectedRows() : QModelIndexList())
        rows.append(placeOf(index).row);
    return rows;
}

bool RowsAccess::isColumnSelected(int column) const
{
    const QModelIndex index = indexAt(0, column);
    return index.isValid() && view()->selectionModel()->isColumnSelected(index.column(), index.parent());
}

bool RowsAccess::isRowSelected(int row) const
{
    const QModelIndex index = indexAt(row, 0);
    return index.isValid() && view()->selectionModel()->isRowSelected(index.row(), index.parent());
}

/// Cells follow their rows by themselves; those whose row has gone go.
void RowsAccess::modelChange(QAccessibleTableModelChangeEvent *event)
{
    if (event->modelChangeType() == QAccessibleTableModelChangeEvent::DataChanged)
        return;
    for (auto known = m_cells.cbegin(); known != m_cells.cend();) {
        const bool isGone = !QAccessible::accessibleInterface(known.value())->isValid();
        if (isGone)
            QAccessible::deleteAccessibleInterface(known.value());
        known = isGone ? m_cells.erase(known) : std::next(known);
    }
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
bool RowsAccess::isSelected(QAccessibleInterface *child) const
{
    const auto *cell = dynamic_cast<const CellAccess *>(child);
    return cell && cell->isSelected();
}

bool RowsAccess::select(QAccessibleInterface *child)
{
    const auto *cell = dynamic_cast<const CellAccess *>(child);
    return cell && cell->choose(true);
}

bool RowsAccess::unselect(QAccessibleInterface *child)
{
    const auto *cell = dynamic_cast<const CellAccess *>(child);
    return cell && cell->choose(false);
}

bool RowsAccess::selectAll()
{
    view()->selectAll();
    return true;
}

bool RowsAccess::clear()
{
    if (model())
        view()->selectionModel()->clearSelection();
    return true;
}
#endif

bool CellAccess::choose(bool chosen) const
{
    if (!isValid())
        return false;
    switch (m_rows.view()->selectionBehavior()) {
    case QAbstractItemView::SelectRows: return m_rows.choose(m_index, QItemSelectionModel::Rows, chosen);
    case QAbstractItemView::SelectColumns: return m_rows.choose(m_index, QItemSelectionModel::Columns, chosen);
    case QAbstractItemView::SelectItems: break;
    }
    return m_rows.choose(m_index, QItemSelectionModel::NoUpdate, chosen);
}

QAccessible::Role CellAccess::role() const
{
    return cellRoleIn(m_rows.role());
}

QAccessible::State CellAccess::state() const
{
    QAccessible::State state;
    if (!isValid())
        return state;
    const QAbstractItemView &view = *m_rows.view();
    const QVariant ticked = m_index.data(Qt::CheckStateRole);
    const Qt::ItemFlags flags = m_index.flags();
    state.invisible = !QRect(view.mapToGlobal(QPoint(0, 0)), view.size()).intersects(rect());
    state.selected = isSelected();
    state.focused = view.currentIndex() == m_index;
    state.checked = ticked.toInt() == Qt::Checked;
    state.checkable = (flags & Qt::ItemIsUserCheckable) && ticked.isValid();
    if (flags & Qt::ItemIsSelectable) {
        state.selectable = true;
        state.focusable = true;
        state.multiSelectable = view.selectionMode() == QAbstractItemView::MultiSelection;
        state.extSelectable = view.selectionMode() == QAbstractItemView::ExtendedSelection;
    }
    if (const auto *tree = qobject_cast<const QTreeView *>(&view)) {
        state.expandable = tree->model()->hasChildren(m_index);
        state.expanded = tree->isExpanded(m_index);
    }
    return state;
}

QRect CellAccess::rect() const
{
    const QRect area = isValid() ? m_rows.view()->visualRect(m_index) : QRect();
    return area.isNull() ? area : area.translated(m_rows.view()->viewport()->mapToGlobal(QPoint(0, 0)));
}

QString CellAccess::text(QAccessible::Text text) const
{
    if (!isValid())
        return {};
    if (text == QAccessible::Description)
        return m_index.data(Qt::AccessibleDescriptionRole).toString();
    if (text != QAccessible::Name)
        return {};
    const QString name = m_index.data(Qt::AccessibleTextRole).toString();
    return name.isEmpty() ? m_index.data(Qt::DisplayRole).toString() : name;
}

void *CellAccess::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableCellInterface)
        return static_cast<QAccessibleTableCellInterface *>(this);
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QList<QAccessibleInterface *> CellAccess::columnHeaderCells() const
{
    if (!isValid() || !m_rows.header(QAccessible::ColumnHeader))
        return {};
    return {m_rows.edge(QAccessible::ColumnHeader, m_index.column())};
}

QList<QAccessibleInterface *> CellAccess::rowHeaderCells() const
{
    if (!isValid() || !m_rows.header(QAccessible::RowHeader))
        return {};
    return {m_rows.edge(QAccessible::RowHeader, m_index.row())};
}

void CellAccess::doAction(const QString &name)
{
    if (name == toggleAction())
        choose(!isSelected());
}

bool EdgeAccess::isValid() const
{
    if (m_role == QAccessible::Pane)
        return m_rows.isValid();
    const int count = m_role == QAccessible::ColumnHeader ? m_rows.columnCount() : m_rows.rowCount();
    return m_section >= 0 && m_section < count;
}

QAccessible::State EdgeAccess::state() const
{
    QAccessible::State state;
    if (const QHeaderView *header = isValid() && m_role != QAccessible::Pane ? m_rows.header(m_role) : nullptr) {
        state.invisible = !header->testAttribute(Qt::WA_WState_Visible);
        state.disabled = !header->isEnabled();
    }
    return state;
}

QRect EdgeAccess::rect() const
{
    const QHeaderView *header = isValid() && m_role != QAccessible::Pane ? m_rows.header(m_role) : nullptr;
    if (!header)
        return {};
    const QPoint corner = header->mapToGlobal(QPoint(0, 0));
    const int from = header->sectionViewportPosition(m_section);
    const int size = header->sectionSize(m_section);
    return header->orientation() == Qt::Horizontal ? QRect(corner + QPoint(from, 0), QSize(size, header->height()))
                                                   : QRect(corner + QPoint(0, from), QSize(header->width(), size));
}

QString EdgeAccess::text(QAccessible::Text text) const
{
    if (!isValid() || m_role == QAccessible::Pane)
        return {};
    const Qt::Orientation lies = m_role == QAccessible::ColumnHeader ? Qt::Horizontal : Qt::Vertical;
    const auto say = [this, lies](int role) { return m_rows.model()->headerData(m_section, lies, role).toString(); };
    if (text == QAccessible::Description)
        return say(Qt::AccessibleDescriptionRole);
    if (text != QAccessible::Name)
        return {};
    const QString name = say(Qt::AccessibleTextRole);
    return name.isEmpty() ? say(Qt::DisplayRole) : name;
}

QAccessibleInterface *AreaAccess::childAt(int x, int y) const
{
    for (QWidget *part : area()->isVisible() ? parts() : QWidgetList()) {
        if (QRect(part->mapToGlobal(QPoint(0, 0)), part->size()).contains(x, y))
            return QAccessible::queryAccessibleInterface(part);
    }
    return nullptr;
}

int AreaAccess::indexOfChild(const QAccessibleInterface *child) const
{
    return child ? int(parts().indexOf(qobject_cast<QWidget *>(child->object()))) : -1;
}

QWidgetList AreaAccess::parts() const
{
    if (!isValid())
        return {};
    QWidgetList found{area()->viewport()};
    for (const QScrollBar *bar : {area()->horizontalScrollBar(), area()->verticalScrollBar()}) {
        if (bar && bar->isVisible())
            found.append(bar->parentWidget());
    }
    if (QWidget *corner = area()->cornerWidget(); corner && corner->isVisible())
        found.append(corner);
    return found;
}

/// Asked for the names of the object's class and then of its base classes in turn.
QAccessibleInterface *accessOf(const QString &name, QObject *object)
{
    if (auto *table = qobject_cast<QTableView *>(object))
        return new RowsAccess(table, QAccessible::Table);
    if (auto *tree = qobject_cast<QTreeView *>(object))
        return new RowsAccess(tree, QAccessible::Tree);
    if (auto *list = qobject_cast<QListView *>(object))
        return new RowsAccess(list, QAccessible::List);
    auto *area = qobject_cast<QAbstractScrollArea *>(object);
    return area && (name == "QAbstractScrollArea"_L1 || name == "QScrollArea"_L1) ? new AreaAccess(area) : nullptr;
}

}

void installViewAccess()
{
    QAccessible::installFactory(accessOf);
}
