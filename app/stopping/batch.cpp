#include "app/stopping/batch.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 3> pauses{5s, 15s, 60s}; // where the service does not say how long

/// What happens to one of these happens to all.
bool haltsAll(FailureKind kind)
{
    return kind == FailureKind::KeyRefused || kind == FailureKind::PlanLimit || kind == FailureKind::JournalUnusable;
}

/// The one agent of those that the running list proves; empty when there are several.
AgentId agentOf(const QList<Stop *> &stops)
{
    QSet<AgentId> agents;
    for (const Stop *stop : stops)
        agents.insert(stop->report().target.agent);
    return agents.size() == 1 ? *agents.cbegin() : AgentId();
}

int listed(const QList<Stop *> &stops)
{
    return int(std::ranges::count_if(stops, [](const Stop *stop) { return BatchProof::canProve(stop->report()); }));
}

bool isOver(const Stop &stop)
{
    return stop.report().state != StopState::InLine && stop.report().state != StopState::Sending;
}

}

Batch::Batch(const BatchId &id, const QList<Stop *> &stops, Journal &journal, const std::shared_ptr<Gateway> &gateway,
             Clock &clock, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_journal(journal)
    , m_gateway(gateway)
    , m_clock(clock)
    , m_proof(gateway, agentOf(stops), listed(stops), journal, clock, this)
    , m_pollHold(gateway->channel().budget().holdPolls())
    , m_new(stops.begin(), stops.end())
    , m_line(stops.begin(), stops.end())
{
    connectStops(stops);
    connectProof();
}

void Batch::connectStops(const QList<Stop *> &stops)
{
    const bool areMany = listed(stops) > BatchProof::few;
    for (Stop *stop : stops) {
        connect(stop, &Stop::failed, this, [this, stop](const Failure &failure) { judge(stop, failure); });
        connect(stop, &Stop::changed, this, [this, stop] { take(stop); });
        if (areMany && BatchProof::canProve(stop->report()))
            stop->checkTogether();
    }
}

void Batch::connectProof()
{
    connect(&m_proof, &BatchProof::gapEnded, this, &Batch::feed);
    connect(&m_proof, &BatchProof::pageRead, this, &Batch::pageRead);
    connect(&m_proof, &BatchProof::listEnded, this, &Batch::listEnded);
    connect(&m_proof, &BatchProof::journalFailed, this, &Batch::journalFailed);
}

void Batch::begin()
{
    for (Stop *stop : m_new)
        stop->prepare();
    enlistSome();
}

/// In parts, so that the window goes on while a thousand are written.
void Batch::enlistSome()
{
    QList<Stop *> stops;
    QList<StopReport> reports;
    while (!m_new.empty() && stops.size() < intentsAtOnce) {
        stops.append(m_new.front());
        reports.append(m_new.front()->report());
        m_new.pop_front();
    }
    const Result<QList<qint64>> intents = m_journal.writeIntents(reports, m_gateway->connection());
    for (int i = 0; i < stops.size(); ++i)
        stops.at(i)->enlist(intents.map([i](const QList<qint64> &all) { return all.at(i); }));
    m_clock.after(0ms, this, [this] { m_new.empty() ? feed() : enlistSome(); });
}

void Batch::feed()
{
    if (!m_new.empty() || m_clock.monotonic() < m_pausedUntil)
        return;
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

/// Whether nothing more is sent before the list of what runs was read. What is out has its answer first.
bool Batch::makesGap()
{
    if (!m_proof.isInGap() && m_underWay == 0 && m_proof.pagesDue() > 0)
        m_proof.readInGap();
    return m_proof.isInGap() || m_proof.pagesDue() > 0;
}

void Batch::noteEnd()
{
    if (isSending() || !m_new.empty())
        return;
    m_pollHold.reset();
    m_proof.goOn();
}

/// A place is free once a stop has its answer, or was not sent.
void Batch::take(Stop *stop)
{
    if (!m_given.contains(stop) || !isOver(*stop))
        return;
    m_given.remove(stop);
    --m_underWay;
    if (stop->report().state == StopState::Accepted && stop->isCheckedTogether())
        m_proof.add(stop);
    if (stop->report().state != StopState::NotSent)
        m_proof.earn();
    if (stop->report().state != StopState::NotSent)
        m_unreached = 0;
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
    const bool isWanted = failure.kind == FailureKind::Cancelled;
    if (!isWanted && failure.reached == Reached::NeverLeft && ++m_unreached >= mostUnreached)
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
    const Duration wait = failure.retryAfter.value_or(pauses[size_t(std::min(m_pauses, int(pauses.size()) - 1))]);
    ++m_pauses;
    m_pausedUntil = std::max(m_pausedUntil, m_clock.monotonic() + wait);
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
