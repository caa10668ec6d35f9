#pragma once

#include "app/types/clock.h"

#include <QList>

/// The most of these moments, the earliest first, that lie within one span.
inline int mostWithin(const QList<Duration> &moments, Duration span)
{
    qsizetype most = 0;
    for (qsizetype first = 0, last = 0; last < moments.size(); ++last) {
        while (moments.at(last) - moments.at(first) >= span)
            ++first;
        most = std::max(most, last - first + 1);
    }
    return int(most);
}
