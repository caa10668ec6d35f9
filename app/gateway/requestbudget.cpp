#include "app/gateway/requestbudget.h"

#include "app/gateway/stampfile.h"

#include <QDateTime>

#include <algorithm>
#include <numeric>

using namespace std::chrono_literals;

namespace {

constexpr Duration heldPollWait = 1s; // nobody knows how long; the end of the hold wakes
constexpr int farBelow = 60; // per cent of a limit; who is refused below that is not the only one who uses the key

size_t number(Lane lane)
{
    return size_t(lane);
}

WaitReason reasonOf(Span span)
{
    return span == Span::Minute ? WaitReason::Minute : WaitReason::Hour;
}

}

RequestBudget::RequestBudget(const RateLimits &limits, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_limits(limits)
    , m_throttle(clock)
{
}

RequestBudget::RequestBudget(int perMinute, int perHour, Clock &clock, QObject *parent)
    : RequestBudget(RateLimits{perMinute, perHour}, clock, parent)
{
}

RequestBudget::~RequestBudget()
{
    noteClock();
}

void RequestBudget::setLimits(const RateLimits &limits)
{
    if (limits == m_limits)
        return;
    m_limits = limits;
    wakeIn(0ms);
}

void RequestBudget::keep(const ConnectionId &connection, std::shared_ptr<StampFile> file)
{
    const Duration now = m_clock.monotonic();
    std::vector<SendLog::Entry> entries;
    for (const StampFile::Stamp &stamp : file->load(m_limits, now, m_clock.wallNow().toMSecsSinceEpoch()))
        entries.push_back({now - stamp.age, stamp.lane});
    m_log.add(entries);
    m_files[connection] = std::move(file);
}

void RequestBudget::takeOver(const RequestBudget &other)
{
    m_log.takeOver(other.m_log);
}

void RequestBudget::ask(Lane lane, QObject *asker, std::function<void()> leave, std::function<void()> dropped,
                        const ConnectionId &connection, bool isAsked)
{
    noteClock();
    auto &waiting = m_waiting[number(lane)];
    const auto behind = isAsked ? std::ranges::find(waiting, false, &Waiting::isAsked) : waiting.end();
    waiting.insert(behind, {asker, std::move(leave), std::move(dropped), connection, isAsked});
    wakeIn(0ms);
}

void RequestBudget::arrived(Lane lane)
{
    --m_inFlight[number(lane)];
    wakeIn(0ms);
}

void RequestBudget::hear(Lane lane, const RateHeaders &headers, const std::optional<Failure> &failure, Duration leftAt)
{
    const int others = std::accumulate(m_inFlight.begin(), m_inFlight.end(), 0) - 1;
    m_throttle.hear(headers, m_limits, std::max(0, others));
    if (failure && failure->kind == FailureKind::PlanLimit) {
        m_throttle.planIsSpent(lane);
    } else if (failure && failure->kind == FailureKind::TooMany) {
        refuse(lane, headers, failure->retryAfter);
    } else if (failure && failure->retryAfter) {
        m_throttle.askedToWait(lane, *failure->retryAfter);
    } else {
        m_throttle.accepted(lane);
    }
    if (!failure)
        m_throttle.cameBack(leftAt);
    wakeIn(0ms);
}

/// A reset is a wait for polling alone: stops and checks are held only by a Retry-After of their own.
void RequestBudget::refuse(Lane lane, const RateHeaders &headers, std::optional<Duration> retryAfter)
{
    if (!retryAfter && lane == Lane::Poll)
        retryAfter = headers.untilReset;
    m_log.addRefusal(m_clock.monotonic());
    const bool isHour = retryAfter > lengthOf(Span::Minute);
    if (isFarFrom(isHour ? Span::Hour : Throttle::spanOf(headers, m_limits)))
        m_throttle.noteElsewhere();
    m_throttle.refused(lane, retryAfter);
}

/// Which limit was hit is not always known: then both have to be far.
bool RequestBudget::isFarFrom(std::optional<Span> hit) const
{
    return std::ranges::all_of(spans, [this, hit](Span span) {
        return (hit && span != *hit) || 100LL * spent(span) < 1LL * farBelow * m_limits.of(span);
    });
}

std::shared_ptr<void> RequestBudget::holdPolls()
{
    ++m_pollHolds;
    wakeIn(0ms);
    return {static_cast<void *>(this), [self = QPointer(this)](void *) {
                if (!self)
                    return;
                --self->m_pollHolds;
                self->wakeIn(0ms);
            }};
}

/// The first moment that counts. By the monotonic clock: whoever sets the wall clock neither refills nor locks anything.
/// Both ends belong to the span, because times are cut to milliseconds.
Duration RequestBudget::begin(Span span) const
{
    return m_clock.monotonic() - lengthOf(span);
}

int RequestBudget::allowed(Lane lane, Span span) const
{
    const int share = m_limits.of(lane, span);
    return lane == Lane::Poll && isUsedElsewhere() ? std::max(1, share / 2) : share;
}

LaneWait RequestBudget::windowWait(Lane lane) const
{
    LaneWait wait;
    for (const Span span : spans) {
        const auto last = m_log.leftBefore(allowed(lane, span) - 1);
        const Duration time = last ? *last + lengthOf(span) + 1ms - m_clock.monotonic() : 0ms;
        if (time <= wait.time)
            continue;
        const bool isHalved = allowed(lane, span) < m_limits.of(lane, span) && spent(span) < m_limits.of(lane, span);
        wait = {time, isHalved ? WaitReason::Elsewhere : reasonOf(span)};
    }
    return wait;
}

LaneWait RequestBudget::waitOf(Lane lane, bool isAsked) const
{
    const LaneWait window = windowWait(lane);
    const LaneWait told = m_throttle.waitOf(lane, isAsked);
    if (told.time > 0ms && told.time >= window.time)
        return told;
    const bool isHeld = lane == Lane::Poll && m_pollHolds > 0;
    return isHeld ? LaneWait{std::max(window.time, heldPollWait), WaitReason::Stops} : window;
}

int RequestBudget::placesLeft(Lane lane) const
{
    int left = m_limits.of(Span::Hour);
    for (const Span span : spans)
        left = std::min(left, allowed(lane, span) - spent(span));
    return std::max(0, left);
}

bool RequestBudget::hasPlace(Lane lane) const
{
    return m_waiting[number(lane)].empty() && m_inFlight[number(lane)] < inFlight && waitOf(lane).time <= 0ms;
}

QList<MinuteCount> RequestBudget::lastHour() const
{
    return m_log.lastHour(m_clock.monotonic(), m_clock.now().toMSecsSinceEpoch());
}

SendForecast RequestBudget::whenSent(int stops, Duration each, int readAlone) const
{
    return forecast({m_limits, m_log, m_clock.monotonic(), m_throttle.waitOf(Lane::Stop).time, m_clock.now()}, stops,
                    each, readAlone);
}

void RequestBudget::noteClock()
{
    for (const auto &file : m_files)
        file->noteClock(m_clock.monotonic(), m_clock.wallNow().toMSecsSinceEpoch());
}

void RequestBudget::note(Lane lane, const ConnectionId &connection)
{
    const Duration now = m_clock.monotonic();
    m_log.add({now, lane});
    m_throttle.countSend();
    ++m_inFlight[number(lane)];
    noteClock();
    if (const auto file = m_files.value(connection))
        file->append(lane, now, m_clock.wallNow().toMSecsSinceEpoch());
}

/// What leaves may end this door, too.
void RequestBudget::letGo()
{
    const QPointer<RequestBudget> self = this;
    m_log.forgetUntil(begin(Span::Hour));
    while (letOneGo()) {
        if (!self)
            return;
    }
    dropPolls();
    Duration wait = Duration::max();
    for (const Lane lane : lanes) {
        if (!m_waiting[number(lane)].empty() && m_inFlight[number(lane)] < inFlight)
            wait = std::min(wait, waitOfNext(lane));
    }
    if (wait != Duration::max())
        wakeIn(std::max(wait, 1ms));
    Q_EMIT changed();
}

/// Whether somebody waits in this lane who is not kept by those in flight.
bool RequestBudget::isWaiting(Lane lane)
{
    auto &waiting = m_waiting[number(lane)];
    while (!waiting.empty() && !waiting.front().asker)
        waiting.pop_front();
    return !waiting.empty() && m_inFlight[number(lane)] < inFlight;
}

/// Of the one that is served next.
Duration RequestBudget::waitOfNext(Lane lane) const
{
    return waitOf(lane, m_waiting[number(lane)].front().isAsked).time;
}

bool RequestBudget::letOneGo()
{
    for (const Lane lane : lanes) {
        if (!isWaiting(lane) || waitOfNext(lane) > 0ms)
            continue;
        const Waiting next = std::move(m_waiting[number(lane)].front());
        m_waiting[number(lane)].pop_front();
        note(lane, next.connection);
        next.leave();
        return true;
    }
    return false;
}

/// When a command waits for room, what polling wants would only be in its way.
void RequestBudget::dropPolls()
{
    const auto waitsForRoom = [this](Lane lane) { return isWaiting(lane) && windowWait(lane).time > 0ms; };
    if (m_pollHolds == 0 && !waitsForRoom(Lane::Stop) && !waitsForRoom(Lane::Check))
        return;
    for (Waiting &poll : std::exchange(m_waiting[number(Lane::Poll)], {})) {
        if (poll.asker && poll.dropped)
            m_clock.after(0ms, poll.asker, std::move(poll.dropped));
    }
}

void RequestBudget::wakeIn(Duration wait)
{
    const Duration at = m_clock.monotonic() + wait;
    if (at >= m_wakeAt)
        return;
    m_wakeAt = at;
    m_clock.after(wait, this, [this, at] {
        if (m_wakeAt != at)
            return;
        m_wakeAt = Duration::max();
        letGo();
    });
}
