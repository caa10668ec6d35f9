#pragma once

#include "app/types/requestuse.h"

#include <QDateTime>
#include <QHash>

/// How many conversations ran in each minute of the last hour, as far as that was seen.
class UseHistory {
public:
    void note(const QDateTime &now, int running); ///< the most of a minute stays
    /// Of the minute that was `minutesAgo` before the one of `now`.
    std::optional<int> running(const QDateTime &now, int minutesAgo) const;
    void clear() { m_running.clear(); }

private:
    QHash<qint64, int> m_running; ///< by minute since 1970
};
