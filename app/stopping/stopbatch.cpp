#include "app/stopping/stopbatch.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

bool stops(Command command)
{
    return command == Command::StopConversation || command == Command::StopSubTask;
}

}

StopBatch::StopBatch(Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent), m_journal(journal), m_clock(clock)
{
}

int StopBatch::start(const QList<StopTarget> &targets, const StopReport &decided,
                      const std::shared_ptr<Gateway> &gateway)
{
    const QList<StopTarget> wanted = withoutUndecided(targets);
    StopReport report = decided;
    report.operatorName = m_journal.operatorName();
    report.batch = wanted.size() > 1 ? newBatchId() : BatchId();
    report.batchSize = wanted.size() > 1 ? int(wanted.size()) : 0;
    QList<Stop *> stops;
    for (const StopTarget &target : wanted) {
        report.target = target;
        stops.append(add(report, gateway->connection(), gateway));
    }
    if (stops.size() > 1)
        startBatch(report.batch, stops, gateway);
    else if (!stops.isEmpty())
        stops.first()->start();
    return int(targets.size() - wanted.size());
}

/// Each once, and none whose outcome is awaited already.
QList<StopTarget> StopBatch::withoutUndecided(const QList<StopTarget> &targets) const
{
    QList<StopTarget> wanted;
    QMultiHash<ConversationId, StopTarget> taken;
    for (const StopTarget &target : targets) {
        const auto isSame = [&target](const StopTarget &other) { return isSameDecision(other, target); };
        const auto isOpen = [isSame](const Stop *stop) {
            return isSame(stop->report().target) && ::isUndecided(stop->report().state);
        };
        const auto [first, last] = m_stopsOf.equal_range(target.conversation);
        const auto [firstTaken, lastTaken] = std::as_const(taken).equal_range(target.conversation);
        if (std::any_of(first, last, isOpen) || std::any_of(firstTaken, lastTaken, isSame))
            continue;
        wanted.append(target);
        taken.insert(target.conversation, target);
    }
    return wanted;
}

void StopBatch::startBatch(const BatchId &id, const QList<Stop *> &stops, const std::shared_ptr<Gateway> &gateway)
{
    auto *batch = new Batch(id, stops, m_journal, proofsOf(gateway->connection()), gateway, m_clock, this);
    m_batches.append(batch);
    connect(batch, &Batch::changed, this, &StopBatch::sendingChanged);
    connect(batch, &Batch::journalFailed, this, &StopBatch::tellOfJournal);
    batch->begin();
}

Batch *StopBatch::find(const BatchId &id) const
{
    const auto found = std::ranges::find(m_batches, id, &Batch::id);
    return found == m_batches.end() ? nullptr : *found;
}

void StopBatch::resume(const QList<JournalEntry> &left)
{
    for (const JournalEntry &entry : left)
        add(entry.report, entry.connection, nullptr)->resume();
}

void StopBatch::lookUp(const std::shared_ptr<Gateway> &gateway)
{
    ProofQueue &proofs = proofsOf(gateway->connection());
    m_inUse = &proofs;
    proofs.use(gateway);
    for (Stop *stop : std::as_const(m_stops)) {
        if (&stop->proofs() == &proofs)
            stop->lookUp();
    }
}

/// One plan for each connection: its requests are counted together.
ProofQueue &StopBatch::proofsOf(const Connection &of)
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
    connect(proofs, &ProofQueue::journalFailed, this, &StopBatch::tellOfJournal);
    return *proofs;
}

/// What could not be written is tried again until it is.
void StopBatch::tellOfJournal(const Failure &failure)
{
    if (!std::exchange(m_isWritingLate, true))
        m_clock.after(1s, this, [this] { writeLate(); });
    if (std::exchange(m_toldTrouble, m_journal.troubles()) != m_journal.troubles())
        Q_EMIT journalFailed(failure);
}

void StopBatch::writeLate()
{
    m_isWritingLate = !m_journal.writeLate();
    if (m_isWritingLate)
        m_clock.after(1s, this, [this] { writeLate(); });
}

Stop *StopBatch::add(StopReport report, const Connection &connection, const std::shared_ptr<Gateway> &gateway)
{
    report.id = m_stops.size() + 1;
    ProofQueue &proofs = proofsOf(connection);
    if (gateway)
        proofs.use(gateway);
    auto *stop = new Stop(report, gateway, proofs, m_journal, m_clock, this);
    m_stops.append(stop);
    m_stopsOf.insert(report.target.conversation, stop);
    connect(stop, &Stop::changed, this, &StopBatch::changed);
    connect(stop, &Stop::failed, this, [this, stop](const Failure &failure) { Q_EMIT failed(stop->report(), failure); });
    connect(stop, &Stop::journalFailed, this, &StopBatch::tellOfJournal);
    return stop;
}

Sending StopBatch::sending() const
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

void StopBatch::stopSending(const BatchId &id)
{
    for (Batch *batch : std::as_const(m_batches)) {
        if (id.isEmpty() || batch->id() == id)
            batch->stopSending();
    }
}

void StopBatch::cancelUnsent()
{
    stopSending();
    for (Stop *stop : std::as_const(m_stops)) {
        if (stop->report().batch.isEmpty())
            stop->cancel();
    }
}

void StopBatch::leave()
{
    cancelUnsent();
    if (ProofQueue *left = std::exchange(m_inUse, nullptr))
        left->letGo();
}

Stop *StopBatch::find(qint64 id) const
{
    return id >= 1 && id <= m_stops.size() ? m_stops.at(id - 1) : nullptr;
}

bool StopBatch::isUndecided(const ConversationId &conversation) const
{
    const auto [first, last] = m_stopsOf.equal_range(conversation);
    return std::any_of(first, last, [](const Stop *stop) {
        return stops(stop->report().target.command) && ::isUndecided(stop->report().state);
    });
}
