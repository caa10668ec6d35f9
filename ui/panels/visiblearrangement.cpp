// When and how VisibleConversations puts its rows in order, all of them or those that changed, and counts them.
#include "ui/panels/visibleconversations.h"

#include "app/types/background.h"

#include <algorithm>

void VisibleConversations::arrangeAll()
{
    if (m_job) {
        m_again = true;
        return;
    }
    m_touched.clear();
    m_manyTouched = false;
    QList<int> wanted;
    QList<Candidate> candidates;
    wanted.reserve(m_conversations.rowCount());
    candidates.reserve(m_conversations.rowCount());
    for (int row = 0; row < m_conversations.rowCount(); ++row) {
        if (!isWanted(m_conversations.row(row)))
            continue;
        wanted.append(row);
        candidates.append(candidateOf(m_conversations, row, m_wish));
    }
    if (candidates.size() <= fewRows)
        return take(arrange(candidates, m_wish), wanted);
    m_job = std::make_unique<QObject>();
    workInBackground<QList<int>>(
        m_job.get(), [candidates = std::move(candidates), wish = m_wish] { return arrange(candidates, wish); },
        [this, wanted](const QList<int> &rows) {
            m_job.release()->deleteLater(); // the answer comes from a child of it
            if (std::exchange(m_again, false))
                arrangeAll();
            else
                take(rows, wanted);
        });
}

void VisibleConversations::take(const QList<int> &rows, const QList<int> &wanted)
{
    m_hides.fill(0, m_conversations.rowCount());
    for (const int row : wanted)
        m_hides[row] = 1;
    for (const int row : rows)
        m_hides[row] = 0;
    show(rows);
    settle(); // what came while another thread worked
    count();
    Q_EMIT arranged();
}

/// Brings what was touched to its place, as far as rows may move.
void VisibleConversations::settle()
{
    if (m_job)
        return;
    const bool mayMove = !m_still || shown().isEmpty();
    if (m_manyTouched && mayMove)
        return arrangeAll();
    const QList<int> rows = mayMove ? m_touched.values() : whatMovesNothing();
    for (const int row : rows)
        m_touched.remove(row);
    if (!rows.isEmpty())
        place(rows);
    count();
}

/// Of those touched: what is not to be shown and was not, and what comes behind all others.
QList<int> VisibleConversations::whatMovesNothing()
{
    QList<int> rows;
    const auto inPlace = [this](int row) { return !m_touched.contains(row); };
    const auto last = std::find_if(shown().crbegin(), shown().crend(), inPlace);
    const Candidate behind = last == shown().crend() ? Candidate() : folded(*last);
    for (const int row : std::as_const(m_touched)) {
        if (placeOf(row) >= 0)
            continue;
        if (!isAccepted(row) || (last != shown().crend() && standsBefore(behind, folded(row), m_wish)))
            rows.append(row);
    }
    return rows;
}

void VisibleConversations::place(const QList<int> &rows)
{
    const QSet<int> moving(rows.cbegin(), rows.cend());
    QList<int> staying = shown();
    staying.removeIf([&moving](int row) { return moving.contains(row); });
    QList<Candidate> coming;
    for (const int row : rows) {
        if (isAccepted(row))
            coming.append(folded(row));
    }
    const auto before = [this](const Candidate &one, const Candidate &other) {
        return standsBefore(one, other, m_wish);
    };
    std::ranges::sort(coming, before);
    QList<int> all;
    all.reserve(staying.size() + coming.size());
    auto next = staying.cbegin();
    for (const Candidate &each : std::as_const(coming)) {
        const auto place = std::ranges::upper_bound(next, staying.cend(), each, before,
                                                    [this](int row) { return folded(row); });
        all.append(QList<int>(next, place));
        all.append(each.row);
        next = place;
    }
    all.append(QList<int>(next, staying.cend()));
    if (!std::ranges::equal(all, shown())) // Qt 6.4 compares two empty lists by memcmp of null
        show(all);
}

void VisibleConversations::count()
{
    const int hidden = int(m_hides.count(1));
    int waiting = 0;
    for (const int row : std::as_const(m_touched))
        waiting += placeOf(row) < 0 && isAccepted(row) ? 1 : 0;
    const Persons persons = m_wish.find.isEmpty() ? Persons() : countPersons();
    if (hidden == m_hidden && waiting == m_waiting && persons == m_persons)
        return;
    m_hidden = hidden;
    m_waiting = waiting;
    m_persons = persons;
    Q_EMIT countsChanged();
}

VisibleConversations::Persons VisibleConversations::countPersons() const
{
    Persons persons;
    QSet<QString> counted;
    for (const ConversationRow &row : m_conversations.rows()) {
        const QString &id = row.conversation.person.id;
        if (!isWanted(row) || counted.contains(id))
            continue;
        const int unread = m_conversations.isPersonRead(row) ? 0 : 1;
        if (id.isEmpty()) {
            persons.nameless += unread;
            continue;
        }
        counted.insert(id);
        ++persons.all;
        persons.unread += unread;
    }
    return persons;
}

bool VisibleConversations::isAccepted(int row)
{
    const bool wanted = isWanted(m_conversations.row(row));
    const bool found = wanted && isFound(candidateOf(m_conversations, row, m_wish), m_wish.find);
    m_hides[row] = wanted && !found ? 1 : 0;
    return found;
}

Candidate VisibleConversations::folded(int row) const
{
    Candidate candidate = candidateOf(m_conversations, row, m_wish);
    fold(candidate, m_wish);
    return candidate;
}
