#include "app/words/words.h"

#include "app/types/clock.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Times {
    Q_DECLARE_TR_FUNCTIONS(Times)
};

/// Whole seconds; a clock that went back gives 0, never a negative time.
qint64 seconds(Duration duration)
{
    return qMax<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

}

namespace words {

QString elapsed(Duration duration)
{
    const qint64 s = seconds(duration);
    if (duration < 1min)
        return Times::tr("%1 s").arg(s);
    if (duration < 30min)
        return Times::tr("%1 min %2 s").arg(s / 60).arg(s % 60, 2, 10, '0'_L1);
    if (duration < 1h)
        return Times::tr("%1 min").arg(s / 60);
    if (duration < 48h)
        return Times::tr("%1 h %2 min").arg(s / 3600).arg(s / 60 % 60, 2, 10, '0'_L1);
    return Times::tr("%1 d %2 h").arg(s / 86400).arg(s / 3600 % 24);
}

QString roughly(Duration duration)
{
    const qint64 s = seconds(duration);
    if (duration < 1min)
        return Times::tr("%1 s").arg(s);
    if (duration < 1h)
        return Times::tr("%1 min").arg(s / 60);
    if (duration < 48h)
        return Times::tr("%1 h").arg(s / 3600);
    return Times::tr("%1 d").arg(s / 86400);
}

QString age(Duration duration)
{
    return seconds(duration) == 0 ? Times::tr("just now") : Times::tr("%1 ago").arg(roughly(duration));
}

QString clockTime(const QDateTime &time)
{
    return QLocale().toString(toWall(time).toLocalTime().time(), u"HH:mm:ss"_s);
}

QString timeOfDay(const QDateTime &time)
{
    const QDateTime local = toWall(time).toLocalTime();
    const QDate today = QDate::currentDate();
    if (local.date() == today)
        return QLocale().toString(local.time(), u"HH:mm"_s);
    const bool isThisYear = local.date().year() == today.year();
    return QLocale().toString(local, isThisYear ? u"d MMM HH:mm"_s : u"d MMM yyyy HH:mm"_s);
}

QString tokenEnd(const QDateTime &end, const QDateTime &now)
{
    const Duration left(now.msecsTo(end));
    if (left <= 0ms)
        return Times::tr("This token has ended at %1.").arg(timeOfDay(end));
    return left < 1min ? Times::tr("This token ends in less than 1 min.")
                       : Times::tr("This token ends in %1.").arg(roughly(left));
}

QString exactTime(const QDateTime &time)
{
    return time.isValid() ? QLocale().toString(toWall(time).toLocalTime(), u"d MMM yyyy HH:mm:ss t"_s) : u"–"_s;
}

QString exactTimeAndUtc(const QDateTime &time)
{
    if (toWall(time).toLocalTime().offsetFromUtc() == 0)
        return exactTime(time);
    return Times::tr("%1 (%2 UTC)").arg(exactTime(time), toWall(time).toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s));
}

}
