#pragma once

#include <QAbstractTableModel>
#include <QHash>

#include <algorithm>
#include <numeric>

/// Neighbours in a table, both ends included.
struct Run {
    int first = 0;
    int last = 0;

    int size() const { return last - first + 1; }
    bool operator==(const Run &) const = default;
};

/// The runs of neighbours among ascending numbers, in that order.
inline QList<Run> runsOf(const QList<int> &ascending)
{
    QList<Run> runs;
    for (const int number : ascending) {
        if (!runs.isEmpty() && runs.last().last + 1 == number)
            runs.last().last = number;
        else
            runs.append({number, number});
    }
    return runs;
}

/// A flat table of rows keyed by id: how a new list becomes exact inserts, removes and changes, so that selection,
/// scroll and focus survive. `Row` has `key()` (hashable) and `operator==`. A model writes `cell` and `columnTitle`.
template <class Row> class RowModel : public QAbstractTableModel {
public:
    using Key = std::decay_t<decltype(std::declval<const Row &>().key())>;
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : columns(); }
    /// Without Qt's questions for rows and columns: a proxy that sorts asks for a million of them.
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final
    {
        const bool exists = row >= 0 && row < m_rows.size() && column >= 0 && column < columns() && !parent.isValid();
        return exists ? createIndex(row, column) : QModelIndex();
    }
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
    /// The number of the row with this key, -1 without one. O(1), but O(rows) for the first time after rows moved.
    int find(const Key &key) const
    {
        if (m_numbersOld) {
            m_numbers.clear();
            m_numbers.reserve(m_rows.size());
            m_shift = 0;
            addNumbers(0, m_rows.size());
            m_numbersOld = false;
        }
        const auto known = m_numbers.constFind(key);
        return known == m_numbers.cend() ? -1 : *known + m_shift;
    }

protected:
    virtual int columns() const = 0;
    virtual QVariant cell(const Row &row, int column, int role) const = 0;
    virtual QString columnTitle(int column) const = 0;
    virtual bool isNumber(int) const { return false; } ///< columns of numbers stand at the right

    /// Turns the present rows into `wanted`, in its order; each key stands in it once. Rows that stay keep their
    /// persistent indexes. Never a reset; a new order is one change of layout. Near-linear, however much differs.
    void mergeRows(const QList<Row> &wanted)
    {
        QHash<Key, int> places;
        places.reserve(wanted.size());
        for (int place = 0; place < wanted.size(); ++place)
            places.insert(wanted.at(place).key(), place);
        QList<int> gone;
        QList<int> targets; // of the rows that stay
        for (int number = 0; number < m_rows.size(); ++number) {
            const int place = places.value(m_rows.at(number).key(), -1);
            place < 0 ? gone.append(number) : targets.append(place);
        }
        removeRows(gone);
        sortRows(targets);
        insertRows(mergeValues(wanted), wanted);
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
        const bool atEnd = first == m_rows.size();
        beginInsertRows({}, first, first + int(fresh.size()) - 1);
        m_rows.insert(first, fresh.size(), Row());
        std::ranges::copy(fresh, m_rows.begin() + first);
        m_numbersOld = m_numbersOld || (first > 0 && !atEnd);
        if (!m_numbersOld) { // at either end no other key is hashed again
            m_shift += atEnd ? 0 : int(fresh.size());
            addNumbers(first, first + fresh.size());
        }
        endInsertRows();
    }
    void removeRows(const QList<int> &ascending) ///< the others keep their order
    {
        QList<Run> runs = runsOf(ascending);
        if (runs.size() > manyRuns) {
            QList<int> order;
            order.reserve(m_rows.size());
            for (int number = 0, next = 0; number < m_rows.size(); ++number) {
                if (next < ascending.size() && ascending.at(next) == number)
                    ++next;
                else
                    order.append(number);
            }
            runs = {{int(order.size()), int(m_rows.size()) - 1}};
            reorder(order + ascending);
        }
        for (auto run = runs.crbegin(); run != runs.crend(); ++run)
            removeRun(*run);
    }
    void removeRun(const Run &run)
    {
        beginRemoveRows({}, run.first, run.last);
        m_rows.remove(run.first, run.size());
        m_numbersOld = true;
        endRemoveRows();
    }
    void changed(const Run &run) { Q_EMIT dataChanged(index(run.first, 0), index(run.last, columns() - 1)); }

private:
    /// From so many separate runs on, moving all rows once is cheaper than shifting the tail for each.
    static constexpr int manyRuns = 64;

    QVariant alignment(int column) const
    {
        return isNumber(column) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    }
    void addNumbers(qsizetype first, qsizetype end) const
    {
        for (qsizetype number = first; number < end; ++number)
            m_numbers.insert(m_rows.at(number).key(), int(number) - m_shift);
    }

    /// `targets`: for each row where it is to stand among the others.
    void sortRows(const QList<int> &targets)
    {
        if (std::ranges::is_sorted(targets))
            return;
        QList<int> order(targets.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::sort(order, {}, [&targets](int number) { return targets.at(number); });
        reorder(order);
    }
    /// All rows are wanted and in order. Gives them their new values and returns the places of those not present.
    QList<int> mergeValues(const QList<Row> &wanted)
    {
        QList<int> absent;
        QList<int> different;
        int present = 0;
        for (int place = 0; place < wanted.size(); ++place) {
            if (present == m_rows.size() || m_rows.at(present).key() != wanted.at(place).key()) {
                absent.append(place);
                continue;
            }
            if (putRow(present, wanted.at(place)))
                different.append(present);
            ++present;
        }
        for (const Run &run : runsOf(different))
            changed(run);
        return absent;
    }
    void insertRows(const QList<int> &places, const QList<Row> &wanted)
    {
        const QList<Run> runs = runsOf(places);
        if (runs.size() <= manyRuns) {
            for (const Run &run : runs)
                insertRun(run.first, wanted.mid(run.first, run.size()));
            return;
        }
        QList<Row> fresh;
        for (const int place : places)
            fresh.append(wanted.at(place));
        QList<int> order;
        int old = 0;
        int next = int(m_rows.size());
        for (int place = 0, added = 0; place < wanted.size(); ++place) {
            const bool isNew = added < places.size() && places.at(added) == place;
            added += isNew ? 1 : 0;
            order.append(isNew ? next++ : old++);
        }
        insertRun(int(m_rows.size()), fresh);
        reorder(order);
    }
    void reorder(const QList<int> &order) ///< row `order[i]` comes to place `i`
    {
        Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
        QList<int> placeOf(order.size());
        QList<Row> moved;
        moved.reserve(m_rows.capacity());
        for (int place = 0; place < order.size(); ++place) {
            placeOf[order.at(place)] = place;
            moved.append(std::move(m_rows[order.at(place)]));
        }
        m_rows = std::move(moved);
        m_numbersOld = true;
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex &old : before)
            after.append(index(placeOf.at(old.row()), old.column()));
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged({}, VerticalSortHint);
    }

    QList<Row> m_rows;
    mutable QHash<Key, int> m_numbers; ///< by key; to each `m_shift` is to be added
    mutable int m_shift = 0;
    mutable bool m_numbersOld = false;
};
