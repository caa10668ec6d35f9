#pragma once

#include "app/gateway/throttle.h"
#include "app/types/agent.h"
#include "app/types/connection.h"
#include "app/types/page.h"
#include "app/types/requestuse.h"
#include "app/types/result.h"
#include "app/types/stop.h"

class Clock;
class HttpChannel;
class RequestBudget;
class Secret;
struct HttpAnswer;
struct HttpRequest;
struct Network;

/// What a list of conversations is asked for.
struct ConversationQuery {
    AgentId agent;         ///< empty: of all agents
    QString stateWord;     ///< empty: in any state
    ConversationId parent; ///< set: the sub-tasks of this conversation
    int page = 1;
    Lane lane = Lane::Poll;
};

/// Verb and path of each question to the service, one method each. Refuses what must not leave, answering `NeverLeft`:
/// any change on a read-only connection, ids that collapse a path, and everything where the address is plain http to
/// another machine that nobody accepted. Starts, resumes, edits and deletes nothing.
///
/// Alone knows its channel and the budget that every request passes, and answers what others have to decide by them.
/// The budget belongs to the key: other gateways may spend of it, too.
class Gateway {
public:
    Gateway(const Connection &connection, std::shared_ptr<HttpChannel> channel);
    /// Over a channel of its own.
    Gateway(const Connection &connection, const Secret &secret, std::shared_ptr<RequestBudget> budget, Clock &clock,
            const Network &network);

    /// The same, for what a person asks to be read and waits for: one read for each wish, what follows from it waits.
    Gateway forPerson(bool isAsked = true) const;

    void agents(int page, int perPage, QObject *asker, Answer<Page<Agent>> answer);
    void conversations(const ConversationQuery &query, QObject *asker, Answer<Page<Conversation>> answer);
    void record(const ConversationId &conversation, Lane lane, QObject *asker, Answer<Record> answer);
    void runState(const AgentId &agent, const ConversationId &conversation, Lane lane, QObject *asker,
                  Answer<RunState> answer);
    /// Carries out what a person decided (`ClearQueue` counts for a stop of a conversation only). Judged by the status
    /// alone: the answer is that status. `leaving` is asked right before the first byte; on false
    /// nothing leaves.
    void order(const StopTarget &target, ClearQueue clearQueue, const RequestId &id, std::function<bool()> leaving,
               QObject *asker, Answer<int> answer);

    const Connection &connection() const { return m_connection; }

    /// How long until a request of this lane could leave, if nothing stood before it, and why. 0: now.
    LaneWait waitOf(Lane lane, bool isAsked = false) const;
    bool hasPlace(Lane lane) const;  ///< whether a request of this lane would leave at once
    int placesLeft(Lane lane) const; ///< requests of this lane that could leave now, by the windows alone
    Duration waitForPolls(int polls) const; ///< until so many more have left, at the least
    const RateLimits &limits() const;       ///< of the service, for this key
    RequestUse use() const;
    QList<MinuteCount> lastHour() const; ///< 60 minutes, the oldest first
    /// How long so many stops would take from now on, where the service answers each after `answer`; the state of
    /// `readAlone` of them is read for each. Cheap enough for every tick.
    SendForecast whenSent(int stops, Duration answer, int readAlone = 0) const;
    /// No polling leaves as long as somebody keeps one of these.
    std::shared_ptr<void> holdPolls();
    /// Calls whenever something left or a wait changed, as long as `context` lives.
    void whenBudgetChanged(QObject *context, const std::function<void()> &call) const;

    /// Opens the connection for commands, so that a stop need not wait for it. No request; nothing where it is open.
    void prewarm();
    /// Calls whenever connections that may be dead were left behind and what was read last may be old, as long as
    /// `context` lives. Never from within a call to the gateway.
    void whenRenewed(QObject *context, const std::function<void()> &call) const;
    /// How far the service's clock is ahead of this computer's, as both are set now; negative: behind.
    Duration serviceAhead() const;

    static constexpr int mostPerPage = 50; ///< rows (contract, PerPage)
    static constexpr qsizetype longBody = 64 * 1024; ///< bytes; from here on it is read in another thread

private:
    /// What makes a value of an answer. A plain function: it may run in another thread.
    template <class T> using Read = Result<T> (*)(const HttpAnswer &reply);

    template <class T> void ask(HttpRequest request, QObject *asker, Answer<T> answer, Read<T> read);
    QStringList conversationPath(const AgentId &agent, const ConversationId &conversation, const QString &last) const;
    HttpRequest requestFor(const StopTarget &target, ClearQueue clearQueue) const;

    Connection m_connection;
    std::shared_ptr<HttpChannel> m_channel;
    bool m_isForPerson = false;
};
