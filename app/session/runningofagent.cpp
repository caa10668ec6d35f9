#include "app/session/runningofagent.h"

using namespace Qt::StringLiterals;

RunningOfAgent::RunningOfAgent(std::shared_ptr<Gateway> gateway, Clock &clock)
    : m_clock(clock), m_gateway(std::move(gateway))
{
}

void RunningOfAgent::read(const AgentId &agent)
{
    const bool isUnderWay = m_sweep && m_reading.agent == agent;
    if (agent.isEmpty() || isUnderWay)
        return;
    leave();
    m_reading = {.state = RunningReading::State::Reading, .agent = agent};
    m_found.clear();
    m_foundIds.clear();
    begin();
    Q_EMIT changed();
}

void RunningOfAgent::cancel()
{
    leave();
    if (std::exchange(m_reading, {}) != RunningReading())
        Q_EMIT changed();
}

/// It may be the one that is telling.
void RunningOfAgent::leave()
{
    if (!m_sweep)
        return;
    m_sweep->disconnect(this);
    m_sweep.release()->deleteLater();
}

void RunningOfAgent::begin()
{
    const LiveSweep::Range running{m_reading.agent, {u"executing"_s}, Lane::Check};
    m_sweep = std::make_unique<LiveSweep>(m_gateway, m_clock, running, nullptr);
    connect(m_sweep.get(), &LiveSweep::pageRead, this, &RunningOfAgent::takePage);
    connect(m_sweep.get(), &LiveSweep::ended, this, &RunningOfAgent::take);
    m_reading.read = 0;
    m_sweep->begin();
}

void RunningOfAgent::takePage(const QList<Conversation> &rows)
{
    for (const Conversation &conversation : rows) {
        if (conversation.isSubTask() || m_foundIds.contains(conversation.id))
            continue;
        m_found.append(conversation.id);
        m_foundIds.insert(conversation.id);
    }
    m_reading.read += int(rows.size());
    m_reading.total = m_sweep->lists().total;
    Q_EMIT pageRead(rows);
    Q_EMIT changed();
}

void RunningOfAgent::take(const Result<SweptLists> &lists)
{
    leave();
    if (!lists) {
        m_reading.state = RunningReading::State::Failed;
        Q_EMIT failed(lists.error());
    } else if (!lists->isWhole && m_reading.pass < mostPasses) {
        ++m_reading.pass;
        begin();
    } else {
        m_reading.disturbed = !lists->isWhole;
        m_reading.state = RunningReading::State::Done;
    }
    Q_EMIT changed();
    if (m_reading.state == RunningReading::State::Done)
        Q_EMIT found(m_reading.agent, m_found);
}
