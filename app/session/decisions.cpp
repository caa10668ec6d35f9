#include "app/session/decisions.h"

using namespace std::chrono_literals;

namespace {

constexpr auto recordPatience = 2s; ///< for what a person could do without

/// Only a question was asked: whatever became of it, no stop had left.
Failure ofLookUp(Failure failure)
{
    if (failure.kind != FailureKind::NotFound)
        failure.reached = Reached::NeverLeft;
    return failure;
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

Decisions::Decisions(Journal &journal, Clock &clock, const ConversationListModel &conversations,
                     const AgentListModel &agents, QObject *parent)
    : QObject(parent), m_journal(journal), m_clock(clock), m_locator(conversations, agents), m_pages(journal, clock), m_batch(journal, clock), m_resumption(journal, clock)
{
    connect(&m_batch, &StopBatch::changed, this, &Decisions::take);
    connect(&m_batch, &StopBatch::failed, this, [this](const StopReport &report, const Failure &failure) {
        Occasion occasion = occasionOf(report.target);
        occasion.ofMany = report.batchSize > 1;
        Q_EMIT failed(failure, occasion);
    });
    connect(&m_batch, &StopBatch::pageRead, this, &Decisions::pageRead);
    connect(&m_batch, &StopBatch::listsEnded, this, &Decisions::listsEnded);
    connect(&m_resumption, &Resumption::found, this, &Decisions::takeBack);
    connect(&m_batch, &StopBatch::sendingChanged, this, &Decisions::sendingChanged);
    connect(&m_batch, &StopBatch::journalFailed, this,
            [this](const Failure &failure) { Q_EMIT failed(failure, {Subject::Journal, {}}); });
}

void Decisions::resume()
{
    m_resumption.start();
}

/// What had come to its end is only shown: there is nothing to be done about it.
void Decisions::takeBack(const QList<JournalEntry> &entries)
{
    for (JournalEntry entry : entries) {
        const bool isOpenStill = isOpen(entry.report);
        if (isOpenStill)
            m_pages.addLeftOpen(entry);
        bringBack(entry.report, m_clock.now());
        if (isOpenStill) {
            m_batch.resume({entry});
        } else {
            StopReport ended = entry.report;
            ended.id = -ended.intent;
            m_stops.show(ended);
        }
    }
    if (m_gateway)
        m_batch.lookUp(m_gateway);
}

void Decisions::use(std::shared_ptr<Gateway> gateway)
{
    m_gateway = std::move(gateway);
    if (!m_gateway)
        return m_batch.leave();
    m_pages.use(m_gateway->connection());
    m_batch.lookUp(m_gateway);
}

void Decisions::prewarm()
{
    if (m_gateway)
        m_gateway->prewarm();
}

void Decisions::take(const StopReport &report)
{
    const int known = m_stops.find(report.id);
    const bool ends = !isOpen(report) && (known < 0 || m_stops.row(known).report.state != report.state);
    m_stops.show(report);
    m_pages.show(report);
    Q_EMIT changed(report);
    if (ends)
        Q_EMIT settled(report);
}

std::optional<StopTarget> Decisions::targetOf(const ConversationId &conversation) const
{
    return m_gateway ? m_locator.listed(conversation, m_gateway->connection().id) : std::nullopt;
}

std::optional<StopTarget> Decisions::queueOf(const ConversationId &conversation) const
{
    std::optional<StopTarget> target = targetOf(conversation);
    if (target) {
        target->command = Command::EmptyQueue;
        target->ranBefore.reset(); // that it runs says nothing of its queue
    }
    return target;
}

std::optional<StopTarget> Decisions::messageOf(const ConversationId &conversation, const QueuedMessage &message) const
{
    std::optional<StopTarget> target = queueOf(conversation);
    if (target) {
        target->command = Command::DiscardMessage;
        target->message = message;
    }
    return target;
}

void Decisions::locate(const ConversationId &conversation, const AgentId &agent, QObject *asker,
                       Answer<Located> answer)
{
    const Located typed =
        m_locator.typed(conversation, agent, m_gateway ? m_gateway->connection().id : ConnectionId());
    const bool isKnown = m_locator.listed(conversation, {}) && !typed.target.agent.isEmpty();
    if (!m_gateway || isKnown) {
        QMetaObject::invokeMethod(asker, [answer, typed] { answer(typed); }, Qt::QueuedConnection);
        return;
    }
    const auto once = std::make_shared<Answer<Located>>(std::move(answer));
    const auto tell = [this, once, typed](const Result<Located> &found) {
        if (const Answer<Located> waiting = std::exchange(*once, nullptr))
            waiting(isOpenHere(typed.target) ? found : tl::unexpected(refusal()));
    };
    m_gateway->record(conversation, Lane::Check, asker, [this, tell, typed](const Result<Record> &record) {
        if (!record && !typed.target.agent.isEmpty())
            return tell(typed);
        if (record)
            return tell(m_locator.withRecord(typed.target, *record));
        const Failure failure = ofLookUp(record.error());
        tell(tl::unexpected(failure));
        if (isOpenHere(typed.target))
            Q_EMIT failed(failure, occasionOf(typed.target));
    });
    if (!typed.target.agent.isEmpty())
        m_clock.after(recordPatience, asker, [tell, typed] { tell(typed); });
}

void Decisions::readRunState(const StopTarget &target, QObject *asker, Answer<RunState> answer)
{
    if (!isOpenHere(target))
        return refuse(asker, answer);
    if (!target.isSubTask())
        return m_gateway->runState(target.agent, target.conversation, Lane::Check, asker, std::move(answer));
    m_gateway->record(target.conversation, Lane::Check, asker, [this, answer](const Result<Record> &record) {
        answer(record.map([this](const Record &found) { return runStateOf(found, m_clock.now()); }));
    });
}

void Decisions::decide(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason,
                       bool withoutRecord)
{
    StopReport decision;
    decision.clearQueue = clearQueue;
    decision.reason = reason;
    decision.withoutRecord = withoutRecord;
    QList<StopTarget> here;
    for (const StopTarget &target : targets) {
        Occasion occasion = occasionOf(target);
        occasion.ofMany = targets.size() > 1;
        Q_EMIT decided(occasion.subject);
        if (isOpenHere(target))
            here.append(target);
        else
            Q_EMIT failed(refusal(), occasion);
    }
    if (const int count = m_batch.start(here, decision, m_gateway); count > 0)
        Q_EMIT leftOut(count);
}

Sending Decisions::sending() const
{
    return m_batch.sending();
}

int Decisions::unsent() const
{
    int unsent = m_stops.tally().unsent();
    for (const BatchId &id : m_stops.batches()) {
        const BatchCounts &batch = *m_stops.batch(id);
        unsent += batch.size - batch.tally.total(); // those still to be written down
    }
    return unsent;
}

void Decisions::cancel(qint64 stop)
{
    if (Stop *found = m_batch.find(stop))
        found->cancel();
}

void Decisions::checkNow(qint64 stop)
{
    if (Stop *found = m_batch.find(stop))
        found->checkNow();
}

void Decisions::dismiss(qint64 stop)
{
    if (Stop *found = m_batch.find(stop))
        found->dismiss();
}

/// What was shown of one connection is never aimed at another: the person may have switched meanwhile.
bool Decisions::isOpenHere(const StopTarget &target) const
{
    return m_gateway && target.connection == m_gateway->connection().id;
}

Failure Decisions::refusal() const
{
    return {m_gateway ? FailureKind::Cancelled : FailureKind::NoKey, Reached::NeverLeft, 0, {}, {}, {}, {}};
}

template <class T> void Decisions::refuse(QObject *asker, const Answer<T> &answer) const
{
    QMetaObject::invokeMethod(
        asker, [answer, failure = refusal()] { answer(tl::unexpected(failure)); }, Qt::QueuedConnection);
}
