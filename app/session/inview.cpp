#include "app/session/inview.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr Duration runStateAge = 60s;

/// Numbers of what is in view; where nobody has told, of what lives, for that alone is worth a read then.
QList<int> numbersOf(const QList<ConversationId> &ids, const ConversationListModel &conversations)
{
    if (ids.isEmpty())
        return conversations.watchedRows();
    QList<int> numbers;
    for (const ConversationId &id : ids) {
        if (const int number = conversations.find(id); number >= 0)
            numbers.append(number);
    }
    return numbers;
}

}

InView::Reads InView::next(const ConversationListModel &conversations, int limit, const QDateTime &now)
{
    Reads reads;
    QList<Conversation> running;
    for (const int number : numbersOf(m_ids, conversations)) {
        const ConversationRow &row = conversations.row(number);
        const Conversation &conversation = row.conversation;
        if (reads.records.size() < limit && conversations.lacksStart(row))
            reads.records.append(conversation.id);
        const QDateTime askedAt = m_askedAt.value(conversation.id);
        const bool due = !askedAt.isValid() || askedAt.addMSecs(runStateAge.count()) <= now;
        if (due && conversation.state == RowState::Running && !conversation.isSubTask())
            running.append(conversation);
    }
    const qsizetype left = m_ids.isEmpty() ? 0 : limit - reads.records.size();
    std::ranges::stable_sort(running, {}, [this](const Conversation &each) { return m_askedAt.value(each.id); });
    reads.runStates = running.first(std::clamp<qsizetype>(left, 0, running.size()));
    QHash<ConversationId, QDateTime> kept; // of what is in view still
    for (const ConversationId &id : m_ids) {
        if (m_askedAt.contains(id))
            kept.insert(id, m_askedAt.value(id));
    }
    for (const Conversation &each : reads.runStates)
        kept.insert(each.id, now);
    m_askedAt = kept;
    return reads;
}
