#include "app/stopping/stopverifier.h"

#include "app/stopping/verdict.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 4> firstReads{500ms, 1s, 2s, 4s};
constexpr Duration step = 2s;
constexpr Duration watchStep = 15s;
constexpr Duration followUp = 10s; // after "nothing runs": a kept queue may start its next message

struct Pace {
    Duration until;
    Duration step;
};
constexpr std::array paces{Pace{10min, 15s}, Pace{1h, 1min}, Pace{Duration::max(), 5min}};

}

StopVerifier::StopVerifier(std::shared_ptr<Gateway> gateway, Clock &clock, const StopReport &report, QObject *parent)
    : QObject(parent), m_gateway(std::move(gateway)), m_clock(clock), m_report(report)
{
}

void StopVerifier::begin()
{
    m_begin = m_clock.monotonic();
    m_active = true;
    readLater();
    if (hasStopped(m_report.state)) // an earlier run saw it, and left sub-tasks running
        m_stoppedAt = m_begin;
    m_clock.after(timeUp, this, [this] { endWaiting(); });
}

/// Records are not read for many: what the list says of sub-tasks has to do.
void StopVerifier::beginTogether()
{
    m_begin = m_clock.monotonic();
    m_active = m_isTogether = m_lookedAfter = m_subTasksKnown = true;
}

void StopVerifier::goOnAlone()
{
    if (!m_active || !std::exchange(m_isTogether, false))
        return;
    readNow();
    m_clock.after(std::max(0ms, timeUp - elapsed()), this, [this] { endWaiting(); });
}

/// The list of what runs names its own: what is not on it does not run.
void StopVerifier::takeAbsent(const QDateTime &readAt, const QList<Conversation> &subTasks)
{
    if (!m_active)
        return;
    m_lastRunning = false;
    if (!m_stoppedAt) {
        tellOfList(readAt, false);
        m_idleSeen = true;
        say(verdict(m_report, RunState(), false).value_or(StopEvent::SeenIdle));
    }
    if (subTasks != m_report.subTasks)
        Q_EMIT subTasksRead(subTasks);
    if (!subTasks.isEmpty())
        say(StopEvent::SeenSubTasks);
    else if (m_report.state == StopState::SubTasksStillRunning)
        say(verdict(m_report, RunState(), false).value_or(StopEvent::SeenIdle));
}

/// Of what has stopped before, only run-state can say that it runs again: the list may lag.
void StopVerifier::takeListed(const QDateTime &readAt)
{
    if (!m_active || m_stoppedAt)
        return;
    m_lastRunning = true;
    tellOfList(readAt, true);
}

void StopVerifier::tellOfList(const QDateTime &readAt, bool listed)
{
    const Duration after(m_report.answeredAt.msecsTo(readAt));
    Q_EMIT read({readAt, after, listed, 0, false, Evidence::Source::RunningList});
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
    if (elapsed < timeUp)
        return (elapsed / step + 1) * step;
    const auto slow = std::ranges::upper_bound(paces, elapsed, {}, &Pace::until);
    return elapsed + slow->step;
}

/// After the stop was seen, the same pace as before while a waiting message may start at once.
Duration StopVerifier::wait() const
{
    const Duration passed = elapsed();
    if (!m_stoppedAt)
        return dueAfter(passed) - passed;
    const Duration since = m_clock.monotonic() - *m_stoppedAt;
    if (since < followUp && m_lastIdle && m_lastIdle->waiting() > 0)
        return dueAfter(since) - since;
    return since < watch ? watchStep : dueAfter(passed) - passed;
}

void StopVerifier::readLater()
{
    if (!m_active || m_isTogether)
        return;
    const bool watchIsOver = m_stoppedAt && m_clock.monotonic() - *m_stoppedAt >= watch;
    if (watchIsOver && m_report.state != StopState::SubTasksStillRunning)
        return end();
    m_clock.after(wait(), this, [this, turn = ++m_turn] {
        if (turn == m_turn)
            readNow();
    });
}

void StopVerifier::readNow()
{
    if (!m_active || !m_gateway)
        return;
    const StopTarget &target = m_report.target;
    if (isSubTask())
        m_gateway->record(target.conversation, Lane::Check, this,
                          [this](const Result<Record> &answer) { takeRecord(answer); });
    else
        m_gateway->runState(target.agent, target.conversation, Lane::Check, this,
                            [this](const Result<RunState> &answer) { takeRunState(answer); });
}

void StopVerifier::takeRunState(const Result<RunState> &answer)
{
    if (m_active)
        answer ? take(*answer, Evidence::Source::RunState) : takeFailure(Evidence::Source::RunState);
}

void StopVerifier::takeRecord(const Result<Record> &answer)
{
    if (!m_active)
        return;
    if (!answer)
        return takeFailure(Evidence::Source::Record);
    Q_EMIT recordRead(*answer);
    take(runStateOf(*answer, m_clock.now()), Evidence::Source::Record);
}

void StopVerifier::takeFailure(Evidence::Source source)
{
    const QDateTime now = m_clock.now();
    Q_EMIT read({now, Duration(m_report.answeredAt.msecsTo(now)), false, 0, true, source});
    readLater();
}

