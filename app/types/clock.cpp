#include "app/types/clock.h"

#include <QRandomGenerator>
#include <QTimer>

Duration SystemClock::monotonic() const
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

double SystemClock::random() const
{
    return QRandomGenerator::global()->generateDouble();
}

void SystemClock::after(Duration wait, QObject *context, std::function<void()> then)
{
    QTimer::singleShot(wait, Qt::PreciseTimer, context, std::move(then));
}
