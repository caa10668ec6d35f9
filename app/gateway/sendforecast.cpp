#include "app/gateway/sendforecast.h"

using namespace std::chrono_literals;

namespace {

/// When a stop may leave by this window alone. Both ends of a span count.
Duration freeAt(const DoorNow &door, Span span)
{
    const auto last = door.log.leftBefore(door.limits.of(Lane::Stop, span) - 1);
    return last ? *last + lengthOf(span) + 1ms : door.now;
}

}

SendForecast forecast(const DoorNow &door, int stops, Duration each)
{
    DoorNow later = door;
    SendForecast made;
    made.stops = stops;
    made.beforeHour = stops;
    Duration next = door.now + std::max(door.held, 0ms);
    Duration left = door.now;
    const int reads = stops > 0 ? (stops - 1) / stopsPerRead : 0;
    for (int i = 0; i < stops + reads; ++i) {
        const bool isRead = (i + 1) % (stopsPerRead + 1) == 0;
        const Duration byMinute = std::max(next, freeAt(later, Span::Minute));
        const Duration byHour = freeAt(later, Span::Hour);
        left = std::max(byMinute, byHour);
        if (byHour > byMinute && !isRead && !made.hourFreesAt.isValid()) {
            made.beforeHour = i - i / (stopsPerRead + 1);
            made.hourFreesAt = door.wallNow.addMSecs((left - door.now).count());
        }
        later.log.add({left, Lane::Stop});
        next = left + each;
    }
    made.total = left - door.now;
    made.endsAt = door.wallNow.addMSecs(made.total.count());
    return made;
}
