#pragma once

#include "tests/ui/dialogs/desk.h"

#include <numeric>

/// A desk whose list holds conversations c1, c2, … of three agents, all running, and stands still unless a test reads.
struct ManyDesk : Desk {
    explicit ManyDesk(int count)
    {
        settle();
        console.connector.holdUpdates(true);
        QList<Conversation> all;
        for (int i = 1; i <= count; ++i)
            all.append(conversation(i));
        console.link().conversations().merge(all, {}, clock.now());
    }

    static AgentId agentOf(int number) { return {QStringLiteral("a%1").arg(number % 6 < 3 ? 1 : number % 6 < 5 ? 2 : 3)}; }
    static QString agentName(int number)
    {
        static const QStringList names{QStringLiteral("Sales outreach"), QStringLiteral("Billing helper"),
                                       QStringLiteral("Returns desk")};
        return names.at(agentOf(number).value.mid(1).toInt() - 1);
    }
    static Conversation conversation(int number, const QString &word = QStringLiteral("executing"))
    {
        Conversation made;
        made.id = {QStringLiteral("c%1").arg(number)};
        made.agent = agentOf(number);
        made.title = QStringLiteral("Weekly outreach %1").arg(number);
        made.stateWord = word;
        made.state = rowStateOf(word);
        return made;
    }
    /// Those with these numbers, in this order.
    QList<StopTarget> targets(const QList<int> &numbers) const
    {
        QList<StopTarget> made;
        for (const int number : numbers) {
            StopTarget one = target;
            one.conversation = {QStringLiteral("c%1").arg(number)};
            one.agent = agentOf(number);
            one.agentName = agentName(number);
            one.title = QStringLiteral("Weekly outreach %1").arg(number);
            one.ranBefore = true;
            made.append(one);
        }
        return made;
    }
    QList<StopTarget> firstTargets(int count) const
    {
        QList<int> numbers(count);
        std::iota(numbers.begin(), numbers.end(), 1);
        return targets(numbers);
    }
    /// A refresh that says so.
    void read(const QList<Conversation> &page, const Coverage &coverage = {})
    {
        console.link().conversations().merge(page, coverage, clock.now());
        settle();
    }
    void knowQueue(int number, int depth)
    {
        RunState state;
        state.conversation = {QStringLiteral("c%1").arg(number)};
        state.isRunning = true;
        state.queueDepth = depth;
        state.readAt = clock.now();
        console.link().conversations().learn(state);
        settle();
    }
};
