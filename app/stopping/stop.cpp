#include "app/stopping/stop.h"

#include "app/stopping/proofqueue.h"

Stop::Stop(const StopReport &report, std::shared_ptr<Gateway> gateway, ProofQueue &proofs, Journal &journal,
           Clock &clock, QObject *parent)
    : QObject(parent)
    , m_report(report)
    , m_gateway(std::move(gateway))
    , m_proofs(proofs)
    , m_journal(journal)
    , m_clock(clock)
    , m_call(new QObject(this))
{
}

void Stop::start()
{
    prepare();
    startBy(m_clock.monotonic() + lockPatience);
}

/// Another program may lock the journal for moments: the window goes on meanwhile.
void Stop::startBy(Duration moment)
{
    if (m_report.state != StopState::InLine)
        return; // cancelled meanwhile
    if (m_clock.monotonic() < moment && m_journal.isLocked()) {
        m_clock.after(lockPause, this, [this, moment] { startBy(moment); });
        return;
    }
    if (m_gateway->hasPlace(Lane::Stop))
        tellChanged();
    else
        enlist(m_journal.writeIntent(m_report, m_gateway->connection()));
    send();
}

void Stop::prepare()
{
    m_report.askedAt = m_clock.now();
    m_report.since = m_report.askedAt;
    m_report.request = newRequestId();
    m_intentIsDue = true;
}

void Stop::enlist(const Result<qint64> &intent)
{
    m_intentIsDue = false;
    if (!intent && !m_report.withoutRecord)
        return fail(StopEvent::NeverLeft, intent.error());
    m_report.intent = intent.value_or(0);
    tellChanged();
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
    tellChanged();
}

void Stop::lookUp()
{
    if (m_report.fromEarlierRun && isOpen(m_report) && !std::exchange(m_isLookedUp, true))
        m_proofs.add(*this, nullptr);
}

void Stop::cancel(FailureKind why)
{
    if (m_report.state != StopState::InLine)
        return;
    delete m_call;
    m_call = nullptr;
    fail(StopEvent::Cancelled, {why, Reached::NeverLeft, 0, {}, {}, {}, m_report.request});
}

void Stop::learn(const Facts &facts, const std::optional<Evidence> &evidence, const QDateTime &nextReadAt)
{
    const bool keepsProof = evidence && evidence->readFailed && hasStopped(m_report.state);
    if (evidence && !keepsProof)
        m_report.evidence = evidence;
    if (facts.subTasks)
        m_report.subTasks = *facts.subTasks;
    m_report.nextReadAt = nextReadAt;
    bool isTold = false;
    for (auto event = verdict(m_report, facts); event && nextState(m_report.state, *event);
         event = verdict(m_report, facts)) {
        happen(*event);
        isTold = true;
    }
    if (!isTold)
        tellChanged();
}

void Stop::learnRecord(const Record &record)
{
    m_report.usedMutatingTools = record.usedMutatingTools;
    tellChanged();
}

void Stop::setNextRead(const QDateTime &at)
{
    m_report.nextReadAt = at;
    tellChanged();
}

void Stop::mark(const StartedAgain &mark)
{
    m_report.startedAgain = mark;
    tellOf(write());
    tellChanged();
}

void Stop::checkNow()
{
    m_proofs.readNow(*this);
}

void Stop::dismiss()
{
    if (m_report.state != StopState::Unconfirmed || m_report.dismissed)
        return;
    m_report.dismissed = true;
    m_proofs.drop(*this);
    tellOf(write(m_clock.now()));
    tellChanged();
}

void Stop::take(const Result<int> &answer)
{
    if (m_report.state == StopState::NotSent)
        return; // it was not let go
    m_report.answeredAt = m_clock.now();
    m_report.nextReadAt = m_proofs.firstReadAt(m_report);
    if (answer) {
        m_report.status = *answer;
        happen(StopEvent::Accepted);
    } else {
        fail(eventOf(answer.error(), m_report.target.command), answer.error());
    }
    const std::shared_ptr<Gateway> gateway = std::exchange(m_gateway, nullptr); // the proof goes on with its own
    if (isOpen(m_report.state))
        m_proofs.add(*this, gateway);
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
    if (!isOpen(m_report.state)) // nothing is left to do through it; it may be what is calling
        QMetaObject::invokeMethod(this, [this] { m_gateway.reset(); }, Qt::QueuedConnection);
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
    tellChanged();
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

/// What others show is on disk by then.
void Stop::tellChanged()
{
    m_journal.whenWritten([this, report = m_report] { Q_EMIT changed(report); });
}

void Stop::tellOf(const std::optional<Failure> &trouble)
{
    if (trouble)
        Q_EMIT journalFailed(*trouble);
}
