#include "app/stopping/runningsweep.h"

RunningSweep::RunningSweep(std::shared_ptr<Gateway> gateway, Clock &clock, const ConversationQuery &query,
                           int mostPages, QObject *parent)
    : QObject(parent), m_gateway(std::move(gateway)), m_clock(clock), m_query(query), m_mostPages(mostPages)
{
}

void RunningSweep::begin()
{
    m_list.begunAt = m_clock.monotonic();
    readNext();
}

void RunningSweep::readNext()
{
    m_gateway->conversations(m_query, this, [this](const Result<Page<Conversation>> &page) {
        if (page)
            take(*page);
        else
            Q_EMIT ended(tl::unexpected(page.error()));
    });
}

void RunningSweep::take(const Page<Conversation> &page)
{
    const bool isFirst = m_query.page == 1;
    m_disturbed = m_disturbed || page.unreadable > 0 || (!isFirst && page.total != m_list.total);
    m_list.total = page.total;
    m_list.pages = page.totalPages;
    for (const Conversation &row : page.rows) {
        m_disturbed = m_disturbed || m_list.ids.contains(row.id);
        m_list.ids.insert(row.id);
        if (row.isSubTask())
            m_list.subTasks.insert(row.parent, row);
    }
    Q_EMIT pageRead(page.rows);
    const bool isLast = m_query.page >= page.totalPages || page.rows.isEmpty();
    if (isLast || page.totalPages > m_mostPages)
        return end();
    ++m_query.page;
    readNext();
}

void RunningSweep::end()
{
    m_list.readAt = m_clock.now();
    m_list.isWhole = !m_disturbed && m_list.ids.size() >= m_list.total && m_query.page >= m_list.pages;
    Q_EMIT ended(m_list);
}
