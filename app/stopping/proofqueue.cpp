#include "app/stopping/proofqueue.h"

#include "app/gateway/sendforecast.h"
#include "app/stopping/stop.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 4> firstReads{500ms, 1s, 2s, 4s};
constexpr std::array<Duration, 5> readsOfMany{1s, 4s, 10s, 20s, 30s};
constexpr std::array<Duration, 6> sweepsOfMany{500ms, 2500ms, 5s, 10s, 20s, 30s};
constexpr Duration step = 2s;
constexpr Duration watchStep = 15s;
constexpr Duration doubtful = 8s;      ///< still listed so long after the answer: its own state is read, too
constexpr int mostDoubtful = 20;
constexpr Duration settling = 2s;      ///< between the last answer and a reading of lists while stops are sent
constexpr Duration patience = 3s;      ///< with one page, while stops wait
constexpr Duration perPage = 2s;       ///< from one reading of long lists to the next, at the least
constexpr Duration perWatchedPage = 5s;
constexpr int mostDisturbed = 3;       ///< in a row, until each is read by itself
constexpr Duration forgiving = 2min;   ///< until the lists are tried again
constexpr Duration forgetting = 10min; ///< how long they were, where they were too long
constexpr int appliedAtOnce = 10;      ///< changes, in one turn of the event loop
constexpr int rowsAtOnce = 50;
constexpr int atOnce = 2;              ///< requests of one kind

struct Pace {
    Duration until;
    Duration step;
};
constexpr std::array paces{Pace{10min, 15s}, Pace{1h, 1min}, Pace{Duration::max(), 5min}};

Duration paceAt(Duration age)
{
    return std::ranges::upper_bound(paces, age, {}, &Pace::until)->step;
}

/// 40 reads a minute, and 30 of them at once, where the service takes 100 requests a minute.
Allowance freshShare(const RateLimits &limits)
{
    const int perMinute = limits.of(Span::Minute);
    return {std::max(1, perMinute * 3 / 10), std::max(1ms, Duration(150s) / perMinute)};
}

/// 27 a minute and 145 an hour at the most, less where the service takes less than 1,000 an hour: with more of the hour,
/// polling would come to its own share (measured, 300 stops with clearing and 175 an hour: lists up to 10 min old).
Allowance oldShare(const RateLimits &limits)
{
    const int perHour = std::min(1000, limits.of(Span::Hour));
    return {std::max(1, perHour / 40), Duration(30s) * 1000 / perHour};
}

template <size_t size> std::optional<Duration> firstAfter(const std::array<Duration, size> &moments, Duration moment)
{
    const auto found = std::ranges::upper_bound(moments, moment);
    return found == moments.end() ? std::nullopt : std::optional(*found);
}

bool isOnLiveList(RowState state)
{
    return state == RowState::NotStarted || state == RowState::Running || state == RowState::WaitingForPerson;
}

}

int Allowance::left(Duration now) const
{
    const Duration debt = std::max(0ms, m_fullAt - now);
    return m_most - int((debt + m_every - 1ms) / m_every);
}

void Allowance::spend(int requests, Duration now)
{
    m_fullAt = std::max(m_fullAt, now) + requests * m_every;
}

Duration Allowance::waitFor(int requests, Duration now) const
{
    return std::max(0ms, std::max(m_fullAt, now) + (requests - m_most) * m_every - now);
}

/// What is known of one stop besides its report. Asker of its reads: what dies takes them with it.
struct ProofQueue::Entry : QObject {
    explicit Entry(Stop &of, QObject *parent) : QObject(parent), stop(of) { }

    const StopReport &report() const { return stop.report(); }
    bool ofConversation() const { return report().target.command == Command::StopConversation; }

    Stop &stop;
    Facts facts;
    Duration answeredAt{0};
    std::optional<Duration> stoppedAt;
    std::optional<Duration> readAt; ///< when the last read of itself began
    Duration dueAt{0};              ///< of the next read of itself
    bool ofMany = false;
    bool isAsked = false;     ///< a person wants it to be read
    bool needsItself = false; ///< a list has what had stopped: only its own state says whether it runs again
    int *slot = nullptr;      ///< while its own state is read: what counts such reads
    bool isInStopLane = false; ///< that read
    bool isUnswept = false;   ///< `wasListed` is only supposed: an earlier run knew
    RowState seenAs = RowState::NotRead; ///< on a list, at first
    std::optional<RunState> lastIdle;
    bool isRecordAsked = false;
    QString source;           ///< what starts this conversation, as its record says
    QDateTime absentAt;       ///< when the first of the readings in a row that lack it ended, UTC
};

