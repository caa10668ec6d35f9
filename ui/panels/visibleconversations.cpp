#include "ui/panels/visibleconversations.h"

#include <algorithm>

namespace {

/// Whether a stop of this run was sent for it, whatever has come of that so far.
bool isOurs(const ConversationRow &row)
{
    const QList<StopState> notSent{StopState::InLine, StopState::Refused, StopState::NotSent};
    return row.stop && !row.stop->fromEarlierRun && !notSent.contains(row.stop->state);
}

constexpr int manyTouched = 128; ///< from here on all are put in order anew

}

VisibleConversations::VisibleConversations(ConversationListModel &conversations, QObject *parent)
    : ShownRows(conversations, parent), m_conversations(conversations)
{
    using Model = QAbstractItemModel;
    const auto rows = [this](auto method) {
        return [this, method](const QModelIndex &, int first, int last) { (this->*method)(first, last); };
    };
    connect(&conversations, &Model::rowsInserted, this, rows(&VisibleConversations::takeNew));
    connect(&conversations, &Model::rowsAboutToBeRemoved, this, rows(&VisibleConversations::takeLeaving));
    connect(&conversations, &Model::rowsRemoved, this, rows(&VisibleConversations::closeGap));
    connect(&conversations, &Model::layoutAboutToBeChanged, this, &VisibleConversations::rememberIds);
    connect(&conversations, &Model::layoutChanged, this, &VisibleConversations::takeOrder);
    connect(&conversations, &Model::dataChanged, this, &VisibleConversations::takeChange);
    connect(&conversations, &ConversationListModel::toldAll, this, &VisibleConversations::settle);
    arrangeAll();
}

void VisibleConversations::showOnly(const AgentId &agent, StateFilter states)
{
    if (agent == m_agent && states == m_states)
        return;
    m_agent = agent;
    m_states = states;
    m_kept = {}; // what a person's own choice hides leaves the selection
    arrangeAll();
}

void VisibleConversations::setTime(const QDateTime &now)
{
    m_now = now;
    m_hasStops = false;
    for (const int row : m_conversations.watchedRows()) {
        const ConversationRow &each = m_conversations.row(row);
        m_hasStops = m_hasStops || isOurs(each);
        if (each.stop && !isWanted(each) && placeOf(row) >= 0)
            touch(row);
    }
    if (!m_touched.isEmpty())
        settle();
}

/// Most are shown for their state too: only those of which this decides are looked at.
void VisibleConversations::keep(const QSet<ConversationId> &ids)
{
    if (ids == m_kept)
        return;
    const QSet<ConversationId> before = std::exchange(m_kept, ids);
    for (const QSet<ConversationId> &each : {before, ids}) {
        for (const ConversationId &id : each) {
            const int row = m_conversations.find(id);
            if (row >= 0 && isWanted(m_conversations.row(row)) != (placeOf(row) >= 0))
                touch(row);
        }
    }
    settle();
}

void VisibleConversations::find(const QString &text)
{
    if (std::exchange(m_wish.find, text.trimmed()) != m_wish.find)
        arrangeAll();
}

void VisibleConversations::sortBy(int column, Qt::SortOrder order)
{
    const Wish before = m_wish;
    m_wish.column = column;
    m_wish.order = column < 0 ? Qt::AscendingOrder : order;
    if (m_wish != before)
        arrangeAll();
}

/// What vanished meanwhile stands there as "No longer listed" until rows may move again.
void VisibleConversations::keepStill(bool still)
{
    m_still = still;
    m_conversations.holdAll(still);
    settle();
}

void VisibleConversations::showWaiting()
{
    arrangeAll();
}

QModelIndex VisibleConversations::indexOf(const ConversationId &id, int column) const
{
    const int row = id.isEmpty() ? -1 : m_conversations.find(id);
    const int place = row < 0 ? -1 : placeOf(row);
    return place < 0 ? QModelIndex() : index(place, column);
}

