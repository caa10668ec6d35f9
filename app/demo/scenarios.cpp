#include "app/demo/scenarios.h"

#include <array>

using namespace Qt::StringLiterals;

namespace demo {

static constexpr QStringView billing = u"Billing helper";
static constexpr QStringView sales = u"Sales outreach";
static constexpr QStringView returns = u"Returns desk";
static constexpr QStringView devops = u"DevOps runner";
static constexpr QStringView onboarding = u"Onboarding guide";
static constexpr QStringView product = u"Product Specialist";

namespace {

struct Scenario {
    QStringView title;
    QStringView agent;
    Course course = Course::EndsAtOnce;
    Reply reply = Reply::Accepted;
    int waiting = 0;
    int subtasks = 0;
};

}

static constexpr std::array scenarios{
    Scenario{u"Stops at once", billing},
    Scenario{u"Stops after 8 seconds", billing, Course::EndsLater},
    Scenario{u"Never stops", billing, Course::RunsOn},
    Scenario{u"Three messages wait", billing, Course::EndsAtOnce, Reply::Accepted, 3},
    Scenario{u"Was not running", billing, Course::WasIdle},
    Scenario{u"Starts the next message", sales, Course::NextMessage, Reply::Accepted, 2},
    Scenario{u"Starts again later", sales, Course::StartsAgain},
    Scenario{u"Leaves sub-tasks running", sales, Course::EndsAtOnce, Reply::Accepted, 0, 3},
    Scenario{u"Answers 401", returns, Course::RunsOn, Reply::WrongKey},
    Scenario{u"Answers 403", returns, Course::RunsOn, Reply::Forbidden},
    Scenario{u"Answers 404", returns, Course::RunsOn, Reply::NotFound},
    Scenario{u"Answers 409", returns, Course::RunsOn, Reply::Conflict},
    Scenario{u"Refuses the body (422)", onboarding, Course::RunsOn, Reply::InvalidBody},
    Scenario{u"Refuses the path (422)", onboarding, Course::RunsOn, Reply::InvalidPath},
    Scenario{u"Refuses several things (422)", onboarding, Course::RunsOn, Reply::InvalidSeveral},
    Scenario{u"Refuses in plain words (422)", onboarding, Course::RunsOn, Reply::InvalidText},
    Scenario{u"Too many requests (429)", product, Course::RunsOn, Reply::RateLimited},
    Scenario{u"Too many requests, with Retry-After", product, Course::RunsOn, Reply::RateLimitedRetryAfter},
    Scenario{u"Plan limit (429)", product, Course::RunsOn, Reply::PlanLimited},
    Scenario{u"Server error (500)", devops, Course::RunsOn, Reply::ServerError},
    Scenario{u"Answers with nothing (502)", devops, Course::RunsOn, Reply::EmptyBadGateway},
    Scenario{u"Unavailable (503)", devops, Course::RunsOn, Reply::Unavailable},
    Scenario{u"Answers with problem details (400)", devops, Course::RunsOn, Reply::ProblemDetails},
    Scenario{u"Answers with a web page", devops, Course::RunsOn, Reply::WebPage},
    Scenario{u"Cuts its answer", devops, Course::EndsAtOnce, Reply::CutShort},
    Scenario{u"Closes after reading the stop, and had stopped", devops, Course::EndsAtOnce, Reply::Closed},
    Scenario{u"Closes after reading the stop, still runs", devops, Course::RunsOn, Reply::Closed},
    Scenario{u"Hangs", devops, Course::RunsOn, Reply::Hanging},
    Scenario{u"Redirects elsewhere", devops, Course::RunsOn, Reply::Redirect},
};

static QList<Message> waitingMessages(QStringView title, int count, const Person &sender)
{
    static constexpr std::array<QStringView, 3> texts{u"Also include the partners list", u"Stop!! wrong list",
                                                      u"please stop"};
    static constexpr std::array<int, 3> ages{120, 60, 20};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<Message> messages;
    for (int i = 0; i < count; ++i) {
        const std::size_t k = std::size_t(i) % texts.size();
        messages.append({messageId(title, i), texts[k].toString(), i == 1 ? person(3) : sender, now.addSecs(-ages[k])});
    }
    return messages;
}

static Task subtask(const Task &parent, int number)
{
    Task task = parent;
    task.title = u"Send batch %1 of the mailing"_s.arg(number);
    task.id = taskId(task.title);
    task.parentId = parent.id;
    task.agentId = agentId(number == 2 ? product : sales);
    task.source = u"task"_s;
    task.text = u"Write to the contacts of batch %1."_s.arg(number);
    task.createdAt = parent.startedAt.addSecs(30 * number);
    task.startedAt = task.createdAt;
    return task;
}

Task conversation(QStringView title, QStringView agentName, int minutesAgo)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Task task;
    task.id = taskId(title);
    task.agentId = agentId(agentName);
    task.title = title.toString();
    task.text = u"Please take care of this: %1"_s.arg(title);
    task.status = u"executing"_s;
    task.source = u"assistant"_s;
    task.isRunning = true;
    task.createdAt = now.addDays(-1).addSecs(-60 * minutesAgo);
    task.startedAt = now.addSecs(-60 * minutesAgo - 2);
    task.updatedAt = now.addSecs(-4);
    return task;
}

QList<Task> scenarioTasks()
{
    static constexpr std::array<QStringView, 5> sources{u"assistant", u"slack", u"webhook", u"sdk", u"api"};
    QList<Task> tasks;
    int number = 0;
    for (const Scenario &scenario : scenarios) {
        Task task = conversation(scenario.title, scenario.agent, number == 0 ? 18 : 3 + number * 7 % 55);
        task.person = person(number);
        task.source = sources[std::size_t(number) % sources.size()].toString();
        task.course = scenario.course;
        task.reply = scenario.reply;
        task.isRunning = scenario.course != Course::WasIdle;
        task.queue = waitingMessages(scenario.title, scenario.waiting, task.person);
        tasks.append(task);
        for (int child = 1; child <= scenario.subtasks; ++child) {
            tasks.append(subtask(task, child));
        }
        ++number;
    }
    return tasks;
}

QList<Agent> agents()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto agent = [&now](QStringView name, QStringView description, QStringView icon, int days) {
        return Agent{agentId(name),   name.toString(), description.toString(),
                     icon.toString(), u"ACTIVE"_s,     now.addDays(-days)};
    };
    QList<Agent> all{
        agent(billing, u"Answers questions about invoices", u"🧾", 12),
        agent(sales, u"Writes to contacts and follows up", u"📣", 30),
        agent(returns, u"Handles parcels that come back", u"📦", 41),
        agent(devops, u"Runs maintenance on the staging machines", u"🛠️", 77),
        agent(onboarding, u"Shows new customers around", u"🧭", 120),
        agent(product, u"Knows the catalogue", u"💡", 200),
        agent(u"Draft without an id", u"Was never saved by the service", u"", 300),
    };
    all.last().id.clear();
    all.last().status = u"DRAFT"_s;
    return all;
}

}
