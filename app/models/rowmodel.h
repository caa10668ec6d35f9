#pragma once

#include "app/models/rowplaces.h"

#include <QAbstractTableModel>
#include <QHash>

#include <algorithm>
#include <numeric>

/// A flat table of rows keyed by id: how a new list becomes exact inserts, removes and changes, so that selection,
/// scroll and focus survive. `Row` has `key()` (hashable) and `operator==`. A model writes `cell` and `columnTitle`.
template <class Row> class RowModel : public QAbstractTableModel {
public:
    using Key = std::decay_t<decltype(std::declval<const Row &>().key())>;
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : columns(); }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const final
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        return role == Qt::TextAlignmentRole ? alignment(index.column())
                                             : cell(m_rows.at(index.row()), index.column(), role);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columns())
            return {};
        if (role == Qt::TextAlignmentRole)
            return alignment(section);
        return role == Qt::DisplayRole ? columnTitle(section) : QVariant();
    }

    const QList<Row> &rows() const { return m_rows; }
    const Row &row(int number) const { return m_rows.at(number); }
    /// The number of the row with this key, -1 without one. O(1).
    int find(const Key &key) const { return m_places.find(key); }

protected:
    virtual int columns() const = 0;
    virtual QVariant cell(const Row &row, int column, int role) const = 0;
    virtual QString columnTitle(int column) const = 0;
    virtual bool isNumber(int) const { return false; } ///< columns of numbers stand at the right

    /// Turns the present rows into `wanted`, in its order; each key stands in it once. Rows that stay keep their
    /// persistent indexes. Never a reset; a new order is one change of layout. Near-linear, however much differs.
    void mergeRows(const QList<Row> &wanted)
    {
        const Places places = placesOf(wanted);
        QList<int> targets;
        for (const Row &row : m_rows)
            targets.append(places.value(row.key(), -1));
        drop(targets);
        insertAt(takeValues(wanted), wanted);
    }

    /// Puts another value into a row, which keeps its key. Says nothing when it is equal.
    bool changeRow(int number, const Row &row)
    {
        if (!putRow(number, row))
            return false;
        changed({number, number});
        return true;
    }
    /// The same in silence, for many: `changed` is to be said of them afterwards.
    bool putRow(int number, const Row &row)
    {
        if (m_rows.at(number) == row)
            return false;
        m_rows[number] = row;
        return true;
    }
    void reserve(int rows) { m_rows.reserve(rows); } ///< a list that grows past 10,000 is moved in a tenth of a second
    void insertRun(int first, const QList<Row> &fresh)
    {
        beginInsertRows({}, first, first + int(fresh.size()) - 1);
        m_rows.insert(first, fresh.size(), Row());
        std::ranges::copy(fresh, m_rows.begin() + first);
        m_places.insert(first, keysOf(fresh));
        endInsertRows();
    }
    void removeRows(const QList<int> &ascending) ///< the others keep their order
    {
        QList<int> targets(m_rows.size());
        std::iota(targets.begin(), targets.end(), 0);
        for (const int number : ascending)
            targets[number] = -1;
        drop(targets);
    }
    void removeRun(const Run &run)
    {
        beginRemoveRows({}, run.first, run.last);
        m_places.remove(run.first, keysOf(m_rows.mid(run.first, run.size())));
        m_rows.remove(run.first, run.size());
        endRemoveRows();
    }
    void changed(const Run &run) { Q_EMIT dataChanged(index(run.first, 0), index(run.last, columns() - 1)); }

private:
    using Places = QHash<Key, int>;

    static Places placesOf(const QList<Row> &rows)
    {
        Places places;
        places.reserve(rows.size());
        for (int i = 0; i < rows.size(); ++i)
            places.insert(rows.at(i).key(), i);
        return places;
    }
    static QList<Key> keysOf(const QList<Row> &rows)
    {
        QList<Key> keys;
        for (const Row &row : rows)
            keys.append(row.key());
        return keys;
    }
    QVariant alignment(int column) const
    {
        return isNumber(column) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    }

    void drop(const QList<int> &targets);                            ///< as `planDrop` says
    QList<int> takeValues(const QList<Row> &wanted);                 ///< returns the places of rows not present
    void insertAt(const QList<int> &places, const QList<Row> &wanted);
    void reorder(const QList<int> &order);                            ///< row `order[i]` comes to place `i`

    QList<Row> m_rows;
    RowPlaces<Key> m_places;
};

#include "app/models/rowmerge.h"
