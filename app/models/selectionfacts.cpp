#include "app/models/selectionfacts.h"

#include "app/models/conversationcells.h"
#include "app/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

/// How often each was met, under the name of the one met first.
class Shares {
public:
    void count(const QString &key, const auto &nameOf)
    {
        auto share = m_shares.find(key);
        if (share == m_shares.end())
            share = m_shares.insert(key, {nameOf(), 0});
        ++share->targets;
    }

    QList<AgentShare> largestFirst() const
    {
        QList<AgentShare> shares = m_shares.values();
        std::ranges::sort(shares, [](const AgentShare &one, const AgentShare &other) {
            return one.targets != other.targets ? one.targets > other.targets : one.name < other.name;
        });
        return shares;
    }

private:
    QHash<QString, AgentShare> m_shares;
};

Stopability of(const ConversationRow &row, Circumstances circumstances)
{
    circumstances.stopOpen = row.stop && isUndecided(row.stop->state);
    circumstances.provenOver = cells::isProvenOver(row);
    const bool isGone = row.conversation.state == RowState::NoLongerListed;
    const Stopability found = stopability(row.conversation, circumstances);
    return found == Stopability::Can && isGone ? Stopability::Ended : found;
}

class Counting {
public:
    Counting(const ConversationListModel &conversations, SelectionFacts &facts)
        : m_conversations(conversations)
        , m_facts(facts)
    {
    }

    void take(const ConversationRow &row, Stopability stopability)
    {
        if (row.conversation.isSubTask())
            ++m_facts.subTasks;
        else if (stopability == Stopability::Ended)
            ++m_facts.notRunning;
        else if (stopability == Stopability::StopOpen)
            ++m_facts.underWay;
        else if (stopability == Stopability::NoAgent)
            ++m_facts.withoutAgent;
        else
            takeStoppable(row);
    }

    void end()
    {
        m_facts.agents = m_agents.largestFirst();
        m_facts.persons = m_persons.largestFirst();
        m_facts.waiting.of = int(m_facts.stoppable.size());
    }

private:
    void takeStoppable(const ConversationRow &row)
    {
        const Conversation &conversation = row.conversation;
        m_facts.stoppable.append(conversation.id);
        m_agents.count(conversation.agent.value, [&] { return m_conversations.agentName(conversation.agent); });
        const Person &person = conversation.person;
        m_persons.count(person.id.isEmpty() ? person.email + person.name : person.id,
                        [&] { return nameOf(person); });
        if (row.waiting) {
            ++m_facts.waiting.known;
            m_facts.waiting.messages += *row.waiting;
        }
        if (conversation.state == RowState::Running)
            takeTime(row);
    }

    void takeTime(const ConversationRow &row)
    {
        const QDateTime &since = row.startedAt.isValid() ? row.startedAt : row.seenRunningSince;
        if (!since.isValid() || (m_facts.longestSince && *m_facts.longestSince <= since))
            return;
        m_facts.longest = row.key();
        m_facts.longestSince = since;
        m_facts.longestOnlySeen = !row.startedAt.isValid();
    }

    static QString nameOf(const Person &person)
    {
        const bool isNobody = person == Person();
        return isNobody ? QCoreApplication::translate("SelectionFacts", "nobody") : words::person(person);
    }

    const ConversationListModel &m_conversations;
    SelectionFacts &m_facts;
    Shares m_agents;
    Shares m_persons;
};

}

SelectionFacts factsOf(const QList<ConversationId> &chosen, const ConversationListModel &conversations,
                       const Circumstances &circumstances)
{
    SelectionFacts facts;
    facts.chosen = int(chosen.size());
    Circumstances each = circumstances; // of each alone: what holds for all of them is said once
    each.readOnly = false;
    each.keyKnown = true;
    each.isLocked = false;
    Counting counting(conversations, facts);
    for (const ConversationId &id : chosen) {
        if (const int number = conversations.find(id); number >= 0)
            counting.take(conversations.row(number), of(conversations.row(number), each));
        else
            ++facts.notRunning;
    }
    counting.end();
    if (chosen.isEmpty())
        facts.stopability = Stopability::NothingChosen;
    else if (circumstances.readOnly)
        facts.stopability = Stopability::ReadOnly;
    else if (!circumstances.keyKnown)
        facts.stopability = Stopability::NoKey;
    else
        facts.stopability = facts.stoppable.isEmpty() ? Stopability::Ended
            : circumstances.isLocked                  ? Stopability::Locked
                                                      : Stopability::Can;
    return facts;
}
