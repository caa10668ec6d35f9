#include "app/types/outcomegroup.h"

OutcomeGroup groupOf(const StopReport &report)
{
    if (report.startedAgain)
        return OutcomeGroup::StillRunning;
    switch (report.state) {
    case StopState::InLine:
    case StopState::Sending:
    case StopState::Accepted:
        return OutcomeGroup::UnderWay;
    case StopState::Stopped:
    case StopState::StoppedQueueKept:
    case StopState::NoLongerRunning:
    case StopState::WasNotRunning:
        return OutcomeGroup::Stopped;
    case StopState::NextStarted:
    case StopState::StillRunning:
    case StopState::SubTasksStillRunning:
        return OutcomeGroup::StillRunning;
    case StopState::NotKnown:
    case StopState::Refused:
        return OutcomeGroup::Refused;
    case StopState::NotSent:
        return OutcomeGroup::NotSent;
    case StopState::Unconfirmed:
        return OutcomeGroup::Unconfirmed;
    }
    return OutcomeGroup::UnderWay;
}

bool canBeRetried(const StopReport &report)
{
    return report.state == StopState::Refused || report.state == StopState::NotSent
        || report.state == StopState::Unconfirmed;
}
