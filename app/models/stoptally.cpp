#include "app/models/stoptally.h"

#include "app/words/words.h"

using namespace Qt::StringLiterals;

namespace {

/// The order of a summary: what a person has to look at first, then what is done, then what goes on.
constexpr StopState summaryOrder[] = {
    StopState::Unconfirmed,      StopState::StillRunning, StopState::NextStarted, StopState::SubTasksStillRunning,
    StopState::StoppedQueueKept, StopState::Refused,      StopState::NotSent,     StopState::NotKnown,
    StopState::Stopped,          StopState::NoLongerRunning, StopState::WasNotRunning,
    StopState::Accepted,         StopState::Sending,      StopState::InLine,
};
constexpr StopState firstAfterStartedAgain = StopState::SubTasksStillRunning; ///< "3 started again" stands before it
constexpr Command commands[] = {Command::StopConversation, Command::StopSubTask, Command::EmptyQueue,
                                Command::DiscardMessage};

Command countedAs(const StopReport &report)
{
    const StopState state = report.state;
    const Command command = report.target.command;
    const bool same = words::stopState(state, command) == words::stopState(state, Command::StopConversation);
    return same ? Command::StopConversation : command;
}

}

void StopTally::count(const StopReport &report, int step)
{
    m_total += step;
    m_groups[size_t(groupOf(report))] += step;
    m_unsent += report.state == StopState::InLine ? step : 0;
    m_undecided += isUndecided(report.state) ? step : 0;
    m_retryable += canBeRetried(report) ? step : 0;
    m_conversations += report.target.command == Command::StopConversation ? step : 0;
    if (report.startedAgain)
        m_startedAgain += step;
    else
        m_counts[{report.state, countedAs(report)}] += step;
}

QStringList StopTally::texts(StopState state) const
{
    QStringList texts;
    for (const Command command : commands) {
        if (const auto counted = m_counts.find({state, command}); counted != m_counts.end() && counted->second > 0)
            texts.append(words::stopCount(state, command, counted->second));
    }
    return texts;
}

QString StopTally::summary() const
{
    QStringList parts;
    for (const StopState state : summaryOrder) {
        if (state == firstAfterStartedAgain && m_startedAgain > 0)
            parts.append(words::startedAgainCount(m_startedAgain));
        parts += texts(state);
    }
    return parts.join(u" · "_s);
}

QString StopTally::underWay() const
{
    return (texts(StopState::Sending) + texts(StopState::InLine)).join(u" · "_s);
}
