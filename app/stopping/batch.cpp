#include "app/stopping/batch.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace {

constexpr Duration longestPause = 1h;
constexpr std::array<Duration, 3> pauses{5s, 15s, 60s}; // where the service does not say how long

/// What happens to one of these happens to all.
bool haltsAll(FailureKind kind)
{
    return kind == FailureKind::KeyRefused || kind == FailureKind::PlanLimit || kind == FailureKind::JournalUnusable;
}

bool isOver(const Stop &stop)
{
    return stop.report().state != StopState::InLine && stop.report().state != StopState::Sending;
}

}

Batch::Batch(const BatchId &id, const QList<Stop *> &stops, Journal &journal, ProofQueue &proofs,
             const std::shared_ptr<Gateway> &gateway, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_journal(journal)
    , m_gateway(gateway)
    , m_clock(clock)
    , m_proofs(proofs)
    , m_new(stops.begin(), stops.end())
    , m_line(stops.begin(), stops.end())
{
    setSending(true);
    connect(&m_proofs, &ProofQueue::quietEnded, this, &Batch::feed);
    connectStops(stops);
}

void Batch::connectStops(const QList<Stop *> &stops)
{
    for (Stop *stop : stops) {
        connect(stop, &Stop::failed, this, [this, stop](const Failure &failure) { judge(stop, failure); });
        connect(stop, &Stop::changed, this, [this, stop] { take(stop); });
    }
}

void Batch::begin()
{
    for (Stop *stop : m_new)
        stop->prepare();
    enlistSome();
}

/// In parts, so that the window goes on while a thousand are written. What was taken out meanwhile is not enlisted.
void Batch::enlistSome()
{
    if (m_new.empty())
        return feed();
    if (waitsForJournal([this] { enlistSome(); }))
        return;
    QList<Stop *> stops;
    QList<StopReport> reports;
    for (; !m_new.empty() && stops.size() < intentsAtOnce; m_new.pop_front()) {
        stops.append(m_new.front());
        reports.append(m_new.front()->report());
    }
    const Result<QList<qint64>> intents = m_journal.writeIntents(reports, m_gateway->connection());
    if (!intents && !reports.first().withoutRecord) // told once: what fails so halts the others
        return stops.first()->enlist(tl::unexpected(intents.error()));
    for (int i = 0; i < stops.size(); ++i)
        stops.at(i)->enlist(intents.map([i](const QList<qint64> &all) { return all.at(i); }));
    m_clock.after(0ms, this, [this] { enlistSome(); });
}

/// Another program may lock the file for moments: the window goes on meanwhile. After a while it is trouble.
bool Batch::waitsForJournal(const std::function<void()> &next)
{
    if (!m_journal.isLocked()) {
        m_lockedSince.reset();
        return false;
    }
    m_lockedSince = m_lockedSince.value_or(m_clock.monotonic());
    if (m_clock.monotonic() - *m_lockedSince >= Stop::lockPatience)
        return false;
    m_clock.after(Stop::lockPause, this, next);
    return true;
}

void Batch::feed()
{
    const bool isHeld = !m_new.empty() || (!m_line.empty() && m_clock.monotonic() < m_pausedUntil);
    if (isHeld || (!m_line.empty() && waitsForJournal([this] { feed(); })))
        return;
    setSending(isSending());
    while (!m_line.empty() && m_underWay < atOnce && !makesGap()) {
        Stop *next = m_line.front();
        m_line.pop_front();
        if (isOver(*next))
            continue; // cancelled, or without a record
        ++m_underWay;
        m_given.insert(next);
        next->send();
    }
    noteEnd();
    Q_EMIT changed();
}

/// Whether nothing more is sent before the live lists were read. What is out has its answer first.
bool Batch::makesGap()
{
    if (m_underWay == 0 && m_proofs.needsQuiet())
        m_proofs.beQuiet();
    return m_proofs.isQuiet() || m_proofs.needsQuiet();
}

void Batch::noteEnd()
{
    if (isSending() || !m_new.empty())
        return;
    setSending(false);
    m_gateway.reset();
    m_proofs.disconnect(this);
}

void Batch::setSending(bool sends)
{
    if (sends == (m_pollHold != nullptr) || !m_gateway)
        return;
    if (sends) {
        m_pollHold = m_gateway->holdPolls();
        m_proofs.beginSending(left() + m_underWay);
    } else {
        m_pollHold.reset();
        m_proofs.endSending();
    }
}

/// A place is free once a stop has its answer, or was not sent.
void Batch::take(Stop *stop)
{
    if (!m_given.contains(stop) || !isOver(*stop))
        return;
    m_given.remove(stop);
    --m_underWay;
    if (stop->report().state != StopState::NotSent)
        m_proofs.noteSent();
    if (stop->report().state == StopState::Accepted || stop->report().state == StopState::Refused)
        m_unanswered = 0;
    m_clock.after(0ms, this, [this] { feed(); });
}

void Batch::judge(const Stop *stop, const Failure &failure)
{
    const AgentId &agent = stop->report().target.agent;
    if (haltsAll(failure.kind))
        return holdBack(failure);
    if (failure.kind == FailureKind::Forbidden) {
        m_forbidden.insert(agent);
        return holdBack(failure, m_forbidden.size() > 1 ? AgentId() : agent);
    }
    if (failure.kind == FailureKind::TooMany)
        return pause(failure);
    const StopEvent event = eventOf(failure, stop->report().target.command);
    const bool isUnanswered = event == StopEvent::NeverLeft || event == StopEvent::AnswerLost;
    if (failure.kind != FailureKind::Cancelled && isUnanswered && ++m_unanswered >= mostUnanswered)
        holdBack(failure);
}

/// `agent`: of its rows alone; empty: of all.
void Batch::holdBack(const Failure &failure, const AgentId &agent)
{
    m_halt = failure;
    takeOut(FailureKind::Halted, agent);
}

/// From now on none of them is sent; they are told one after another, while the window goes on.
void Batch::takeOut(FailureKind why, const AgentId &agent)
{
    const auto isMeant = [&agent](const Stop *stop) { return agent.isEmpty() || stop->report().target.agent == agent; };
    std::deque<Stop *> staying;
    for (Stop *stop : std::exchange(m_line, {})) {
        if (isMeant(stop))
            m_leaving.push_back({stop, why});
        else
            staying.push_back(stop);
    }
    m_line = staying;
    std::erase_if(m_new, isMeant);
    for (Stop *stop : QSet(m_given)) {
        if (isMeant(stop))
            stop->cancel(why); // unless it has left
    }
    tellSome();
}

void Batch::tellSome()
{
    if (!m_leaving.empty())
        cancelSome();
    noteEnd();
    Q_EMIT changed();
}

void Batch::cancelSome()
{
    std::deque<std::pair<Stop *, FailureKind>> now;
    for (; int(now.size()) < toldAtOnce && !m_leaving.empty(); m_leaving.pop_front())
        now.push_back(m_leaving.front());
    const Result<Done> written = m_journal.writeTogether([&now] {
        for (const auto &[stop, why] : now)
            stop->cancel(why);
    });
    if (!written)
        Q_EMIT journalFailed(written.error());
    if (!m_leaving.empty())
        m_clock.after(0ms, this, [this] { tellSome(); });
}

void Batch::pause(const Failure &failure)
{
    const Duration own = pauses[size_t(std::min(m_pauses, int(pauses.size()) - 1))];
    const Duration wait = std::min(failure.retryAfter.value_or(own), longestPause);
    ++m_pauses;
    m_pausedUntil = std::max(m_pausedUntil, m_clock.monotonic() + wait);
    if (!m_line.empty() && m_new.empty())
        setSending(false); // what has left is proven meanwhile
    m_clock.after(wait, this, [this] { feed(); });
    Q_EMIT changed();
}

void Batch::stopSending()
{
    takeOut(FailureKind::Cancelled);
}

QDateTime Batch::pausedUntil() const
{
    const Duration wait = m_pausedUntil - m_clock.monotonic();
    return wait > 0ms && !m_line.empty() ? m_clock.now().addMSecs(wait.count()) : QDateTime();
}

/// The choice about the queue is one for all.
int Batch::leftToReadAlone() const
{
    const bool clears = !m_line.empty() && m_line.front()->report().clearQueue == ClearQueue::Yes;
    return clears || left() <= ProofQueue::few ? left() : 0;
}