ConversationId VisibleConversations::idAt(const QModelIndex &index) const
{
    return index.isValid() ? m_conversations.row(shown().at(index.row())).key() : ConversationId();
}

void VisibleConversations::takeNew(int first, int last)
{
    const int count = last - first + 1;
    const auto moved = [first, count](int row) { return row < first ? row : row + count; };
    if (first < m_hides.size()) { // in between: what stands behind has other numbers now
        QList<int> renumbered = shown();
        std::ranges::transform(renumbered, renumbered.begin(), moved);
        renumber(renumbered);
        m_touched.clear();
        m_manyTouched = true;
        m_again = m_job != nullptr;
    }
    m_hides.insert(first, QByteArray(count, 0));
    for (int row = first; row <= last; ++row) {
        touch(row);
        for (const int subTask : m_conversations.subTasksOf(m_conversations.row(row).key()))
            touch(subTask); // stands under it from now on
    }
}

/// Without roles everything may have changed; with them it is the time that passes, which moves nothing.
void VisibleConversations::takeChange(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    sayChanged(first.row(), last.row(), first.column(), last.column(), roles);
    if (!roles.isEmpty())
        return;
    if (last.row() - first.row() >= manyTouched)
        m_manyTouched = true;
    for (int row = first.row(); !m_manyTouched && row <= last.row(); ++row)
        touch(row);
}

void VisibleConversations::takeLeaving(int first, int last)
{
    QList<int> staying = shown();
    staying.removeIf([first, last](int row) { return row >= first && row <= last; });
    if (staying.size() < shown().size())
        show(staying);
    for (int row = first; row <= last; ++row) {
        for (const int subTask : m_conversations.subTasksOf(m_conversations.row(row).key()))
            touch(subTask);
    }
}

void VisibleConversations::closeGap(int first, int last)
{
    const int count = last - first + 1;
    const auto moved = [first, count](int row) { return row < first ? row : row - count; };
    QList<int> renumbered = shown();
    std::ranges::transform(renumbered, renumbered.begin(), moved);
    renumber(renumbered);
    m_hides.remove(first, count);
    QSet<int> touched;
    for (const int row : std::as_const(m_touched)) {
        if (row < first || row > last)
            touched.insert(moved(row));
    }
    m_touched = touched;
    m_again = m_job != nullptr;
}

void VisibleConversations::rememberIds()
{
    m_idsShown.clear();
    for (const int row : shown())
        m_idsShown.append(m_conversations.row(row).key());
}

void VisibleConversations::takeOrder()
{
    QList<int> renumbered;
    for (const ConversationId &id : std::exchange(m_idsShown, {}))
        renumbered.append(m_conversations.find(id));
    renumber(renumbered);
    m_touched.clear();
    m_manyTouched = true;
    m_again = m_job != nullptr;
}

void VisibleConversations::touch(int row)
{
    m_touched.insert(row);
    m_manyTouched = m_manyTouched || m_touched.size() >= manyTouched;
}

bool VisibleConversations::isOfAgent(const Conversation &conversation) const
{
    return m_agent.isEmpty() || conversation.agent == m_agent;
}

/// Before the first time is known nothing is long ago.
bool VisibleConversations::isJustStopped(const ConversationRow &row) const
{
    return row.stop && (isOpen(*row.stop) || !m_now.isValid() || row.stop->since.secsTo(m_now) < stoppedStays);
}

bool VisibleConversations::isWanted(const ConversationRow &row) const
{
    if (m_kept.contains(row.key()))
        return true;
    if (!isOfAgent(row.conversation))
        return false;
    const RowState state = row.conversation.state;
    switch (m_states) {
    case StateFilter::Live: return isJustStopped(row) || isLive(state);
    case StateFilter::Running: return isJustStopped(row) || state == RowState::Running;
    case StateFilter::NotStarted: return state == RowState::NotStarted;
    case StateFilter::WaitingForPerson: return state == RowState::WaitingForPerson;
    case StateFilter::All: return true;
    case StateFilter::JustStopped: return isOurs(row);
    }
    return true;
}
