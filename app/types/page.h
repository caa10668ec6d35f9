#pragma once

#include <QList>

/// One page of a list. Rows that could not be read are counted, not lost silently.
template <class Row> struct Page {
    QList<Row> rows;
    int page = 1;
    int totalPages = 1;
    int total = 0;
    int unreadable = 0;

    bool isLast() const { return page >= totalPages; }
    bool operator==(const Page &) const = default;
};
