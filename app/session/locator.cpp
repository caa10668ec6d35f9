#include "app/session/locator.h"

#include <QPointer>

using namespace std::chrono_literals;

namespace {

constexpr auto recordPatience = 2s; ///< for what a person could do without

/// Only a question was asked: whatever became of it, no stop had left.
Failure ofLookUp(Failure failure)
{
    if (failure.kind != FailureKind::NotFound)
        failure.reached = Reached::NeverLeft;
    return failure;
}

Failure neverAsked(FailureKind why)
{
    return {why, Reached::NeverLeft, 0, {}, {}, {}, {}};
}

/// Answers later, as every ask does.
template <class T> void answerLater(QObject *asker, const Answer<T> &answer, const Result<T> &result)
{
    QMetaObject::invokeMethod(asker, [answer, result] { answer(result); }, Qt::QueuedConnection);
}

}

Locator::Locator(const ConversationListModel &conversations, const AgentListModel &agents, Clock &clock)
    : m_conversations(conversations), m_agents(agents), m_clock(clock)
{
}

void Locator::use(const std::shared_ptr<Gateway> &gateway)
{
    m_gateway = gateway;
}

std::optional<StopTarget> Locator::targetOf(const ConversationId &conversation) const
{
    return m_gateway ? listed(conversation, m_gateway->connection().id) : std::nullopt;
}

std::optional<StopTarget> Locator::queueOf(const ConversationId &conversation) const
{
    std::optional<StopTarget> target = targetOf(conversation);
    if (target) {
        target->command = Command::EmptyQueue;
        target->ranBefore.reset(); // that it runs says nothing of its queue
    }
    return target;
}

std::optional<StopTarget> Locator::messageOf(const ConversationId &conversation, const QueuedMessage &message) const
{
    std::optional<StopTarget> target = queueOf(conversation);
    if (target) {
        target->command = Command::DiscardMessage;
        target->message = message;
    }
    return target;
}

void Locator::locate(const ConversationId &conversation, const AgentId &agent, QObject *asker, Answer<Located> answer)
{
    const Located known = typed(conversation, agent);
    if (!m_gateway || (m_conversations.find(conversation) >= 0 && !known.target.agent.isEmpty()))
        return answerLater<Located>(asker, answer, known);
    const auto once = std::make_shared<Answer<Located>>(std::move(answer));
    const auto tell = [once](const Result<Located> &found) {
        if (const Answer<Located> waiting = std::exchange(*once, nullptr))
            waiting(found);
    };
    const QPointer<Locator> here = this; // the asker may outlive the connection
    m_gateway->record(conversation, Lane::Check, asker, [this, here, tell, known](const Result<Record> &record) {
        if (!here)
            return tell(tl::unexpected(neverAsked(FailureKind::Cancelled)));
        if (!record && !known.target.agent.isEmpty())
            return tell(known);
        if (record)
            return tell(withRecord(known.target, *record));
        const Failure failure = ofLookUp(record.error());
        tell(tl::unexpected(failure));
        Q_EMIT failed(failure, occasionOf(known.target));
    });
    if (!known.target.agent.isEmpty())
        m_clock.after(recordPatience, asker, [here, tell, known] {
            tell(here ? Result<Located>(known) : tl::unexpected(neverAsked(FailureKind::Cancelled)));
        });
}

void Locator::readRunState(const StopTarget &target, QObject *asker, Answer<RunState> answer)
{
    if (!m_gateway)
        return answerLater<RunState>(asker, answer, tl::unexpected(neverAsked(FailureKind::NoKey)));
    if (target.connection != m_gateway->connection().id)
        return answerLater<RunState>(asker, answer, tl::unexpected(neverAsked(FailureKind::Cancelled)));
    if (!target.isSubTask())
        return m_gateway->runState(target.agent, target.conversation, Lane::Check, asker, std::move(answer));
    m_gateway->record(target.conversation, Lane::Check, asker, [&clock = m_clock, answer](const Result<Record> &record) {
        answer(record.map([&clock](const Record &found) { return runStateOf(found, clock.now()); }));
    });
}

std::optional<StopTarget> Locator::listed(const ConversationId &conversation, const ConnectionId &connection) const
{
    const int row = m_conversations.find(conversation);
    if (row < 0)
        return std::nullopt;
    const Conversation &known = m_conversations.row(row).conversation;
    StopTarget target;
    target.connection = connection;
    target.agent = known.agent;
    target.conversation = known.id;
    target.title = known.title;
    target.agentName = m_agents.nameOf(known.agent);
    target.person = known.person;
    target.command = known.isSubTask() ? Command::StopSubTask : Command::StopConversation;
    target.parent = known.parent;
    // What the list calls ended comes from another store and may lag: only a run-state can say that nothing ran.
    if (isLive(known.state) && known.state != RowState::Unknown)
        target.ranBefore = true;
    target.listedAs = m_conversations.row(row).listed.state;
    target.waitingBefore = m_conversations.row(row).waiting.value_or(0);
    return target;
}

Located Locator::typed(const ConversationId &conversation, const AgentId &agent) const
{
    const ConnectionId connection = m_gateway ? m_gateway->connection().id : ConnectionId();
    StopTarget known = listed(conversation, connection).value_or(StopTarget());
    known.connection = connection;
    known.conversation = conversation;
    known.askedFrom = AskedFrom::StopById;
    return compared(known, agent);
}

Located Locator::withRecord(const StopTarget &typed, const Record &record) const
{
    StopTarget known = typed;
    known.agent = record.agent;
    known.title = record.title;
    known.person = record.person;
    known.command = record.parent.isEmpty() ? Command::StopConversation : Command::StopSubTask;
    known.parent = record.parent;
    return compared(known, typed.agent);
}

Located Locator::compared(const StopTarget &known, const AgentId &typed) const
{
    Located found{known, {}, {}, {}};
    const bool isAnother = !typed.isEmpty() && !known.agent.isEmpty() && known.agent != typed;
    if (isAnother) {
        found.belongsTo = known.agent;
        found.belongsToName = m_agents.nameOf(known.agent);
    }
    if (!typed.isEmpty() && !(isAnother && known.isSubTask()))
        found.target.agent = typed;
    found.target.agentName = m_agents.nameOf(found.target.agent);
    if (const int parent = m_conversations.find(known.parent); known.isSubTask() && parent >= 0)
        found.parentTitle = m_conversations.row(parent).conversation.title;
    return found;
}

StopTarget Locator::again(const StopTarget &target) const
{
    StopTarget anew = listed(target.conversation, target.connection).value_or(target);
    anew.askedFrom = target.askedFrom;
    anew.command = target.command;
    anew.message = target.message;
    if (anew.agent.isEmpty())
        anew.agent = target.agent;
    anew.before.reset();
    anew.ranBefore.reset();
    return anew;
}

QList<StopTarget> Locator::subTasksOf(const StopReport &report) const
{
    QList<StopTarget> targets;
    for (const Conversation &subTask : report.subTasks) {
        StopTarget target;
        target.connection = report.target.connection;
        target.agent = subTask.agent;
        target.agentName = m_agents.nameOf(subTask.agent);
        target.conversation = subTask.id;
        target.title = subTask.title;
        target.person = subTask.person;
        target.command = Command::StopSubTask;
        target.parent = subTask.parent;
        target.ranBefore = true;
        targets.append(target);
    }
    return targets;
}
