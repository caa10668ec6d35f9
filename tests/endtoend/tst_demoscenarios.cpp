#include "app/demo/demogateway.h"
#include "app/demo/scenarios.h"
#include "app/journal/journal.h"
#include "tests/support/console.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/testmain.h"

#include <QNetworkAccessManager>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <ranges>

namespace demoscenarios_test {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

/// Long enough for the stop that hangs (10 s) and then runs on (30 s).
constexpr int patience = 120'000; // ms: the stops and their reads need more than a minute's requests

struct Expected {
    const char *title;
    const char *outcome; ///< of our stop
    const char *effect;  ///< first column of its problem; empty where there is none
    const char *steps;   ///< of the journal
    ClearQueue clearQueue = ClearQueue::No;
};

constexpr char nothing[] = "Nothing was stopped";
constexpr char maybe[] = "May have stopped";
constexpr char refused[] = "intent, sent, refused";
constexpr char delegated[] = "intent, sent, accepted, stopped, sub-tasks still running";
constexpr char lost[] = "intent, sent, unconfirmed, still running";

constexpr char stopped[] = "intent, sent, accepted, stopped";
constexpr char startedAgain[] = "intent, sent, accepted, stopped, stopped, started again";

constexpr Expected table[] = {
    {"Stops at once", "Stopped", "", stopped},
    {"Changes things elsewhere", "Stopped", "", stopped},
    {"Stops after 8 seconds", "Stopped", "", stopped},
    {"Never stops", "Still running", "", "intent, sent, accepted, still running"},
    {"Three messages wait", "Stopped", "", stopped},
    {"Keeps its queue", "Stopped, queue not cleared", "", "intent, sent, accepted, stopped, queue not cleared",
     ClearQueue::Yes},
    {"Lists fewer messages than wait", "Stopped", "", stopped},
    {"Message is picked up meanwhile", "Stopped", "", stopped},
    {"Refuses to discard (403)", "Stopped", "", stopped},
    {"Was not running", "Was not running", "", "intent, sent, accepted, was not running"},
    {"Unknown to the service", "Not known to the service", "", "intent, sent, accepted, not known to the service"},
    {"The list lags behind", "Stopped", "", stopped},
    {"Starts the next message", "Next message started", "", "intent, sent, accepted, next message started"},
    {"Starts again from its queue", "Next message started", "",
     "intent, sent, accepted, stopped, next message started"},
    {"Starts again later", "Stopped", "", startedAgain},
    {"Started by a schedule, starts again", "Stopped", "", startedAgain},
    {"Leaves sub-tasks running", "Sub-tasks still running", "", delegated},
    {"Keeps a sub-task running", "Sub-tasks still running", "", delegated},
    {"Answers 401", "Refused", nothing, refused},
    {"Answers 403", "Refused", nothing, refused},
    {"Answers 404", "Refused", nothing, refused},
    {"Answers 409", "Refused", nothing, refused},
    {"Refuses the body (422)", "Refused", nothing, refused},
    {"Refuses the path (422)", "Refused", nothing, refused},
    {"Refuses several things (422)", "Refused", nothing, refused},
    {"Refuses in plain words (422)", "Refused", nothing, refused},
    {"Too many requests (429)", "Refused", nothing, refused},
    {"Too many requests, with Retry-After", "Refused", nothing, refused},
    {"Plan limit (429)", "Refused", nothing, refused},
    {"Server error (500)", "Still running", maybe, lost},
    {"Answers with nothing (502)", "Still running", maybe, lost},
    {"Unavailable (503)", "Still running", maybe, lost},
    {"Answers with problem details (400)", "Refused", nothing, refused},
    {"Answers with a web page", "Still running", "", "intent, sent, accepted, still running"},
    {"Cuts its answer", "No longer running", maybe, "intent, sent, unconfirmed, no longer running"},
    {"Closes after reading the stop, and had stopped", "No longer running", maybe,
     "intent, sent, unconfirmed, no longer running"},
    {"Closes after reading the stop, still runs", "Still running", maybe, lost},
    {"Cannot be read", "Unconfirmed", maybe, "intent, sent, unconfirmed"},
    {"Hangs", "Still running", maybe, lost},
    {"Redirects elsewhere", "Refused", nothing, refused},
};

DemoGateway::Options demoOptions()
{
    DemoGateway::Options options;
    options.speed = 10;
    options.requestsPerMinute = 100'000;
    options.requestsPerHour = 100'000;
    return options;
}

/// Whether the table expects that no read settles it: the stop that hangs outlasts the 30 s in which one might.
bool staysUnconfirmed(const StopTarget &target)
{
    return std::ranges::any_of(table, [&target](const Expected &row) {
        return row.outcome == "Unconfirmed"sv && target.title == QString::fromLatin1(row.title);
    });
}

ConversationId idOf(const QString &title)
{
    return ConversationId{DemoGateway::conversationId(title)};
}

/// Every conversation of the demo is stopped once, all at the same time, over real HTTP with real waiting; each test
/// then looks at what became of one of them on the screen, in the server and in the journal.
class DemoScenarios : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endsAsItsTitleSays_data();
    void endsAsItsTitleSays();
    void theTableNamesEveryScenario();
    void nobodyWentElsewhere();

private:
    void open();
    void readRunStates();
    bool allAreSettled();
    const StopReport *reportOf(const QString &title);
    QString effectsOf(const QString &title);
    QString stepsOf(const QString &title);

