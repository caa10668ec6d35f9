#include "app/session/session.h"

#include "app/credentials/tokenend.h"
#include "app/gateway/gateway.h"
#include "app/session/desktoplock.h"
#include "app/session/poller.h"
#include "app/words/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration beat = 1s;
constexpr Duration slowBeat = 3s; ///< in the background

/// What is read on demand: its failures are not those of the live lists.
QString olderOnes()
{
    return Session::tr("Older conversations");
}

constexpr Duration readPatience = 2s; ///< of a person, before it has to be said that something waits

/// Why what a person asks to be read cannot leave now.
std::optional<Failure> whyReadWaits(Gateway &gateway)
{
    const LaneWait wait = gateway.waitOf(Lane::Poll, true);
    if (wait.time <= readPatience)
        return std::nullopt;
    const auto kind = wait.reason == WaitReason::PlanLimit ? FailureKind::PlanLimit : FailureKind::TooMany;
    return Failure{kind, Reached::NeverLeft, 0, wait.time, {}, {}, {}};
}

QDateTime tokenEndOf(const Connection &connection, const Secret &secret)
{
    return connection.credential == CredentialKind::BearerToken ? tokenEnd(secret) : QDateTime();
}

/// In the program's time what the service's clock shows then, where that is so far ahead of this computer's.
QDateTime fromService(const QDateTime &time, Duration ahead)
{
    return time.isValid() ? fromWall(time.addMSecs(-ahead.count())) : QDateTime();
}

/// Reads the run state of one that is listed; a sub-task has none of its own.
void testRoutes(Gateway &gateway, const QList<Conversation> &listed, QObject *asker, const Answer<Done> &answer)
{
    const auto one = std::ranges::find_if(listed, [](const Conversation &row) {
        return !row.isSubTask() && !row.agent.isEmpty();
    });
    if (one == listed.end())
        return answer(Done{});
    gateway.runState(one->agent, one->id, Lane::Poll, asker, [answer](const Result<RunState> &read) {
        if (read)
            return answer(Done{});
        constexpr int wrongVerb = 405;
        Failure failure = read.error();
        if (failure.kind == FailureKind::NotFound || failure.status == wrongVerb)
            failure.fields = {{{u"routes"_s},
                               Session::tr("A conversation is listed, but its live state is not found on these routes. "
                                           "Choose the other ones."),
                               u"test"_s}};
        answer(tl::unexpected(failure));
    });
}

}

