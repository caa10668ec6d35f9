#include "app/session/servicelink.h"

#include "app/credentials/tokenend.h"
#include "app/gateway/gateway.h"
#include "app/words/words.h"

using namespace Qt::StringLiterals;

namespace {

/// What is read on demand: its failures are not those of the live lists.
QString olderOnes()
{
    return ServiceLink::tr("Older conversations");
}

}

ServiceLink::ServiceLink(const Parts &parts, const Wishes &wishes, const std::optional<Connection> &connection)
    : m_parts(parts)
    , m_wishes(wishes)
    , m_connection(connection)
    , m_locator(m_conversations, m_agents, parts.clock)
    , m_key(parts.store, parts.sessionSecrets, parts.clock)
    , m_usage(parts.clock)
{
    m_freshness.held = wishes.isHeld;
    m_conversations.setAgentNames([this](const AgentId &agent) { return m_agents.nameOf(agent); });
    connectKey();
    connectStops();
    connect(&m_locator, &Locator::failed, this, &ServiceLink::fail);
    connect(&parts.lock, &DesktopLock::changed, this, &ServiceLink::followLock);
    connect(&parts.ticker, &Ticker::ticked, this, &ServiceLink::tick);
    tick();
}

/// What is not read any more is no problem any more.
ServiceLink::~ServiceLink()
{
    settle(Subject::RunState, {}, m_chosen);
    settle(Subject::Record, {}, m_chosen);
}

void ServiceLink::connectKey()
{
    connect(&m_key, &KeyInUse::found, this, &ServiceLink::begin);
    connect(&m_key, &KeyInUse::failed, this,
            [this](const Failure &failure) { fail(failure, {Subject::Keychain, m_connection->name}); });
    connect(&m_key, &KeyInUse::changed, this, [this] {
        updateDetails();
        Q_EMIT keyChanged();
    });
}

/// While many stops are sent nothing is polled: what their proof reads keeps the table alive.
void ServiceLink::connectStops()
{
    connect(&m_parts.stops, &StopService::changed, this, &ServiceLink::applyStop);
    connect(&m_parts.stops, &StopService::endedEarlier, this, &ServiceLink::applyStop);
    connect(&m_parts.stops, &StopService::settled, this, [this](const StopReport &report) {
        if (isOf(report.target.connection) && report.target.conversation == m_chosen)
            readChosen();
    });
    connect(&m_parts.stops, &StopService::pageRead, this,
            [this](const ConnectionId &connection, const QList<Conversation> &rows) {
                if (isOf(connection))
                    applyRows(rows, {});
            });
    connect(&m_parts.stops, &StopService::listsEnded, this,
            [this](const ConnectionId &connection, const QDateTime &since) {
                if (isOf(connection))
                    applyRows({}, {true, LiveSweep::allLive(), {}, since});
            });
}

void ServiceLink::open()
{
    const QList<StopReport> stops = m_parts.stops.reports();
    for (const StopReport &report : stops)
        showStop(report);
    if (m_connection)
        m_key.read(*m_connection);
}

void ServiceLink::begin(const Secret &secret)
{
    m_gateway = std::make_shared<Gateway>(*m_connection, secret, m_parts.budgets.budgetOf(*m_connection, secret),
                                          m_parts.clock, m_parts.network);
    m_tokenEnd = tokenEndOf(*m_connection, secret);
    m_locator.use(m_gateway);
    m_usage.use(m_gateway);
    m_parts.stops.use(m_gateway);
    m_older = std::make_unique<OlderPages>(m_gateway, m_parts.clock);
    connectOlder();
    m_runningOfAgent = std::make_unique<RunningOfAgent>(m_gateway, m_parts.clock);
    connectRunning();
    m_poller = std::make_unique<Poller>(m_gateway, m_parts.clock, nullptr);
    connectPoller();
    setWishes(m_wishes);
    m_poller->start();
    if (!m_parts.sessionSecrets.find(*m_connection)) // it came from the keychain
        settle(Subject::Keychain, m_connection->name);
    chooseAgent(m_agent);
}

