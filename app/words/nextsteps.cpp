#include "app/words/failurewords.h"
#include "app/words/percommand.h"
#include "app/words/words.h"

#include <QCoreApplication>

#define WORDS(text) QT_TRANSLATE_NOOP("NextSteps", text)

namespace {

/// What a person can do about a stop, as advice and on buttons.
struct NextSteps {
    Q_DECLARE_TR_FUNCTIONS(NextSteps)
};

struct Advice {
    StopState state;
    PerCommand texts;
};

using enum StopState;

constexpr Advice advices[] = {
    {InLine, {WORDS("It can still be cancelled.")}},
    {Sending, {""}},
    {Accepted, {WORDS("It is checked for up to 30 s.")}},
    {Stopped, {""}},
    {StoppedQueueKept, {WORDS("Look at the waiting messages; clear the queue, if they must not start.")}},
    {NoLongerRunning,
     {WORDS("If the cause matters, give the engineers the request id."), nullptr, "",
      WORDS("Look at the conversation: the message may have started.")}},
    {WasNotRunning, {"", "", "", WORDS("Look at the conversation: the message may have started.")}},
    {NotKnown, {WORDS("Check the agent id and the conversation id.")}},
    {NextStarted, {WORDS("Stop again and clear the queue, if the next message must not run.")}},
    {StillRunning,
     {WORDS("It goes on being read. Check now, stop again, or give the engineers a note."), nullptr,
      WORDS("It goes on being read. Check now, clear it again, or give the engineers a note."),
      WORDS("It goes on being read. Check now, discard it again, or give the engineers a note.")}},
    {SubTasksStillRunning, {WORDS("Stop the sub-tasks, if they must not go on either.")}},
    {Refused,
     {WORDS("Stop the conversation again if it should still end."), WORDS("Stop it again if it should still end."),
      WORDS("Clear it again if the messages should still go."), WORDS("Discard it again if it should still go.")}},
    {NotSent,
     {WORDS("Stop the conversation again if it should still end."), WORDS("Stop it again if it should still end."),
      WORDS("Clear it again if the messages should still go."), WORDS("Discard it again if it should still go.")}},
    {Unconfirmed,
     {WORDS("It goes on being looked up. Check the conversation before stopping it again."),
      WORDS("It goes on being looked up. Check the sub-task before stopping it again."),
      WORDS("It goes on being looked up. Check the queue before clearing it again."),
      WORDS("It goes on being looked up. Check the queue before discarding it again.")}},
};
static_assert(inOrderOfStates(advices));

struct StepName {
    NextStep step;
    PerCommand texts;
};

constexpr StepName stepNames[] = {
    {NextStep::Cancel, {WORDS("Cancel")}},
    {NextStep::CheckNow, {WORDS("Check now")}},
    {NextStep::StopAgain,
     {WORDS("Stop again…"), WORDS("Stop sub-task again…"), WORDS("Clear the queue again…"), WORDS("Discard again…")}},
    {NextStep::StopAgainAndClear, {WORDS("Stop again and clear the queue…")}},
    {NextStep::StopSubTasks, {WORDS("Stop sub-tasks…")}},
    {NextStep::ClearTheQueue, {WORDS("Clear the queue…")}},
    {NextStep::CopyNote, {WORDS("Copy note for engineers")}},
    {NextStep::Dismiss, {WORDS("Dismiss")}},
    {NextStep::ReadAgain, {WORDS("Read again")}},
    {NextStep::StopAllTheSame, {WORDS("Send a stop all the same…")}},
};

constexpr bool stepNamesInOrder()
{
    for (size_t i = 0; i < std::size(stepNames); ++i) {
        if (size_t(stepNames[i].step) != i)
            return false;
    }
    return std::size(stepNames) == size_t(NextStep::StopAllTheSame) + 1;
}
static_assert(stepNamesInOrder(), "one line for each NextStep, in its order");

}

namespace words {

QString nextStep(const StopReport &report)
{
    if (report.startedAgain)
        return NextSteps::tr("Stop it again, if it must not run. What started it may start it once more.");
    if (report.dismissed)
        return NextSteps::tr("It is no longer looked up. Check the conversation before stopping it again.");
    const bool failed = report.state == Refused || report.state == NotSent;
    if (failed && report.failure)
        return whatToDo(*report.failure, occasionOf(report.target).subject);
    const char *text = textFor(report.target.command, advices[size_t(report.state)].texts);
    return *text ? NextSteps::tr(text) : QString();
}

QString nextStep(NextStep step, const StopReport &report)
{
    if (step == NextStep::StopSubTasks && report.subTasks.size() == 1)
        return NextSteps::tr("Stop sub-task…");
    return NextSteps::tr(textFor(report.target.command, stepNames[size_t(step)].texts));
}

}

#undef WORDS