void StopVerifier::take(const RunState &state, Evidence::Source source)
{
    const bool there = isStillThere(m_report.target, state);
    const QDateTime now = m_clock.now();
    m_lastRunning = there;
    Q_EMIT read({now, Duration(m_report.answeredAt.msecsTo(now)), there, state.waiting(), false, source});
    if (there && m_stoppedAt)
        sayItRunsAgain();
    else
        judge(state);
    if (m_active && elapsed() >= timeUp && there)
        endWaiting();
    readLater();
}

void StopVerifier::judge(const RunState &state)
{
    const auto event = verdict(m_report, state, m_idleSeen);
    if (!isStillThere(m_report.target, state)) {
        m_idleSeen = true;
        m_lastIdle = state;
    }
    if (event == StopEvent::SeenNeverRan && ofConversation())
        return lookForRecord();
    if (event && m_report.state != StopState::SubTasksStillRunning) // then the sub-tasks decide
        say(*event);
    if (m_active && m_stoppedAt && ofConversation())
        lookAfter();
}

void StopVerifier::say(StopEvent event)
{
    Q_EMIT seen(event);
    if (!hasStopped(m_report.state) || m_stoppedAt)
        return;
    m_stoppedAt = m_clock.monotonic();
    if (!ofConversation())
        end(); // nothing starts a sub-task again, and a new message is another one
}

/// A message that waited starts within moments: that is the next message. Whatever comes later has started again.
/// Sub-tasks that run on go on being looked at.
void StopVerifier::sayItRunsAgain()
{
    const Duration since = m_clock.monotonic() - *m_stoppedAt;
    const bool waited = m_lastIdle ? m_lastIdle->waiting() > 0 : waitedBefore();
    const bool isWatched = m_report.state != StopState::SubTasksStillRunning || since <= watch;
    if (waited && since <= followUp) {
        say(StopEvent::SeenNextMessage);
    } else if (isWatched && !m_report.startedAgain) {
        using Cause = StartedAgain::Cause;
        const Cause cause = waited ? Cause::Queue : m_source.isEmpty() ? Cause::Unknown : Cause::Source;
        Q_EMIT startedAgain({m_clock.now(), cause, cause == Cause::Source ? m_source : QString()});
    }
    m_report.state == StopState::SubTasksStillRunning ? lookAfter() : end();
}

/// What nobody has read since: a queue that was to be kept.
bool StopVerifier::waitedBefore() const
{
    const auto &before = m_report.target.before;
    return m_isTogether && m_report.clearQueue == ClearQueue::No && before && before->waiting() > 0;
}

/// "Not running" is also what a service may say of what it has never heard of (contract, "Unknown" 3).
void StopVerifier::lookForRecord()
{
    m_gateway->record(m_report.target.conversation, Lane::Check, this, [this](const Result<Record> &answer) {
        if (!m_active)
            return;
        if (answer)
            say(StopEvent::SeenNeverRan);
        else if (answer.error().kind == FailureKind::NotFound)
            say(StopEvent::SeenNoRecord);
    });
}

void StopVerifier::endWaiting()
{
    if (m_active)
        say(m_lastRunning == true ? StopEvent::TimeUpRunning : StopEvent::TimeUpUnread);
}

/// What a stop does not undo and what it may leave behind: the record once, the sub-tasks until none runs.
void StopVerifier::lookAfter()
{
    if (!std::exchange(m_lookedAfter, true)) {
        m_gateway->record(m_report.target.conversation, Lane::Check, this, [this](const Result<Record> &answer) {
            if (!answer || !m_active)
                return;
            m_source = answer->source;
            Q_EMIT recordRead(*answer);
        });
    }
    if (!m_subTasksKnown || m_report.state == StopState::SubTasksStillRunning)
        readSubTasks();
}

void StopVerifier::readSubTasks()
{
    const ConversationQuery query{{}, {}, m_report.target.conversation, 1, Lane::Check};
    m_gateway->conversations(query, this, [this](const Result<Page<Conversation>> &page) {
        if (page && m_active)
            takeSubTasks(*page);
    });
}

/// Run-state's sub-task at work counts too, unless the list knows better.
void StopVerifier::takeSubTasks(const Page<Conversation> &page)
{
    m_subTasksKnown = true;
    QList<Conversation> running;
    std::ranges::copy_if(page.rows, std::back_inserter(running), [this](const Conversation &row) {
        return row.parent == m_report.target.conversation && isLive(row.state);
    });
    const ConversationId active = m_lastIdle ? m_lastIdle->activeChild : ConversationId();
    const bool listed = std::ranges::any_of(page.rows, [&active](const Conversation &row) { return row.id == active; });
    if (!active.isEmpty() && !listed) {
        Conversation unlisted;
        unlisted.id = active;
        unlisted.parent = m_report.target.conversation;
        running.append(unlisted);
    }
    Q_EMIT subTasksRead(running);
    if (!running.isEmpty())
        say(StopEvent::SeenSubTasks);
    else if (const auto event = m_lastIdle ? verdict(m_report, *m_lastIdle, false) : std::nullopt)
        say(*event);
}
