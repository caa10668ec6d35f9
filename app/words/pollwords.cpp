#include "app/words/words.h"

#include <QCoreApplication>

using namespace std::chrono_literals;

namespace {

struct Polls {
    Q_DECLARE_TR_FUNCTIONS(Polls)
};

QString sum(const QList<MinuteOfUse> &hour, int MinuteOfUse::*part)
{
    int all = 0;
    for (const MinuteOfUse &minute : hour)
        all += minute.*part;
    return QLocale().toString(all);
}

}

namespace words {

QString whySlow(const Freshness &freshness)
{
    const QString every = roughly(freshness.interval);
    const QString until = clockTime(freshness.nextAt);
    switch (freshness.slowness) {
    case Slowness::None:
        return {};
    case Slowness::ManyRunning:
        return Polls::tr("a long list, read in parts");
    case Slowness::Locked:
        return Polls::tr("pauses while the desktop is locked");
    case Slowness::Background:
        return Polls::tr("every %1 while the window is in the background").arg(every);
    case Slowness::Idle:
        return Polls::tr("every %1 while nobody uses it").arg(every);
    case Slowness::NearHourShare:
        return Polls::tr("every %1, to keep requests of this hour for stops").arg(every);
    case Slowness::MinuteShareSpent:
        return Polls::tr("waits, to keep requests of this minute for stops");
    case Slowness::HourShareSpent:
        return Polls::tr("waits, to keep requests of this hour for stops");
    case Slowness::RateLimited:
        return Polls::tr("waits until %1: the service asked to wait").arg(until);
    case Slowness::PlanLimit:
        return Polls::tr("waits until %1: the service says that the plan is used up").arg(until);
    case Slowness::ServiceAway:
        return Polls::tr("waits until %1: the service asked to wait, Refresh reads now").arg(until);
    case Slowness::StopsBeingSent:
        return Polls::tr("waits while many stops are sent");
    case Slowness::UsedElsewhere:
        return Polls::tr("every %1: others use the same key").arg(every);
    }
    Q_UNREACHABLE();
}

QString nothingReadBefore(const QDateTime &from)
{
    return Polls::tr("Nothing can be read before %1: the requests that this key may send are used up until then.")
        .arg(clockTime(from));
}

QString requestFigures(const RequestUse &use)
{
    const QLocale locale;
    return Polls::tr("%1 of %2 requests this minute, %3 of %4 this hour")
        .arg(locale.toString(use.minute), locale.toString(use.minuteLimit), locale.toString(use.hour),
             locale.toString(use.hourLimit));
}

QString hourSummary(const QList<MinuteOfUse> &hour)
{
    int all = 0;
    int mostRunning = 0;
    for (const MinuteOfUse &minute : hour) {
        all += minute.requests();
        mostRunning = qMax(mostRunning, minute.running.value_or(0));
    }
    return Polls::tr("Requests in the last hour: %1. Stops: %2, reads to check them: %3, other reads: %4; refused as too "
                     "many: %5. Most conversations running at a time: %6.")
        .arg(all).arg(sum(hour, &MinuteOfUse::stops), sum(hour, &MinuteOfUse::checks), sum(hour, &MinuteOfUse::reads),
                      sum(hour, &MinuteOfUse::refused), QLocale().toString(mostRunning));
}

}
