#include "ui/panels/visibleconversations.h"

#include "app/models/conversationcells.h"
#include "app/words/words.h"

#include <algorithm>

using Column = ConversationListModel::Column;

namespace {

/// Whether a stop of this run was sent for it, whatever has come of that so far.
bool isOurs(const ConversationRow &row)
{
    const QList<StopState> notSent{StopState::InLine, StopState::Refused, StopState::NotSent};
    return row.stop && !row.stop->fromEarlierRun && !notSent.contains(row.stop->state);
}

}

VisibleConversations::VisibleConversations(QObject *parent) : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(false);
    setSourceModel(m_conversations);
    sort(0); // any column: `lessThan` knows the places
}

void VisibleConversations::showModel(ConversationListModel *conversations)
{
    ConversationListModel *shown = conversations ? conversations : &m_none;
    if (shown == m_conversations)
        return;
    disconnect(m_conversations, nullptr, this, nullptr);
    m_conversations = shown;
    m_kept = {};
    m_held = {};
    m_entries = QList<Entry>(shown->rowCount());
    connectModel(); // before the proxy's own connections: it asks for what is kept here
    setSourceModel(shown);
    shown->holdAll(m_still);
    updateRows(0, shown->rowCount() - 1);
    arrange();
}

void VisibleConversations::connectModel()
{
    using Model = QAbstractItemModel;
    connect(m_conversations, &Model::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { insertEntries(first, last); });
    connect(m_conversations, &ConversationListModel::dropping, this, &VisibleConversations::hideDropped);
    connect(m_conversations, &Model::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
        m_entries.remove(first, last - first + 1);
        m_changed = true;
    });
    connect(m_conversations, &Model::layoutAboutToBeChanged, this, &VisibleConversations::rememberOrder);
    connect(m_conversations, &Model::layoutChanged, this, &VisibleConversations::followOrder);
    connect(m_conversations, &Model::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                if (roles.isEmpty()) // with roles it is the time that passes, which moves nothing
                    updateRows(first.row(), last.row());
            });
    connect(m_conversations, &ConversationListModel::toldAll, this, &VisibleConversations::settle);
}

void VisibleConversations::showOnly(const AgentId &agent, StateFilter states)
{
    if (agent == m_agent && states == m_states)
        return;
    m_agent = agent;
    m_states = states;
    m_kept = {}; // what a person's own choice hides leaves the selection
    filterAll();
    arrange();
}

void VisibleConversations::setTime(const QDateTime &now)
{
    m_now = now;
    m_hasStops = false;
    for (const int row : m_conversations->watchedRows()) {
        const ConversationRow &each = m_conversations->row(row);
        if (!each.stop)
            continue;
        m_hasStops = m_hasStops || isOurs(each);
        filterRow(row);
    }
    if (m_changed)
        settle();
}

void VisibleConversations::keep(const QSet<ConversationId> &ids)
{
    const QSet<ConversationId> before = std::exchange(m_kept, ids);
    QSet<ConversationId> different = before - ids;
    different += ids - before;
    for (const ConversationId &id : std::as_const(different)) {
        if (const int row = m_conversations->find(id); row >= 0)
            filterRow(row);
    }
    if (m_changed)
        settle();
    if (std::exchange(m_held, ids) != ids)
        m_conversations->hold(ids);
}

void VisibleConversations::find(const QString &text)
{
    const QString wanted = text.trimmed();
    if (wanted == m_find.pattern())
        return;
    m_find.setPattern(wanted);
    filterAll();
    arrange();
}

void VisibleConversations::sortBy(int column, Qt::SortOrder order)
{
    const Qt::SortOrder wanted = column < 0 ? Qt::AscendingOrder : order;
    if (column == m_column && wanted == m_order)
        return;
    m_order = wanted;
    if (std::exchange(m_column, column) != column) {
        for (int row = 0; row < m_entries.size(); ++row)
            readKey(row);
    }
    arrange();
}

/// What vanished meanwhile stands there as "No longer listed" until rows may move again.
void VisibleConversations::keepStill(bool still)
{
    m_still = still;
    m_conversations->holdAll(still);
    settle();
}

void VisibleConversations::showWaiting()
{
    arrange();
}

QModelIndex VisibleConversations::indexOf(const ConversationId &id, int column) const
{
    const int row = id.isEmpty() ? -1 : m_conversations->find(id);
    return row < 0 ? QModelIndex() : mapFromSource(m_conversations->index(row, column));
}

ConversationId VisibleConversations::idAt(const QModelIndex &index) const
{
    return index.isValid() ? m_conversations->row(mapToSource(index).row()).key() : ConversationId();
}

bool VisibleConversations::filterAcceptsRow(int row, const QModelIndex &) const
{
    return m_entries.at(row).place >= 0;
}

bool VisibleConversations::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    return m_entries.at(left.row()).place < m_entries.at(right.row()).place;
}

void VisibleConversations::insertEntries(int first, int last)
{
    m_entries.insert(first, last - first + 1, Entry());
    updateRows(first, last);
    m_changed = true; // a sub-task may find its conversation
}

/// Before they go, all at once: the proxy would tell of each stretch of them.
void VisibleConversations::hideDropped(const QList<int> &rows)
{
    bool isShown = false;
    for (const int row : rows)
        isShown = std::exchange(m_entries[row], Entry()).place >= 0 || isShown;
    if (isShown)
        moveRows();
}

void VisibleConversations::rememberOrder()
{
    m_idsBefore.reserve(m_entries.size());
    for (const ConversationRow &row : m_conversations->rows())
        m_idsBefore.append(row.key());
}

