#include "app/demo/scenarios.h"

#include "app/demo/organization.h"
#include "app/demo/subtasks.h"

#include <array>

using namespace Qt::StringLiterals;

namespace demo {

namespace {

struct Scenario {
    QStringView title;
    QStringView agent;
    Course course = Course::EndsAtOnce;
    double seconds = 0; ///< of the course
    Reply reply = Reply::Accepted;
    int messages = 0; ///< that wait
    Waiting waiting = Waiting::Ordinary;
    Reading reading = Reading::Ordinary;
    QStringView source = {}; ///< empty: somebody asked, by one way or another
    bool changesThings = false;
};

using namespace agentname;
using enum Course;

constexpr Scenario scenarios[] = {
    {.title = u"Stops at once", .agent = billing},
    {.title = u"Changes things elsewhere", .agent = devops, .changesThings = true},
    {.title = u"Stops after 8 seconds", .agent = billing, .course = EndsLater, .seconds = 8},
    {.title = u"Never stops", .agent = billing, .course = RunsOn},
    {.title = u"Three messages wait", .agent = billing, .messages = 3},
    {.title = u"Keeps its queue", .agent = sales, .messages = 2, .waiting = Waiting::KeptByStop},
    {.title = u"Lists fewer messages than wait", .agent = product, .messages = 5, .waiting = Waiting::ListedInPart},
    {.title = u"Message is picked up meanwhile", .agent = returns, .messages = 1, .waiting = Waiting::PickedUp},
    {.title = u"Refuses to discard (403)", .agent = returns, .messages = 2, .waiting = Waiting::Guarded},
    {.title = u"Was not running", .agent = billing, .course = WasIdle},
    {.title = u"Unknown to the service", .agent = onboarding, .course = RunsOn, .reading = Reading::NeverHeardOf},
    {.title = u"The list lags behind", .agent = onboarding, .reading = Reading::ListsLag},
    {.title = u"Starts the next message", .agent = sales, .course = NextMessage, .seconds = 1.2, .messages = 2},
    {.title = u"Starts again from its queue", .agent = sales, .course = NextMessage, .seconds = 20, .messages = 1},
    {.title = u"Starts again later", .agent = sales, .course = StartsAgain, .seconds = 60},
    {.title = u"Started by a schedule, starts again",
     .agent = sales,
     .course = StartsAgain,
     .seconds = 40,
     .source = u"schedule"},
    {.title = u"Leaves sub-tasks running", .agent = sales},
    {.title = u"Keeps a sub-task running", .agent = sales},
    {.title = u"Answers 401", .agent = returns, .course = RunsOn, .reply = Reply::WrongKey},
    {.title = u"Answers 403", .agent = returns, .course = RunsOn, .reply = Reply::Forbidden},
    {.title = u"Answers 404", .agent = returns, .course = RunsOn, .reply = Reply::NotFound},
    {.title = u"Answers 409", .agent = returns, .course = RunsOn, .reply = Reply::Conflict},
    {.title = u"Refuses the body (422)", .agent = onboarding, .course = RunsOn, .reply = Reply::InvalidBody},
    {.title = u"Refuses the path (422)", .agent = onboarding, .course = RunsOn, .reply = Reply::InvalidPath},
    {.title = u"Refuses several things (422)", .agent = onboarding, .course = RunsOn, .reply = Reply::InvalidSeveral},
    {.title = u"Refuses in plain words (422)", .agent = onboarding, .course = RunsOn, .reply = Reply::InvalidText},
    {.title = u"Too many requests (429)", .agent = product, .course = RunsOn, .reply = Reply::RateLimited},
    {.title = u"Too many requests, with Retry-After",
     .agent = product,
     .course = RunsOn,
     .reply = Reply::RateLimitedRetryAfter},
    {.title = u"Plan limit (429)", .agent = product, .course = RunsOn, .reply = Reply::PlanLimited},
    {.title = u"Server error (500)", .agent = devops, .course = RunsOn, .reply = Reply::ServerError},
    {.title = u"Answers with nothing (502)", .agent = devops, .course = RunsOn, .reply = Reply::EmptyBadGateway},
    {.title = u"Unavailable (503)", .agent = devops, .course = RunsOn, .reply = Reply::Unavailable},
    {.title = u"Answers with problem details (400)", .agent = devops, .course = RunsOn, .reply = Reply::ProblemDetails},
    {.title = u"Answers with a web page", .agent = devops, .course = RunsOn, .reply = Reply::WebPage},
    {.title = u"Cuts its answer", .agent = devops, .reply = Reply::CutShort},
    {.title = u"Closes after reading the stop, and had stopped", .agent = devops, .reply = Reply::Closed},
    {.title = u"Closes after reading the stop, still runs", .agent = devops, .course = RunsOn, .reply = Reply::Closed},
    {.title = u"Cannot be read",
     .agent = devops,
     .course = RunsOn,
     .reply = Reply::Closed,
     .reading = Reading::FailsAfterStop},
    {.title = u"Hangs", .agent = devops, .course = RunsOn, .reply = Reply::Hanging},
    {.title = u"Redirects elsewhere", .agent = devops, .course = RunsOn, .reply = Reply::Redirect},
};

}

static Task played(const Scenario &scenario, int number)
{
    static constexpr std::array<QStringView, 5> sources{u"assistant", u"slack", u"webhook", u"sdk", u"api"};
    const bool isAsked = scenario.source.isEmpty();
    Task task = conversation(scenario.title, scenario.agent, number == 0 ? 18 : 3 + number * 7 % 55);
    task.person = isAsked ? person(number) : Person();
    task.source = (isAsked ? sources[std::size_t(number) % sources.size()] : scenario.source).toString();
    task.course = scenario.course;
    task.seconds = scenario.seconds;
    task.reply = scenario.reply;
    task.queue = waitingMessages(scenario.title, scenario.messages, task.person);
    task.waiting = scenario.waiting;
    task.reading = scenario.reading;
    task.changesThings = scenario.changesThings;
    if (scenario.course == WasIdle) {
        task.isRunning = false;
        task.status = u"completed"_s;
        task.laggingStatus = u"executing"_s;
    }
    return task;
}

QList<Task> scenarioTasks()
{
    QList<Task> tasks;
    int number = 0;
    for (const Scenario &scenario : scenarios) {
        const Task task = played(scenario, number++);
        tasks << task << subtasksOf(task);
    }
    return tasks;
}

}
