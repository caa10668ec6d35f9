#pragma once

#include "app/models/mergeplan.h"

#include <QHash>

#include <algorithm>

/// Which row has which key. Follows rows that come, go and move at the cost of counting them anew: no key is hashed
/// again for a change elsewhere.
template <class Key> class RowPlaces {
public:
    int find(const Key &key) const ///< -1 for none
    {
        const int slot = m_slots.value(key, -1);
        return slot < 0 ? -1 : m_rowOfSlot.at(slot);
    }
    void insert(int first, const QList<Key> &keys)
    {
        m_slotOfRow.insert(first, keys.size(), -1);
        for (int i = 0; i < keys.size(); ++i)
            m_slotOfRow[first + i] = freeSlot(keys.at(i));
        renumber(first);
    }
    void remove(int first, const QList<Key> &keys)
    {
        for (const Key &key : keys)
            m_free.append(m_slots.take(key));
        m_slotOfRow.remove(first, keys.size());
        renumber(first);
    }
    void reorder(const QList<int> &order) ///< row `order[i]` comes to place `i`
    {
        QList<int> moved(order.size());
        std::ranges::transform(order, moved.begin(), [this](int row) { return m_slotOfRow.at(row); });
        m_slotOfRow = moved;
        renumber(0);
    }

private:
    int freeSlot(const Key &key)
    {
        if (m_free.isEmpty()) {
            m_free.append(int(m_rowOfSlot.size()));
            m_rowOfSlot.append(-1);
        }
        const int slot = m_free.takeLast();
        m_slots.insert(key, slot);
        return slot;
    }
    void renumber(int first)
    {
        for (int row = first; row < m_slotOfRow.size(); ++row)
            m_rowOfSlot[m_slotOfRow.at(row)] = row;
    }

    QHash<Key, int> m_slots;
    QList<int> m_rowOfSlot;
    QList<int> m_slotOfRow;
    QList<int> m_free;
};
