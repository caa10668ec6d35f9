#pragma once

#include <QAbstractTableModel>

#include <algorithm>

/// A flat table of rows keyed by id: how a new list becomes exact inserts, removes and changes, so that selection,
/// scroll and focus survive. `Row` has `key()` (hashable) and `operator==`. A model writes `cell` and `columnTitle`.
template <class Row> class RowModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : columns(); }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const final
    {
        return checkIndex(index, CheckIndexOption::IndexIsValid) ? cell(m_rows.at(index.row()), index.column(), role)
                                                                 : QVariant();
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return columnTitle(section);
    }

    const QList<Row> &rows() const { return m_rows; }
    const Row &row(int number) const { return m_rows.at(number); }
    template <class Key> int find(const Key &key) const
    {
        const auto found = std::ranges::find_if(m_rows, [&](const Row &row) { return row.key() == key; });
        return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
    }

protected:
    virtual int columns() const = 0;
    virtual QVariant cell(const Row &row, int column, int role) const = 0;
    virtual QString columnTitle(int column) const = 0;

private:
    QList<Row> m_rows;
};
