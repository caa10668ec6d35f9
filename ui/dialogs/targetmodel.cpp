#include "ui/dialogs/targetmodel.h"

#include "app/models/conversationcells.h"

#include <algorithm>

namespace {

/// What the list says, or our own proof where it is further.
RowState stateOf(const ConversationRow &row)
{
    const RowState listed = row.conversation.state;
    return isLive(listed) && cells::isOver(row) ? RowState::Ended : listed;
}

}

TargetModel::TargetModel(const QList<StopTarget> &targets, const ConversationListModel &conversations, QObject *parent)
    : QAbstractTableModel(parent)
{
    m_targets.reserve(targets.size());
    m_rows.reserve(targets.size());
    m_places.reserve(targets.size());
    for (const StopTarget &target : targets) {
        const int same = m_places.value(target.conversation, -1);
        if (same < 0 || !isSameDecision(m_targets.at(same), target))
            add(target, conversations);
    }
    m_ticked = int(m_rows.size());
    follow(conversations);
}

void TargetModel::add(const StopTarget &target, const ConversationListModel &conversations)
{
    Row row;
    row.asked = target.ranBefore.value_or(false) ? RowState::Running : RowState::NotRead;
    if (const int known = conversations.find(target.conversation); known >= 0) {
        const ConversationRow &listed = conversations.row(known);
        row.asked = stateOf(listed);
        row.askedWord = listed.conversation.stateWord;
        row.waiting = listed.waiting;
        m_readAt = m_readAt.isValid() ? qMin(m_readAt, listed.readAt) : listed.readAt;
    } else {
        ++m_unlisted;
    }
    row.now = row.asked;
    row.nowWord = row.askedWord;
    m_places.insert(target.conversation, int(m_rows.size()));
    m_targets.append(target);
    m_rows.append(row);
}

void TargetModel::follow(const ConversationListModel &conversations)
{
    const auto each = [this, &conversations](int first, int last, void (TargetModel::*take)(const ConversationRow &)) {
        for (int number = first; number <= last; ++number)
            (this->*take)(conversations.row(number));
    };
    connect(&conversations, &QAbstractItemModel::rowsInserted, this,
            [each](const QModelIndex &, int first, int last) { each(first, last, &TargetModel::look); });
    connect(&conversations, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [each](const QModelIndex &, int first, int last) { each(first, last, &TargetModel::lose); });
    connect(&conversations, &QAbstractItemModel::dataChanged, this,
            [each](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                if (roles.isEmpty()) // the others tell of time alone
                    each(first.row(), last.row(), &TargetModel::look);
            });
}

void TargetModel::look(const ConversationRow &listed)
{
    const int number = m_places.value(listed.key(), -1);
    if (number < 0)
        return;
    Row row = m_rows.at(number);
    row.now = stateOf(listed);
    row.nowWord = listed.conversation.stateWord;
    row.waiting = listed.waiting;
    store(number, row);
}

void TargetModel::lose(const ConversationRow &listed)
{
    const int number = m_places.value(listed.key(), -1);
    if (number < 0)
        return;
    Row row = m_rows.at(number);
    row.now = RowState::NoLongerListed;
    store(number, row);
}

void TargetModel::store(int number, const Row &row)
{
    const Row before = std::exchange(m_rows[number], row);
    if (before.now == row.now && before.nowWord == row.nowWord && before.waiting == row.waiting)
        return;
    Q_EMIT dataChanged(index(number, 0), index(number, ColumnCount - 1));
    tellLater();
}

void TargetModel::tellLater()
{
    if (std::exchange(m_isToTell, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isToTell = false;
            Q_EMIT factsChanged();
        },
        Qt::QueuedConnection);
}

/// Of what was not known nothing can have changed, and how something ended does not matter here.
bool TargetModel::hasChanged(const Row &row)
{
    return row.asked != RowState::NotRead && row.now != row.asked && (isLive(row.asked) || isLive(row.now));
}

bool TargetModel::hasEndedSince(const Row &row)
{
    return hasChanged(row) && (hasEnded(row.now) || row.now == RowState::NoLongerListed);
}

QList<StopTarget> TargetModel::ticked() const
{
    QList<StopTarget> chosen;
    chosen.reserve(m_ticked);
    for (int number = 0; number < m_rows.size(); ++number) {
        if (m_rows.at(number).isTicked)
            chosen.append(m_targets.at(number));
    }
    return chosen;
}

void TargetModel::tickAll(bool ticked)
{
    for (Row &row : m_rows)
        row.isTicked = ticked;
    m_ticked = ticked ? int(m_rows.size()) : 0;
    Q_EMIT dataChanged(index(0, Title), index(rowCount() - 1, Title), {Qt::CheckStateRole});
    Q_EMIT ticksChanged();
}

void TargetModel::untickEnded()
{
    for (Row &row : m_rows) {
        if (row.isTicked && hasEndedSince(row)) {
            row.isTicked = false;
            --m_ticked;
        }
    }
    Q_EMIT dataChanged(index(0, Title), index(rowCount() - 1, Title), {Qt::CheckStateRole});
    Q_EMIT ticksChanged();
}

int TargetModel::changedCount() const
{
    return int(std::ranges::count_if(m_rows, &TargetModel::hasChanged));
}

int TargetModel::endedCount() const
{
    return int(std::ranges::count_if(m_rows, [](const Row &row) { return row.isTicked && hasEndedSince(row); }));
}

WaitingSum TargetModel::waiting() const
{
    WaitingSum sum{0, 0, m_ticked};
    for (const Row &row : m_rows) {
        if (!row.isTicked || !row.waiting)
            continue;
        sum.messages += *row.waiting;
        ++sum.known;
    }
    return sum;
}

QList<AgentShare> TargetModel::agents() const
{
    QHash<AgentId, qsizetype> places;
    QList<AgentShare> shares;
    for (int number = 0; number < m_rows.size(); ++number) {
        if (!m_rows.at(number).isTicked)
            continue;
        const auto known = places.constFind(m_targets.at(number).agent);
        const qsizetype place = known == places.cend() ? shares.size() : *known;
        if (known == places.cend()) {
            places.insert(m_targets.at(number).agent, place);
            shares.append({agentName(number), 0});
        }
        ++shares[place].targets;
    }
    std::ranges::stable_sort(shares, std::ranges::greater(), &AgentShare::targets);
    return shares;
}
