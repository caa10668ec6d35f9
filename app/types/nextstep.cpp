#include "app/types/nextstep.h"

namespace {

using Step = NextStep;

bool ofTurn(const StopReport &report)
{
    return report.target.command == Command::StopConversation || report.target.command == Command::StopSubTask;
}

QList<Step> stepsOf(const StopReport &report)
{
    if (report.startedAgain)
        return {Step::StopAgainAndClear, Step::StopAgain, Step::CopyNote};
    switch (report.state) {
    case StopState::InLine:
        return {Step::Cancel};
    case StopState::Accepted:
        return {Step::CheckNow};
    case StopState::StoppedQueueKept:
        return {Step::ClearTheQueue, Step::ReadAgain, Step::CopyNote, Step::StopAllTheSame};
    case StopState::NextStarted:
        return {Step::StopAgainAndClear, Step::StopAgain};
    case StopState::StillRunning:
        return {Step::StopAgain, Step::CheckNow, Step::CopyNote};
    case StopState::SubTasksStillRunning:
        return {Step::StopSubTasks, Step::CheckNow, Step::CopyNote};
    case StopState::Refused:
    case StopState::NotSent:
        return {Step::StopAgain};
    case StopState::Unconfirmed:
        return {Step::CheckNow, Step::StopAgain, Step::CopyNote, Step::Dismiss};
    case StopState::Stopped:
    case StopState::NoLongerRunning:
    case StopState::WasNotRunning:
    case StopState::NotKnown:
        return ofTurn(report) ? stepsOfEnded() : QList<Step>();
    case StopState::Sending:
        return {};
    }
    return {};
}

}

QList<NextStep> stepsOfEnded()
{
    return {Step::ReadAgain, Step::StopAllTheSame};
}

QList<NextStep> nextSteps(const StopReport &report, bool canClearQueueAlone)
{
    const bool hasQueue = report.target.command == Command::StopConversation;
    QList<Step> steps = stepsOf(report);
    steps.removeIf([&](Step step) {
        return (step == Step::StopAgainAndClear && !hasQueue)
            || (step == Step::ClearTheQueue && !(hasQueue && canClearQueueAlone))
            || (step == Step::Dismiss && report.dismissed);
    });
    return steps;
}
