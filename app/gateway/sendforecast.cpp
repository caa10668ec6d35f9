#include "app/gateway/sendforecast.h"

using namespace std::chrono_literals;

namespace {

/// What has left, oldest first, as far as it can still keep a stop waiting.
std::vector<Duration> sendsOf(const DoorNow &door, int more)
{
    std::vector<Duration> sends;
    for (int later = door.limits.of(Lane::Stop, Span::Hour) - 1; later >= 0; --later) {
        if (const auto at = door.log.leftBefore(later))
            sends.push_back(*at);
    }
    sends.reserve(sends.size() + size_t(more));
    return sends;
}

/// When a stop may leave by this window alone. Both ends of a span count.
Duration freeAt(const std::vector<Duration> &sends, int most, Span span)
{
    return sends.size() < size_t(most) ? Duration::min() : sends[sends.size() - size_t(most)] + lengthOf(span) + 1ms;
}

}

SendForecast forecast(const DoorNow &door, int stops, Duration each)
{
    SendForecast made;
    made.stops = stops;
    made.beforeHour = stops;
    Duration next = door.now + std::max(door.held, 0ms);
    Duration left = door.now;
    const int reads = stops > 0 ? (stops - 1) / stopsPerRead : 0;
    const int perMinute = door.limits.of(Lane::Stop, Span::Minute);
    const int perHour = door.limits.of(Lane::Stop, Span::Hour);
    std::vector<Duration> sends = sendsOf(door, stops + reads);
    for (int i = 0; i < stops + reads; ++i) {
        const bool isRead = (i + 1) % (stopsPerRead + 1) == 0;
        const Duration byMinute = std::max(next, freeAt(sends, perMinute, Span::Minute));
        const Duration byHour = freeAt(sends, perHour, Span::Hour);
        left = std::max(byMinute, byHour);
        if (byHour > byMinute && !isRead && !made.hourFreesAt.isValid()) {
            made.beforeHour = i - i / (stopsPerRead + 1);
            made.hourFreesAt = door.wallNow.addMSecs((left - door.now).count());
        }
        sends.push_back(left);
        next = left + each;
    }
    made.total = left - door.now;
    made.endsAt = door.wallNow.addMSecs(made.total.count());
    return made;
}
