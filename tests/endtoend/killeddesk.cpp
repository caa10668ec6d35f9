#include "tests/support/console.h"
#include "tests/support/fastclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/memorysecretstore.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int conversations = 12;
constexpr int subTasks = 2; // the first of them: their stop has no body, and so leaves at once
constexpr int mostAtOnce = 5;
constexpr int mostPause = 40; // ms between two decisions

}

/// A person who never stops stopping, one conversation or several at once: what tst_killed kills. Journal,
/// batch, gateway and sockets are the real ones; time is faster.
class RestlessDesk final : public QObject {
public:
    RestlessDesk(const QString &journal, const QUrl &service, quint32 seed)
        : m_journal(journal, u"tester"_s)
        , m_batch(m_journal, m_clock)
        , m_random(seed)
    {
        Connection connection;
        connection.address = service;
        connection.authorityFile = FaultServer::authorityFile();
        auto budget = std::make_shared<RequestBudget>(100'000, 1'000'000, m_clock);
        m_gateway = std::make_shared<Gateway>(connection, Secret::fromStored("key"), std::move(budget), m_clock,
                                              [] { return std::make_unique<QNetworkAccessManager>(); });
        m_gateway->prewarm();
        m_batch.use(m_gateway);
    }

    bool canStop() const { return !m_journal.trouble(); }
    void decideMany(int count)
    {
        QList<StopTarget> targets;
        for (int number = 1; number <= count; ++number) {
            StopTarget target;
            target.agent = {u"a1"_s};
            target.conversation = {u"c%1"_s.arg(number)};
            target.ranBefore = true;
            target.listedAs = RowState::Running;
            targets.append(target);
        }
        m_batch.decide(targets, ClearQueue::No);
    }
    /// The start after: what is open is looked up.
    void resume()
    {
        m_batch.resume(m_journal.openEntries());
    }
    void decide()
    {
        QSet<int> chosen;
        for (int left = m_random.bounded(2) ? 1 : m_random.bounded(2, mostAtOnce + 1); left > 0; --left)
            chosen.insert(m_random.bounded(conversations));
        QList<StopTarget> targets;
        for (const int number : std::as_const(chosen)) {
            StopTarget target;
            target.agent = {u"a1"_s};
            target.conversation = {u"c%1"_s.arg(number)};
            target.command = number < subTasks ? Command::StopSubTask : Command::StopConversation;
            target.ranBefore = true;
            targets.append(target);
        }
        m_batch.decide(targets, ClearQueue::No);
        QTimer::singleShot(m_random.bounded(mostPause), this, [this] { decide(); });
    }

private:
    FastClock m_clock{20};
    Journal m_journal;
    std::shared_ptr<Gateway> m_gateway;
    StopService m_batch;
    QRandomGenerator m_random;
};

namespace {

int stopUntilKilled(const QStringList &arguments)
{
    RestlessDesk desk(arguments.at(1), QUrl(arguments.at(2)), arguments.at(3).toUInt());
    if (!desk.canStop())
        return 3;
    std::puts("ready");
    std::fflush(stdout);
    desk.decide();
    return QCoreApplication::exec();
}

int stopManyUntilKilled(const QStringList &arguments)
{
    RestlessDesk desk(arguments.at(2), QUrl(arguments.at(3)), 0);
    if (!desk.canStop())
        return 3;
    std::puts("ready");
    std::fflush(stdout);
    desk.decideMany(arguments.at(4).toInt());
    return QCoreApplication::exec();
}

/// So long that whatever would leave by itself has left.
int lookUp(const QStringList &arguments)
{
    RestlessDesk desk(arguments.at(2), QUrl(arguments.at(3)), 0);
    desk.resume();
    QTimer::singleShot(500, QCoreApplication::instance(), &QCoreApplication::quit);
    return QCoreApplication::exec();
}

/// The next start: what the journal has open, and then what a session shows of it, in which it comes back by and by.
int tellWhatIsOpen(const QString &file)
{
    Journal journal(file, u"tester"_s);
    const QList<JournalEntry> open = journal.openEntries();
    for (const JournalEntry &entry : open)
        std::printf("open %s\n", qPrintable(entry.report.request.value));
    FastClock clock{1};
    MemorySecretStore store;
    SessionSecrets secrets;
    Console console({store, secrets, journal, clock, [] { return std::make_unique<QNetworkAccessManager>(); }});
    const StopListModel &stops = console.models.stops;
    const auto isBack = [&](const JournalEntry &entry) {
        return std::ranges::any_of(stops.rows(), [&](const StopRow &row) { return row.report.request == entry.report.request; });
    };
    QTimer looking;
    looking.callOnTimeout(QCoreApplication::instance(), [&, tries = 0]() mutable {
        if (std::ranges::all_of(open, isBack) || ++tries == 1000)
            QCoreApplication::quit();
    });
    looking.start(5);
    QCoreApplication::exec();
    for (const JournalEntry &entry : open) {
        if (isBack(entry))
            std::printf("shown %s\n", qPrintable(entry.report.request.value));
    }
    return journal.trouble() ? 3 : 0;
}

}

/// killeddesk JOURNAL ADDRESS SEED: says "ready", then stops until it is killed.
/// killeddesk JOURNAL: says what is open.
/// killeddesk many JOURNAL ADDRESS COUNT: says "ready", stops so many at once, and waits to be killed.
/// killeddesk again JOURNAL ADDRESS: the start after it, for half a second.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"many" && arguments.size() == 5)
        return stopManyUntilKilled(arguments);
    if (arguments.value(1) == u"again" && arguments.size() == 4)
        return lookUp(arguments);
    if (arguments.size() == 2)
        return tellWhatIsOpen(arguments.at(1));
    return arguments.size() == 4 ? stopUntilKilled(arguments) : 2;
}
