#pragma once

#include "app/gateway/httpchannel.h"
#include "app/types/agent.h"
#include "app/types/page.h"
#include "app/types/stop.h"

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
class Gateway {
public:
    Gateway(const Connection &connection, std::shared_ptr<HttpChannel> channel);

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
    HttpChannel &channel() { return *m_channel; }

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
