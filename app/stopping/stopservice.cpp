#include "app/stopping/stopservice.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

bool stops(Command command)
{
    return command == Command::StopConversation || command == Command::StopSubTask;
}

/// The clock may have been set back between the runs: nothing that was recorded lies ahead.
void bringBack(StopReport &report, const QDateTime &now)
{
    QList<QDateTime *> times{&report.askedAt, &report.answeredAt, &report.since};
    if (report.startedAgain)
        times.append(&report.startedAgain->at);
    if (report.evidence)
        times.append({&report.evidence->readAt, &report.evidence->firstAt});
    for (QDateTime *time : std::as_const(times)) {
        if (*time > now)
            *time = now;
    }
}

}

StopService::StopService(Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_clock(clock)
    , m_resumption(std::make_unique<Resumption>(journal, clock))
{
    connect(m_resumption.get(), &Resumption::found, this, qOverload<const QList<JournalEntry> &>(&StopService::resume));
}

StopService::~StopService() = default;

void StopService::resume()
{
    m_resumption->start();
}

/// What had come to its end is only told: there is nothing to be done about it.
void StopService::resume(const QList<JournalEntry> &left)
{
    for (const JournalEntry &entry : left) {
        StopReport report = entry.report;
        bringBack(report, m_clock.now());
        if (isOpen(report)) {
            Q_EMIT leftOpen(entry);
            add(report, entry.connection, nullptr)->resume();
        } else {
            report.id = -report.intent;
            m_endedEarlier.append(report);
            Q_EMIT endedEarlier(report);
        }
    }
    if (m_gateway)
        use(m_gateway);
}

void StopService::use(const std::shared_ptr<Gateway> &gateway)
{
    m_gateway = gateway;
    ProofQueue &proofs = proofsOf(gateway->connection());
    m_inUse = &proofs;
    Q_EMIT connectionUsed(gateway->connection());
    proofs.use(gateway);
    for (Stop *stop : std::as_const(m_stops)) {
        if (&stop->proofs() == &proofs)
            stop->lookUp();
    }
}

void StopService::leave()
{
    m_gateway.reset();
    cancelUnsent();
    if (ProofQueue *left = std::exchange(m_inUse, nullptr))
        left->letGo();
}

/// What was shown of one connection is never aimed at another: the person may have switched meanwhile.
bool StopService::canReach(const StopTarget &target) const
{
    return m_gateway && target.connection == m_gateway->connection().id;
}

void StopService::decide(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason,
                         bool withoutRecord)
{
    const QList<StopTarget> here = reachable(targets);
    const QList<StopTarget> wanted = withoutUndecided(here);
    StopReport report;
    report.clearQueue = clearQueue;
    report.reason = reason;
    report.withoutRecord = withoutRecord;
    report.operatorName = m_journal.operatorName();
    report.batch = wanted.size() > 1 ? newBatchId() : BatchId();
    report.batchSize = wanted.size() > 1 ? int(wanted.size()) : 0;
    QList<Stop *> stops;
    for (const StopTarget &target : wanted) {
        report.target = target;
        stops.append(add(report, m_gateway->connection(), m_gateway));
    }
    if (stops.size() > 1)
        startBatch(report.batch, stops);
    else if (!stops.isEmpty())
        stops.first()->start();
    if (wanted.size() < here.size())
        Q_EMIT leftOut(int(here.size() - wanted.size()));
}

/// Says of each that it was decided, and of the others why nothing comes of it.
QList<StopTarget> StopService::reachable(const QList<StopTarget> &targets)
{
    QList<StopTarget> here;
    for (const StopTarget &target : targets) {
        Occasion occasion = occasionOf(target);
        occasion.ofMany = targets.size() > 1;
        Q_EMIT decided(occasion.subject);
        if (canReach(target)) {
            here.append(target);
            continue;
        }
        const FailureKind why = m_gateway ? FailureKind::Cancelled : FailureKind::NoKey;
        Q_EMIT failed({why, Reached::NeverLeft, 0, {}, {}, {}, {}}, occasion);
    }
    return here;
}

/// Each once, and none whose outcome is awaited already.
QList<StopTarget> StopService::withoutUndecided(const QList<StopTarget> &targets) const
{
    QList<StopTarget> wanted;
    QMultiHash<ConversationId, StopTarget> taken;
    for (const StopTarget &target : targets) {
        const auto isSame = [&target](const StopTarget &other) { return isSameDecision(other, target); };
        const auto [first, last] = std::as_const(taken).equal_range(target.conversation);
        if (isUnderWay(target) || std::any_of(first, last, isSame))
            continue;
        wanted.append(target);
        taken.insert(target.conversation, target);
    }
    return wanted;
}

void StopService::startBatch(const BatchId &id, const QList<Stop *> &stops)
{
    auto *batch = new Batch(id, stops, m_journal, proofsOf(m_gateway->connection()), m_gateway, m_clock, this);
    m_batches.append(batch);
    connect(batch, &Batch::changed, this, &StopService::sendingChanged);
    connect(batch, &Batch::journalFailed, this, &StopService::tellOfJournal);
    batch->begin();
}

Batch *StopService::find(const BatchId &id) const
{
    const auto found = std::ranges::find(m_batches, id, &Batch::id);
    return found == m_batches.end() ? nullptr : *found;
}

/// One plan for each connection: its requests are counted together.
ProofQueue &StopService::proofsOf(const Connection &of)
{
    const QUrl address = of.address.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment
                                             | QUrl::NormalizePathSegments | QUrl::StripTrailingSlash);
    const ConnectionId connection = of.id;
    ProofQueue *&proofs = m_proofs[connection.value + u' ' + address.toString(QUrl::FullyEncoded)];
    if (proofs)
        return *proofs;
    proofs = new ProofQueue(m_journal, m_clock, this);
    connect(proofs, &ProofQueue::pageRead, this, [this, proofs, connection](const QList<Conversation> &rows) {
        if (m_inUse == proofs)
            Q_EMIT pageRead(connection, rows);
    });
    connect(proofs, &ProofQueue::listsEnded, this, [this, proofs, connection](const QDateTime &since) {
        if (m_inUse == proofs)
            Q_EMIT listsEnded(connection, since);
    });
    connect(proofs, &ProofQueue::journalFailed, this, &StopService::tellOfJournal);
    return *proofs;
}

