#include "app/stopping/batchproof.h"

#include "app/gateway/sendforecast.h"
#include "app/stopping/stop.h"
#include "app/stopping/stopverifier.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 5> firstSweeps{2s, 5s, 10s, 20s, 30s}; // after the last answer
constexpr Duration doubtStep = 15s;
constexpr Duration perPage = 2s;      // of a long list, at the least, from one reading to the next
constexpr Duration perWatchedPage = 5s;
constexpr Duration betweenGaps = 60s; // where the limits would never make one
constexpr int margin = 1;             // pages; a list grows, too

}

BatchProof::BatchProof(std::shared_ptr<Gateway> gateway, const AgentId &agent, int listed,
                       Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_gateway(std::move(gateway))
    , m_agent(agent)
    , m_journal(journal)
    , m_clock(clock)
    , m_total(listed)
    , m_lastGapAt(clock.monotonic())
{
}

bool BatchProof::canProve(const StopReport &report)
{
    const StopTarget &target = report.target;
    const bool clears = report.clearQueue == ClearQueue::Yes && target.before && target.before->waiting() > 0;
    return target.command == Command::StopConversation && target.wasListed && target.ranBefore == true && !clears;
}

void BatchProof::earn()
{
    ++m_credit;
    ++m_sentSince;
}

void BatchProof::add(Stop *stop)
{
    m_members.push_back({stop, m_clock.monotonic()});
    if (m_endedAt && !m_reading)
        readLater();
}

int BatchProof::pagesExpected() const
{
    return std::max(0, m_total - m_sentSince) / Gateway::mostPerPage + 1 + margin;
}

int BatchProof::unproven() const
{
    return int(std::ranges::count(m_members, Duration(0), &Member::stoppedAt));
}

/// Where the minute's places never run out there is no gap but what the time makes.
int BatchProof::pagesDue() const
{
    const int pages = pagesExpected();
    const bool isEarned = m_credit >= pages * stopsPerRead && unproven() > 0;
    if (m_isInGap || m_isJudging || !isEarned)
        return 0;
    const int places = m_gateway->channel().budget().placesLeft(Lane::Stop);
    const bool isGap = places <= pages + margin || m_clock.monotonic() - m_lastGapAt >= betweenGaps;
    return isGap && places >= pages ? pages : 0;
}

void BatchProof::readInGap()
{
    m_isInGap = true;
    m_reading = std::make_unique<QObject>();
    m_clock.after(settling, m_reading.get(), [this] {
        beginReading(Lane::Stop, m_credit / stopsPerRead);
        watchPage();
    });
}

void BatchProof::beginReading(Lane lane, int mostPages)
{
    m_begunAt = m_clock.now();
    const ConversationQuery query{m_agent, u"executing"_s, {}, 1, lane};
    auto sweep = std::make_unique<RunningSweep>(m_gateway, m_clock, query, mostPages, nullptr);
    connect(sweep.get(), &RunningSweep::pageRead, this, [this](const QList<Conversation> &rows) {
        m_credit = std::max(0, m_credit - stopsPerRead);
        if (m_isInGap)
            watchPage();
        Q_EMIT pageRead(rows);
    });
    connect(sweep.get(), &RunningSweep::ended, this, &BatchProof::take);
    sweep->begin();
    leave();
    m_reading = std::move(sweep);
}

/// A page that hangs keeps no stop waiting.
void BatchProof::watchPage()
{
    m_clock.after(patience, m_reading.get(), [this, turn = ++m_pageTurn] {
        if (turn != m_pageTurn || !m_isInGap)
            return;
        leave();
        endGap();
        endJudging();
    });
}

/// It may be the one that is telling.
void BatchProof::leave()
{
    if (m_reading)
        m_reading.release()->deleteLater();
}

void BatchProof::endGap()
{
    m_lastGapAt = m_clock.monotonic();
    if (std::exchange(m_isInGap, false))
        Q_EMIT gapEnded();
}

void BatchProof::take(const Result<RunningList> &list)
{
    leave();
    if (list) {
        m_total = std::max(list->total, int(list->ids.size()));
        m_isTotalRead = true;
        m_sentSince = 0;
        m_disturbed = list->isWhole ? 0 : m_disturbed + 1;
    }
    if (list && list->isWhole) {
        m_list = *list;
        m_judged = 0;
        m_readsLeft = m_endedAt ? readAtOnce : 0;
        m_isJudging = true;
        Q_EMIT listEnded(m_agent, m_begunAt);
    }
    endGap();
    m_isJudging ? judgeSome() : endJudging();
}

/// In parts, so that the window goes on.
void BatchProof::judgeSome()
{
    const Result<Done> written = m_journal.writeTogether([this] {
        int changes = 0;
        while (m_judged < m_members.size() && changes < judgedAtOnce)
            changes += judge(m_members[m_judged++]) ? 1 : 0;
    });
    if (!written)
        Q_EMIT journalFailed(written.error());
    if (m_judged < m_members.size()) {
        m_clock.after(0ms, this, [this] { judgeSome(); });
        return;
    }
    m_isJudging = false;
    endJudging();
}

/// Whether something changed. A list that began too early tells nothing of it.
bool BatchProof::judge(Member &member)
{
    if (isOver(member) || m_list.begunAt < member.answeredAt + settling)
        return false;
    const StopReport &report = member.stop->report();
    const StopState before = report.state;
    const ConversationId id = report.target.conversation;
    if (m_list.ids.contains(id))
        judgeListed(member);
    else
        member.stop->takeAbsent(m_list.readAt, m_list.subTasks.values(id));
    if (member.stoppedAt == 0ms && hasStopped(report.state))
        member.stoppedAt = m_clock.monotonic();
    return report.state != before;
}

/// What stays on the list is asked itself: the list lags, or the next message runs.
void BatchProof::judgeListed(Member &member)
{
    const Duration now = m_clock.monotonic();
    const bool isDoubtful = member.stoppedAt > 0ms || m_list.begunAt >= member.answeredAt + doubtful;
    member.stop->takeListed(m_list.readAt);
    if (isDoubtful && m_readsLeft > 0 && (member.readAt == 0ms || now - member.readAt >= doubtStep)) {
        --m_readsLeft;
        member.readAt = now;
        member.stop->checkNow();
    }
    if (m_list.begunAt - member.answeredAt >= StopVerifier::timeUp)
        member.stop->endWaiting();
}

void BatchProof::endJudging()
{
    std::erase_if(m_members, [this](const Member &member) { return isOver(member); });
    if (!m_endedAt)
        return;
    const bool isDear = m_isTotalRead && unproven() < pagesExpected() - margin;
    if (unproven() <= few || isDear || m_disturbed >= mostDisturbed)
        checkOneByOne();
    letGoWithoutProof();
    readLater();
}

/// Watched for two minutes after it has stopped, or until its sub-tasks have ended, too.
bool BatchProof::isOver(const Member &member) const
{
    const StopReport &report = member.stop->report();
    if (report.dismissed || report.startedAgain || !(isOpen(report.state) || hasStopped(report.state)))
        return true;
    return member.stoppedAt > 0ms && report.state != StopState::SubTasksStillRunning
        && m_clock.monotonic() - member.stoppedAt >= StopVerifier::watch;
}

/// One request each is less than the pages of the list.
void BatchProof::checkOneByOne()
{
    for (const Member &member : m_members) {
        if (member.stoppedAt == 0ms)
            member.stop->checkAlone();
    }
    std::erase_if(m_members, [](const Member &member) { return member.stoppedAt == 0ms; });
}

void BatchProof::letGoWithoutProof()
{
    if (sinceEnd() < givenUp)
        return;
    for (const Member &member : m_members) {
        if (member.stoppedAt == 0ms)
            member.stop->endWaiting(); // what comes later corrects it
    }
}

void BatchProof::goOn()
{
    if (m_endedAt)
        return;
    m_endedAt = m_clock.monotonic();
    m_disturbed = 0;
    if (unproven() <= few)
        checkOneByOne();
    if (!m_reading && !m_isJudging)
        readLater();
}

/// Once all is proven, only what starts again is watched for. A long list is read more rarely.
Duration BatchProof::wait() const
{
    const Duration gone = sinceEnd();
    const auto first = std::ranges::upper_bound(firstSweeps, gone);
    Duration wait = StopVerifier::dueAfter(std::max(gone, StopVerifier::timeUp)) - std::max(gone, StopVerifier::timeUp);
    if (unproven() > 0 && first != firstSweeps.end())
        wait = *first - gone;
    const int pages = pagesExpected() - margin;
    return pages <= fewPages ? wait : std::max(wait, pages * (unproven() > 0 ? perPage : perWatchedPage));
}

void BatchProof::readLater()
{
    if (m_members.empty() || m_reading)
        return;
    m_reading = std::make_unique<QObject>();
    m_clock.after(wait(), m_reading.get(), [this] { readAgain(); });
}

/// Nothing of the batch waits in the lane of stops any more: with places to spare its proof may use it.
void BatchProof::readAgain()
{
    leave();
    const int places = m_gateway->channel().budget().placesLeft(Lane::Stop);
    const bool mayHurry = unproven() > 0 && places >= pagesExpected();
    beginReading(mayHurry ? Lane::Stop : Lane::Check, m_isTotalRead ? INT_MAX : std::max(1, unproven()));
}
