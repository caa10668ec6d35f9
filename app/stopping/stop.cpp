#include "app/stopping/stop.h"

#include "app/stopping/stopverifier.h"

Stop::Stop(const StopReport &report, std::shared_ptr<Gateway> gateway, Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_report(report)
    , m_gateway(std::move(gateway))
    , m_journal(journal)
    , m_clock(clock)
    , m_verifier(new StopVerifier(m_gateway, clock, m_report, this))
    , m_call(new QObject(this))
{
    connectVerifier();
}

void Stop::connectVerifier()
{
    connect(m_verifier, &StopVerifier::seen, this, &Stop::happen);
    connect(m_verifier, &StopVerifier::read, this, [this](const Evidence &evidence) {
        if (evidence.readFailed && hasStopped(m_report.state))
            return; // the read that proved it stays
        m_report.evidence = evidence;
        Q_EMIT changed(m_report);
    });
    connect(m_verifier, &StopVerifier::startedAgain, this, [this](const StartedAgain &mark) {
        m_report.startedAgain = mark;
        tellOf(write());
        Q_EMIT changed(m_report);
    });
    connect(m_verifier, &StopVerifier::recordRead, this, [this](const Record &record) {
        m_report.usedMutatingTools = record.usedMutatingTools;
        Q_EMIT changed(m_report);
    });
    connect(m_verifier, &StopVerifier::subTasksRead, this, [this](const QList<Conversation> &running) {
        m_report.subTasks = running;
        Q_EMIT changed(m_report);
    });
}

void Stop::start()
{
    prepare();
    m_intentIsDue = m_gateway->channel().budget().hasPlace(Lane::Stop);
    if (m_intentIsDue)
        Q_EMIT changed(m_report);
    else
        enlist(m_journal.writeIntent(m_report, m_gateway->connection()));
    send();
}

void Stop::prepare()
{
    m_report.askedAt = m_clock.now();
    m_report.since = m_report.askedAt;
    m_report.request = newRequestId();
}

void Stop::enlist(const Result<qint64> &intent)
{
    if (!intent && !m_report.withoutRecord)
        return fail(StopEvent::NeverLeft, intent.error());
    m_report.intent = intent.value_or(0);
    Q_EMIT changed(m_report);
}

void Stop::send()
{
    if (m_report.state != StopState::InLine)
        return;
    m_gateway->order(
        m_report.target, m_report.clearQueue, m_report.request, [this] { return leaves(); }, m_call,
        [this](const Result<int> &answer) { take(answer); });
}

/// "Sent" is on disk before the first byte, too: an intent without it means at the next start that nothing was sent.
bool Stop::leaves()
{
    const std::optional<Failure> trouble = enter(StopEvent::Leaves);
    if (trouble)
        fail(StopEvent::NeverLeft, *trouble);
    return !trouble;
}

void Stop::resume()
{
    const auto interrupted = [this](Reached reached) {
        return Failure{FailureKind::Interrupted, reached, 0, {}, {}, {}, m_report.request};
    };
    if (m_report.state == StopState::InLine)
        return fail(StopEvent::NeverLeft, interrupted(Reached::NeverLeft));
    if (m_report.state == StopState::Sending) {
        m_report.answeredAt = m_report.since;
        return fail(StopEvent::AnswerLost, interrupted(Reached::MayHaveArrived));
    }
    Q_EMIT changed(m_report);
}

void Stop::use(const std::shared_ptr<Gateway> &gateway)
{
    m_verifier->use(gateway);
    if (m_report.fromEarlierRun && isOpen(m_report) && !std::exchange(m_verifying, true))
        m_verifier->begin();
}

void Stop::cancel(FailureKind why)
{
    if (m_report.state != StopState::InLine)
        return;
    delete m_call;
    m_call = nullptr;
    fail(StopEvent::Cancelled, {why, Reached::NeverLeft, 0, {}, {}, {}, m_report.request});
}

void Stop::checkNow()
{
    m_verifier->readNow();
}

void Stop::checkAlone()
{
    m_isTogether = false;
    m_verifier->goOnAlone();
}

void Stop::takeAbsent(const QDateTime &readAt, const QList<Conversation> &subTasks)
{
    m_verifier->takeAbsent(readAt, subTasks);
}

void Stop::takeListed(const QDateTime &readAt)
{
    m_verifier->takeListed(readAt);
}

void Stop::endWaiting()
{
    m_verifier->endWaiting();
}

void Stop::dismiss()
{
    if (m_report.state != StopState::Unconfirmed || m_report.dismissed)
        return;
    m_report.dismissed = true;
    m_verifier->end();
    tellOf(write(m_clock.now()));
    Q_EMIT changed(m_report);
}

void Stop::take(const Result<int> &answer)
{
    if (m_report.state == StopState::NotSent)
        return; // it was not let go
    m_report.answeredAt = m_clock.now();
    if (answer) {
        m_report.status = *answer;
        happen(StopEvent::Accepted);
    } else {
        fail(eventOf(answer.error(), m_report.target.command), answer.error());
    }
    if (m_isTogether && m_report.state == StopState::Accepted)
        m_verifier->beginTogether();
    else if (isOpen(m_report.state))
        m_verifier->begin();
}

void Stop::fail(StopEvent event, const Failure &failure)
{
    m_report.failure = failure;
    m_report.status = failure.status;
    happen(event);
    const bool isWanted = event == StopEvent::AlreadyGone;
    // What halted a batch is told once, and its end is a person's own wish.
    const bool isTold = failure.kind == FailureKind::Halted
        || (failure.kind == FailureKind::Cancelled && !m_report.batch.isEmpty());
    if (!isWanted && !isTold)
        Q_EMIT failed(failure);
}

void Stop::happen(StopEvent event)
{
    tellOf(enter(event));
}

/// The one place where a state changes.
std::optional<Failure> Stop::enter(StopEvent event)
{
    const auto next = nextState(m_report.state, event);
    if (!next)
        return std::nullopt;
    m_report.state = *next;
    m_report.since = m_clock.now();
    const std::optional<Failure> trouble = write();
    if (!isOpen(m_report.state) && !hasStopped(m_report.state))
        m_verifier->end();
    Q_EMIT changed(m_report);
    return trouble;
}

std::optional<Failure> Stop::write(const QDateTime &at)
{
    if (std::exchange(m_intentIsDue, false))
        return writeWithIntent();
    if (!m_report.intent)
        return std::nullopt;
    const auto written = m_journal.writeState(m_report.intent, m_report, at);
    return written ? std::nullopt : std::optional(written.error());
}

std::optional<Failure> Stop::writeWithIntent()
{
    const Result<qint64> intent = m_journal.writeDecision(m_report, m_gateway->connection());
    m_report.intent = intent.value_or(0);
    return intent || m_report.withoutRecord ? std::nullopt : std::optional(intent.error());
}

void Stop::tellOf(const std::optional<Failure> &trouble)
{
    if (trouble)
        Q_EMIT journalFailed(*trouble);
}
