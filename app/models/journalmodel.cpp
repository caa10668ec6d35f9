#include "app/models/journalmodel.h"

#include "app/types/clock.h"
#include "app/words/entrywords.h"
#include "app/words/words.h"

using namespace Qt::StringLiterals;

namespace {

QString agentOf(const StopTarget &target)
{
    const QString name = words::plain(target.agentName, 120);
    return name.isEmpty() ? words::shortId(target.agent.value) : name;
}

QString timeOf(const QDateTime &time)
{
    return QLocale().toString(toWall(time).toLocalTime(), u"d MMM yyyy HH:mm:ss"_s);
}

}

JournalModel::JournalModel(QObject *parent)
    : RowModel(parent)
{
}

void JournalModel::clear()
{
    if (rowCount() > 0)
        removeRun({0, rowCount() - 1});
}

void JournalModel::append(const QList<JournalEntry> &entries)
{
    QList<JournalRow> fresh;
    for (const JournalEntry &entry : entries) {
        if (const int known = find(entry.report.intent); known >= 0)
            changeRow(known, {entry});
        else
            fresh.append({entry});
    }
    if (!fresh.isEmpty())
        insertRun(rowCount(), fresh);
}

void JournalModel::show(const JournalEntry &entry)
{
    if (const int known = find(entry.report.intent); known >= 0)
        changeRow(known, {entry});
    else
        insertRun(0, {{entry}});
}

void JournalModel::setMoreToRead(bool more)
{
    m_moreToRead = more;
}

void JournalModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        Q_EMIT moreWanted();
}

QString JournalModel::text(const JournalEntry &entry, int column) const
{
    const StopReport &report = entry.report;
    switch (column) {
    case Time: return timeOf(report.askedAt);
    case Outcome: return words::stopPill(report);
    case What: return words::commandWords(report.target.command);
    case Title: return words::title(report.target.title);
    case Agent: return agentOf(report.target);
    case By: return words::plain(entry.report.operatorName, 120);
    case Connection: return words::plain(entry.connection.name, 120);
    case HowItIsKnown: return words::evidence(report);
    default: return {};
    }
}

QStringList JournalModel::outcomeTip(const JournalEntry &entry) const
{
    const StopReport &report = entry.report;
    QStringList lines{tr("Since %1").arg(words::exactTime(report.since))};
    lines += words::remarks(report);
    if (report.status != 0)
        lines.append(tr("HTTP status %1").arg(report.status));
    return lines;
}

QString JournalModel::toolTip(const JournalEntry &entry, int column) const
{
    const StopTarget &target = entry.report.target;
    QStringList lines{text(entry, column)};
    switch (column) {
    case Time:
        lines = {words::exactTime(entry.report.askedAt), tr("Entry %1").arg(entry.report.intent),
                 tr("Request id %1").arg(words::plain(entry.report.request.value))};
        break;
    case Outcome: lines += outcomeTip(entry); break;
    case What:
        if (const QString message = words::plain(target.message.id.value); !message.isEmpty())
            lines.append(tr("Message id %1").arg(message));
        if (const QString parent = words::plain(target.parent.value); !parent.isEmpty())
            lines.append(tr("Sub-task of %1").arg(parent));
        break;
    case Title: lines += {words::plain(target.conversation.value), words::plain(entry.report.reason, 2000)}; break;
    case Agent: lines.append(words::plain(target.agent.value)); break;
    case Connection:
        lines += {words::environment(entry.connection.environment), words::plain(entry.connection.address.toString())};
        break;
    case HowItIsKnown: lines += {words::plain(entry.confirmedBy), words::nextStep(entry.report)}; break;
    default: break;
    }
    lines.removeAll(QString());
    return words::toolTip(lines.join(u'\n'));
}

QVariant JournalModel::cell(const JournalRow &row, int column, int role) const
{
    const StopReport &report = row.entry.report;
    switch (role) {
    case Qt::DisplayRole: return text(row.entry, column);
    case Qt::ToolTipRole: return toolTip(row.entry, column);
    case Qt::AccessibleTextRole: return column == Time ? words::entrySentence(row.entry) : QVariant();
    case IntentRole: return report.intent;
    case StopStateRole: return int(report.state);
    case StartedAgainRole: return report.startedAgain.has_value();
    case ConversationIdRole: return report.target.conversation.value;
    default: return {};
    }
}

QString JournalModel::columnTitle(int column) const
{
    switch (column) {
    case Time: return tr("Time");
    case Outcome: return tr("Outcome");
    case What: return tr("What");
    case Title: return tr("Title");
    case Agent: return tr("Agent");
    case By: return tr("By");
    case Connection: return tr("Connection");
    case HowItIsKnown: return tr("How it is known");
    default: return {};
    }
}
