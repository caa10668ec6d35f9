#include "app/words/failurewords.h"
#include "app/words/percommand.h"
#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

#define WORDS(text) QT_TRANSLATE_NOOP("Evidences", text)

namespace {

constexpr int longPause = 4; // s; below that a next read need not be told

/// How an outcome is known.
struct Evidences {
    Q_DECLARE_TR_FUNCTIONS(Evidences)
};

constexpr PerCommand afterWhat = {WORDS("%1 after the stop"), nullptr, WORDS("%1 after the request"),
                                  WORDS("%1 after the request")};
constexpr PerCommand stillThereTexts = {WORDS("still running"), nullptr, WORDS("messages still wait"), WORDS("it still waits")};
constexpr PerCommand gone = {WORDS("nothing runs"), WORDS("it has ended"), WORDS("nothing waits"),
                             WORDS("it no longer waits")};
constexpr PerCommand gonePartly = {nullptr, nullptr, WORDS("what waited then is gone"), nullptr};
constexpr PerCommand causeOpen = {WORDS("what ended it is not proven"), nullptr, WORDS("what cleared it is not proven"),
                                  WORDS("whether it was discarded or picked up is not proven")};
constexpr PerCommand notBefore = {WORDS("Nothing ran before the stop or after it"),
                                  WORDS("It had ended before the stop"),
                                  WORDS("Nothing waited before the request or after it"),
                                  WORDS("It no longer waited when the request came")};
constexpr PerCommand answerLost = {WORDS("The answer to the stop was lost."), nullptr,
                                   WORDS("The answer to the request was lost."),
                                   WORDS("The answer to the request was lost.")};
constexpr PerCommand refusedTexts = {WORDS("The service refused this stop."), nullptr,
                                WORDS("The service refused this request."), WORDS("The service refused this request.")};

QString say(const StopReport &report, const PerCommand &texts)
{
    return Evidences::tr(textFor(report.target.command, texts));
}

/// "0.6 s", "31 s", "12 min 05 s": tenths while they tell something.
QString after(const StopReport &report, Duration passed)
{
    const double s = double(qMax<qint64>(0, passed.count())) / 1000;
    const QString time = passed >= 1min ? words::elapsed(passed)
                                        : Evidences::tr("%1 s").arg(QLocale().toString(s, 'f', s < 10 ? 1 : 0));
    return say(report, afterWhat).arg(time);
}

QString waitingWords(int waiting)
{
    return waiting == 1 ? Evidences::tr("1 message still waits")
                        : Evidences::tr("%n messages still wait", nullptr, waiting);
}

QString newerWords(int waiting)
{
    return waiting == 1 ? Evidences::tr("1 newer message waits")
                        : Evidences::tr("%n newer messages wait", nullptr, waiting);
}

/// What the read saw of the thing that the command was aimed at.
QString seen(const StopReport &report, const Evidence &read)
{
    const Command command = report.target.command;
    const bool ofQueue = command == Command::EmptyQueue;
    if (read.running)
        return ofQueue && read.waiting > 0 ? waitingWords(read.waiting) : say(report, stillThereTexts);
    if (read.waiting <= 0 || command == Command::DiscardMessage)
        return say(report, gone);
    return ofQueue ? say(report, gonePartly) + u", "_s + newerWords(read.waiting)
                   : say(report, gone) + u", "_s + waitingWords(read.waiting);
}

/// All pages of all live states.
QString listRead(const Evidence &read)
{
    if (read.firstAt.isValid())
        return Evidences::tr("On no live list read %1 and %2")
            .arg(words::clockTime(read.firstAt), words::clockTime(read.readAt));
    const QString said = read.readFailed ? Evidences::tr("The live lists could not be read at %1")
        : read.running                   ? Evidences::tr("Still on a live list read %1")
                                         : Evidences::tr("On no live list read %1");
    return said.arg(words::clockTime(read.readAt));
}

/// What the last read said; `none` where nothing was read.
QString lastRead(const StopReport &report, const QString &none)
{
    if (!report.evidence)
        return none;
    const Evidence &read = *report.evidence;
    if (read.source == Evidence::Source::LiveLists)
        return listRead(read);
    const bool ofRecord = read.source == Evidence::Source::Record;
    const QString when = after(report, read.after);
    if (read.readFailed)
        return ofRecord ? Evidences::tr("The record could not be read %1").arg(when)
                        : Evidences::tr("Run state could not be read %1").arg(when);
    const QString said = ofRecord ? Evidences::tr("Record read %1: %2") : Evidences::tr("Run state read %1: %2");
    return said.arg(when, seen(report, read));
}

/// "…; next read at 12:05:10", where that is a while after the last one.
QString withNextRead(const StopReport &report, const QString &said)
{
    const QDateTime &last = report.evidence ? report.evidence->readAt : report.answeredAt;
    if (!report.nextReadAt.isValid() || last.secsTo(report.nextReadAt) < longPause)
        return said;
    return Evidences::tr("%1; next read at %2").arg(said, words::clockTime(report.nextReadAt));
}

QString whyNotDone(const StopReport &report, const QString &unknown)
{
    return report.failure ? words::happened(*report.failure, occasionOf(report.target).subject) : unknown;
}

bool isAccepted(const StopReport &report)
{
    return !report.failure && report.status >= 200 && report.status < 300;
}

QString whyLost(const StopReport &report)
{
    return isAccepted(report) ? Evidences::tr("The service accepted it.") : whyNotDone(report, say(report, answerLost));
}

QString noLongerThere(const StopReport &report, const QString &idle)
{
    const QString why = isAccepted(report)
        ? Evidences::tr("The service accepted it, and what was there before is not known.")
        : whyLost(report);
    return why + u' ' + lastRead(report, idle) + u"; "_s + say(report, causeOpen);
}

QString cause(const StartedAgain &mark)
{
    switch (mark.cause) {
    case StartedAgain::Cause::Unknown: return Evidences::tr("Cause not known");
    case StartedAgain::Cause::Queue: return Evidences::tr("Likely cause: a waiting message");
    case StartedAgain::Cause::Source:
        return Evidences::tr("Likely cause: its source: %1").arg(words::plain(mark.source, 60));
    }
    return {};
}

QString again(const StopReport &report)
{
    return Evidences::tr("Nothing ran at %1; it was running again when read at %2. %3")
        .arg(words::clockTime(report.since), words::clockTime(report.startedAgain->at), cause(*report.startedAgain));
}

}

