#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

/// What stands beneath an outcome.
struct Remarks {
    Q_DECLARE_TR_FUNCTIONS(Remarks)
};

/// Messages wait although clearing was asked, and the pill says something else.
QString queueKept(const StopReport &report)
{
    const bool asked =
        report.clearQueue == ClearQueue::Yes && report.target.command == Command::StopConversation;
    const bool kept = report.evidence && !report.evidence->readFailed && report.evidence->waiting > 0;
    const bool beneath = report.state == StopState::SubTasksStillRunning || report.state == StopState::NextStarted
        || report.state == StopState::NoLongerRunning || report.startedAgain;
    if (!asked || !kept || !beneath)
        return {};
    const int waiting = report.evidence->waiting;
    return waiting == 1 ? Remarks::tr("Stopped, queue not cleared: 1 message waits.")
                        : Remarks::tr("Stopped, queue not cleared: %n messages wait.", nullptr, waiting);
}

QString mutatingTools(const StopReport &report)
{
    if (!report.usedMutatingTools)
        return {};
    return report.target.isSubTask()
        ? Remarks::tr("This sub-task used tools that change things elsewhere. The stop undoes none of it.")
        : Remarks::tr("This turn used tools that change things elsewhere. The stop undoes none of it.");
}

QString earlierRun(const StopReport &report)
{
    if (!report.fromEarlierRun)
        return {};
    const QString asked = words::exactTime(report.askedAt);
    return report.state == StopState::NotSent
        ? Remarks::tr("Decided in an earlier run of Stopdesk, %1; never sent.").arg(asked)
        : Remarks::tr("Sent by an earlier run of Stopdesk, %1; looked up again.").arg(asked);
}

}

namespace words {

QString subTaskNames(const StopReport &report)
{
    constexpr qsizetype most = 5;
    if (report.subTasks.isEmpty())
        return {};
    QStringList names;
    for (const Conversation &subTask : report.subTasks.first(qMin(most, report.subTasks.size())))
        names.append(subTask.title.isEmpty() ? shortId(subTask.id.value) : plain(subTask.title, 80));
    if (const qsizetype more = report.subTasks.size() - most; more > 0)
        names.append(Remarks::tr("%n more", nullptr, int(more)));
    return Remarks::tr("Sub-tasks that run on: %1.").arg(names.join(u"; "_s));
}

QStringList remarks(const StopReport &report)
{
    QStringList lines{queueKept(report), subTaskNames(report), mutatingTools(report), earlierRun(report)};
    if (report.dismissed)
        lines.append(Remarks::tr("A person ended the looking up."));
    if (report.withoutRecord && report.intent == 0)
        lines.append(Remarks::tr("Not in the journal."));
    lines.removeAll(QString());
    return lines;
}

}
