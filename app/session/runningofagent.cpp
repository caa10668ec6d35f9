#include "app/session/runningofagent.h"

#include "app/session/sweep.h"

using namespace Qt::StringLiterals;

RunningOfAgent::RunningOfAgent() = default;
RunningOfAgent::~RunningOfAgent() = default;

void RunningOfAgent::use(const std::shared_ptr<Gateway> &gateway)
{
    cancel();
    m_gateway = gateway;
}

void RunningOfAgent::read(const AgentId &agent)
{
    const bool isUnderWay = m_asker && m_reading.agent == agent;
    if (!m_gateway || agent.isEmpty() || isUnderWay)
        return;
    m_reading = {.state = RunningReading::State::Reading, .agent = agent};
    m_found.clear();
    begin();
    Q_EMIT changed();
}

void RunningOfAgent::cancel()
{
    m_asker.reset();
    if (std::exchange(m_reading, {}) != RunningReading())
        Q_EMIT changed();
}

void RunningOfAgent::begin()
{
    m_sweep = std::make_unique<Sweep>();
    m_reading.read = 0;
    ask();
}

void RunningOfAgent::ask()
{
    m_asker = std::make_unique<QObject>();
    const QDateTime askedAt = m_gateway->channel().clock().now();
    m_gateway->conversations({m_reading.agent, u"executing"_s, {}, m_sweep->next(), Lane::Check}, m_asker.get(),
                             [this, askedAt](const Result<Page<Conversation>> &page) { take(askedAt, page); });
}

void RunningOfAgent::take(const QDateTime &askedAt, const Result<Page<Conversation>> &page)
{
    m_asker.release()->deleteLater(); // the answer comes from a child of it
    if (page)
        takePage(askedAt, *page);
    else
        fail(page.error());
}

void RunningOfAgent::takePage(const QDateTime &askedAt, const Page<Conversation> &page)
{
    m_sweep->take(m_sweep->next(), page, askedAt);
    for (const Conversation &conversation : page.rows) {
        if (!conversation.isSubTask() && !m_found.contains(conversation.id))
            m_found.append(conversation.id);
    }
    m_reading.read += int(page.rows.size());
    m_reading.total = page.total;
    const bool isDisturbed = !m_sweep->goneBefore().isValid(); // of the pass that ended
    if (!m_sweep->hasEnded()) {
        ask();
    } else if (isDisturbed && m_reading.pass < mostPasses) {
        ++m_reading.pass;
        begin();
    } else {
        m_reading.disturbed = isDisturbed;
        m_reading.state = RunningReading::State::Done;
    }
    Q_EMIT pageRead(page.rows);
    Q_EMIT changed();
    if (m_reading.state == RunningReading::State::Done)
        Q_EMIT found(m_reading.agent, m_found);
}

void RunningOfAgent::fail(const Failure &failure)
{
    if (failure.kind == FailureKind::Cancelled && failure.reached == Reached::NeverLeft) { // gave way to a stop
        m_asker = std::make_unique<QObject>();
        m_gateway->channel().clock().after(patience, m_asker.get(), [this] { ask(); });
        return;
    }
    m_reading.state = RunningReading::State::Failed;
    Q_EMIT failed(failure);
    Q_EMIT changed();
}
