#include "app/models/stoplistmodel.h"

#include "app/words/words.h"

using namespace Qt::StringLiterals;

namespace {

/// The order of a summary: what a person has to look at first, then what is done, then what goes on.
constexpr StopState summaryOrder[] = {
    StopState::Unconfirmed, StopState::StillRunning,    StopState::NextStarted,   StopState::SubTasksStillRunning,
    StopState::StoppedQueueKept,
    StopState::Refused,     StopState::NotSent,         StopState::NotKnown,      StopState::Stopped,
    StopState::NoLongerRunning, StopState::WasNotRunning, StopState::Accepted,    StopState::Sending,
    StopState::InLine,
};

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
    QHash<StopState, int> counts;
    for (const StopRow &row : rows())
        ++counts[row.report.state];
    QStringList parts;
    for (const StopState state : summaryOrder) {
        if (const int count = counts.value(state); count > 0)
            parts.append(words::stopCount(state, count));
    }
    return parts.join(u" · "_s);
}

QString StopListModel::text(const StopReport &report, int column) const
{
    switch (column) {
    case Outcome:
        return words::stopPill(report);
    case Title:
        return words::title(report.target.title);
    case Agent:
        return agentOf(report);
    case HowItIsKnown:
        return words::evidence(report);
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
