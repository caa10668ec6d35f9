#include "app/demo/background.h"

#include "app/demo/organization.h"

#include <array>

using namespace Qt::StringLiterals;

namespace demo {

using namespace agentname;

static constexpr std::array agentNames{billing, sales, returns, devops, onboarding, product};

static Task notStarted(QStringView title, QStringView agentName, int minutesAgo)
{
    Task task = conversation(title, agentName, minutesAgo);
    task.status = u"pending"_s;
    task.isRunning = false;
    task.createdAt = task.startedAt;
    task.startedAt = {};
    return task;
}

static Task paused(QStringView title, QStringView agentName, int minutesAgo)
{
    Task task = conversation(title, agentName, minutesAgo);
    task.status = u"paused"_s;
    task.internalStatus = u"needs approval"_s;
    task.isRunning = false;
    task.person = person(3);
    return task;
}

static Task ended(QStringView title, int number, qint64 minutesAgo)
{
    static constexpr std::array<QStringView, 6> states{u"completed", u"completed", u"failed",
                                                       u"stopped",   u"completed", u"error"};
    const std::size_t k = std::size_t(number);
    Task task = conversation(title, agentNames[k % agentNames.size()], 5);
    task.status = states[k % states.size()].toString();
    task.isRunning = false;
    task.isManuallyStopped = task.status == u"stopped" && number % 4 == 1;
    task.person = person(number);
    task.finishedAt = QDateTime::currentDateTimeUtc().addSecs(-60 * minutesAgo);
    task.updatedAt = task.finishedAt;
    task.startedAt = task.finishedAt.addSecs(-90);
    task.createdAt = task.finishedAt.addSecs(-3600);
    task.result = task.status == u"completed" ? u"Done"_s : QString();
    return task;
}

static QList<Task> oddities()
{
    Task longRun = conversation(u"Refund ORD-88213 keeps being paid", billing, 134);
    longRun.person = person(0);
    Task nobody = conversation(u"Weekly outreach to 4,000 contacts", sales, 47);
    nobody.source = u"schedule"_s;
    Task longTitle = conversation(u"Compare every delivery note of the last three quarters with the invoices, "
                                  u"list each difference and write to the suppliers",
                                  returns, 26);
    longTitle.person = person(4);
    Task hostile = conversation(u"<b>Free</b> & \"quoted\" %1 %n \u202Egnp.exe\u202C <img src=x>", product, 9);
    hostile.person = person(5);
    Task unknownWord = conversation(u"Second look at claim 2207", returns, 33);
    unknownWord.status = u"reviewing"_s;
    unknownWord.isRunning = false;
    Task untitled = conversation(u"", onboarding, 6);
    return {longRun, nobody, longTitle, hostile, unknownWord, untitled};
}

QList<Task> backgroundTasks()
{
    QList<Task> tasks = oddities();
    tasks << paused(u"Approve discount for Globex", sales, 41) << notStarted(u"Nightly invoice run", billing, 3)
          << notStarted(u"Import the spring price list", product, 2)
          << notStarted(u"Welcome mail for 12 new customers", onboarding, 1);
    static constexpr std::array<QStringView, 5> titles{
        u"Where is parcel %1?", u"Invoice %1 in the wrong currency", u"Translate the catalogue, part %1",
        u"Rotate staging certificates, group %1", u"Summarise document %1"};
    for (int i = 0; i < 130; ++i) {
        const QString title = titles[std::size_t(i) % titles.size()].toString().arg(1000 + i);
        tasks.append(ended(title, i, 12 + i * 37));
    }
    return tasks;
}

/// Running, and when stopped it ends at once or in up to 8 s.
static Task runningFiller(const QString &title, int number)
{
    Task task = conversation(title, agentNames[std::size_t(number) % agentNames.size()], 1 + number % 90);
    task.person = person(number);
    task.seconds = number % 9;
    task.course = task.seconds > 0 ? Course::EndsLater : Course::EndsAtOnce;
    return task;
}

/// The first 500 run, enough for a batch of any size that one sends; of the others one in 40, as in a long history.
QList<Task> fillerTasks(int count)
{
    constexpr int running = 500;
    QList<Task> tasks;
    tasks.reserve(count);
    for (int i = 0; i < count; ++i) {
        const QString title = u"Order %1: question about delivery"_s.arg(20000 + i);
        tasks.append(i < running || i % 40 == 0 ? runningFiller(title, i) : ended(title, i, 5000 + i));
    }
    return tasks;
}

}