void ServiceLink::connectPoller()
{
    Poller *poller = m_poller.get();
    connect(poller, &Poller::agentsRead, this, [this](const QList<Agent> &agents, const UnlistedAgents &unlisted) {
        settle(Subject::Agents);
        m_agents.merge(agents, m_parts.clock.now(), unlisted);
        m_conversations.agentNamesChanged();
    });
    connect(poller, &Poller::pageRead, this, [this](const QList<Conversation> &rows) { applyRows(rows, {}); });
    connect(poller, &Poller::listEnded, this, [this](const QString &stateWord, const QDateTime &goneBefore) {
        applyRows({}, {true, {stateWord}, {}, goneBefore});
    });
    connect(poller, &Poller::spare, this, [this](int reads) {
        settle(Subject::Conversations);
        readInView(reads);
    });
    connect(poller, &Poller::runStateRead, this, &ServiceLink::applyRunState);
    connect(poller, &Poller::recordRead, this, &ServiceLink::applyRecord);
    connect(poller, &Poller::failed, this, &ServiceLink::fail);
    connect(poller, &Poller::freshnessChanged, this, [this, poller] {
        m_freshness = poller->freshness();
        Q_EMIT freshnessChanged();
    });
}

void ServiceLink::connectOlder()
{
    connect(m_older.get(), &OlderPages::read, this, [this](const QList<Conversation> &rows) {
        settle(Subject::Conversations, olderOnes());
        m_conversations.merge(rows, {}, m_parts.clock.now());
        if (m_conversations.isFull())
            m_older->leaveOff();
        Q_EMIT freshnessChanged();
    });
    connect(m_older.get(), &OlderPages::changed, this, &ServiceLink::freshnessChanged);
    connect(m_older.get(), &OlderPages::failed, this,
            [this](const Failure &failure) { fail(failure, {Subject::Conversations, olderOnes()}); });
}

void ServiceLink::connectRunning()
{
    connect(m_runningOfAgent.get(), &RunningOfAgent::pageRead, this,
            [this](const QList<Conversation> &rows) { applyRows(rows, {}); });
    connect(m_runningOfAgent.get(), &RunningOfAgent::changed, this, &ServiceLink::runningChanged);
    connect(m_runningOfAgent.get(), &RunningOfAgent::found, this,
            [this](const AgentId &agent, const QList<ConversationId> &ids) {
                settle(Subject::Conversations, m_agents.nameOf(agent));
                Q_EMIT runningFound(agent, ids);
            });
    connect(m_runningOfAgent.get(), &RunningOfAgent::failed, this,
            [this](const Failure &failure) { fail(failure, {Subject::Conversations, m_agents.nameOf(m_agent)}); });
}

void ServiceLink::applyRows(const QList<Conversation> &rows, const Coverage &coverage)
{
    m_conversations.merge(rows, coverage, m_parts.clock.now());
    countRunning();
    updateDetails();
}

void ServiceLink::applyRunState(const RunState &state)
{
    settle(Subject::RunState, {}, state.conversation);
    m_conversations.learn(state);
    countRunning();
    if (state.conversation == m_chosen)
        m_runState = state;
    updateDetails();
}

void ServiceLink::applyRecord(const Record &record)
{
    settle(Subject::Record, {}, record.id);
    m_conversations.learn(record, m_parts.clock.now());
    if (record.id == m_chosen)
        m_record = record;
    updateDetails();
}

void ServiceLink::applyStop(const StopReport &report)
{
    showStop(report);
    countRunning();
    updateDetails();
}

/// A conversation's row shows what became of its stops; what became of its queue shows in the queue.
void ServiceLink::showStop(const StopReport &report)
{
    const Command command = report.target.command;
    const bool ofRow = command == Command::StopConversation || command == Command::StopSubTask;
    if (ofRow && isOf(report.target.connection))
        m_conversations.setStop(report);
}

void ServiceLink::readInView(int reads)
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
void ServiceLink::countRunning()
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
void ServiceLink::fail(const Failure &failure, const Occasion &occasion)
{
    Occasion whole = occasion;
    if (whole.connection.isEmpty() && m_connection)
        whole.connection = m_connection->id;
    if (const int row = m_conversations.find(whole.conversation); whole.about.isEmpty() && row >= 0)
        whole.about = m_conversations.row(row).conversation.title;
    m_parts.problems.add(failure, whole, m_parts.clock.now());
    // A stop that is refused so is one stop's outcome; if the key is bad, the next read says so.
    const Subject subject = occasion.subject;
    const bool isRead = subject == Subject::Agents || subject == Subject::Conversations || subject == Subject::RunState
        || subject == Subject::Record;
    if (failure.kind != FailureKind::KeyRefused || !isRead || !isKeyKnown())
        return;
    m_key.refuse(failure);
    endPolling(failure);
}