ProofQueue::ProofQueue(Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent), m_journal(journal), m_clock(clock)
{
}

void ProofQueue::use(const std::shared_ptr<Gateway> &gateway)
{
    m_isLeft = false;
    if (gateway == m_gateway)
        return;
    m_gateway = gateway;
    m_fresh = freshShare(gateway->limits());
    m_old = oldShare(gateway->limits());
    wakeAt(now());
}

void ProofQueue::letGo()
{
    m_isLeft = true;
    releaseGateway();
}

void ProofQueue::releaseGateway()
{
    if (m_isLeft && m_entries.isEmpty())
        m_gateway.reset();
}

/// An earlier run may have left it open long ago: its age counts from the answer, by the wall clock.
void ProofQueue::add(Stop &stop, const std::shared_ptr<Gateway> &gateway)
{
    if (!m_gateway)
        m_gateway = gateway;
    auto *entry = new Entry(stop, this);
    const StopReport &report = stop.report();
    const Duration age(std::max<qint64>(0, report.answeredAt.msecsTo(m_clock.now())));
    entry->answeredAt = now() - (report.fromEarlierRun && report.answeredAt.isValid() ? age : 0ms);
    entry->ofMany = isOfMany(report);
    entry->dueAt = now() + (entry->ofMany ? readsOfMany.front() : firstReads.front());
    entry->facts.wasListed = isOnLiveList(report.target.listedAs) || report.fromEarlierRun;
    entry->isUnswept = report.fromEarlierRun;
    entry->seenAs = report.target.listedAs;
    if (hasStopped(report.state)) // an earlier run saw it, and left sub-tasks running
        entry->stoppedAt = now();
    m_entries.append(entry);
    wakeAt(now());
}

void ProofQueue::drop(const Stop &stop)
{
    for (Entry *entry : std::as_const(m_entries)) {
        if (&entry->stop != &stop)
            continue;
        m_entries.removeOne(entry);
        m_toApply.removeOne(entry);
        leave(*entry);
        entry->deleteLater();
        return releaseGateway();
    }
}

void ProofQueue::readNow(const Stop &stop)
{
    const auto found = std::ranges::find_if(m_entries, [&stop](const Entry *entry) { return &entry->stop == &stop; });
    if (found == m_entries.end())
        return;
    (*found)->isAsked = true;
    const Duration wait = m_gateway ? m_gateway->waitOf(askedLane()).time : 0ms;
    if (wait > 0ms)
        (*found)->stop.setNextRead(m_clock.now().addMSecs(wait.count()));
    wakeAt(now());
}

Duration ProofQueue::ageOf(const Entry &entry) const
{
    return now() - entry.answeredAt;
}

Duration ProofQueue::dueAfter(Duration elapsed)
{
    if (const auto first = firstAfter(firstReads, elapsed))
        return *first;
    return elapsed < timeUp ? (elapsed / step + 1) * step : elapsed + paceAt(elapsed);
}

void ProofQueue::wakeAt(Duration moment)
{
    if (m_wakeAt && *m_wakeAt <= moment)
        return;
    m_wakeAt = moment;
    m_clock.after(std::max(0ms, moment - now()), this, [this, moment] {
        if (m_wakeAt != moment)
            return;
        m_wakeAt.reset();
        proceed();
    });
}

void ProofQueue::proceed()
{
    removeDone();
    if (!m_gateway || m_entries.isEmpty())
        return;
    weighLists();
    if (m_isQuiet && !m_useLists && !m_sweep)
        endQuiet();
    if (!m_sweep && m_toApply.isEmpty() && now() >= sweepDueAt())
        beginSweep();
    while (Entry *next = nextToRead())
        readItself(*next);
    planAnew();
    if (const Duration wake = nextWake(); wake != Duration::max())
        wakeAt(std::max(wake, now() + 1ms));
}

/// What was said of a next read must not have passed: those in front may have been more than was known then.
void ProofQueue::planAnew()
{
    for (const Entry *entry : std::as_const(m_entries)) {
        const QDateTime &planned = entry->report().nextReadAt;
        const bool hasPassed = planned.isValid() && planned <= m_clock.now();
        if (!hasPassed || entry->slot)
            continue;
        const bool isByLists = isReadByLists(*entry) && !m_sweep && m_toApply.isEmpty() && m_sending == 0;
        if (isByLists || turnOf(*entry) == Turn::Old) // only these wait long for their share, or for whole lists
            entry->stop.setNextRead(plannedFor(*entry));
    }
}

