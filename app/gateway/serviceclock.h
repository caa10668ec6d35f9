#pragma once

#include "app/types/failure.h"

#include <QDateTime>

/// The service's clock as its answers show it, which need not be right and need not be ours. Brings what the service
/// dates into the program's time (`Clock::now`), and the other way round. Before a first answer with a date it is taken
/// to agree with this computer's clock.
class ServiceClock {
public:
    /// A successful answer with this header `Date` was received at that time of the program, `took` after it was asked
    /// for. What is known is kept as long as it agrees with the answer: a date is cut to seconds, and was written at an
    /// unknown moment in between.
    void hear(const QByteArray &date, const QDateTime &receivedAt, Duration took);

    bool isKnown() const { return m_ahead.has_value(); } ///< whether an answer told a date
    QDateTime fromService(const QDateTime &time) const; ///< in the program's time; invalid for an invalid one
    QDateTime toService(const QDateTime &time) const;   ///< what the service's clock shows at a time of the program

    /// A date as HTTP has it (RFC 9110, IMF-fixdate), UTC; invalid for anything else.
    static QDateTime dateIn(const QByteArray &header);

private:
    std::optional<Duration> m_ahead; ///< of the program's time
};