namespace words {

QString evidence(const StopReport &report)
{
    if (report.startedAgain)
        return again(report);
    const QString idle = Evidences::tr("Read afterwards: %1").arg(say(report, gone));
    const QString there = Evidences::tr("Read afterwards: %1").arg(say(report, stillThereTexts));
    switch (report.state) {
    case StopState::InLine: return Evidences::tr("Waits for its turn; nothing was sent yet");
    case StopState::Sending: return Evidences::tr("Sent, no answer yet");
    case StopState::Accepted:
        return withNextRead(report, lastRead(report, Evidences::tr("The service accepted it; not read again yet")));
    case StopState::Stopped:
    case StopState::StoppedQueueKept:
    case StopState::SubTasksStillRunning: return lastRead(report, idle);
    case StopState::NoLongerRunning: return noLongerThere(report, idle);
    case StopState::WasNotRunning: return say(report, notBefore);
    case StopState::NotKnown:
        return Evidences::tr("Nothing runs, and the service has no record of this conversation");
    case StopState::NextStarted:
        return report.evidence
            ? Evidences::tr("Run state read %1: another turn runs").arg(after(report, report.evidence->after))
            : Evidences::tr("Read afterwards: another turn runs");
    case StopState::StillRunning: return withNextRead(report, lastRead(report, there));
    case StopState::Refused: return whyNotDone(report, say(report, refusedTexts));
    case StopState::NotSent: return whyNotDone(report, Evidences::tr("Nothing was sent."));
    case StopState::Unconfirmed:
        return report.evidence ? whyLost(report) + u' ' + withNextRead(report, lastRead(report, {})) : whyLost(report);
    }
    return {};
}

}

#undef WORDS