void ProofQueue::removeDone()
{
    QList<Entry *> staying;
    for (Entry *entry : std::as_const(m_entries)) {
        if (entry->slot || !isDone(*entry)) {
            staying.append(entry);
            continue;
        }
        m_toApply.removeOne(entry);
        entry->deleteLater();
    }
    m_entries = staying;
    releaseGateway();
}

/// What stopped is watched for two minutes, or until its sub-tasks have ended, too. That the next message has started
/// ends it only where nothing ran in between: else somebody may have taken the message out, and our turn runs on.
bool ProofQueue::isDone(const Entry &entry) const
{
    const StopReport &report = entry.report();
    if (report.dismissed)
        return true;
    if (report.state == StopState::SubTasksStillRunning)
        return false;
    if (report.startedAgain)
        return true;
    if (report.state == StopState::NextStarted)
        return entry.stoppedAt || entry.facts.idleBefore;
    if (!entry.stoppedAt)
        return !isOpen(report.state);
    return !entry.ofConversation() || now() - *entry.stoppedAt > watch; // nothing starts a sub-task again
}

ProofQueue::Turn ProofQueue::turnOf(const Entry &entry) const
{
    if (entry.isAsked)
        return Turn::Asked;
    if (entry.needsItself)
        return Turn::Fresh;
    if (isReadByLists(entry) || now() < entry.dueAt)
        return Turn::None;
    if (entry.stoppedAt)
        return now() - *entry.stoppedAt <= watch ? Turn::Fresh : Turn::Old;
    const bool isUnread = !entry.readAt && !entry.report().fromEarlierRun;
    if (ageOf(entry) > timeUp) // many that lists failed to prove, all at once, go at their share
        return !isUnread ? Turn::Old : couldReadByLists(entry) ? Turn::Fresh : Turn::First;
    return entry.readAt ? Turn::Fresh : Turn::First;
}

bool ProofQueue::hasRoom(Turn turn) const
{
    switch (turn) {
    case Turn::Asked: return true;
    case Turn::First: return m_firstUnderWay < atOnce;
    case Turn::Fresh: return m_underWay < atOnce && m_fresh.left(now()) > 0;
    case Turn::Old: return m_underWay < atOnce && m_old.left(now()) > 0;
    case Turn::None: break;
    }
    return false;
}

/// The newest of those that were never read; else the one that was read longest ago, but first those without any read
/// since their 30 s were over.
bool ProofQueue::isReadBefore(const Entry &one, const Entry &other, Turn turn)
{
    if (turn == Turn::First || (!one.readAt && !other.readAt))
        return one.answeredAt > other.answeredAt;
    const auto isOverdue = [](const Entry &entry) {
        return !entry.readAt || *entry.readAt < entry.answeredAt + timeUp;
    };
    if (turn == Turn::Old && isOverdue(one) != isOverdue(other))
        return isOverdue(one);
    return one.readAt < other.readAt;
}

ProofQueue::Entry *ProofQueue::nextToRead() const
{
    Entry *best = nullptr;
    Turn bestTurn = Turn::None;
    for (Entry *entry : m_entries) {
        const Turn turn = entry->slot ? Turn::None : turnOf(*entry);
        if (!hasRoom(turn) || turn > bestTurn)
            continue;
        if (turn < bestTurn || isReadBefore(*entry, *best, turn)) {
            best = entry;
            bestTurn = turn;
        }
    }
    return best;
}

/// Answers wake by themselves.
Duration ProofQueue::nextWake() const
{
    Duration wake = Duration::max();
    if (!m_sweep && m_toApply.isEmpty() && m_useLists)
        wake = sweepDueAt();
    const auto alsoAt = [this, &wake](Duration moment) { wake = moment > now() ? std::min(wake, moment) : wake; };
    for (const Entry *entry : m_entries) {
        if (entry->stoppedAt) {
            alsoAt(*entry->stoppedAt + watch + 1ms);
        } else { // from then on another kind of read may fit
            alsoAt(entry->answeredAt + doubtful);
            alsoAt(entry->answeredAt + timeUp + 1ms);
        }
        if (const QDateTime &planned = entry->report().nextReadAt; planned.isValid()) // then to be planned anew
            alsoAt(now() + Duration(m_clock.now().msecsTo(planned)));
        if (entry->slot || (isReadByLists(*entry) && !entry->needsItself))
            continue;
        Duration due = std::max(entry->dueAt, now());
        const Turn turn = turnOf(*entry);
        const bool isFirst = turn == Turn::First || (turn == Turn::None && !entry->readAt && !entry->stoppedAt);
        if ((isFirst ? m_firstUnderWay : m_underWay) >= atOnce)
            continue;
        if (turn == Turn::Fresh)
            due = now() + m_fresh.waitFor(1, now());
        else if (turn == Turn::Old)
            due = now() + m_old.waitFor(1, now());
        wake = std::min(wake, due);
    }
    return wake;
}

