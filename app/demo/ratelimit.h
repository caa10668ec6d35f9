#pragma once

#include <QList>

namespace demo {

/// Two sliding windows, a minute and an hour. Times are milliseconds of any clock that never goes back.
class RateLimit {
public:
    struct Verdict {
        bool isAllowed;
        int limit; ///< of the window that refuses, else of the minute
        qint64 msUntilFree; ///< 0 when allowed
    };

    RateLimit(int perMinute, int perHour);

    /// Counts the request when it is allowed; refused ones cost nothing.
    Verdict take(qint64 now);

private:
    int m_perMinute;
    int m_perHour;
    QList<qint64> m_taken; ///< of the last hour, oldest first
};

}
