#include "app/words/percommand.h"
#include "app/types/clock.h"
#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

#define WORDS(text) QT_TRANSLATE_NOOP("Outcomes", text)
#define COUNT(text) QT_TRANSLATE_N_NOOP("Outcomes", text)

namespace {

struct Outcomes {
    Q_DECLARE_TR_FUNCTIONS(Outcomes)
};

/// English needs no translation file: where one and many differ, both are written out.
struct Outcome {
    StopState state;
    PerCommand words;
    PerCommand counts;
    PerCommand ones; ///< for a count of one; missing: as for many
};

using enum StopState;

constexpr Outcome outcomes[] = {
    {InLine, {WORDS("In line")}, {COUNT("%n in line")}, {}},
    {Sending, {WORDS("Sending")}, {COUNT("%n sending")}, {}},
    {Accepted, {WORDS("Accepted, checking")}, {COUNT("%n checking")}, {}},
    {Stopped,
     {WORDS("Stopped"), WORDS("Sub-task stopped"), WORDS("Queue cleared"), WORDS("Discarded")},
     {COUNT("%n stopped"), COUNT("%n sub-tasks stopped"), COUNT("%n queues cleared"), COUNT("%n discarded")},
     {COUNT("%n stopped"), COUNT("%n sub-task stopped"), COUNT("%n queue cleared"), COUNT("%n discarded")}},
    {StoppedQueueKept, {WORDS("Stopped, queue not cleared")}, {COUNT("%n stopped, queue not cleared")}, {}},
    {NoLongerRunning,
     {WORDS("No longer running"), WORDS("Sub-task no longer running"), WORDS("No longer waiting"),
      WORDS("Message no longer waiting")},
     {COUNT("%n no longer running"), COUNT("%n sub-tasks no longer running"), COUNT("%n queues no longer waiting"),
      COUNT("%n messages no longer waiting")},
     {COUNT("%n no longer running"), COUNT("%n sub-task no longer running"), COUNT("%n queue no longer waiting"),
      COUNT("%n message no longer waiting")}},
    {WasNotRunning,
     {WORDS("Was not running"), WORDS("Sub-task was not running"), WORDS("Nothing waited"),
      WORDS("Too late, already picked up")},
     {COUNT("%n not running before"), COUNT("%n sub-tasks not running before"), COUNT("%n queues empty before"),
      COUNT("%n picked up before")},
     {COUNT("%n not running before"), COUNT("%n sub-task not running before"), COUNT("%n queue empty before"),
      COUNT("%n picked up before")}},
    {NotKnown, {WORDS("Not known to the service")}, {COUNT("%n not known")}, {}},
    {NextStarted, {WORDS("Next message started")}, {COUNT("%n with the next message started")}, {}},
    {StillRunning,
     {WORDS("Still running"), WORDS("Sub-task still running"), WORDS("Queue not cleared"), WORDS("Still waiting")},
     {COUNT("%n still running"), COUNT("%n sub-tasks still running"), COUNT("%n queues not cleared"),
      COUNT("%n still waiting")},
     {COUNT("%n still running"), COUNT("%n sub-task still running"), COUNT("%n queue not cleared"),
      COUNT("%n still waiting")}},
    {SubTasksStillRunning, {WORDS("Sub-tasks still running")}, {COUNT("%n with sub-tasks still running")}, {}},
    {Refused, {WORDS("Refused")}, {COUNT("%n refused")}, {}},
    {NotSent, {WORDS("Not sent")}, {COUNT("%n not sent")}, {}},
    {Unconfirmed, {WORDS("Unconfirmed")}, {COUNT("%n unconfirmed")}, {}},
};
static_assert(inOrderOfStates(outcomes));

}

namespace words {

QString stopState(StopState state, Command command)
{
    return Outcomes::tr(textFor(command, outcomes[size_t(state)].words));
}

QString stopCount(StopState state, Command command, int count)
{
    const Outcome &row = outcomes[size_t(state)];
    const PerCommand &texts = count == 1 && row.ones.front() ? row.ones : row.counts;
    return Outcomes::tr(textFor(command, texts), nullptr, count);
}

QString startedAgainCount(int count)
{
    return Outcomes::tr("%n started again", nullptr, count);
}

QString stopPill(const StopReport &report)
{
    if (report.startedAgain)
        return Outcomes::tr("Started again %1")
            .arg(QLocale().toString(toWall(report.startedAgain->at).toLocalTime().time(), u"HH:mm"_s));
    const QString word = stopState(report.state, report.target.command);
    if (report.state != Stopped || !report.since.isValid())
        return word;
    return Outcomes::tr("%1 %2", "Stopped 12:04:31").arg(word, clockTime(report.since));
}

}

#undef WORDS
#undef COUNT