/// How long all that is open for more than 30 s takes once round, at its share.
Duration ProofQueue::cycle() const
{
    const Duration oldest = now() - timeUp;
    int requests = m_useLists ? pagesExpected() : 0;
    for (const Entry *entry : m_entries)
        requests += !entry->stoppedAt && entry->answeredAt < oldest && !isReadByLists(*entry) ? 1 : 0;
    return requests > 1 ? requests * m_old.every() : 0ms;
}

/// From now to the next read of itself.
Duration ProofQueue::stepOf(const Entry &entry) const
{
    const Duration age = ageOf(entry);
    if (entry.stoppedAt) {
        const Duration since = now() - *entry.stoppedAt;
        if (since < followUp && entry.facts.waitedWhenIdle)
            return entry.ofMany ? followUp - since : dueAfter(since) - since;
        return since < watch ? watchStep : std::max(paceAt(age), m_cycle);
    }
    if (age >= timeUp) // a read that began before the time was up tells neither that it runs on nor that nobody knows
        return *entry.readAt < entry.answeredAt + timeUp ? 0ms : std::max(paceAt(age), m_cycle);
    const auto isFresh = [this](const Entry *each) {
        return !each->stoppedAt && ageOf(*each) < timeUp && !isReadByLists(*each);
    };
    const Duration planned = entry.ofMany ? firstAfter(readsOfMany, age).value_or(timeUp) : dueAfter(age);
    const int fresh = int(std::ranges::count_if(m_entries, isFresh));
    const Duration wanted = std::max(planned - age, fresh > few ? fresh * m_fresh.every() : 0ms);
    return std::min(wanted, std::max(planned, timeUp + 1ms) - age); // the read that tells whether it still runs
}

/// What is urgent and finds no place among the checks takes one of the stops' places, and never the last: a read that
/// hangs keeps no stop waiting.
Lane ProofQueue::laneOf(Turn turn) const
{
    const bool isUrgent = (turn == Turn::Asked && askedLane() == Lane::Stop) || turn == Turn::First || m_sending > 0;
    const bool hasPlace = m_gateway->hasPlace(Lane::Check);
    return isUrgent && !hasPlace && m_inStopLane == 0 ? Lane::Stop : Lane::Check;
}

/// The last one that a person's own check may take. After a 429 to checks that is not the stops': the key is what is
/// limited.
Lane ProofQueue::askedLane() const
{
    const bool isLimited = m_gateway->waitOf(Lane::Check).reason == WaitReason::RateLimited;
    return isLimited ? Lane::Check : Lane::Stop;
}

/// Its read is over, or nobody waits for it any more.
void ProofQueue::leave(Entry &entry)
{
    if (entry.slot)
        --*std::exchange(entry.slot, nullptr);
    m_inStopLane -= std::exchange(entry.isInStopLane, false) ? 1 : 0;
}

QDateTime ProofQueue::plannedFor(const Entry &entry) const
{
    if (m_sending > 0 && isReadByLists(entry)) {
        const int stops = std::max(1, stopsPerRead * pagesExpected() - m_sentSince);
        return m_clock.now().addMSecs(m_gateway->whenSent(stops, 0ms).total.count());
    }
    const auto isOldWhenDue = [this](const Entry &each) {
        return !each.stoppedAt && !isReadByLists(each) && std::max(each.dueAt, now()) - each.answeredAt > timeUp;
    };
    const auto inFront = std::ranges::count_if(m_entries, [&](const Entry *other) {
        return other != &entry && isOldWhenDue(*other) && isReadBefore(*other, entry, Turn::Old);
    });
    const Duration due = isReadByLists(entry) ? sweepDueAt() : entry.dueAt;
    const Duration wait = std::max({due - now(), m_gateway->waitOf(m_sending > 0 ? Lane::Stop : Lane::Check).time,
                                    isOldWhenDue(entry) ? m_old.waitFor(int(inFront) + 1, now()) : 0ms});
    return wait < 24h ? m_clock.now().addMSecs(wait.count()) : QDateTime();
}