void ServiceLink::endPolling(const Failure &failure)
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
void ServiceLink::settle(Subject subject, const QString &about, const ConversationId &conversation)
{
    if (m_connection)
        m_parts.problems.tellSince({subject, about, m_connection->id, conversation}, {}, m_parts.clock.now());
}

void ServiceLink::chooseAgent(const AgentId &agent)
{
    m_agent = agent;
    if (m_older)
        m_older->begin(agent);
    readFirstOlder();
    Q_EMIT freshnessChanged();
}

void ServiceLink::setWishes(Wishes wishes)
{
    const StateFilter before = std::exchange(m_wishes, wishes).filter;
    m_wishes.attention.isLocked = m_parts.lock.isLocked();
    if (wishes.filter != before)
        readFirstOlder();
    if (m_poller) {
        m_poller->attend(m_wishes.attention);
        m_poller->hold(wishes.isHeld);
    } else if (std::exchange(m_freshness.held, wishes.isHeld) != wishes.isHeld) {
        Q_EMIT freshnessChanged();
    }
}

void ServiceLink::readFirstOlder()
{
    if (m_older && m_wishes.filter == StateFilter::All && !m_older->hasBegun())
        m_older->readNext();
}

void ServiceLink::readOlder()
{
    if (m_older)
        m_older->readNext();
}

void ServiceLink::searchOlder()
{
    if (m_older)
        m_older->search();
}

void ServiceLink::cancelSearch()
{
    if (m_older)
        m_older->cancelSearch();
}

void ServiceLink::readRunningOf(const AgentId &agent)
{
    if (m_runningOfAgent)
        m_runningOfAgent->read(agent);
}

void ServiceLink::cancelRunning()
{
    if (m_runningOfAgent)
        m_runningOfAgent->cancel();
}

void ServiceLink::choose(const ConversationId &conversation)
{
    if (m_chosen != conversation) { // it is not read any more
        settle(Subject::RunState, {}, m_chosen);
        settle(Subject::Record, {}, m_chosen);
    }
    m_chosen = conversation;
    m_runState.reset();
    m_record.reset();
    updateDetails();
    if (!conversation.isEmpty())
        prewarm();
    readChosen();
}

/// A sub-task has no run-state of its own: its record and the list tell. What only a stop by id has named is not read
/// before the service has taken that stop, nor where it refuses it: the outcome tells of a mistyped id.
void ServiceLink::readChosen()
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

/// What was decided goes on, and its proof: only what nobody sees is not read.
void ServiceLink::followLock()
{
    setWishes(m_wishes);
    updateDetails();
}

QDateTime ServiceLink::tokenEnd() const
{
    return fromService(m_tokenEnd, serviceAhead());
}

Duration ServiceLink::serviceAhead() const
{
    return m_gateway ? m_gateway->serviceAhead() : Duration(0);
}

void ServiceLink::refresh()
{
    if (m_poller)
        m_poller->refresh();
}

void ServiceLink::prewarm()
{
    if (m_gateway)
        m_gateway->prewarm();
}

QDateTime ServiceLink::readableFrom() const
{
    const Duration wait = m_usage.now().readWait;
    return wait > readPatience ? m_parts.clock.now().addMSecs(wait.count()) : QDateTime();
}

void ServiceLink::updateDetails()
{
    const bool isArmed = m_parts.lock.isArmed();
    std::optional<Details> details =
        detailsOf(m_chosen, m_conversations, m_agents,
                  {m_connection && m_connection->readOnly, isKeyKnown(), m_parts.stops.isUndecided(m_chosen), false, !isArmed});
    if (details) {
        details->runState = m_runState;
        details->record = m_record;
        details->isStale = isStale();
        details->isLocked = !isArmed;
    }
    const std::optional<int> running = m_agents.runningOf(m_agent);
    if (details == m_details && running == m_running)
        return;
    m_details = details;
    m_running = running;
    Q_EMIT detailsChanged();
}

void ServiceLink::tick()
{
    const QDateTime now = m_parts.clock.now();
    m_conversations.setStale(isStale());
    m_agents.setCountedAt(isStale() ? m_freshness.readAt : QDateTime());
    m_conversations.tick(now);
    if (!m_parts.stops.journalTrouble())
        m_parts.problems.tellSince({Subject::Journal, {}}, {}, now);
    if (m_freshness.readAt.isValid() && !isStale())
        m_usage.noteRunning(m_agents.runningInAll());
    updateDetails();
}
