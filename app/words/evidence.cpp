#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

/// How an outcome is known, and what follows from it.
struct Evidences {
    Q_DECLARE_TR_FUNCTIONS(Evidences)
};

/// "0.6 s", "31 s": tenths while they tell something.
QString afterTheStop(Duration after)
{
    const double s = double(qMax<qint64>(0, after.count())) / 1000;
    return Evidences::tr("%1 s").arg(QLocale().toString(s, 'f', s < 10 ? 1 : 0));
}

QString waitingWords(int waiting)
{
    return waiting == 1 ? Evidences::tr("1 message still waits")
                        : Evidences::tr("%n messages still wait", nullptr, waiting);
}

/// What the last read saw; `none` where nothing was read.
QString lastRead(const StopReport &report, const QString &none)
{
    if (!report.evidence)
        return none;
    const Evidence &read = *report.evidence;
    const QString after = afterTheStop(read.after);
    if (read.readFailed)
        return Evidences::tr("Run state could not be read %1 after the stop").arg(after);
    if (read.running)
        return Evidences::tr("Run state read %1 after the stop: still running").arg(after);
    const QString idle = Evidences::tr("Run state read %1 after the stop: nothing runs").arg(after);
    return read.waiting > 0 ? idle + u", "_s + waitingWords(read.waiting) : idle;
}

QString whyLost(const StopReport &report)
{
    return report.failure ? words::happened(*report.failure, words::subjectOf(report))
                          : Evidences::tr("The answer to the stop was lost.");
}

QString whyNotDone(const StopReport &report, const QString &unknown)
{
    return report.failure ? words::happened(*report.failure, words::subjectOf(report)) : unknown;
}

}

namespace words {

QString evidence(const StopReport &report)
{
    const QString nothingRuns = Evidences::tr("Read after the stop: nothing runs");
    switch (report.state) {
    case StopState::InLine:
        return Evidences::tr("Waits for its turn; nothing was sent yet");
    case StopState::Sending:
        return Evidences::tr("Sent, no answer yet");
    case StopState::Accepted:
        return lastRead(report, Evidences::tr("The service accepted it; not read again yet"));
    case StopState::Stopped:
    case StopState::StoppedQueueKept:
        return lastRead(report, nothingRuns);
    case StopState::NoLongerRunning:
        return whyLost(report) + u' ' + lastRead(report, nothingRuns)
            + Evidences::tr("; what ended it is not proven");
    case StopState::WasNotRunning:
        return Evidences::tr("Nothing ran before the stop or after it");
    case StopState::NotKnown:
        return Evidences::tr("Nothing runs, and the service has no record of this conversation");
    case StopState::NextStarted:
        return report.evidence ? Evidences::tr("Run state read %1 after the stop: another turn runs")
                                     .arg(afterTheStop(report.evidence->after))
                               : Evidences::tr("Read after the stop: another turn runs");
    case StopState::StillRunning:
        return lastRead(report, Evidences::tr("Read after the stop: still running"));
    case StopState::SubTasksStillRunning:
        return lastRead(report, nothingRuns);
    case StopState::Refused:
        return whyNotDone(report, Evidences::tr("The service refused this stop."));
    case StopState::NotSent:
        return whyNotDone(report, Evidences::tr("Nothing was sent."));
    case StopState::Unconfirmed:
        return report.evidence ? whyLost(report) + u' ' + lastRead(report, {}) : whyLost(report);
    }
    return {};
}

QString nextStep(const StopReport &report)
{
    switch (report.state) {
    case StopState::InLine:
        return Evidences::tr("It can still be cancelled.");
    case StopState::Accepted:
        return Evidences::tr("It is checked for up to 30 s.");
    case StopState::StoppedQueueKept:
        return Evidences::tr("Look at the waiting messages; stop again and clear the queue if one of them starts.");
    case StopState::NoLongerRunning:
        return Evidences::tr("If the cause matters, give the engineers the request id.");
    case StopState::NotKnown:
        return Evidences::tr("Check the agent id and the conversation id.");
    case StopState::NextStarted:
        return Evidences::tr("Stop again and clear the queue, if the next message must not run.");
    case StopState::StillRunning:
        return Evidences::tr("It goes on being read every 15 s. Check now, stop again, or give the engineers a note.");
    case StopState::SubTasksStillRunning:
        return Evidences::tr("Stop the sub-tasks, if they must not go on either.");
    case StopState::Unconfirmed:
        return Evidences::tr("It goes on being looked up every 15 s. Check the conversation before stopping it again.");
    case StopState::Refused:
    case StopState::NotSent:
        return report.failure ? whatToDo(*report.failure, subjectOf(report))
                              : Evidences::tr("Stop the conversation again if it should still end.");
    case StopState::Sending:
    case StopState::Stopped:
    case StopState::WasNotRunning:
        return {};
    }
    return {};
}

}
