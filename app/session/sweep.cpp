#include "app/session/sweep.h"

void Sweep::take(int number, const Page<Conversation> &page, const QDateTime &askedAt)
{
    m_total = page.total;
    m_totalPages = page.totalPages;
    if (number == 1 && hasEnded())
        begin(askedAt, page.total);
    m_disturbed = m_disturbed || page.total != m_totalAtBegin;
    if (number == 1 ? m_next > 1 : number != m_next)
        return; // the first page, read again for its count
    for (const Conversation &conversation : page.rows) {
        m_disturbed = m_disturbed || (number > 1 && m_ids.contains(conversation.id));
        m_ids.insert(conversation.id);
    }
    m_next = number + 1;
    if (number >= page.totalPages || page.rows.isEmpty())
        end();
}

void Sweep::begin(const QDateTime &askedAt, int total)
{
    m_begunAt = askedAt;
    m_totalAtBegin = total;
    m_disturbed = false;
    m_ids.clear();
}

void Sweep::end()
{
    m_lostSome = !m_ids.contains(m_idsBefore);
    m_goneBefore = m_disturbed ? m_wholeAt : m_begunAt;
    m_wholeAt = m_begunAt;
    m_idsBefore = m_ids;
    m_next = 1;
}

int Sweep::listed() const
{
    return int(m_wholeAt.isValid() ? m_idsBefore.size() : m_ids.size());
}
