#include "app/session/poller.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int roundsPerWaitingRead = 5;
constexpr int roundsPerAgentsRead = 15;
constexpr int roundsPerRestingRead = 3; ///< of a chosen conversation in which nothing goes on
constexpr int refreshReads = 12;        ///< extra pages that a person's own refresh may cost
constexpr double jitter = 0.1;

Slowness slownessOf(WaitReason reason)
{
    switch (reason) {
    case WaitReason::None: return Slowness::None;
    case WaitReason::Minute: return Slowness::MinuteShareSpent;
    case WaitReason::Hour: return Slowness::HourShareSpent;
    case WaitReason::RateLimited: return Slowness::RateLimited;
    case WaitReason::PlanLimit: return Slowness::PlanLimit;
    case WaitReason::ServiceAway: return Slowness::ServiceAway;
    case WaitReason::Stops: return Slowness::StopsBeingSent;
    case WaitReason::ServiceCount:
    case WaitReason::Elsewhere: return Slowness::UsedElsewhere;
    }
    Q_UNREACHABLE();
}

UnlistedAgents unlistedOf(const PagePass<Agent> &pass)
{
    const int further = pass.total - pass.rows - pass.unreadable;
    return {pass.isCut ? std::max(1, further) : 0, pass.unreadable};
}

/// Whether the service itself said how long: of that nobody knows better.
bool isServicesWord(WaitReason reason)
{
    return reason == WaitReason::RateLimited || reason == WaitReason::PlanLimit || reason == WaitReason::ServiceAway;
}

}