QDateTime ProofQueue::firstReadAt(const StopReport &report) const
{
    if (!m_gateway)
        return {};
    Duration wait = std::max(firstReads.front(), m_gateway->waitOf(Lane::Stop).time);
    Facts facts;
    facts.wasListed = isOnLiveList(report.target.listedAs);
    if (m_sending > 0 && isOfMany(report) && canListsProve(report, facts))
        wait = m_gateway->whenSent(std::max(1, stopsPerRead * pagesExpected() - m_sentSince), 0ms).total;
    return m_clock.now().addMSecs(wait.count());
}

void ProofQueue::readItself(Entry &entry)
{
    const Turn turn = turnOf(entry);
    entry.slot = turn == Turn::First ? &m_firstUnderWay : &m_underWay;
    if (turn == Turn::Fresh || turn == Turn::Old)
        (turn == Turn::Old ? m_old : m_fresh).spend(1, now());
    const Lane lane = laneOf(turn);
    ++*entry.slot;
    entry.isInStopLane = lane == Lane::Stop;
    m_inStopLane += entry.isInStopLane ? 1 : 0;
    entry.isAsked = entry.needsItself = false;
    entry.readAt = now();
    const StopTarget &target = entry.report().target;
    const auto arrived = [this, &entry](const Result<RunState> &read, Evidence::Source source) {
        if (!entry.slot)
            return; // dropped meanwhile
        leave(entry);
        applyItself(entry, read, source);
        wakeAt(now());
    };
    if (!target.isSubTask()) {
        m_gateway->runState(target.agent, target.conversation, lane, &entry,
                            [arrived](const Result<RunState> &read) { arrived(read, Evidence::Source::RunState); });
        return;
    }
    m_gateway->record(target.conversation, lane, &entry, [this, &entry, arrived](const Result<Record> &record) {
        if (record)
            entry.stop.learnRecord(*record);
        arrived(record.map([this](const Record &found) { return runStateOf(found, m_clock.now()); }),
                Evidence::Source::Record);
    });
}

void ProofQueue::applyItself(Entry &entry, const Result<RunState> &read, Evidence::Source source)
{
    const QDateTime at = m_clock.now();
    const bool isThere = read && isStillThere(entry.report().target, *read);
    entry.facts.newest = read ? Facts::Newest::Itself : Facts::Newest::Failed;
    entry.facts.readAfter = *entry.readAt - entry.answeredAt;
    if (read)
        entry.facts.itself = *read;
    if (isThere)
        entry.facts.absentSince.reset();
    entry.dueAt = now() + stepOf(entry);
    const Duration after(entry.report().answeredAt.msecsTo(at));
    const bool hadStopped = entry.stoppedAt.has_value();
    learn(entry, Evidence{at, after, isThere, read ? read->waiting() : 0, !read, source});
    if (!read)
        return;
    if (!isThere) {
        entry.facts.idleBefore = true;
        entry.facts.waitedWhenIdle = read->waiting() > 0;
        entry.lastIdle = *read;
        entry.dueAt = now() + stepOf(entry);
    } else if (hadStopped) {
        markRunsAgain(entry);
    }
    const bool isRecordNeeded = !isThere && entry.report().target.ranBefore == false && isOpen(entry.report().state);
    if (isRecordNeeded && entry.ofConversation() && entry.facts.record == Facts::RecordFate::NotRead)
        readRecord(entry);
    if (entry.stoppedAt && entry.ofConversation() && !isReadByLists(entry) && !isDone(entry))
        lookAfter(entry);
}

void ProofQueue::learn(Entry &entry, const std::optional<Evidence> &evidence)
{
    entry.facts.stoppedFor = entry.stoppedAt ? std::optional(now() - *entry.stoppedAt) : std::nullopt;
    entry.stop.learn(entry.facts, evidence, plannedFor(entry));
    if (!entry.stoppedAt && hasStopped(entry.report().state))
        entry.stoppedAt = now();
}

/// What has stopped runs: unless it is the next message, which the verdict tells, it was started again.
void ProofQueue::markRunsAgain(Entry &entry)
{
    const StopReport &report = entry.report();
    const bool isWatched = now() - *entry.stoppedAt <= watch;
    if (report.state == StopState::NextStarted || report.startedAgain || !isWatched)
        return;
    using Cause = StartedAgain::Cause;
    const Cause cause = entry.facts.waitedWhenIdle ? Cause::Queue
        : entry.source.isEmpty()                   ? Cause::Unknown
                                                   : Cause::Source;
    entry.stop.mark({m_clock.now(), cause, cause == Cause::Source ? entry.source : QString()});
}