void VisibleConversations::followOrder()
{
    QList<Entry> before = std::exchange(m_entries, QList<Entry>(m_entries.size()));
    for (int row = 0; row < before.size(); ++row)
        m_entries[m_conversations->find(m_idsBefore.at(row))] = std::move(before[row]);
    m_idsBefore = {};
    m_changed = true;
}

void VisibleConversations::updateRows(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        readKey(row);
        filterRow(row);
    }
}

void VisibleConversations::readKey(int row)
{
    const ConversationRow &known = m_conversations->row(row);
    qint64 number = 0;
    QString text;
    switch (m_column) {
    case Column::Title: text = words::title(known.conversation.title).toLower(); break;
    case Column::Agent: text = m_conversations->agentName(known.conversation.agent).toLower(); break;
    case Column::Person: text = words::person(known.conversation.person).toLower(); break;
    default: number = m_column < 0 ? placeInList(row) : cells::sortNumber(known, m_column);
    }
    Entry &entry = m_entries[row];
    m_changed = m_changed || number != entry.number || text != entry.text;
    entry.number = number;
    entry.text = text;
}

/// Sub-tasks come right after their conversation: high half the place of the group, low half the one within it.
qint64 VisibleConversations::placeInList(int row) const
{
    const Conversation &conversation = m_conversations->row(row).conversation;
    if (!conversation.isSubTask())
        return qint64(row) << 32;
    const int parent = m_conversations->find(conversation.parent);
    return parent < 0 ? (qint64(row) << 32) + 1 : (qint64(parent) << 32) + row + 1;
}

void VisibleConversations::filterRow(int row)
{
    const ConversationRow &known = m_conversations->row(row);
    Entry &entry = m_entries[row];
    const bool found = std::exchange(entry.found, false);
    entry.wanted = isWanted(known);
    entry.found = entry.wanted && isFound(known.conversation);
    m_changed = m_changed || entry.found != found;
}

void VisibleConversations::filterAll()
{
    for (int row = 0; row < m_entries.size(); ++row)
        filterRow(row);
}

/// Brings what changed to its place, as far as rows may move.
void VisibleConversations::settle()
{
    const auto isShown = [](const Entry &entry) { return entry.place >= 0; };
    if (m_changed && (!m_still || std::ranges::none_of(m_entries, isShown)))
        return arrange();
    if (m_changed)
        appendLast();
    count();
}

void VisibleConversations::arrange()
{
    m_changed = false;
    QList<int> order;
    int shown = 0;
    for (int row = 0; row < m_entries.size(); ++row) {
        Entry &entry = m_entries[row];
        if (m_column < 0)
            entry.number = placeInList(row); // depends on the places of other rows
        if (entry.found)
            order.append(row);
        shown += entry.place >= 0 ? 1 : 0;
    }
    std::ranges::sort(order, [this](int row, int other) { return standsBefore(row, other); });
    const auto placeOf = [this](int row) { return m_entries.at(row).place; };
    const bool isSame = order.size() == shown && std::ranges::is_sorted(order, {}, placeOf)
        && (order.isEmpty() || placeOf(order.first()) >= 0);
    if (!isSame) {
        for (Entry &entry : m_entries)
            entry.place = -1;
        for (int place = 0; place < order.size(); ++place)
            m_entries[order.at(place)].place = place;
        moveRows();
    }
    count();
}

/// What stands behind all others moves none of them.
void VisibleConversations::appendLast()
{
    QList<int> coming;
    int last = -1;
    int places = 0;
    for (int row = 0; row < m_entries.size(); ++row) {
        const Entry &entry = m_entries.at(row);
        places = qMax(places, entry.place + 1);
        if (entry.place < 0 && entry.found)
            coming.append(row);
        else if (entry.place >= 0 && (last < 0 || standsBefore(last, row)))
            last = row;
    }
    coming.removeIf([this, last](int row) { return last >= 0 && standsBefore(row, last); });
    std::ranges::sort(coming, [this](int row, int other) { return standsBefore(row, other); });
    for (const int row : std::as_const(coming))
        m_entries[row].place = places++;
    if (!coming.isEmpty())
        moveRows();
}

void VisibleConversations::moveRows()
{
    Q_EMIT aboutToMove();
    invalidate();
    Q_EMIT moved();
}

bool VisibleConversations::standsBefore(int row, int other) const
{
    const Entry &one = m_entries.at(row);
    const Entry &two = m_entries.at(other);
    const bool up = m_order == Qt::AscendingOrder;
    if (one.number != two.number)
        return (one.number < two.number) == up;
    const int texts = one.text.compare(two.text);
    return texts == 0 ? row < other : (texts < 0) == up;
}

void VisibleConversations::count()
{
    int hidden = 0;
    int waiting = 0;
    for (const Entry &entry : std::as_const(m_entries)) {
        hidden += entry.wanted && !entry.found ? 1 : 0;
        waiting += entry.found && entry.place < 0 ? 1 : 0;
    }
    const Persons persons = findText().isEmpty() ? Persons() : countPersons();
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
    for (int number = 0; number < m_entries.size(); ++number) {
        const ConversationRow &row = m_conversations->row(number);
        const QString &id = row.conversation.person.id;
        if (!m_entries.at(number).wanted || counted.contains(id))
            continue;
        const int unread = m_conversations->isPersonRead(row) ? 0 : 1;
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

bool VisibleConversations::isFound(const Conversation &conversation) const
{
    const Person &person = conversation.person;
    const auto isMatch = [this](const QString *text) { return m_find.indexIn(*text) >= 0; };
    const std::initializer_list<const QString *> texts{&conversation.title, &conversation.id.value, &person.email,
                                                       &person.name, &person.id};
    return findText().isEmpty() || std::ranges::any_of(texts, isMatch);
}
