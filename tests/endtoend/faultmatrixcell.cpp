#include "tests/endtoend/faultmatrixcell.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <QLibraryInfo>
#include <QRegularExpression>
#include <QSqlQuery>
#include <QVersionNumber>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration start = 15s; // all is quiet: the first round of reads is over, the next one is at 20 s
constexpr Duration timeOfReads = 75s; // the rounds at 20, 40 and 60 s meet the fault
constexpr Duration timeOfCommand = 75s; // from the decision: a read that hangs at 30 s, and one more after it

/// The machine's network, and a name server that can forget the service.
class CellNetwork final : public QNetworkAccessManager {
    Q_OBJECT

public:
    explicit CellNetwork(std::shared_ptr<bool> nameIsGone)
        : m_nameIsGone(std::move(nameIsGone))
    {
    }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override
    {
        if (!*m_nameIsGone)
            return QNetworkAccessManager::createRequest(operation, request, body);
        QUrl url = request.url();
        url.setHost(u"stopdesk.invalid"_s);
        QNetworkRequest lost = request;
        lost.setUrl(url);
        return QNetworkAccessManager::createRequest(operation, lost, body);
    }

private:
    std::shared_ptr<bool> m_nameIsGone;
};

Reaction page(const QByteArray &items)
{
    return Reaction::answer(200, R"({"items":[)" + items + R"(],"page":1,"total_pages":1})");
}

QByteArray row(const QByteArray &id, const QByteArray &parent = {})
{
    return R"({"id":")" + id + R"(","agent_id":"a1","parent_task_id":")" + parent
        + R"(","status":"executing","title":"Refund"})";
}

Reaction record(const QByteArray &id, const QByteArray &status)
{
    return Reaction::answer(200, R"({"id":")" + id + R"(","agent_id":"a1","status":")" + status + "\"}");
}

/// Without a watch over what arrives: there are hundreds of cells at once, and each would look at the connections of all.
Network networkThat(const std::shared_ptr<bool> &nameIsGone)
{
    Network made([nameIsGone] { return std::make_unique<CellNetwork>(nameIsGone); });
    made.heads.reset();
    return made;
}

Reaction runState(bool running)
{
    return Reaction::answer(200,
                            R"({"conversation_id":"c1","is_running":)" + QByteArray(running ? "true" : "false") + '}');
}

}

FaultCell::FaultCell(Ask ask, const Fault &fault)
    : m_ask(ask)
    , m_fault(fault)
    , m_console({m_store, m_secrets, m_journal, m_clock, networkThat(m_nameIsGone)})
{
    m_connection.id = {u"acme"_s};
    m_connection.name = u"Acme"_s;
    m_connection.plainHttpAccepted = true; // where the name is gone, the host is another one
    m_connection.address = m_server.url();
    play();
}

FaultCell::~FaultCell() = default;

/// All is well: what is read for a command says that it worked.
void FaultCell::play()
{
    m_server.onPath("/run-state", runState(!isCommand()));
    m_server.onPath("GET /v1/agents?", page(R"({"id":"a1","name":"Billing","status":"ACTIVE"})"));
    m_server.onPath("GET /v1/tasks?", page({}));
    m_server.onPath("&status=executing", page(row("c1") + ',' + row("s1", "c1")));
    m_server.onPath("GET /v1/tasks/c1", record("c1", "executing"));
    m_server.onPath("GET /v1/tasks/s1", record("s1", "executing"));
}

void FaultCell::begin()
{
    connect(&m_console.connector, &Connector::linkChanged, this, [this] {
        connect(&m_console.link(), &ServiceLink::keyChanged, this,
                [this] { m_keyAsked += m_console.link().keyState() == ServiceLink::KeyState::Failed; });
    });
    connect(&m_console.models.stops, &QAbstractItemModel::rowsInserted, this, &FaultCell::noteStop);
    connect(&m_console.models.stops, &QAbstractItemModel::dataChanged, this, &FaultCell::noteStop);
    m_secrets.keep(m_connection, Secret::fromStored("key"));
    m_console.open(m_connection);
    m_clock.after(start, this, [this] { act(); });
    m_clock.after(isCommand() ? start + timeOfCommand : timeOfReads, this, [this] { look(); });
}

bool FaultCell::isReady()
{
    const bool listed = m_console.link().conversations().rowCount() == 2 && !m_console.link().freshness().loading;
    if (listed && m_ask == Ask::RunState && !m_console.link().details())
        m_console.link().choose({u"c1"_s});
    return listed && (m_ask != Ask::RunState || (m_console.link().details() && m_console.link().details()->runState));
}

std::optional<StopTarget> FaultCell::target()
{
    const Locator &locator = m_console.link().locator();
    if (m_ask != Ask::Discard)
        return locator.targetOf({m_ask == Ask::TaskStop ? u"s1"_s : u"c1"_s});
    const QueuedMessage message{{u"m1"_s}, u"and another thing"_s, {}, {}};
    auto waiting = locator.messageOf({u"c1"_s}, message);
    waiting->ranBefore = true; // the question read that it waits
    return waiting;
}

/// From here on the service has its fault; where a stop is accepted first, from then on.
void FaultCell::act()
{
    m_wasReady = isReady();
    if (!m_wasReady)
        return;
    if (m_ask != Ask::Proof)
        breakIt();
    if (!isCommand())
        return;
    m_console.connector.holdUpdates(true); // what is asked from now on belongs to the stop
    m_server.onPath("GET /v1/tasks/s1", record("s1", "stopped"));
    m_console.stops.decide({*target()}, ClearQueue::No, {});
}

