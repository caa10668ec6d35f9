#pragma once

#include "app/models/rowmodel.h"

// The steps of RowModel::mergeRows, included by rowmodel.h alone.

template <class Row> void RowModel<Row>::drop(const QList<int> &targets)
{
    const DropPlan plan = planDrop(targets);
    if (!plan.order.isEmpty())
        reorder(plan.order);
    for (const Run &run : plan.gone)
        removeRun(run);
}

template <class Row> QList<int> RowModel<Row>::takeValues(const QList<Row> &wanted)
{
    QList<int> absent;
    QList<int> different;
    int present = 0;
    for (int i = 0; i < wanted.size(); ++i) {
        if (present == m_rows.size() || m_rows.at(present).key() != wanted.at(i).key()) {
            absent.append(i);
            continue;
        }
        if (!(m_rows.at(present) == wanted.at(i))) {
            m_rows[present] = wanted.at(i);
            different.append(present);
        }
        ++present;
    }
    for (const Run &run : runsOf(different))
        changed(run);
    return absent;
}

template <class Row> void RowModel<Row>::insertAt(const QList<int> &places, const QList<Row> &wanted)
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
    const int staying = int(m_rows.size());
    insertRun(staying, fresh);
    reorder(orderOfAppended(staying, places));
}

template <class Row> void RowModel<Row>::reorder(const QList<int> &order)
{
    Q_EMIT this->layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    QList<int> placeOf(order.size());
    QList<Row> moved;
    moved.reserve(order.size());
    for (int i = 0; i < order.size(); ++i) {
        placeOf[order.at(i)] = i;
        moved.append(std::move(m_rows[order.at(i)]));
    }
    m_rows = std::move(moved);
    m_places.reorder(order);
    const QModelIndexList before = this->persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &old : before)
        after.append(this->index(placeOf.at(old.row()), old.column()));
    this->changePersistentIndexList(before, after);
    Q_EMIT this->layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}
