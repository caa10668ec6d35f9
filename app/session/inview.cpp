#include "app/session/inview.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr Duration runStateAge = 60s;

QList<ConversationRow> rowsOf(const QList<ConversationId> &ids, const ConversationListModel &conversations)
{
    if (ids.isEmpty())
        return conversations.rows();
    QList<ConversationRow> rows;
    for (const ConversationId &id : ids) {
        if (const int number = conversations.find(id); number >= 0)
            rows.append(conversations.row(number));
    }
    return rows;
}

}

InView::Reads InView::next(const ConversationListModel &conversations, int limit, const QDateTime &now)
{
    Reads reads;
    QList<Conversation> running;
    for (const ConversationRow &row : rowsOf(m_ids, conversations)) {
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