/// What could not be written is tried again until it is.
void StopService::tellOfJournal(const Failure &failure)
{
    if (!std::exchange(m_isWritingLate, true))
        m_clock.after(1s, this, [this] { writeLate(); });
    if (std::exchange(m_toldTrouble, m_journal.troubles()) != m_journal.troubles())
        Q_EMIT failed(failure, {Subject::Journal, {}});
}

void StopService::writeLate()
{
    m_isWritingLate = !m_journal.writeLate();
    if (m_isWritingLate)
        m_clock.after(1s, this, [this] { writeLate(); });
}

Stop *StopService::add(StopReport report, const Connection &connection, const std::shared_ptr<Gateway> &gateway)
{
    report.id = m_stops.size() + 1;
    ProofQueue &proofs = proofsOf(connection);
    if (gateway)
        proofs.use(gateway);
    auto *stop = new Stop(report, gateway, proofs, m_journal, m_clock, this);
    m_stops.append(stop);
    m_stopsOf.insert(report.target.conversation, stop);
    connect(stop, &Stop::changed, this, &StopService::tell);
    connect(stop, &Stop::failed, this, [this, stop](const Failure &failure) {
        Occasion occasion = occasionOf(stop->report().target);
        occasion.ofMany = stop->report().batchSize > 1;
        Q_EMIT failed(failure, occasion);
    });
    connect(stop, &Stop::journalFailed, this, &StopService::tellOfJournal);
    return stop;
}

void StopService::tell(const StopReport &report)
{
    const auto before = m_told.constFind(report.id);
    const bool ends = !isOpen(report) && (before == m_told.cend() || *before != report.state);
    m_told.insert(report.id, report.state);
    Q_EMIT changed(report);
    if (ends)
        Q_EMIT settled(report);
}

Sending StopService::sending() const
{
    Sending sending;
    for (const Batch *batch : m_batches) {
        sending.batches.append({batch->id(), batch->left(), batch->pausedUntil(), batch->halt(), {}});
        sending.left += batch->left();
        sending.readAlone += batch->leftToReadAlone();
        sending.pausedUntil = std::max(sending.pausedUntil, batch->pausedUntil());
    }
    return sending;
}

void StopService::stopSending(const BatchId &id)
{
    for (Batch *batch : std::as_const(m_batches)) {
        if (id.isEmpty() || batch->id() == id)
            batch->stopSending();
    }
}

void StopService::cancelUnsent()
{
    stopSending();
    for (Stop *stop : std::as_const(m_stops)) {
        if (stop->report().batch.isEmpty())
            stop->cancel();
    }
}

int StopService::unsent() const
{
    return int(std::ranges::count_if(m_stops, [](const Stop *stop) { return stop->report().state == StopState::InLine; }));
}

int StopService::undecided() const
{
    return int(std::ranges::count_if(m_stops, [](const Stop *stop) { return ::isUndecided(stop->report().state); }));
}

void StopService::cancel(qint64 stop)
{
    if (Stop *found = find(stop))
        found->cancel();
}

void StopService::checkNow(qint64 stop)
{
    if (Stop *found = find(stop))
        found->checkNow();
}

void StopService::dismiss(qint64 stop)
{
    if (Stop *found = find(stop))
        found->dismiss();
}

QList<StopReport> StopService::reports() const
{
    QList<StopReport> reports;
    for (auto stop = m_stops.crbegin(); stop != m_stops.crend(); ++stop)
        reports.append((*stop)->report());
    return reports + m_endedEarlier;
}

Stop *StopService::find(qint64 id) const
{
    return id >= 1 && id <= m_stops.size() ? m_stops.at(id - 1) : nullptr;
}

bool StopService::isUndecided(const ConversationId &conversation) const
{
    const auto [first, last] = m_stopsOf.equal_range(conversation);
    return std::any_of(first, last, [](const Stop *stop) {
        return stops(stop->report().target.command) && ::isUndecided(stop->report().state);
    });
}

bool StopService::isUnderWay(const StopTarget &target) const
{
    const auto [first, last] = m_stopsOf.equal_range(target.conversation);
    return std::any_of(first, last, [&target](const Stop *stop) {
        return isSameDecision(stop->report().target, target) && ::isUndecided(stop->report().state);
    });
}