/// Whether the service has ever heard of it.
void ProofQueue::readRecord(Entry &entry)
{
    m_gateway->record(entry.report().target.conversation, Lane::Check, &entry,
                      [this, &entry](const Result<Record> &record) {
                          if (record)
                              entry.facts.record = Facts::RecordFate::Found;
                          else if (record.error().kind == FailureKind::NotFound)
                              entry.facts.record = Facts::RecordFate::Missing;
                          learn(entry, {});
                          wakeAt(now());
                      });
}

/// What a stop does not undo and what it may leave behind: the record once, the sub-tasks until none runs.
void ProofQueue::lookAfter(Entry &entry)
{
    if (!entry.ofMany && !std::exchange(entry.isRecordAsked, true)) {
        m_gateway->record(entry.report().target.conversation, Lane::Check, &entry,
                          [&entry](const Result<Record> &record) {
                              if (!record)
                                  return;
                              entry.source = record->source;
                              entry.stop.learnRecord(*record);
                          });
    }
    if (!entry.facts.subTasks || entry.report().state == StopState::SubTasksStillRunning)
        readSubTasks(entry);
}

void ProofQueue::readSubTasks(Entry &entry)
{
    if (now() - *entry.stoppedAt > watch)
        m_old.spend(1, now());
    const ConversationQuery query{{}, {}, entry.report().target.conversation, 1, Lane::Check};
    m_gateway->conversations(query, &entry, [this, &entry](const Result<Page<Conversation>> &page) {
        if (page)
            applySubTasks(entry, page->rows);
        wakeAt(now());
    });
}

/// Run-state's sub-task at work counts too, unless the list knows better.
void ProofQueue::applySubTasks(Entry &entry, const QList<Conversation> &rows)
{
    const ConversationId conversation = entry.report().target.conversation;
    QList<Conversation> running;
    std::ranges::copy_if(rows, std::back_inserter(running), [&conversation](const Conversation &row) {
        return row.parent == conversation && isLive(row.state);
    });
    const ConversationId active = entry.lastIdle ? entry.lastIdle->activeChild : ConversationId();
    if (!active.isEmpty() && std::ranges::find(rows, active, &Conversation::id) == rows.end()) {
        Conversation unlisted;
        unlisted.id = active;
        unlisted.parent = conversation;
        running.append(unlisted);
    }
    entry.facts.subTasks = running;
    learn(entry, {});
}

// ---- The lists of all that lives, read for many at once.

bool ProofQueue::couldReadByLists(const Entry &entry) const
{
    if (entry.stoppedAt)
        return entry.ofMany;
    return (entry.ofMany || ageOf(entry) > timeUp) && canListsProve(entry.report(), entry.facts);
}

/// Fresh ones that stay listed are read by themselves, too: lists lag, or the next message runs.
bool ProofQueue::isReadByLists(const Entry &entry) const
{
    const Duration age = ageOf(entry);
    const bool isDoubtful = !entry.stoppedAt && entry.facts.isListed && age >= doubtful && age <= timeUp;
    return m_useLists && couldReadByLists(entry) && !(isDoubtful && m_doubtful <= mostDoubtful);
}

/// At the least, where many of them may have stopped since the last reading.
int ProofQueue::pagesExpected() const
{
    return std::max(0, m_total - m_sentSince) / Gateway::mostPerPage + int(LiveSweep::allLive().size());
}

bool ProofQueue::areAllOld() const
{
    return std::ranges::none_of(m_entries, [this](const Entry *entry) {
        return couldReadByLists(*entry) && (entry->stoppedAt || ageOf(*entry) <= timeUp);
    });
}

/// A reading of lists is worth it where it costs less than one request each.
void ProofQueue::weighLists()
{
    if (m_disturbed >= mostDisturbed && now() - *m_sweptAt >= forgiving)
        m_disturbed = 0;
    if (m_sending == 0 && m_sweptAt && now() - *m_sweptAt >= forgetting)
        m_total = 0; // who had so many lists may have few by now
    const auto candidates = std::ranges::count_if(m_entries, [this](const Entry *e) { return couldReadByLists(*e); });
    const int pages = pagesExpected();
    const bool isTooDear = areAllOld() && pages > m_old.most();
    m_useLists = candidates > std::max(few, m_sending > 0 ? 0 : pages) && m_disturbed < mostDisturbed && !isTooDear;
    m_doubtful = int(std::ranges::count_if(m_entries, [this](const Entry *e) {
        return !e->stoppedAt && e->facts.isListed && ageOf(*e) >= doubtful && ageOf(*e) <= timeUp;
    }));
    m_cycle = cycle();
}

