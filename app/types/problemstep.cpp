#include "app/types/problemstep.h"

using namespace std::chrono_literals;

namespace {

/// Of which kind of failure which step is the answer, whatever was asked.
ProblemStep stepOf(FailureKind kind)
{
    using enum FailureKind;
    switch (kind) {
    case KeyRefused:
    case NoKey:
        return ProblemStep::NewKey;
    case Redirected:
    case Tls:
    case Proxy:
    case NameNotFound:
    case ConnectionRefused:
    case UnsafeAddress:
    case KeychainMissing:
    case KeychainLocked:
    case KeychainSilent:
    case KeychainBusy:
    case KeychainRefused:
    case KeychainFailed:
        return ProblemStep::EditConnection;
    case TooMany:
    case ServerTimeout:
    case ServerError:
    case Unreadable:
    case TooLarge:
    case Unreachable:
    case TimedOut:
    case ConnectionLost:
    case CertificateDate:
    case Conflict:
        return ProblemStep::CheckAgain;
    case BadRequest:
    case Forbidden:
    case NotFound:
    case Invalid:
    case PlanLimit:
    case ReadOnly:
    case UnsafeId:
    case Cancelled:
    case Halted:
    case Interrupted:
    case JournalUnusable:
        break;
    }
    return ProblemStep::None;
}

/// A form is open before the person: trying again is up to its own button.
bool isOfForm(Subject subject)
{
    return subject == Subject::ConnectionTest || subject == Subject::Connection;
}

}

Duration waitOf(const Problem &problem, const QDateTime &now)
{
    if (problem.failure.kind != FailureKind::TooMany || !problem.failure.retryAfter)
        return 0ms;
    const Duration told = *problem.failure.retryAfter;
    // A panel that is told the time once a second may be behind the problem: it counts down from what was said.
    return std::clamp(told - Duration(problem.at.msecsTo(now)), Duration(0), told);
}

ProblemStep stepOf(const Problem &problem, const QDateTime &now)
{
    if (problem.isSettled() && !isOfCommand(problem.subject))
        return ProblemStep::Remove;
    if (problem.field != Field::None)
        return ProblemStep::ShowField;
    if (isOfForm(problem.subject))
        return ProblemStep::None;
    if (waitOf(problem, now) > 0ms)
        return ProblemStep::Wait;
    const FailureKind kind = problem.failure.kind;
    if (isOfStop(problem.subject) && (kind == FailureKind::NotFound || kind == FailureKind::UnsafeId))
        return ProblemStep::StopById;
    const ProblemStep step = problem.isFollowed() ? ProblemStep::None : stepOf(kind);
    // Of a command, Details tell more than another reading of the lists.
    const bool fitsLess = step == ProblemStep::None || (step == ProblemStep::CheckAgain && isOfCommand(problem.subject));
    return fitsLess && !problem.latest().conversation.isEmpty() ? ProblemStep::OpenDetails : step;
}
