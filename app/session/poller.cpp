#include "app/session/poller.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int roundsPerWaitingRead = 4;
constexpr int roundsPerAgentsRead = 15;

}

Poller::Poller(std::shared_ptr<Gateway> gateway, Clock &clock, QObject *parent)
    : QObject(parent), m_gateway(std::move(gateway)), m_clock(clock), m_chosenReads(std::make_unique<QObject>())
{
}

void Poller::start()
{
    m_gateway->channel().prewarm();
    readRound(true);
    tick();
}

void Poller::refresh()
{
    if (m_stopped)
        return;
    readRound(true);
}

void Poller::hold(bool held)
{
    m_freshness.held = held;
    m_freshness.nextAt = held ? QDateTime() : m_nextAt;
    Q_EMIT freshnessChanged();
}

void Poller::tick()
{
    m_nextAt = m_clock.now().addMSecs(interval.count());
    if (!m_freshness.held)
        m_freshness.nextAt = m_nextAt;
    m_clock.after(interval, this, [this] {
        if (m_stopped)
            return;
        if (!m_freshness.held)
            readRound(false);
        tick();
    });
    Q_EMIT freshnessChanged();
}

/// A round that is still under way is not overtaken by the next.
void Poller::readRound(bool everything)
{
    if (m_underWay > 0)
        return;
    m_failedThisRound = false;
    m_stateWords.clear();
    m_live = {};
    m_waitingWanted = everything || m_rounds % roundsPerWaitingRead == 0;
    readList(u"executing"_s);
    if (everything || m_rounds % roundsPerAgentsRead == 0)
        readAgents();
    readChosen();
    ++m_rounds;
}

void Poller::readAgents()
{
    begin();
    AllPages<Agent>::read(
        [this](int page, QObject *asker, Answer<Page<Agent>> answer) {
            m_gateway->agents(page, Gateway::mostPerPage, asker, std::move(answer));
        },
        mostPages, this, [this](const Result<WholeList<Agent>> &list) {
            if (list)
                Q_EMIT agentsRead(list->rows);
            end(Subject::Agents, list ? std::nullopt : std::optional(list.error()));
        });
}

void Poller::readList(const QString &stateWord)
{
    begin();
    ++m_listsUnderWay;
    AllPages<Conversation>::read(
        [this, stateWord](int page, QObject *asker, Answer<Page<Conversation>> answer) {
            m_gateway->conversations({{}, stateWord, {}, page}, asker, std::move(answer));
        },
        mostPages, this, [this, stateWord](const Result<WholeList<Conversation>> &list) {
            if (list)
                takeList(stateWord, *list);
            m_live.complete = m_live.complete && list && list->complete;
            if (--m_listsUnderWay == 0)
                endLists();
            end(Subject::Conversations, list ? std::nullopt : std::optional(list.error()));
        });
}

void Poller::takeList(const QString &stateWord, const WholeList<Conversation> &list)
{
    m_stateWords.append(stateWord);
    m_live.rows += list.rows;
    m_live.unreadable += list.unreadable;
    if (stateWord != u"executing")
        return;
    if (somethingEnded(list.rows) || m_waitingWanted) {
        readList(u"pending"_s);
        readList(u"paused"_s);
    }
}

/// One merge for a round, so that a row that went from one state to another does not go and come back.
void Poller::endLists()
{
    if (!m_stateWords.contains(u"executing"_s))
        return;
    m_freshness.readAt = m_clock.now();
    Q_EMIT liveRead(m_stateWords, m_live);
}

bool Poller::somethingEnded(const QList<Conversation> &running)
{
    QSet<ConversationId> now;
    for (const Conversation &conversation : running)
        now.insert(conversation.id);
    const bool ended = std::ranges::any_of(m_running, [&now](const ConversationId &id) { return !now.contains(id); });
    m_running = now;
    return ended;
}

void Poller::choose(const AgentId &agent, const ConversationId &conversation)
{
    m_agent = agent;
    m_chosen = conversation;
    m_chosenReads = std::make_unique<QObject>();
    readChosen();
    readRecord(conversation);
}

void Poller::readChosen()
{
    if (m_chosen.isEmpty() || m_agent.isEmpty() || m_stopped)
        return;
    m_gateway->runState(m_agent, m_chosen, Lane::Poll, m_chosenReads.get(), [this](const Result<RunState> &state) {
        if (state)
            Q_EMIT runStateRead(*state);
        else
            end(Subject::RunState, state.error());
    });
}

/// A record that the service does not have tells nothing, and is a problem only where a person looks at it.
void Poller::readRecord(const ConversationId &conversation)
{
    if (conversation.isEmpty() || m_stopped)
        return;
    m_gateway->record(conversation, Lane::Poll, this, [this, conversation](const Result<Record> &record) {
        Record nothing;
        nothing.id = conversation;
        if (record)
            Q_EMIT recordRead(*record);
        else if (record.error().kind == FailureKind::NotFound && conversation != m_chosen)
            Q_EMIT recordRead(nothing);
        else
            end(Subject::Record, record.error());
    });
}

void Poller::begin()
{
    ++m_underWay;
    m_freshness.loading = true;
    Q_EMIT freshnessChanged();
}

/// A refused key ends polling after one try: the next would be refused as well.
void Poller::end(Subject subject, const std::optional<Failure> &failure)
{
    if (subject == Subject::Agents || subject == Subject::Conversations)
        --m_underWay;
    m_freshness.loading = m_underWay > 0;
    if (failure && !m_stopped) { // what was out together with it is refused as well, and tells nothing new
        m_stopped = failure->kind == FailureKind::KeyRefused;
        Q_EMIT failed(subject, *failure);
    }
    if (failure && subject != Subject::Record && subject != Subject::RunState) {
        m_failedThisRound = true;
        m_freshness.lastFailure = failure;
        m_freshness.failedAt = m_clock.now();
    } else if (m_underWay == 0 && !m_failedThisRound) {
        m_freshness.lastFailure.reset();
    }
    Q_EMIT freshnessChanged();
}