Duration ProofQueue::listsDueFor(const Entry &entry) const
{
    const Duration age = ageOf(entry);
    if (!m_sweptAt || *m_sweptAt < entry.answeredAt)
        return std::max(entry.answeredAt + sweepsOfMany.front(), entry.report().fromEarlierRun ? entry.dueAt : 0ms);
    if (entry.stoppedAt)
        return *m_sweptAt + (now() - *entry.stoppedAt <= watch ? watchStep : std::max(paceAt(age), m_cycle));
    if (entry.facts.absentSince)
        return *m_sweptAt + betweenAbsences;
    if (const auto next = firstAfter(sweepsOfMany, *m_sweptAt - entry.answeredAt))
        return entry.answeredAt + *next;
    return *m_sweptAt + std::max(paceAt(age), m_cycle);
}

Duration ProofQueue::sweepDueAt() const
{
    if (!m_useLists)
        return Duration::max();
    if (m_sending > 0)
        return m_isQuiet ? m_quietSince + settling : Duration::max();
    Duration due = Duration::max();
    bool isUnproven = false;
    for (const Entry *entry : m_entries) {
        if (!isReadByLists(*entry))
            continue;
        due = std::min(due, listsDueFor(*entry));
        isUnproven = isUnproven || !entry->stoppedAt;
    }
    if (due == Duration::max())
        return due;
    const int pages = pagesExpected();
    const Duration spacing = pages <= int(LiveSweep::allLive().size())
        ? betweenAbsences
        : pages * (isUnproven ? perPage : perWatchedPage);
    if (m_sweptAt)
        due = std::max(due, *m_sweptAt + spacing);
    return areAllOld() ? std::max(due, now() + m_old.waitFor(pages, now())) : due;
}

/// Once forwards through the states and once backwards: what moves on from one to the next while they are read is on
/// none of the lists in one of the two directions only. Of all agents: a sub-task may be another's than its parent.
void ProofQueue::beginSweep()
{
    LiveSweep::Range range{{}, LiveSweep::allLive(), Lane::Check};
    if (m_isReversed)
        std::ranges::reverse(range.states);
    const int pages = pagesExpected();
    const bool isOld = areAllOld();
    if (m_isQuiet || (!isOld && m_gateway->placesLeft(Lane::Stop) >= pages))
        range.lane = Lane::Stop;
    if (m_isQuiet)
        range.mostPages = std::max(pages, m_sentSince / stopsPerRead);
    else
        range.mostPages = std::max(pages, int(m_entries.size()));
    auto sweep = std::make_unique<LiveSweep>(m_gateway, m_clock, range, nullptr);
    connect(sweep.get(), &LiveSweep::pageRead, this, [this, isOld](const QList<Conversation> &rows) {
        if (isOld)
            m_old.spend(1, now());
        if (m_isQuiet)
            watchPage();
        Q_EMIT pageRead(rows);
    });
    const QDateTime begunAt = m_clock.now();
    connect(sweep.get(), &LiveSweep::ended, this, [this, begunAt](const Result<SweptLists> &lists) {
        if (lists && lists->isWhole)
            Q_EMIT listsEnded(begunAt);
        applySweep(lists);
    });
    m_sweptAt = now();
    m_sweep = std::move(sweep);
    static_cast<LiveSweep *>(m_sweep.get())->begin();
    if (m_isQuiet)
        watchPage();
}

/// A page that hangs keeps no stop waiting.
void ProofQueue::watchPage()
{
    m_clock.after(patience, m_sweep.get(), [this, turn = ++m_pageTurn] {
        if (turn != m_pageTurn || !m_isQuiet)
            return;
        leaveSweep();
        ++m_disturbed;
        endQuiet();
        wakeAt(now());
    });
}

/// It may be the sender of the signal that is being handled: deleted later.
void ProofQueue::leaveSweep()
{
    if (!m_sweep)
        return;
    m_sweep->disconnect(this);
    m_sweep.release()->deleteLater();
}

void ProofQueue::applySweep(const Result<SweptLists> &lists)
{
    leaveSweep();
    m_listsFailed = !lists;
    const bool isWhole = lists && lists->isWhole;
    m_disturbed = isWhole ? 0 : m_disturbed + 1;
    if (lists) {
        m_total = std::max(lists->total, int(lists->states.size()));
        m_sentSince = 0;
    }
    if (isWhole) {
        m_isReversed = !m_isReversed;
        m_lists = *lists;
    } else {
        m_lists.begunAt = *m_sweptAt;
    }
    for (Entry *entry : isWhole || !lists ? QList<Entry *>() : m_entries) { // being on one is no absence all the same
        if (lists->states.contains(entry->report().target.conversation))
            entry->facts.absentSince.reset();
    }
    if (isWhole || m_listsFailed)
        m_toApply = m_entries;
    endQuiet();
    applySome();
}