Poller::Poller(std::shared_ptr<Gateway> gateway, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_gateway(std::move(gateway))
    , m_clock(clock)
    , m_extraReads(clock)
    , m_lists(*m_gateway, clock, m_extraReads)
    , m_chosenReads(std::make_unique<QObject>())
    , m_agentPages(
          [this](int page, QObject *asker, Answer<Page<Agent>> answer) {
              m_gateway->agents(page, Gateway::mostPerPage, asker, std::move(answer));
          },
          mostAgentPages)
{
    connect(&m_lists, &LiveLists::pageRead, this, &Poller::pageRead);
    connect(&m_lists, &LiveLists::listEnded, this, &Poller::listEnded);
    connect(&m_lists, &LiveLists::ended, this, &Poller::takeRound);
    connect(&m_lists, &LiveLists::failed, this,
            [this](const Failure &failure) { fail(failure, {Subject::Conversations, {}}); });
}

void Poller::start()
{
    m_gateway->whenRenewed(this, [this] { beginAnew(); });
    m_gateway->whenBudgetChanged(this, [this] { followDoor(); });
    m_gateway->prewarm();
    readRound(true, true);
    schedule();
}

void Poller::refresh()
{
    if (m_stopped)
        return;
    readRound(true, true);
    schedule();
}

/// What hangs on connections of before the sleep, or of another network, is not waited for.
void Poller::beginAnew()
{
    if (m_stopped)
        return;
    giveUpRound();
    if (!isPaused())
        readRound(false);
}

void Poller::hold(bool held)
{
    if (std::exchange(m_freshness.held, held) == held)
        return;
    m_freshness.nextAt = isPaused() ? QDateTime() : m_nextAt;
    Q_EMIT freshnessChanged();
}

void Poller::attend(const Attention &attention)
{
    if (m_attention == attention)
        return;
    const bool wasLocked = m_attention.isLocked;
    const Duration before = pace().interval;
    m_attention = attention;
    const Duration after = pace().interval;
    if (m_stopped || (after == before && wasLocked == attention.isLocked))
        return;
    const bool old = m_freshness.readAt.isValid() && m_freshness.readAt.addMSecs(after.count()) <= m_clock.now();
    if (old && after < before && !isPaused())
        readRound(false);
    schedule();
}

Pace Poller::pace() const
{
    const RequestUse use = m_gateway->use();
    const PollSpending spending{use.hour, use.hourForPolls, m_extraReads.withinHour()};
    Pace pace = paceOf(m_attention, spending, m_lists.running().totalPages(), m_clock.now());
    if (pace.slowness == Slowness::NearHourShare && use.elsewhere)
        pace.slowness = Slowness::UsedElsewhere;
    return pace;
}

/// What holds polling back now, where that is longer than the pace, or was asked for: a service that refuses is never
/// asked more often than one that answers.
Pace Poller::heldPace() const
{
    const LaneWait wait = m_gateway->waitOf(Lane::Poll);
    const Pace free = pace();
    const bool wasAsked = isServicesWord(wait.reason) || wait.reason == WaitReason::Stops;
    if (wait.time <= 0ms || (wait.time <= free.interval && !wasAsked))
        return free;
    return {std::max(wait.time, free.interval), 0, slownessOf(wait.reason)};
}

/// A round that the service asked to wait is not begun: it would only stand at the door.
bool Poller::isKept(bool isAsked) const
{
    return isServicesWord(m_gateway->waitOf(Lane::Poll, isAsked).reason);
}

/// The service may ask to wait, or be back, in an answer to anybody.
void Poller::followDoor()
{
    const bool wasKept = m_keptUntil > m_clock.monotonic();
    if (m_stopped || isKept(false) == wasKept)
        return;
    if (!wasKept && m_freshness.loading)
        giveUpRound(); // what of it has not left would stand at the door
    else
        schedule();
}

/// Spread a little, so that consoles that were started together do not ask together.
void Poller::schedule()
{
    const Pace now = heldPace();
    const bool isHeld = now != pace(); // nothing can leave sooner
    const double factor = 1 + jitter * (isHeld ? m_clock.random() : 2 * m_clock.random() - 1);
    const auto whole = std::chrono::duration_cast<Duration>(now.interval * factor);
    const Duration gone = isHeld ? 0ms : m_clock.monotonic() - m_triedAt; // since the last round, whoever wanted it
    const Duration wait = std::max(0ms, whole - gone);
    m_nextAt = m_clock.now().addMSecs(wait.count());
    const Duration kept = m_gateway->waitOf(Lane::Poll).time;
    m_keptUntil = isKept(false) ? m_clock.monotonic() + kept : 0ms;
    m_freshness.nextAt = isPaused() ? QDateTime() : m_nextAt;
    m_freshness.interval = now.interval;
    m_freshness.slowness = now.slowness;
    m_schedule = std::make_unique<QObject>();
    m_clock.after(wait, m_schedule.get(), [this] { tick(); });
    Q_EMIT freshnessChanged();
}

void Poller::tick()
{
    if (m_stopped)
        return;
    m_triedAt = m_clock.monotonic();
    if (!isPaused())
        readRound(false);
    m_schedule.release()->deleteLater(); // this is called from its timer
    schedule();
}

/// A round that is still under way is not overtaken by the next.
void Poller::readRound(bool everything, bool isAsked)
{
    m_triedAt = m_clock.monotonic();
    if (m_freshness.loading || isKept(isAsked))
        return;
    m_failedThisRound = false;
    m_freshness.loading = true;
    const int extra = everything ? std::max(refreshReads, pace().extra) : pace().extra;
    m_lists.begin(everything, m_rounds % roundsPerWaitingRead == 0, extra, isAsked);
    if (everything || m_rounds % roundsPerAgentsRead == 0)
        readAgents();
    if (everything || !m_chosenRests || m_rounds % roundsPerRestingRead == 0)
        readChosen();
    ++m_rounds;
    Q_EMIT freshnessChanged();
}

void Poller::readAgents()
{
    m_agentPages.readNext([this](const Result<Page<Agent>> &page) { applyAgents(page); });
}

/// Told when all pages are there, or as many as are read. A page that fails fails the list.
void Poller::applyAgents(const Result<Page<Agent>> &page)
{
    if (page)
        m_agents += page->rows;
    if (page && !m_agentPages.pass().hasEnded)
        return readAgents();
    const QList<Agent> agents = std::exchange(m_agents, {});
    const PagePass<Agent> pass = m_agentPages.pass();
    m_agentPages.restart(); // what failed begins anew
    if (page)
        Q_EMIT agentsRead(agents, unlistedOf(pass));
    else
        fail(page.error(), {Subject::Agents, {}});
    endRead();
}

void Poller::takeRound(bool runningRead, bool whole, int spareReads)
{
    const Sweep &running = m_lists.running();
    m_freshness.listed = running.listed();
    m_freshness.total = running.total();
    m_freshness.unreadable = m_lists.unreadable();
    m_freshness.wholeAt = running.wholeAt();
    if (runningRead) {
        if (const QDateTime now = m_clock.now(); isStale(m_freshness, now) && !m_freshness.held)
            m_freshness.backAt = now;
        m_freshness.readAt = m_clock.now();
    }
    m_failedThisRound = m_failedThisRound || !whole;
    if (whole)
        Q_EMIT spare(spareReads);
    endRead();
}

void Poller::choose(const AgentId &agent, const ConversationId &conversation)
{
    m_agent = agent;
    m_chosen = conversation;
    m_chosenReads = std::make_unique<QObject>();
    m_chosenRests = false;
    readChosen(true);
    readRecord(conversation, m_agent.isEmpty());
}

void Poller::readChosen(bool isAsked)
{
    if (m_chosen.isEmpty() || m_agent.isEmpty() || m_stopped)
        return;
    const auto take = [this, asked = m_chosen](const Result<RunState> &state) {
        if (!state)
            return fail(state.error(), {Subject::RunState, {}, {}, asked});
        m_chosenRests = !state->isRunning && state->waiting() == 0;
        tellRunState(*state, asked);
    };
    m_gateway->forPerson(isAsked).runState(m_agent, m_chosen, Lane::Poll, m_chosenReads.get(), take);
}

/// What cannot be read of a row that nobody chose stays unknown, and is no problem.
void Poller::readRunState(const AgentId &agent, const ConversationId &conversation)
{
    m_extraReads.note();
    m_gateway->runState(agent, conversation, Lane::Poll, this, [this, conversation](const Result<RunState> &state) {
        if (state)
            tellRunState(*state, conversation);
    });
}

/// The answer may lack the id, or bear another one; it is about what was asked.
void Poller::tellRunState(RunState state, const ConversationId &asked)
{
    state.conversation = asked;
    Q_EMIT runStateRead(state);
}

/// A record that the service does not have tells nothing, and is a problem only where a person looks at it.
void Poller::readRecord(const ConversationId &conversation, bool isAsked)
{
    if (conversation.isEmpty() || m_stopped)
        return;
    if (conversation != m_chosen)
        m_extraReads.note();
    m_gateway->forPerson(isAsked).record(conversation, Lane::Poll, this, [this, conversation](const Result<Record> &record) {
        Record nothing;
        nothing.id = conversation;
        if (record)
            Q_EMIT recordRead(*record);
        else if (record.error().kind == FailureKind::NotFound && conversation != m_chosen)
            Q_EMIT recordRead(nothing);
        else
            fail(record.error(), {Subject::Record, {}, {}, conversation});
    });
}

/// What has not left need not wait for the service: the next round asks anew, when it may.
void Poller::giveUpRound()
{
    m_lists.giveUp();
    m_agentPages.restart();
    m_agents.clear();
    m_freshness.loading = false;
    schedule();
}

void Poller::endRead()
{
    m_freshness.loading = m_lists.isUnderWay() || m_agentPages.isReading();
    if (!m_freshness.loading && !m_failedThisRound)
        m_freshness.lastFailure.reset();
    Q_EMIT freshnessChanged();
}

/// A refused key ends polling after one try: the next would be refused as well. What gave way to a stop is no failure,
/// the next round reads it.
void Poller::fail(const Failure &failure, const Occasion &occasion)
{
    if (m_stopped || failure.kind == FailureKind::Cancelled)
        return; // what was out together with a refused one is refused as well, and tells nothing new
    m_stopped = failure.kind == FailureKind::KeyRefused;
    Q_EMIT failed(failure, occasion);
    const bool isOfRound = occasion.subject != Subject::Record && occasion.subject != Subject::RunState;
    if (isOfRound) {
        m_failedThisRound = true;
        m_freshness.lastFailure = failure;
        m_freshness.failedAt = m_clock.now();
    }
    if (isKept(false) || failure.kind == FailureKind::TooMany || failure.kind == FailureKind::PlanLimit)
        giveUpRound();
    else if (isOfRound)
        Q_EMIT freshnessChanged();
}
