#include "app/session/sweep.h"

#include <algorithm>

void Sweep::take(int number, const Page<Conversation> &page, const QDateTime &askedAt)
{
    m_total = page.total;
    m_totalPages = page.totalPages;
    if (number == 1 && hasEnded())
        begin(askedAt, page.total);
    m_disturbed = m_disturbed || page.total != m_totalAtBegin;
    if (number == 1 ? m_next > 1 : number != m_next)
        return; // the first page, read again for its count
    m_unreadable += page.unreadable;
    for (const Conversation &conversation : page.rows) {
        m_disturbed = m_disturbed || (number > 1 && m_ids.contains(conversation.id));
        m_ids.insert(conversation.id);
    }
    m_next = number + 1;
    if (number >= page.totalPages || page.rows.isEmpty())
        end();
    else if (number >= mostPages)
        cut();
}

void Sweep::begin(const QDateTime &askedAt, int total)
{
    m_begunAt = askedAt;
    m_totalAtBegin = total;
    m_disturbed = false;
    m_unreadable = 0;
    m_ids.clear();
}

void Sweep::end()
{
    m_lostSome = !m_ids.contains(m_idsBefore);
    m_goneBefore = m_disturbed ? m_wholeAt : m_begunAt;
    m_wholeAt = m_begunAt;
    m_idsBefore = m_ids;
    m_unreadableBefore = m_unreadable;
    m_next = 1;
}

void Sweep::cut()
{
    m_lostSome = false;
    m_goneBefore = m_wholeAt = {};
    m_idsBefore = m_ids;
    m_unreadableBefore = m_unreadable;
    m_next = 1;
}

int Sweep::listed() const
{
    return int(m_wholeAt.isValid() ? m_idsBefore.size() : std::max(m_ids.size(), m_idsBefore.size()));
}

int Sweep::unreadable() const
{
    return m_wholeAt.isValid() ? m_unreadableBefore : std::max(m_unreadable, m_unreadableBefore);
}
