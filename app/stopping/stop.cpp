#include "app/stopping/stop.h"

#include "app/stopping/stopverifier.h"

using namespace std::chrono_literals;

namespace {

constexpr Duration followUp = 10s; // after "nothing runs": a kept queue may start its next message

}

Stop::Stop(const StopReport &decided, std::shared_ptr<Gateway> gateway, Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_report(decided)
    , m_gateway(std::move(gateway))
    , m_journal(journal)
    , m_clock(clock)
    , m_verifier(new StopVerifier(m_gateway, clock, this))
    , m_call(new QObject(this))
{
    m_report.askedAt = m_clock.now();
    m_report.since = m_report.askedAt;
    m_report.request = newRequestId();
    connect(m_verifier, &StopVerifier::read, this, &Stop::keep);
    connect(m_verifier, &StopVerifier::seen, this, &Stop::happen);
}

void Stop::start()
{
    const Result<qint64> intent = m_journal.writeIntent(m_report, m_gateway->connection());
    if (!intent)
        return fail(StopEvent::NeverLeft, intent.error());
    m_intent = *intent;
    Q_EMIT changed(m_report);
    m_gateway->stop(
        m_report.target.agent, m_report.target.conversation, m_report.clearQueue, m_report.request,
        [this] { happen(StopEvent::Leaves); }, m_call, [this](const Result<int> &answer) { take(answer); });
}

void Stop::cancel()
{
    if (m_report.state != StopState::InLine)
        return;
    delete m_call;
    m_call = nullptr;
    fail(StopEvent::Cancelled, {FailureKind::Cancelled, Reached::NeverLeft, 0, {}, {}, {}, m_report.request});
}

void Stop::take(const Result<int> &answer)
{
    if (answer) {
        m_report.status = *answer;
        happen(StopEvent::Accepted);
    } else {
        fail(eventOf(answer.error()), answer.error());
    }
    if (isOpen(m_report.state))
        m_verifier->begin(m_report);
}

void Stop::fail(StopEvent event, const Failure &failure)
{
    m_report.failure = failure;
    m_report.status = failure.status;
    happen(event);
    Q_EMIT failed(failure);
}

/// The one place where a state changes.
void Stop::happen(StopEvent event)
{
    const auto next = nextState(m_report.state, event);
    if (!next)
        return;
    m_report.state = *next;
    m_report.since = m_clock.now();
    if (m_intent) {
        if (const auto written = m_journal.writeState(m_intent, m_report); !written)
            Q_EMIT journalFailed(written.error());
    }
    if (!isWatched())
        m_verifier->end();
    else if (!isOpen(m_report.state))
        m_clock.after(followUp, m_verifier, [this] { isOpen(m_report.state) ? void() : m_verifier->end(); });
    Q_EMIT changed(m_report);
}

void Stop::keep(const Evidence &evidence)
{
    m_report.evidence = evidence;
    Q_EMIT changed(m_report);
}

/// Whether reads may still change the outcome. After "nothing runs" that is so for a moment, while messages wait.
bool Stop::isWatched() const
{
    if (isOpen(m_report.state))
        return true;
    const bool ended = m_report.state == StopState::Stopped || m_report.state == StopState::StoppedQueueKept
        || m_report.state == StopState::NoLongerRunning;
    return ended && m_report.evidence && m_report.evidence->waiting > 0;
}
