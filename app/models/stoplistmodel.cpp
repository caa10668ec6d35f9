#include "app/models/stoplistmodel.h"

#include "app/words/words.h"

#include <map>

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

/// Outcomes that bear the same words count together.
Command countedAs(const StopReport &report)
{
    const StopState state = report.state;
    const Command command = report.target.command;
    const bool same = words::stopState(state, command) == words::stopState(state, Command::StopConversation);
    return same ? Command::StopConversation : command;
}

QString howItIsKnown(const StopReport &report)
{
    const QString evidence = words::evidence(report);
    const QStringList remarks = words::remarks(report);
    const QString end = remarks.isEmpty() || evidence.endsWith(u'.') ? QString() : u"."_s;
    return (QStringList{evidence + end} + remarks).join(u' ');
}

QString agentOf(const StopReport &report)
{
    const QString name = words::plain(report.target.agentName, 120);
    return name.isEmpty() ? words::shortId(report.target.agent.value) : name;
}

}

StopListModel::StopListModel(QObject *parent) : RowModel(parent) { }

void StopListModel::show(const StopReport &report)
{
    if (const int known = find(report.id); known >= 0)
        changeRow(known, {report});
    else
        insertRun(0, {{report}});
}

QString StopListModel::summary() const
{
    return textOf(std::vector<StopState>(std::begin(summaryOrder), std::end(summaryOrder)));
}

QString StopListModel::underWay() const
{
    return textOf({StopState::Sending, StopState::InLine});
}

QString StopListModel::textOf(const std::vector<StopState> &states) const
{
    int startedAgain = 0;
    std::map<std::pair<StopState, Command>, int> counts;
    for (const StopRow &row : rows())
        ++(row.report.startedAgain ? startedAgain : counts[{row.report.state, countedAs(row.report)}]);
    QStringList parts;
    for (const StopState state : states) {
        if (state == firstAfterStartedAgain && startedAgain > 0)
            parts.append(words::startedAgainCount(startedAgain));
        for (const Command command : commands) {
            if (const auto counted = counts.find({state, command}); counted != counts.end())
                parts.append(words::stopCount(state, command, counted->second));
        }
    }
    return parts.join(u" · "_s);
}

QString StopListModel::text(const StopReport &report, int column) const
{
    switch (column) {
    case Outcome:
        return words::stopPill(report);
    case Title:
        return words::stopTitle(report.target);
    case Agent:
        return agentOf(report);
    case HowItIsKnown:
        return howItIsKnown(report);
    default:
        return {};
    }
}

QString StopListModel::toolTip(const StopReport &report, int column) const
{
    QStringList lines{text(report, column)};
    if (column == Outcome) {
        lines.append(tr("Asked %1").arg(words::exactTime(report.askedAt)));
        lines.append(tr("Since %1").arg(words::exactTime(report.since)));
    } else if (column == HowItIsKnown) {
        lines = QStringList{words::evidence(report)} + words::remarks(report);
        lines.append(words::nextStep(report));
    } else {
        lines.append(words::plain(column == Title ? report.target.conversation.value : report.target.agent.value));
    }
    lines.removeAll(QString());
    return words::toolTip(lines.join(u'\n'));
}

QVariant StopListModel::cell(const StopRow &row, int column, int role) const
{
    const StopReport &report = row.report;
    switch (role) {
    case Qt::DisplayRole:
        return text(report, column);
    case Qt::ToolTipRole:
        return toolTip(report, column);
    case Qt::AccessibleTextRole:
        if (column != Outcome)
            return {};
        return tr("%1: %2. %3", "outcome: title. how it is known")
            .arg(text(report, Outcome), text(report, Title), text(report, HowItIsKnown));
    case StopIdRole:
        return report.id;
    case StopStateRole:
        return int(report.state);
    case StartedAgainRole:
        return report.startedAgain.has_value();
    case ConversationIdRole:
        return report.target.conversation.value;
    case AgentIdRole:
        return report.target.agent.value;
    default:
        return {};
    }
}

QString StopListModel::columnTitle(int column) const
{
    switch (column) {
    case Outcome:
        return tr("Outcome");
    case Title:
        return tr("Title");
    case Agent:
        return tr("Agent");
    case HowItIsKnown:
        return tr("How it is known");
    default:
        return {};
    }
}
