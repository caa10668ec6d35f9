#include "app/stopping/stopverifier.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 4> firstReads{500ms, 1s, 2s, 4s};
constexpr Duration step = 2s;
constexpr Duration slowStep = 15s;

/// Whether a message that waited when the question was asked is gone from a queue that was not to be cleared.
bool messageHasStarted(const StopReport &report, const RunState &read)
{
    if (report.clearQueue == ClearQueue::Yes || !report.target.before || read.queue.size() < read.queueDepth)
        return false;
    return std::ranges::any_of(report.target.before->queue, [&read](const QueuedMessage &waited) {
        return !waited.id.isEmpty() && std::ranges::none_of(read.queue, [&waited](const QueuedMessage &message) {
            return message.id == waited.id;
        });
    });
}

}

StopVerifier::StopVerifier(std::shared_ptr<Gateway> gateway, Clock &clock, QObject *parent)
    : QObject(parent), m_gateway(std::move(gateway)), m_clock(clock)
{
}

void StopVerifier::begin(const StopReport &report)
{
    m_report = report;
    m_begin = m_clock.monotonic();
    m_active = true;
    readLater();
    m_clock.after(timeUp, this, [this] { sayTimeIsUp(); });
}

void StopVerifier::end()
{
    m_active = false;
}

Duration StopVerifier::dueAfter(Duration elapsed)
{
    const auto first = std::ranges::upper_bound(firstReads, elapsed);
    if (first != firstReads.end())
        return *first;
    return elapsed < timeUp ? (elapsed / step + 1) * step : elapsed + slowStep;
}

void StopVerifier::readLater()
{
    const Duration passed = elapsed();
    m_clock.after(dueAfter(passed) - passed, this, [this] { readNow(); });
}

void StopVerifier::readNow()
{
    if (!m_active)
        return;
    m_gateway->runState(m_report.target.agent, m_report.target.conversation, Lane::Check, this,
                        [this](const Result<RunState> &answer) { take(answer); });
}

void StopVerifier::take(const Result<RunState> &answer)
{
    if (!m_active)
        return;
    Evidence evidence{m_clock.now(), elapsed(), false, 0, !answer.has_value()};
    if (!answer) {
        Q_EMIT read(evidence);
        return readLater();
    }
    evidence.running = answer->isActive();
    evidence.waiting = answer->waiting();
    m_lastRunning = evidence.running;
    Q_EMIT read(evidence);
    const auto event = judge(m_report, *answer, m_idleSeen);
    m_idleSeen = m_idleSeen || !answer->isActive();
    if (event == StopEvent::SeenNeverRan)
        lookForRecord();
    else if (event)
        Q_EMIT seen(*event);
    if (m_active && elapsed() >= timeUp && evidence.running)
        sayTimeIsUp();
    if (m_active)
        readLater();
}

std::optional<StopEvent> StopVerifier::judge(const StopReport &report, const RunState &read, bool idleBefore)
{
    if (read.isActive()) {
        if (idleBefore || messageHasStarted(report, read))
            return StopEvent::SeenNextMessage;
        return std::nullopt;
    }
    if (report.target.ranBefore == false)
        return StopEvent::SeenNeverRan;
    const bool accepted = report.status >= 200 && report.status < 300 && !report.failure;
    if (!accepted || !report.target.ranBefore)
        return StopEvent::SeenIdle;
    const bool kept = report.clearQueue == ClearQueue::Yes && read.waiting() > 0;
    return kept ? StopEvent::SeenStoppedQueueKept : StopEvent::SeenStopped;
}

/// "Not running" is also what a service may say of what it has never heard of (contract, "Unknown" 3).
void StopVerifier::lookForRecord()
{
    m_gateway->record(m_report.target.conversation, Lane::Check, this, [this](const Result<Record> &answer) {
        if (!m_active)
            return;
        if (answer)
            Q_EMIT seen(StopEvent::SeenNeverRan);
        else if (answer.error().kind == FailureKind::NotFound)
            Q_EMIT seen(StopEvent::SeenNoRecord);
    });
}

void StopVerifier::sayTimeIsUp()
{
    if (!m_active)
        return;
    Q_EMIT seen(m_lastRunning == true ? StopEvent::TimeUpRunning : StopEvent::TimeUpUnread);
}