void FaultCell::breakIt()
{
    m_broken = true;
    m_brokenAt = m_clock.now();
    m_deliveredBefore = m_server.deliveries().size();
    // Late enough for the client to have written it all: whether it was read, only the server knows.
    const Reaction unread = Reaction::resetBeforeReading().after(100ms);
    switch (m_fault.way) {
    case Fault::Way::Answers: return m_server.onPath(faultyPath(), m_fault.reaction(m_ask));
    case Fault::Way::RefusesConnections: return m_server.stopListening();
    case Fault::Way::HasNoName: *m_nameIsGone = true; return;
    case Fault::Way::ResetsUnread:
        m_server.closeConnections();
        return m_ask != Ask::Proof && isCommand() ? m_server.next({unread}) : m_server.answerWith(unread);
    }
}

void FaultCell::noteStop()
{
    const StopListModel &stops = m_console.models.stops;
    static const QRegularExpression time(u" \\d\\d:\\d\\d:\\d\\d"_s);
    const QString outcome = stops.index(0, StopListModel::Outcome).data().toString().remove(time);
    if (m_outcomes.isEmpty() || m_outcomes.constLast() != outcome)
        m_outcomes.append(outcome);
    m_everStopped = m_everStopped || stops.row(0).report.state == StopState::Stopped;
    if (m_ask == Ask::Proof && stops.row(0).report.state == StopState::Accepted && !m_broken)
        breakIt();
}

QByteArray FaultCell::faultyPath() const
{
    switch (m_ask) {
    case Ask::Stop:
    case Ask::TaskStop: return "/stop";
    case Ask::Discard: return "DELETE ";
    case Ask::Proof:
    case Ask::RunState: return "/run-state";
    case Ask::List: return "GET /v1/tasks?";
    }
    return {};
}

/// The newest of the kind that is looked at.
QStringList FaultCell::problem()
{
    const Subject read = m_ask == Ask::List ? Subject::Conversations : Subject::RunState;
    const ProblemListModel &all = m_console.models.problems;
    for (int row = 0; row < all.rowCount(); ++row) {
        const Problem &each = all.row(row).problem;
        if (isCommand() ? !isOfCommand(each.subject) : each.subject != read)
            continue;
        QStringList cells;
        for (const int column : {ProblemListModel::Effect, ProblemListModel::WhatHappened, ProblemListModel::Where})
            cells.append(all.index(row, column).data().toString());
        return cells;
    }
    return {};
}

void FaultCell::look()
{
    if (!m_wasReady)
        qFatal("This machine was too busy for the first reads; the matrix needs it for itself.");
    Seen seen;
    seen.everStopped = m_everStopped;
    seen.requests = m_console.link().usage().now().hour;
    seen.journal = journalSteps();
    seen.problem = problem();
    seen.state = stateOfRead();
    countDeliveries(seen);
    if (isCommand()) {
        seen.state = m_outcomes.mid(1).join(u" → "_s); // the first is "In line"
        static const QRegularExpression seconds(u"(\\d+ min )?[\\d.]+ s after"_s);
        static const QRegularExpression next(u"next read at [\\d:]+"_s);
        seen.howItIsKnown = words::evidence(m_console.models.stops.row(0).report)
                                .replace(seconds, u"… s after"_s)
                                .replace(next, u"next read at …"_s);
    }
    m_seen = seen;
}

void FaultCell::countDeliveries(Seen &seen) const
{
    QSet<QByteArray> ids;
    for (const Delivery &delivery : m_server.deliveries().mid(m_deliveredBefore)) {
        if (!(delivery.method + ' ' + delivery.path).contains(faultyPath()))
            continue;
        const bool again = ids.contains(delivery.header("X-Request-ID"));
        if (again && delivery.method == "GET" && QLibraryInfo::version() >= QVersionNumber(6, 9))
            continue; // Qt 6.11 asks again by itself for what changes nothing, Qt 6.8 does not
        ++seen.deliveries;
        seen.twice = seen.twice || again;
        ids.insert(delivery.header("X-Request-ID"));
    }
}

QString FaultCell::stateOfRead()
{
    QStringList facts;
    if (m_ask == Ask::List) {
        const Freshness &freshness = m_console.link().freshness();
        facts.append(u"%1 rows kept"_s.arg(m_console.link().conversations().rowCount()));
        facts.append(freshness.lastFailure ? u"marked as old"_s : u"fresh"_s);
    } else {
        const bool kept = m_console.link().details() && m_console.link().details()->runState;
        facts.append(kept ? u"kept"_s : u"gone"_s);
        facts.append(kept && m_console.link().details()->runState->readAt < m_brokenAt ? u"with its age"_s : u"fresh"_s);
    }
    if (m_keyAsked > 0)
        facts.append(m_keyAsked == 1 ? u"key asked for once"_s : u"key asked for %1 times"_s.arg(m_keyAsked));
    return facts.join(u", "_s);
}

QString FaultCell::journalSteps() const
{
    QStringList steps;
    const QString name = m_folder.path();
    {
        auto file = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        file.setDatabaseName(m_folder.filePath(u"journal.sqlite"_s));
        file.open();
        QSqlQuery query(u"SELECT step, http_status FROM entry ORDER BY id"_s, file);
        while (query.next())
            steps.append((query.value(0).toString() + u' ' + query.value(1).toString()).trimmed());
    }
    QSqlDatabase::removeDatabase(name);
    return steps.join(u", "_s);
}

#include "faultmatrixcell.moc"
