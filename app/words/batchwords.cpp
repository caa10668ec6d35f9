#include "app/words/batchwords.h"

#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Batches {
    Q_DECLARE_TR_FUNCTIONS(Batches)
};

constexpr int mostInTicket = 100;
constexpr qsizetype longestTitle = 120;

/// Why a batch does not go on, as the middle of a sentence.
QString cause(const Failure &failure)
{
    switch (failure.kind) {
    case FailureKind::KeyRefused: return Batches::tr("this key was refused");
    case FailureKind::PlanLimit: return Batches::tr("the plan of the organization is used up");
    case FailureKind::Forbidden: return Batches::tr("this key may not stop conversations of an agent");
    case FailureKind::JournalUnusable: return Batches::tr("the journal cannot be written");
    default: return Batches::tr("there was no way to the service");
    }
}

QString line(const QString &name, const QString &value)
{
    return Batches::tr("%1: %2", "name: value").arg(name, value);
}

QString nameOf(const QString &name, const QString &id)
{
    return name.isEmpty() ? words::plain(id) : words::plain(name, longestTitle);
}

QString rowOfTicket(const StopReport &report)
{
    return Batches::tr("%1: %2, %3 (%4)", "outcome: title, agent (conversation id)")
        .arg(words::stopPill(report), words::plain(words::stopTitle(report.target), longestTitle),
             nameOf(report.target.agentName, report.target.agent.value), words::plain(report.target.conversation.value));
}

}

namespace words {

QString outcomeGroup(OutcomeGroup group)
{
    switch (group) {
    case OutcomeGroup::Refused: return Batches::tr("Refused or not known");
    case OutcomeGroup::Unconfirmed: return Batches::tr("Unconfirmed");
    case OutcomeGroup::StillRunning: return Batches::tr("Still running");
    case OutcomeGroup::NotSent: return Batches::tr("Not sent");
    case OutcomeGroup::Stopped: return Batches::tr("Stopped");
    case OutcomeGroup::UnderWay: return Batches::tr("Under way");
    }
    return {};
}

QString batchSize(int size, bool ofConversations)
{
    if (size == 1)
        return ofConversations ? Batches::tr("1 conversation") : Batches::tr("1 stop");
    return ofConversations ? Batches::tr("%n conversations", nullptr, size) : Batches::tr("%n stops", nullptr, size);
}

QString batchName(const QDateTime &askedAt, const QString &size)
{
    return Batches::tr("Batch %1, %2", "time, how many").arg(clockTime(askedAt), size);
}

/// Never less than it takes: 5 s are the grain from a minute on, a minute from ten on.
QString about(Duration duration)
{
    const Duration grain = duration < 1min ? Duration(1s) : duration < 10min ? Duration(5s) : Duration(1min);
    const auto rounded = (duration + grain - 1ms) / grain * grain;
    const int hours = int(rounded / 1h);
    const int minutes = int(rounded / 1min % 60);
    const int seconds = int(rounded / 1s % 60);
    if (hours > 0)
        return Batches::tr("about %1 h %2 min").arg(hours).arg(minutes, 2, 10, '0'_L1);
    if (minutes == 0)
        return Batches::tr("about %1 s").arg(qMax(1, seconds));
    return seconds == 0 ? Batches::tr("about %1 min").arg(minutes)
                        : Batches::tr("about %1 min %2 s").arg(minutes).arg(seconds, 2, 10, '0'_L1);
}

QString halted(const Failure &failure, int notSent)
{
    return Batches::tr("halted: %1; %2", "cause; \"14 not sent\"")
        .arg(cause(failure), stopCount(StopState::NotSent, Command::StopConversation, notSent));
}

QString batchEnd(const QString &size, const QString &summary)
{
    return Batches::tr("%1: %2", "how many: outcomes").arg(size, QString(summary).replace(u" · "_s, u", "_s));
}

QString leftOut(int count)
{
    return count == 1 ? Batches::tr("1 was left out: another stop of it is under way.")
                      : Batches::tr("%n were left out: another stop of them is under way.", nullptr, count);
}

QString unsentWarning(int unsent)
{
    if (unsent == 0)
        return Batches::tr("All stops have been sent. Close?");
    return unsent == 1 ? Batches::tr("1 stop has not been sent. Close and do not send it?")
                       : Batches::tr("%n stops have not been sent. Close and do not send them?", nullptr, unsent);
}

QString batchTicket(const BatchTicket &batch)
{
    if (batch.reports.isEmpty())
        return {};
    const StopReport &first = batch.reports.first();
    QStringList lines{line(Batches::tr("Outcome"), batch.summary), line(Batches::tr("Stop of"), batch.size)};
    if (!batch.connection.id.isEmpty())
        lines.append(line(Batches::tr("Connection"),
                          u"%1, %2"_s.arg(plain(batch.connection.name), environment(batch.connection.environment))));
    lines.append(line(Batches::tr("Asked"), exactTimeAndUtc(first.askedAt)));
    lines.append(line(Batches::tr("Asked by"), plain(first.operatorName, 120)));
    if (!first.reason.isEmpty())
        lines.append(line(Batches::tr("Reason"), plain(first.reason, 2000)));
    lines.append(QString());
    for (const StopReport &report : batch.reports.mid(0, mostInTicket))
        lines.append(rowOfTicket(report));
    if (const int more = int(batch.reports.size()) - mostInTicket; more > 0)
        lines.append(Batches::tr("and %n more, see the export", nullptr, more));
    return lines.join(u'\n');
}

QString batchText(const QList<StopReport> &reports)
{
    QStringList lines;
    for (const StopReport &report : reports)
        lines.append(rowOfTicket(report) + u". "_s + (QStringList{evidence(report)} + remarks(report)).join(u' '));
    return lines.join(u'\n');
}

}