/// In parts, so that the window goes on.
void ProofQueue::applySome()
{
    if (!m_toApply.isEmpty()) {
        const Result<Done> written = m_journal.writeTogether([this] {
            for (int i = 0, changes = 0; !m_toApply.isEmpty() && i < rowsAtOnce && changes < appliedAtOnce; ++i)
                changes += applyLists(*m_toApply.takeFirst()) ? 1 : 0;
        });
        if (!written)
            Q_EMIT journalFailed(written.error());
    }
    if (m_toApply.isEmpty())
        wakeAt(now());
    else
        m_clock.after(0ms, this, [this] { applySome(); });
}

/// Whether its state has changed. A reading that began before the answer tells nothing of it.
bool ProofQueue::applyLists(Entry &entry)
{
    if (m_lists.begunAt < entry.answeredAt)
        return false;
    if (m_listsFailed) {
        applyFailedLists(entry);
        return false;
    }
    const StopState before = entry.report().state;
    const ConversationId conversation = entry.report().target.conversation;
    const auto state = m_lists.states.constFind(conversation);
    const bool isListed = state != m_lists.states.cend();
    const bool wasByLists = couldReadByLists(entry);
    if (isListed)
        applyPresence(entry, *state);
    if (std::exchange(entry.isUnswept, false) && !isListed)
        entry.facts.wasListed = false;
    if (!wasByLists || (entry.stoppedAt && isListed))
        return false;
    Facts &facts = entry.facts;
    facts.newest = Facts::Newest::Lists;
    facts.readAfter = m_lists.begunAt - entry.answeredAt;
    facts.isListed = isListed;
    facts.subTasks = m_lists.subTasks.values(conversation);
    if (isListed) {
        facts.absentSince.reset();
    } else {
        entry.absentAt = facts.absentSince ? entry.absentAt : m_lists.readAt;
        facts.absentSince = facts.absentSince.value_or(m_lists.begunAt);
        facts.absentUntil = m_lists.begunAt;
    }
    Evidence evidence{m_lists.readAt, Duration(entry.report().answeredAt.msecsTo(m_lists.readAt)), isListed, 0, false,
                      Evidence::Source::LiveLists};
    if (!isListed && facts.absentUntil > *facts.absentSince)
        evidence.firstAt = entry.absentAt;
    learn(entry, entry.stoppedAt ? std::nullopt : std::optional(evidence));
    return entry.report().state != before;
}

void ProofQueue::applyPresence(Entry &entry, RowState state)
{
    entry.facts.wasListed = true;
    if (!isOnLiveList(entry.seenAs))
        entry.seenAs = state;
    if (state != entry.seenAs && !std::exchange(entry.facts.changedState, true))
        entry.dueAt = std::min(entry.dueAt, now());
    entry.needsItself = entry.stoppedAt.has_value();
}

void ProofQueue::applyFailedLists(Entry &entry)
{
    if (entry.stoppedAt || !couldReadByLists(entry))
        return;
    const QDateTime at = m_clock.now();
    entry.facts.newest = Facts::Newest::Failed;
    entry.facts.readAfter = m_lists.begunAt - entry.answeredAt;
    learn(entry, Evidence{at, Duration(entry.report().answeredAt.msecsTo(at)), false, 0, true,
                          Evidence::Source::LiveLists});
}

// ---- Beside a batch that sends.

void ProofQueue::beginSending(int stops)
{
    ++m_sending;
    m_disturbed = 0;
    m_total = std::max(m_total, stops);
}

void ProofQueue::endSending()
{
    m_disturbed = 0;
    if (--m_sending == 0)
        endQuiet();
    wakeAt(now());
}

bool ProofQueue::needsQuiet() const
{
    if (m_isQuiet || m_sweep || !m_toApply.isEmpty() || !m_useLists || m_sending == 0)
        return false;
    const int pages = pagesExpected();
    const auto unproven = std::ranges::count_if(
        m_entries, [this](const Entry *entry) { return !entry->stoppedAt && couldReadByLists(*entry); });
    return m_sentSince >= stopsPerRead * pages && unproven > pages;
}

void ProofQueue::beQuiet()
{
    m_isQuiet = true;
    m_quietSince = now();
    wakeAt(now());
}

void ProofQueue::endQuiet()
{
    if (!std::exchange(m_isQuiet, false))
        return;
    m_sentSince = 0;
    Q_EMIT quietEnded();
}
