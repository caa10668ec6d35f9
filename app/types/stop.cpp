#include "app/types/stop.h"

bool isOpen(StopState state)
{
    switch (state) {
    case StopState::InLine:
    case StopState::Sending:
    case StopState::Accepted:
    case StopState::StillRunning:
    case StopState::SubTasksStillRunning:
    case StopState::Unconfirmed:
        return true;
    case StopState::Stopped:
    case StopState::StoppedQueueKept:
    case StopState::NoLongerRunning:
    case StopState::WasNotRunning:
    case StopState::NotKnown:
    case StopState::NextStarted:
    case StopState::Refused:
    case StopState::NotSent:
        return false;
    }
    return false;
}

bool isUndecided(StopState state)
{
    return state == StopState::InLine || state == StopState::Sending || state == StopState::Accepted;
}

bool hasStopped(StopState state)
{
    return state == StopState::Stopped || state == StopState::StoppedQueueKept || state == StopState::NoLongerRunning
        || state == StopState::SubTasksStillRunning;
}

bool isOpen(const StopReport &report)
{
    return isOpen(report.state) && !report.dismissed;
}
