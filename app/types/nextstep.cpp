#include "app/types/nextstep.h"

namespace {

using Step = NextStep;

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
        return {Step::ClearTheQueue, Step::CopyNote};
    case StopState::NextStarted:
        return {Step::StopAgainAndClear, Step::StopAgain};
    case StopState::StillRunning:
        return {Step::CheckNow, Step::StopAgain, Step::CopyNote};
    case StopState::SubTasksStillRunning:
        return {Step::StopSubTasks, Step::CheckNow, Step::CopyNote};
    case StopState::Refused:
    case StopState::NotSent:
        return {Step::StopAgain};
    case StopState::Unconfirmed:
        return {Step::CheckNow, Step::StopAgain, Step::CopyNote, Step::Dismiss};
    case StopState::Sending:
    case StopState::Stopped:
    case StopState::NoLongerRunning:
    case StopState::WasNotRunning:
    case StopState::NotKnown:
        return {};
    }
    return {};
}

}

QList<NextStep> nextSteps(const StopReport &report, bool canClearQueue)
{
    QList<Step> steps = stepsOf(report);
    const bool clears = canClearQueue && report.target.command == Command::StopConversation;
    steps.removeIf([&](Step step) {
        const bool needsClearing = step == Step::StopAgainAndClear || step == Step::ClearTheQueue;
        return (needsClearing && !clears) || (step == Step::Dismiss && report.dismissed);
    });
    return steps;
}