    DemoGateway m_gateway{demoOptions()};
    QTemporaryDir m_folder;
    SystemClock m_clock;
    MemorySecretStore m_store;
    SessionSecrets m_secrets;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Console> m_console;
    QHash<ConversationId, StopTarget> m_targets;
};

void DemoScenarios::initTestCase()
{
    open();
    const auto isListed = [this](const Expected &row) {
        return m_console->link().conversations().find(idOf(QString::fromLatin1(row.title))) >= 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(table, isListed), patience);
    readRunStates();
    QTRY_COMPARE_WITH_TIMEOUT(m_targets.size(), qsizetype(std::size(table)), patience);
    for (const Expected &row : table) {
        const StopTarget target = m_targets.value(idOf(QString::fromLatin1(row.title)));
        m_console->stops.decide({target}, row.clearQueue, u"test"_s);
    }
    QTRY_VERIFY_WITH_TIMEOUT(allAreSettled(), patience);
}

void DemoScenarios::open()
{
    Connection connection;
    connection.id = ConnectionId{u"demo"_s};
    connection.name = u"Demo"_s;
    connection.address = m_gateway.start();
    connection.environment = Environment::Other;
    connection.requestsPerMinute = 100'000;
    connection.requestsPerHour = 100'000;
    QVERIFY2(!connection.address.isEmpty(), qPrintable(m_gateway.errorString()));
    m_store.keep(connection, Secret::fromStored(m_gateway.key().toLatin1()));
    m_journal = std::make_unique<Journal>(m_folder.filePath(u"journal.sqlite"_s), u"tester"_s);
    m_console = std::make_unique<Console>(Console::Parts{
        m_store, m_secrets, *m_journal, m_clock, [] { return std::make_unique<QNetworkAccessManager>(); }});
    m_console->open(connection);
}

/// As the question does it: what ran and waited before the stop.
void DemoScenarios::readRunStates()
{
    for (const Expected &row : table) {
        const auto target = m_console->link().locator().targetOf(idOf(QString::fromLatin1(row.title)));
        QVERIFY2(target, row.title);
        m_console->link().locator().readRunState(*target, this, [this, known = *target](const Result<RunState> &answer) {
            if (!answer)
                return; // the waiting for all of them says so
            StopTarget read = known;
            read.before = *answer;
            read.ranBefore = answer->isActive();
            m_targets.insert(read.conversation, read);
        });
    }
}

