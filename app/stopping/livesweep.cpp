#include "app/stopping/livesweep.h"

using namespace Qt::StringLiterals;

LiveSweep::LiveSweep(std::shared_ptr<Gateway> gateway, Clock &clock, const Range &range, QObject *parent)
    : QObject(parent), m_gateway(std::move(gateway)), m_clock(clock), m_range(range)
{
}

const QStringList &LiveSweep::allLive()
{
    static const QStringList words{u"pending"_s, u"executing"_s, u"paused"_s};
    return words;
}

void LiveSweep::begin()
{
    m_lists.begunAt = m_clock.monotonic();
    readNext();
}

void LiveSweep::readNext()
{
    const ConversationQuery query{m_range.agent, m_range.states.at(m_state), {}, m_page, m_range.lane};
    m_gateway->conversations(query, this, [this](const Result<Page<Conversation>> &page) {
        if (page)
            applyPage(*page);
        else
            Q_EMIT ended(tl::unexpected(page.error()));
    });
}

void LiveSweep::applyPage(const Page<Conversation> &page)
{
    const bool isFirst = m_page == 1;
    m_isDisturbed = m_isDisturbed || page.unreadable > 0 || (!isFirst && page.total != m_total);
    if (isFirst) {
        m_total = page.total;
        m_lists.total += page.total;
        m_pages += std::max(1, page.totalPages);
    }
    for (const Conversation &row : page.rows)
        addRow(row);
    Q_EMIT pageRead(page.rows);
    const bool isLastPage = m_page >= page.totalPages || page.rows.isEmpty();
    if (isLastPage) {
        m_isDisturbed = m_isDisturbed || m_page < page.totalPages || m_onList.size() < m_total;
        m_onList.clear();
        m_page = 0;
        ++m_state;
    }
    if (m_state >= m_range.states.size())
        return end(true);
    if (m_pages > m_range.mostPages || ++m_read >= mostPages)
        return end(false);
    ++m_page;
    readNext();
}

void LiveSweep::addRow(const Conversation &row)
{
    const bool isAgain = m_onList.contains(row.id);
    m_isDisturbed = m_isDisturbed || isAgain;
    m_onList.insert(row.id);
    m_lists.states.insert(row.id, row.state);
    if (row.isSubTask() && !isAgain)
        m_lists.subTasks.insert(row.parent, row);
}

void LiveSweep::end(bool isComplete)
{
    m_lists.readAt = m_clock.now();
    m_lists.isWhole = isComplete && !m_isDisturbed;
    Q_EMIT ended(m_lists);
}
