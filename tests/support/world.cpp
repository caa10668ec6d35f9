#include "tests/support/world.h"

#include <QCoreApplication>
#include <QSqlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

World::World(const RateLimits &limits) : m_limits(limits)
{
    startProgram();
}

World::~World() = default;

void World::startProgram()
{
    batch.reset();
    gateway.reset();
    journal.reset();
    Connection connection;
    connection.id = {u"acme"_s};
    connection.address = QUrl(u"https://acme.test"_s);
    gateway = std::make_shared<Gateway>(connection, Secret::fromStored("key"),
                                        std::make_shared<RequestBudget>(m_limits, clock), clock, network.factory());
    journal = std::make_unique<Journal>(folder.filePath(u"journal.sqlite"_s), u"noa"_s);
    batch = std::make_unique<StopService>(*journal, clock);
    QObject::connect(batch.get(), &StopService::changed, batch.get(), [this](const StopReport &report) {
        if (told)
            told(report);
        reports.insert(report.target.conversation.value, report);
        history.append(report);
    });
    QObject::connect(batch.get(), &StopService::failed, batch.get(),
                     [this](const Failure &failure, const Occasion &occasion) {
                         (occasion.subject == Subject::Journal ? journalFailures : failures).append(failure);
                     });
    batch->use(gateway);
}

void World::restart()
{
    startProgram();
    QList<JournalEntry> left = journal->openEntries();
    QHash<BatchId, int> sizes;
    for (const JournalEntry &entry : std::as_const(left))
        ++sizes[entry.report.batch];
    for (JournalEntry &entry : left) // as `Resumption` tells it
        entry.report.batchSize = entry.report.batch.isEmpty() ? 0 : sizes.value(entry.report.batch);
    batch->resume(left);
    batch->use(gateway);
}

void World::addRunning(int count, const QByteArrayList &agents, int waiting)
{
    for (int i = 1; i <= count; ++i)
        service.add(idOf(i), "executing", waiting).agent = agents.at(i % agents.size());
}

StopTarget World::target(const QByteArray &id, bool isQueueSeen)
{
    const PlayedChat &chat = service[id];
    StopTarget target;
    target.agent = {QString::fromLatin1(chat.agent)};
    target.conversation = {QString::fromLatin1(id)};
    target.connection = {u"acme"_s};
    target.title = u"T "_s + target.conversation.value;
    target.listedAs = rowStateOf(QString::fromLatin1(chat.state()));
    if (isLive(target.listedAs))
        target.ranBefore = true;
    if (isQueueSeen)
        target.waitingBefore = chat.waiting();
    return target;
}

QList<StopTarget> World::targets(int count)
{
    QList<StopTarget> all;
    for (int i = 1; i <= count; ++i)
        all.append(target(i));
    return all;
}

void World::stop(const QList<StopTarget> &targets, ClearQueue clear)
{
    batch->decide(targets, clear);
}

void settle(FakeClock &clock, FakeNetwork &network)
{
    for (int idle = 0; idle < 2;) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        const bool isDue = clock.untilNext() == 0ms;
        if (isDue)
            clock.advance(0ms);
        idle = isDue || network.isBusy() ? 0 : idle + 1;
    }
}

void passTime(Duration time, FakeClock &clock, FakeNetwork &network)
{
    const Duration end = clock.monotonic() + time;
    settle(clock, network);
    while (clock.monotonic() < end) {
        const Duration left = end - clock.monotonic();
        clock.advance(std::min(left, clock.untilNext().value_or(left)));
        settle(clock, network);
    }
}

int World::inState(StopState state) const
{
    return int(std::ranges::count_if(reports, [state](const StopReport &each) { return each.state == state; }));
}

int World::rowsIn(const QString &condition) const
{
    int count = -1;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(folder.filePath(u"journal.sqlite"_s));
        database.open();
        QSqlQuery query(u"SELECT count(*) FROM entry WHERE "_s + condition, database);
        if (query.next())
            count = query.value(0).toInt();
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return count;
}
