#include "app/models/stoplistmodel.h"

#include "app/words/words.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace {

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
    const int known = find(report.id);
    if (known >= 0)
        recount(row(known).report, -1);
    recount(report, 1);
    if (known >= 0)
        changeRow(known, {report});
    else
        insertRun(0, {{report}});
    if (!report.batch.isEmpty())
        tellOf(report, known < 0);
}

const BatchCounts *StopListModel::batch(const BatchId &id) const
{
    const auto found = m_batches.constFind(id);
    return found == m_batches.cend() ? nullptr : &*found;
}

void StopListModel::recount(const StopReport &report, int step)
{
    m_tally.count(report, step);
    if (report.batch.isEmpty())
        return;
    BatchCounts &batch = m_batches[report.batch];
    batch.tally.count(report, step);
    batch.size = std::max(report.batchSize, batch.tally.total());
    if (batch.tally.total() > 1 || step < 0)
        return;
    batch.id = report.batch;
    batch.askedAt = report.askedAt;
    batch.fromEarlierRun = report.fromEarlierRun;
    if (!m_batchOrder.contains(batch.id))
        m_batchOrder.prepend(batch.id);
}

void StopListModel::tellOf(const StopReport &report, bool isNew)
{
    BatchCounts &batch = m_batches[report.batch];
    if (isNew && batch.tally.total() == 1)
        Q_EMIT batchAdded(batch.id);
    const bool ended = batch.tally.total() == batch.size && batch.tally.undecided() == 0;
    if (ended && !std::exchange(batch.ended, true))
        Q_EMIT batchEnded(batch.id);
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
    case BatchIdRole:
        return report.batch.value;
    case OutcomeGroupRole:
        return int(groupOf(report));
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
