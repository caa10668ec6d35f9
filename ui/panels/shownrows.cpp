#include "ui/panels/shownrows.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace {

constexpr int mostRuns = 4; ///< separate ones; each costs the view a look at its layout
constexpr int manyRows = 256; ///< from here on all are said to have changed

}

ShownRows::ShownRows(QAbstractItemModel &source, QObject *parent) : QAbstractTableModel(parent), m_source(source) { }

int ShownRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int ShownRows::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_source.columnCount();
}

QVariant ShownRows::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return m_source.data(m_source.index(m_shown.at(index.row()), index.column()), role);
}

QVariant ShownRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? m_source.headerData(section, orientation, role) : QVariant();
}

int ShownRows::placeOf(int row) const
{
    if (m_placesOld) {
        m_places.fill(-1, m_source.rowCount());
        for (int place = 0; place < m_shown.size(); ++place)
            m_places[m_shown.at(place)] = place;
        m_placesOld = false;
    }
    return m_places.value(row, -1);
}

void ShownRows::show(const QList<int> &rows)
{
    const QScopedValueRollback moving(m_moving, true);
    QList<int> placeIn(m_source.rowCount(), -1);
    for (int place = 0; place < rows.size(); ++place)
        placeIn[rows.at(place)] = place;
    QList<int> targets;
    targets.reserve(m_shown.size());
    for (const int row : std::as_const(m_shown))
        targets.append(placeIn.at(row));
    const DropPlan plan = planDrop(targets, mostRuns);
    if (!plan.order.isEmpty())
        reorder(plan.order);
    for (const Run &run : plan.gone) {
        beginRemoveRows({}, run.first, run.last);
        m_shown.remove(run.first, run.size());
        m_placesOld = true;
        endRemoveRows();
    }
    QList<int> absent;
    int present = 0;
    for (int place = 0; place < rows.size(); ++place) {
        if (present < m_shown.size() && m_shown.at(present) == rows.at(place))
            ++present;
        else
            absent.append(place);
    }
    insertAt(absent, rows);
}

void ShownRows::insertAt(const QList<int> &places, const QList<int> &wanted)
{
    const QList<Run> runs = runsOf(places);
    if (runs.size() <= mostRuns) {
        for (const Run &run : runs)
            insertRun(run.first, wanted.mid(run.first, run.size()));
        return;
    }
    QList<int> fresh;
    for (const int place : places)
        fresh.append(wanted.at(place));
    const int staying = int(m_shown.size());
    insertRun(staying, fresh);
    reorder(orderOfAppended(staying, places));
}

void ShownRows::insertRun(int first, const QList<int> &rows)
{
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    m_shown.insert(first, rows.size(), 0);
    std::ranges::copy(rows, m_shown.begin() + first);
    m_placesOld = true;
    endInsertRows();
}

void ShownRows::reorder(const QList<int> &order)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    QList<int> moved;
    moved.reserve(order.size());
    QList<int> placeOf(order.size());
    for (int place = 0; place < order.size(); ++place) {
        moved.append(m_shown.at(order.at(place)));
        placeOf[order.at(place)] = place;
    }
    m_shown = moved;
    m_placesOld = true;
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &old : before)
        after.append(index(placeOf.at(old.row()), old.column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void ShownRows::renumber(const QList<int> &shown)
{
    m_shown = shown;
    m_placesOld = true;
}

void ShownRows::sayChanged(int first, int last, int firstColumn, int lastColumn, const QList<int> &roles)
{
    QList<int> places;
    if (last - first >= manyRows) {
        if (!m_shown.isEmpty())
            Q_EMIT dataChanged(index(0, firstColumn), index(int(m_shown.size()) - 1, lastColumn), roles);
        return;
    }
    for (int row = first; row <= last; ++row) {
        if (const int place = placeOf(row); place >= 0)
            places.append(place);
    }
    std::ranges::sort(places);
    for (const Run &run : runsOf(places))
        Q_EMIT dataChanged(index(run.first, firstColumn), index(run.last, lastColumn), roles);
}
