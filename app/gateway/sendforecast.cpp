#include "app/gateway/sendforecast.h"

using namespace std::chrono_literals;

namespace {

/// What has left, oldest first, as far as it can still keep a stop waiting.
std::vector<Duration> sendsOf(const DoorNow &door, int more)
{
    const int count = std::min(door.limits.of(Lane::Stop, Span::Hour), door.log.size());
    std::vector<Duration> sends;
    sends.reserve(size_t(count) + size_t(more));
    for (int later = count - 1; later >= 0; --later)
        sends.push_back(*door.log.leftBefore(later));
    return sends;
}

/// When a stop may leave by this window alone. Both ends of a span count.
Duration freeAt(const std::vector<Duration> &sends, int most, Span span)
{
    return sends.size() < size_t(most) ? Duration::min() : sends[sends.size() - size_t(most)] + lengthOf(span) + 1ms;
}

/// The places that many stops and their proof take, one after another.
class Places {
public:
    Places(const DoorNow &door, int most, Duration each)
        : m_perMinute(door.limits.of(Lane::Stop, Span::Minute))
        , m_perHour(door.limits.of(Lane::Stop, Span::Hour))
        , m_each(each)
        , m_next(door.now + std::max(door.held, 0ms))
        , m_sends(sendsOf(door, most))
    {
    }

    /// When the next request leaves.
    Duration take()
    {
        const Duration byMinute = std::max(m_next, freeAt(m_sends, m_perMinute, Span::Minute));
        const Duration byHour = freeAt(m_sends, m_perHour, Span::Hour);
        isHeldByHour = byHour > byMinute;
        m_sends.push_back(std::max(byMinute, byHour));
        m_next = m_sends.back() + m_each;
        return m_sends.back();
    }

    bool isHeldByHour = false; ///< the last one

private:
    int m_perMinute;
    int m_perHour;
    Duration m_each;
    Duration m_next;
    std::vector<Duration> m_sends;
};

constexpr Duration lastRead = 1s;     // after its answer
constexpr Duration lastReadings = 3s; // of the lists, two of them
constexpr int lastPages = 6;          // of them, where each is one page long

}

SendForecast forecast(const DoorNow &door, int stops, Duration each, int readAlone)
{
    SendForecast made;
    made.stops = stops;
    made.beforeHour = stops;
    const int listed = stops - readAlone;
    Places places(door, stops + readAlone + listed / stopsPerRead + lastPages, each);
    Duration stopped = door.now;
    Duration read = door.now;
    for (int stop = 1; stop <= stops; ++stop) {
        stopped = places.take();
        if (places.isHeldByHour && !made.hourFreesAt.isValid()) {
            made.beforeHour = stop - 1;
            made.hourFreesAt = door.wallNow.addMSecs((stopped - door.now).count());
        }
        const bool isAlone = stop <= readAlone;
        if (isAlone || (stop < stops && (stop - readAlone) % stopsPerRead == 0))
            read = places.take();
    }
    made.total = stopped - door.now;
    made.endsAt = door.wallNow.addMSecs(made.total.count());
    for (int page = 0; listed > 0 && page < std::min(listed, lastPages); ++page)
        read = places.take();
    made.proven = std::max(stopped, read) - door.now + (listed > 0 ? lastReadings : lastRead);
    return made;
}