bool DemoScenarios::allAreSettled()
{
    const QList<StopRow> &stops = m_console->models.stops.rows();
    return stops.size() == qsizetype(std::size(table)) && std::ranges::none_of(stops, [](const StopRow &row) {
        const bool isLost = row.report.state == StopState::Unconfirmed && !staysUnconfirmed(row.report.target);
        return isUndecided(row.report.state) || isLost;
    });
}

void DemoScenarios::endsAsItsTitleSays_data()
{
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QString>("steps");
    for (const Expected &row : table) {
        QTest::newRow(row.title) << QString::fromLatin1(row.outcome) << QString::fromLatin1(row.effect)
                                 << QString::fromLatin1(row.steps);
    }
}

void DemoScenarios::endsAsItsTitleSays()
{
    QFETCH(QString, outcome);
    QFETCH(QString, effect);
    QFETCH(QString, steps);
    const QString title = QString::fromLatin1(QTest::currentDataTag());
    const StopReport *report = reportOf(title);
    QVERIFY(report);
    // A stop that was never received failed on its way: its steps and its failure say how.
    const int received = m_gateway.stopsReceived(DemoGateway::conversationId(title));
    QVERIFY2(received == 1, qPrintable(u"received %1 times; %2; %3"_s.arg(received).arg(
                                stepsOf(title), report->failure ? report->failure->text : QString())));
    QCOMPARE(words::stopState(report->state), outcome);
    QCOMPARE(effectsOf(title), effect);
    QCOMPARE(stepsOf(title), steps);
}

void DemoScenarios::theTableNamesEveryScenario()
{
    QStringList played;
    for (const demo::Task &task : demo::scenarioTasks()) {
        if (task.parentId.isEmpty())
            played.append(task.title);
    }
    QStringList named;
    for (const Expected &row : table)
        named.append(QString::fromLatin1(row.title));
    QCOMPARE(named, played);
}

void DemoScenarios::nobodyWentElsewhere()
{
    QCOMPARE(m_gateway.visitsElsewhere(), 0);
}

const StopReport *DemoScenarios::reportOf(const QString &title)
{
    const QList<StopRow> &stops = m_console->models.stops.rows();
    const auto found = std::ranges::find_if(
        stops, [&title](const StopRow &row) { return row.report.target.conversation == idOf(title); });
    return found == stops.end() ? nullptr : &found->report;
}

/// What Problems says about stopping the conversation, or about its queue: each effect once.
QString DemoScenarios::effectsOf(const QString &title)
{
    QStringList effects;
    for (const ProblemRow &row : m_console->models.problems.rows()) {
        if (!isOfCommand(row.problem.subject))
            continue;
        if (std::ranges::find(row.problem.affected, title, &Problem::Affected::name) != row.problem.affected.cend())
            effects.append(words::effect(row.problem.effect));
    }
    effects.removeDuplicates();
    return effects.join(u", "_s);
}

QString DemoScenarios::stepsOf(const QString &title)
{
    QStringList steps;
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"reader"_s);
        file.setDatabaseName(m_folder.filePath(u"journal.sqlite"_s));
        file.open();
        QSqlQuery query(file);
        query.prepare(u"SELECT step FROM entry WHERE conversation = :id OR intent IN "
                      "(SELECT id FROM entry WHERE conversation = :id) ORDER BY id"_s);
        query.bindValue(u":id"_s, DemoGateway::conversationId(title));
        if (!query.exec())
            return query.lastError().text();
        while (query.next())
            steps.append(query.value(0).toString());
    }
    QSqlDatabase::removeDatabase(u"reader"_s);
    return steps.join(u", "_s);
}

}

STOPDESK_TEST(demoscenarios, DemoScenarios, QCoreApplication)
#include "tst_demoscenarios.moc"