Session::Session(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_decisions(parts.journal, parts.clock, m_conversations, m_agents)
    , m_key(parts.store, parts.sessionSecrets, parts.clock)
    , m_budgets(parts.clock, parts.sendsFolder)
    , m_older(parts.clock)
    , m_runningOfAgent(parts.clock)
    , m_usage(parts.clock)
{
    m_conversations.setAgentNames([this](const AgentId &agent) { return m_agents.nameOf(agent); });
    connect(&m_decisions, &Decisions::changed, this, &Session::takeStop);
    connect(&m_decisions, &Decisions::settled, this, [this](const StopReport &report) {
        const bool here = m_connection && report.target.connection == m_connection->id;
        if (here && m_poller && report.target.conversation == m_chosen)
            readChosen();
    });
    connect(&m_decisions, &Decisions::failed, this, &Session::fail);
    connectKey();
    connectProof();
    connect(&m_decisions, &Decisions::decided, &m_problems, &ProblemListModel::clearSubject);
    connect(&m_older, &OlderPages::read, this, [this](const QList<Conversation> &rows) {
        settle(Subject::Conversations, olderOnes());
        m_conversations.merge(rows, {}, m_parts.clock.now());
        if (m_conversations.isFull())
            m_older.leaveOff();
        Q_EMIT freshnessChanged();
    });
    connect(&m_older, &OlderPages::changed, this, &Session::freshnessChanged);
    connect(&m_older, &OlderPages::failed, this,
            [this](const Failure &failure) { fail(failure, {Subject::Conversations, olderOnes()}); });
    connect(&m_runningOfAgent, &RunningOfAgent::pageRead, this,
            [this](const QList<Conversation> &rows) { takeRows(rows, {}); });
    connect(&m_runningOfAgent, &RunningOfAgent::found, this,
            [this](const AgentId &agent) { settle(Subject::Conversations, m_agents.nameOf(agent)); });
    connect(&m_runningOfAgent, &RunningOfAgent::failed, this,
            [this](const Failure &failure) { fail(failure, {Subject::Conversations, m_agents.nameOf(m_agent)}); });
    if (m_parts.lock)
        connect(m_parts.lock, &DesktopLock::changed, this, &Session::followLock);
    m_decisions.resume();
    tick();
}

Session::~Session() = default;

void Session::connectKey()
{
    connect(&m_key, &KeyInUse::found, this, &Session::begin);
    connect(&m_key, &KeyInUse::failed, this,
            [this](const Failure &failure) { fail(failure, {Subject::Keychain, m_connection->name}); });
    connect(&m_key, &KeyInUse::changed, this, [this] {
        updateDetails();
        Q_EMIT keyChanged();
    });
}

/// While many stops are sent nothing is polled: what their proof reads keeps the table alive.
void Session::connectProof()
{
    const auto isOpenHere = [this](const ConnectionId &id) { return m_connection && m_connection->id == id; };
    connect(&m_decisions, &Decisions::pageRead, this,
            [this, isOpenHere](const ConnectionId &connection, const QList<Conversation> &rows) {
                if (isOpenHere(connection))
                    takeRows(rows, {});
            });
    connect(&m_decisions, &Decisions::listsEnded, this,
            [this, isOpenHere](const ConnectionId &connection, const QDateTime &since) {
                if (isOpenHere(connection))
                    takeRows({}, {true, LiveSweep::allLive(), {}, since});
            });
}

/// By value: `close` ends the connection that the caller may refer to.
void Session::open(Connection connection)
{
    close();
    m_connection = connection;
    Q_EMIT connectionChanged();
    for (const StopRow &row : m_decisions.stops().rows())
        showStop(row.report);
    m_key.read(connection);
}

/// Open stops go on being read through the gateway that they were sent through.
void Session::close()
{
    m_decisions.use(nullptr);
    m_usage.use(nullptr);
    m_poller.reset();
    m_older.use(nullptr);
    m_runningOfAgent.use(nullptr);
    m_gateway.reset();
    choose({});
    m_connection.reset();
    m_agent = {};
    m_tokenEnd = {};
    m_freshness = {};
    m_freshness.held = m_held;
    m_agents.clear();
    m_conversations.clear();
    m_key.forget();
    Q_EMIT connectionChanged();
    Q_EMIT freshnessChanged();
}

std::shared_ptr<Gateway> Session::gatewayFor(const Connection &connection, const Secret &secret,
                                             std::shared_ptr<RequestBudget> budget)
{
    auto channel = std::make_shared<HttpChannel>(connection, secret, std::move(budget), m_parts.clock, m_parts.network);
    return std::make_shared<Gateway>(connection, channel);
}

void Session::begin(const Secret &secret)
{
    m_gateway = gatewayFor(*m_connection, secret, m_budgets.budgetOf(*m_connection, secret));
    m_tokenEnd = tokenEndOf(*m_connection, secret);
    m_decisions.use(m_gateway);
    m_usage.use(m_gateway);
    m_older.use(m_gateway);
    m_runningOfAgent.use(m_gateway);
    m_poller = std::make_unique<Poller>(m_gateway, m_parts.clock, nullptr);
    connectPoller();
    m_poller->attend(m_attention);
    m_poller->hold(m_held);
    m_poller->start();
    if (!m_parts.sessionSecrets.find(*m_connection)) // it came from the keychain
        settle(Subject::Keychain, m_connection->name);
    chooseAgent(m_agent);
}

void Session::connectPoller()
{
    Poller *poller = m_poller.get();
    connect(poller, &Poller::agentsRead, this, [this](const QList<Agent> &agents, const UnlistedAgents &unlisted) {
        settle(Subject::Agents);
        m_agents.merge(agents, m_parts.clock.now(), unlisted);
        m_conversations.agentNamesChanged();
    });
    connect(poller, &Poller::pageRead, this, [this](const QList<Conversation> &rows) { takeRows(rows, {}); });
    connect(poller, &Poller::listEnded, this, [this](const QString &stateWord, const QDateTime &goneBefore) {
        takeRows({}, {true, {stateWord}, {}, goneBefore});
    });
    connect(poller, &Poller::spare, this, [this](int reads) {
        settle(Subject::Conversations);
        readInView(reads);
    });
    connect(poller, &Poller::runStateRead, this, [this](const RunState &state) {
        settle(Subject::RunState, {}, state.conversation);
        m_conversations.learn(state);
        countRunning();
        if (state.conversation == m_chosen) {
            m_runState = state;
            m_queue.show(state.queue, m_parts.clock.now());
        }
        updateDetails();
    });
    connect(poller, &Poller::recordRead, this, [this](const Record &record) {
        settle(Subject::Record, {}, record.id);
        m_conversations.learn(record, m_parts.clock.now());
        if (record.id == m_chosen)
            m_record = record;
        updateDetails();
    });
    connect(poller, &Poller::failed, this, &Session::fail);
    connect(poller, &Poller::freshnessChanged, this, [this, poller] {
        m_freshness = poller->freshness();
        Q_EMIT freshnessChanged();
    });
}

void Session::test(const Connection &connection, const Secret &secret, QObject *asker, Answer<ConnectionTest> tell)
{
    const auto all = gatewayFor(connection, secret, m_budgets.budgetToTry(connection, secret));
    const auto gateway = std::make_shared<Gateway>(all->forPerson());
    const auto answer = [this, gateway, tell = std::move(tell),
                         end = tokenEndOf(connection, secret)](const Result<ConnectionTest> &seen) {
        m_testedTokenEnd = fromService(end, gateway->serviceAhead());
        tell(seen);
    };
    if (const auto why = whyReadWaits(*gateway)) {
        QMetaObject::invokeMethod(asker, [answer, why = *why] { answer(tl::unexpected(why)); }, Qt::QueuedConnection);
        return;
    }
    gateway->agents(1, 1, asker, [gateway, asker, answer](const Result<Page<Agent>> &agents) {
        if (const auto why = agents ? whyReadWaits(*gateway) : agents.error())
            return answer(tl::unexpected(*why));
        gateway->conversations({}, asker, [=, seen = ConnectionTest{agents->total}](const Result<Page<Conversation>> &page) {
            if (const auto why = page ? whyReadWaits(*gateway) : page.error())
                return answer(tl::unexpected(*why));
            testRoutes(*gateway, page->rows, asker, [answer, seen](const Result<Done> &tested) {
                answer(tested.map([seen](Done) { return seen; }));
            });
        });
    });
}

void Session::takeRows(const QList<Conversation> &rows, const Coverage &coverage)
{
    m_conversations.merge(rows, coverage, m_parts.clock.now());
    countRunning();
    updateDetails();
}

void Session::readInView(int reads)
{
    const InView::Reads wanted = m_inView.next(m_conversations, reads, m_parts.clock.now());
    for (const ConversationId &id : wanted.records) {
        if (m_poller) // a key refused a moment ago has ended polling
            m_poller->readRecord(id);
    }
    for (const Conversation &conversation : wanted.runStates) {
        if (m_poller)
            m_poller->readRunState(conversation.agent, conversation.id);
    }
}

/// Sub-tasks do not count: they run because of their conversation.
void Session::countRunning()
{
    QHash<AgentId, int> running;
    int all = 0;
    for (const int number : m_conversations.watchedRows()) {
        const ConversationRow &row = m_conversations.row(number);
        if (row.conversation.state != RowState::Running || row.conversation.isSubTask())
            continue;
        ++running[row.conversation.agent];
        ++all;
    }
    m_agents.setRunning(running, all);
}

/// What is not said of the occasion is what the window shows.
void Session::fail(const Failure &failure, const Occasion &occasion)
{
    Occasion whole = occasion;
    if (whole.connection.isEmpty() && m_connection && whole.subject != Subject::Journal)
        whole.connection = m_connection->id;
    if (const int row = m_conversations.find(whole.conversation); whole.about.isEmpty() && row >= 0)
        whole.about = m_conversations.row(row).conversation.title;
    m_problems.add(failure, whole, m_parts.clock.now());
    // A stop that is refused so is one stop's outcome; if the key is bad, the next read says so.
    const Subject subject = occasion.subject;
    const bool isRead = subject == Subject::Agents || subject == Subject::Conversations || subject == Subject::RunState
        || subject == Subject::Record;
    if (failure.kind != FailureKind::KeyRefused || !isRead || m_key.state() != KeyState::Known)
        return;
    m_key.refuse(failure);
    endPolling(failure);
}

void Session::endPolling(const Failure &failure)
{
    if (m_poller) {
        disconnect(m_poller.get(), &Poller::freshnessChanged, this, nullptr); // what else it read is taken
        m_poller.release()->deleteLater(); // it may be the one that is telling
    }
    m_freshness.lastFailure = failure;
    m_freshness.failedAt = m_parts.clock.now();
    m_freshness.loading = false;
    m_freshness.nextAt = {};
    m_freshness.slowness = Slowness::None;
    Q_EMIT freshnessChanged();
}

/// What can be read again is no problem any more.
void Session::settle(Subject subject, const QString &about, const ConversationId &conversation)
{
    if (m_connection)
        m_problems.tellSince({subject, about, m_connection->id, conversation}, {}, m_parts.clock.now());
}

void Session::findProxy(const QUrl &address, QObject *asker, const std::function<void(const QString &proxy)> &answer)
{
    auto *lookup = new ProxyLookup(address, m_parts.network.proxies, m_parts.clock);
    lookup->setParent(asker);
    lookup->whenKnown(asker, [lookup, answer] {
        lookup->deleteLater();
        answer(lookup->way().isProxied() ? lookup->way().name() : QString());
    });
}

void Session::chooseAgent(const AgentId &agent)
{
    m_agent = agent;
    m_older.begin(agent);
    readFirstOlder();
    Q_EMIT freshnessChanged();
}

void Session::setFilter(StateFilter filter)
{
    m_filter = filter;
    readFirstOlder();
    Q_EMIT freshnessChanged();
}

void Session::readFirstOlder()
{
    if (m_filter == StateFilter::All && !m_older.hasBegun())
        m_older.readNext();
}

void Session::choose(const ConversationId &conversation)
{
    if (m_chosen != conversation) { // it is not read any more
        settle(Subject::RunState, {}, m_chosen);
        settle(Subject::Record, {}, m_chosen);
    }
    m_chosen = conversation;
    m_runState.reset();
    m_record.reset();
    m_queue.clear();
    updateDetails();
    if (!conversation.isEmpty())
        m_decisions.prewarm();
    readChosen();
}

/// A sub-task has no run-state of its own: its record and the list tell. What only a stop by id has named is not read
/// before the service has taken that stop, nor where it refuses it: the outcome tells of a mistyped id.
void Session::readChosen()
{
    if (!m_poller)
        return;
    const int row = m_conversations.find(m_chosen);
    const ConversationRow chosen = row < 0 ? ConversationRow() : m_conversations.row(row);
    const QList<StopState> notTaken{StopState::InLine, StopState::Sending, StopState::Refused, StopState::NotSent};
    const bool isNamedByUsAlone = chosen.stop && !chosen.listed.readAt.isValid() && !chosen.readAt.isValid();
    const bool isDoubtful = isNamedByUsAlone && notTaken.contains(chosen.stop->state);
    m_poller->choose(chosen.conversation.isSubTask() ? AgentId() : chosen.conversation.agent,
                     isDoubtful ? ConversationId() : m_chosen);
}

void Session::showInView(const QList<ConversationId> &conversations)
{
    m_inView.show(conversations);
}

void Session::attend(const Attention &attention)
{
    m_attention = attention;
    m_attention.isLocked = isLocked();
    if (m_poller)
        m_poller->attend(m_attention);
}

bool Session::isLocked() const
{
    return m_parts.lock && m_parts.lock->isLocked();
}

bool Session::isArmed() const
{
    return !m_parts.lock || m_parts.lock->isArmed();
}

void Session::arm()
{
    if (m_parts.lock)
        m_parts.lock->arm();
}

/// What was decided goes on, and its proof: only what nobody sees is not read.
void Session::followLock()
{
    m_queue.hideTexts(!isArmed());
    attend(m_attention);
    updateDetails();
    Q_EMIT armedChanged();
}

QDateTime Session::tokenEnd() const
{
    return fromService(m_tokenEnd, serviceAhead());
}

Duration Session::serviceAhead() const
{
    return m_gateway ? m_gateway->serviceAhead() : Duration(0);
}

void Session::refresh()
{
    if (m_poller)
        m_poller->refresh();
}

QDateTime Session::readableFrom() const
{
    const Duration wait = m_usage.now().readWait;
    return wait > readPatience ? m_parts.clock.now().addMSecs(wait.count()) : QDateTime();
}

void Session::holdUpdates(bool held)
{
    m_held = held;
    if (m_poller)
        return m_poller->hold(held);
    m_freshness.held = held;
    Q_EMIT freshnessChanged();
}

void Session::takeStop(const StopReport &report)
{
    showStop(report);
    if (isKnownByReading(report.state))
        m_problems.tellSince(occasionOf(report.target), words::stopPill(report),
                             hasEnded(report) ? report.since : QDateTime());
    countRunning();
    updateDetails();
}

/// A conversation's row shows what became of its stops; what became of its queue shows in the queue.
void Session::showStop(const StopReport &report)
{
    const Command command = report.target.command;
    const bool ofRow = command == Command::StopConversation || command == Command::StopSubTask;
    if (ofRow && m_connection && report.target.connection == m_connection->id)
        m_conversations.setStop(report);
}

void Session::updateDetails()
{
    Circumstances circumstances{m_connection && m_connection->readOnly, m_key.state() == KeyState::Known,
                                m_decisions.isUndecided(m_chosen), false, !isArmed()};
    m_details = detailsOf(m_chosen, m_conversations, m_agents, circumstances);
    if (m_details) {
        m_details->runState = m_runState;
        m_details->record = m_record;
        m_details->isStale = isStale();
        m_details->isLocked = !isArmed();
    }
    Q_EMIT detailsChanged();
}

void Session::tick()
{
    const QDateTime now = m_parts.clock.now();
    m_conversations.setStale(isStale());
    m_agents.setCountedAt(isStale() ? m_freshness.readAt : QDateTime());
    m_conversations.tick(now);
    m_queue.tick(now);
    if (!m_decisions.journalTrouble())
        m_problems.tellSince({Subject::Journal, {}}, {}, now);
    if (m_freshness.readAt.isValid() && !isStale())
        m_usage.noteRunning(m_agents.runningInAll());
    updateDetails();
    m_parts.clock.after(m_attention.inFront ? beat : slowBeat, this, [this] { tick(); });
}
