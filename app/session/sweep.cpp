#include "app/session/sweep.h"

#include <algorithm>

void Sweep::readFirst(const QDateTime &now, const Answer<Page<Conversation>> &answer)
{
    m_reader.readFirst(counted(hasEnded(), now, answer));
}

void Sweep::readNext(const QDateTime &now, const Answer<Page<Conversation>> &answer)
{
    m_reader.readNext(counted(true, now, answer));
}

/// `isOfPass`: the page is not the first one, read again for its count.
Answer<Page<Conversation>> Sweep::counted(bool isOfPass, const QDateTime &askedAt,
                                          const Answer<Page<Conversation>> &answer)
{
    return [this, isOfPass, askedAt, answer](const Result<Page<Conversation>> &page) {
        if (page && isOfPass) {
            if (m_reader.pass().pages == 1)
                m_begunAt = askedAt;
            if (hasEnded())
                endPass();
        }
        answer(page);
    };
}

void Sweep::endPass()
{
    const PagePass<Conversation> &pass = m_reader.pass();
    m_lostSome = !pass.isCut && !pass.ids.contains(m_before.ids);
    m_goneBefore = pass.isCut ? QDateTime() : pass.isDisturbed ? m_wholeAt : m_begunAt;
    m_wholeAt = pass.isCut ? QDateTime() : m_begunAt;
    m_before = pass;
}

int Sweep::listed() const
{
    return int(m_wholeAt.isValid() ? m_before.ids.size() : std::max(m_reader.pass().ids.size(), m_before.ids.size()));
}

int Sweep::unreadable() const
{
    return m_wholeAt.isValid() ? m_before.unreadable : std::max(m_reader.pass().unreadable, m_before.unreadable);
}
