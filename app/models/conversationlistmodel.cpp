#include "app/models/conversationlistmodel.h"

#include "app/models/conversationcells.h"
#include "app/types/clock.h"
#include "app/words/words.h"

#include <numeric>

using namespace Qt::StringLiterals;

namespace {

/// The page without empty ids, of duplicates the last, in the order in which each id came first.
QList<Conversation> lastOfEach(const QList<Conversation> &page)
{
    QList<Conversation> unique;
    QHash<ConversationId, qsizetype> places;
    for (const Conversation &conversation : page) {
        if (conversation.id.isEmpty())
            continue;
        const auto known = places.constFind(conversation.id);
        if (known != places.cend()) {
            unique[*known] = conversation;
        } else {
            places.insert(conversation.id, unique.size());
            unique.append(conversation);
        }
    }
    return unique;
}

/// Whether cells differ. A stop is shown or not by the time of the last read.
bool showsOther(const ConversationRow &before, ConversationRow now)
{
    if (now.stop)
        return true;
    now.readAt = before.readAt;
    now.listed.readAt = before.listed.readAt;
    now.conversation.createdAt = before.conversation.createdAt;
    now.conversation.updatedAt = before.conversation.updatedAt;
    return !(now == before);
}

bool covers(const Coverage &coverage, const AgentId &agent, const QString &stateWord)
{
    return coverage.complete && (coverage.agent.isEmpty() || coverage.agent == agent)
        && (coverage.stateWords.isEmpty() || coverage.stateWords.contains(stateWord));
}

}

ConversationListModel::ConversationListModel(QObject *parent) : RowModel(parent) { }

void ConversationListModel::setAgentNames(std::function<QString(const AgentId &)> nameOf)
{
    m_nameOf = std::move(nameOf);
    agentNamesChanged();
}

void ConversationListModel::agentNamesChanged()
{
    m_agentNames.clear();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, State), index(rowCount() - 1, Agent));
    Q_EMIT toldAll();
}

void ConversationListModel::merge(const QList<Conversation> &page, const Coverage &coverage, const QDateTime &readAt)
{
    if (!m_now.isValid() || readAt > m_now)
        tick(readAt);
    QSet<ConversationId> listed;
    QList<ConversationRow> fresh;
    Changes changes;
    QSet<QString> newPersons;
    for (const Conversation &conversation : lastOfEach(page)) {
        listed.insert(conversation.id);
        newPersons += m_people.learnListed(conversation.id, conversation.person.id);
        const int number = find(conversation.id);
        ConversationRow row = number < 0 ? newRow(conversation.id) : this->row(number);
        takeListed(row, conversation, readAt);
        if (number < 0)
            fresh.append(row);
        else
            store(number, row, changes);
    }
    const QList<int> gone = takeAbsence(coverage, listed, readAt, changes);
    say(changes);
    drop(gone);
    append(fresh);
    showPersons(newPersons);
    Q_EMIT toldAll();
}

/// What a complete list says of rows that are not in it. Returns those that go.
QList<int> ConversationListModel::takeAbsence(const Coverage &coverage, const QSet<ConversationId> &listed,
                                              const QDateTime &readAt, Changes &changes)
{
    QList<int> gone;
    if (!coverage.complete)
        return gone;
    for (const int number : mayBeAbsent(coverage)) {
        const ConversationRow &present = this->row(number);
        if (listed.contains(present.key()) || (coverage.since.isValid() && present.listed.readAt >= coverage.since))
            continue;
        ConversationRow row = present;
        const Conversation &known = present.conversation;
        const bool isGone = covers(coverage, known.agent, known.stateWord);
        if (covers(coverage, known.agent, row.listed.word))
            row.listed = {RowState::NoLongerListed, row.listed.word, readAt};
        if (isGone)
            takeState(row, RowState::NoLongerListed, known.stateWord, readAt, true);
        if (isGone && !isKept(row))
            gone.append(number);
        else
            store(number, row, changes);
    }
    return gone;
}

/// Rows in other states than the covered ones need no look.
QList<int> ConversationListModel::mayBeAbsent(const Coverage &coverage) const
{
    const bool onlyLive = !coverage.stateWords.isEmpty()
        && std::ranges::all_of(coverage.stateWords, [](const QString &word) { return isLive(rowStateOf(word)); });
    if (onlyLive)
        return watchedRows();
    QList<int> all(rowCount());
    std::iota(all.begin(), all.end(), 0);
    return all;
}

QList<int> ConversationListModel::numbersOf(const auto &ids) const
{
    QList<int> numbers;
    numbers.reserve(ids.size());
    for (const ConversationId &id : ids)
        numbers.append(find(id));
    std::ranges::sort(numbers);
    return numbers;
}

QList<int> ConversationListModel::watchedRows() const
{
    return numbersOf(m_index.watched());
}

QList<int> ConversationListModel::subTasksOf(const ConversationId &parent) const
{
    return numbersOf(m_index.subTasksOf(parent));
}

void ConversationListModel::store(int number, const ConversationRow &row, Changes &changes)
{
    const bool shown = showsOther(this->row(number), row);
    if (!putRow(number, row))
        return;
    m_index.take(row);
    (shown ? changes.shown : changes.times).append(number);
}

void ConversationListModel::storeOne(int number, const ConversationRow &row)
{
    Changes changes;
    store(number, row, changes);
    say(changes);
}

/// Only the tool tips tell when a row was read: such a change, the most frequent, moves no row.
void ConversationListModel::say(Changes changes)
{
    std::ranges::sort(changes.shown);
    for (const Run &run : runsOf(changes.shown))
        changed(run);
    std::ranges::sort(changes.times);
    for (const Run &run : runsOf(changes.times))
        Q_EMIT dataChanged(index(run.first, 0), index(run.last, ColumnCount - 1), {Qt::ToolTipRole});
}

/// In a full table: the last of what is new and has ended stays out, then what has ended goes, then the last of all that
/// is new stays out. While rows must not move none goes. What we stopped is always in it.
void ConversationListModel::makeRoom(QList<ConversationRow> &fresh)
{
    qsizetype tooMany = rowCount() + fresh.size() - mostRows;
    for (qsizetype i = fresh.size() - 1; i >= 0 && tooMany > 0; --i) {
        if (isLive(fresh[i].conversation.state) || fresh[i].stop)
            continue;
        fresh.remove(i);
        --tooMany;
    }
    QList<int> ended;
    for (int number = rowCount() - 1; number >= 0 && tooMany > 0 && !m_allHeld; --number) {
        if (isLive(row(number).conversation.state) || isKept(row(number)))
            continue;
        ended.prepend(number);
        --tooMany;
    }
    drop(ended);
    for (qsizetype i = fresh.size() - 1; i >= 0 && tooMany > 0; --i) {
        if (fresh[i].stop)
            continue;
        fresh.remove(i);
        --tooMany;
    }
}

void ConversationListModel::append(QList<ConversationRow> fresh)
{
    constexpr int many = 5000; // rows; before they are many. What is reserved takes no memory until it is used
    if (rowCount() <= many && rowCount() + fresh.size() > many)
        reserve(mostRows);
    makeRoom(fresh);
    if (fresh.isEmpty())
        return;
    for (const ConversationRow &row : fresh)
        m_index.take(row);
    insertRun(rowCount(), fresh);
}

void ConversationListModel::drop(const QList<int> &ascending)
{
    for (const int number : ascending) {
        m_index.forget(row(number));
        forgetStart(row(number).key()); // it may come back with another turn
    }
    if (ascending.isEmpty())
        return;
    Q_EMIT dropping(ascending);
    removeRows(ascending);
}

bool ConversationListModel::isKept(const ConversationRow &row) const
{
    return row.stop || m_allHeld || m_held.contains(row.key());
}

void ConversationListModel::hold(const QSet<ConversationId> &ids)
{
    m_held = ids;
    dropReleased();
}

void ConversationListModel::holdAll(bool held)
{
    m_allHeld = held;
    dropReleased();
}

void ConversationListModel::dropReleased()
{
    QList<int> released = numbersOf(m_index.gone());
    released.removeIf([this](int number) { return isKept(row(number)); });
    drop(released);
    Q_EMIT toldAll();
}

void ConversationListModel::clear()
{
    m_held.clear();
    m_index = {};
    QList<int> all(rowCount());
    std::iota(all.begin(), all.end(), 0);
    Q_EMIT dropping(all);
    mergeRows({});
    Q_EMIT toldAll();
}

void ConversationListModel::tick(const QDateTime &now)
{
    const QDateTime before = m_now;
    m_now = now;
    QList<int> different;
    for (const int number : m_stale ? QList<int>() : watchedRows()) {
        if (cells::runningFor(row(number), before) != cells::runningFor(row(number), now))
            different.append(number);
    }
    for (const Run &run : runsOf(different))
        Q_EMIT dataChanged(index(run.first, RunningFor), index(run.last, RunningFor),
                           {Qt::DisplayRole, LongRunningRole});
    const bool anotherDay = before.isValid() && toWall(before).toLocalTime().date() != toWall(now).toLocalTime().date();
    if (anotherDay && rowCount() > 0)
        Q_EMIT dataChanged(index(0, Started), index(rowCount() - 1, Started), {Qt::DisplayRole});
}

void ConversationListModel::setStale(bool stale)
{
    if (std::exchange(m_stale, stale) != stale && rowCount() > 0)
        Q_EMIT dataChanged(index(0, State), index(rowCount() - 1, RunningFor), {Qt::DisplayRole, StaleRole});
}

bool ConversationListModel::isPersonRead(const ConversationRow &row) const
{
    return m_people.isRead(row.key(), row.conversation.person);
}

bool ConversationListModel::lacksStart(const ConversationRow &row) const
{
    return isLive(row.conversation.state) && !row.startedAt.isValid() && !m_startless.contains(row.key());
}

void ConversationListModel::showPersons(const QSet<QString> &persons)
{
    Changes changes;
    for (int number = 0; !persons.isEmpty() && number < rowCount(); ++number) {
        if (!persons.contains(row(number).conversation.person.id))
            continue;
        ConversationRow row = this->row(number);
        row.conversation.person = m_people.known(row.conversation.person);
        store(number, row, changes);
    }
    say(changes);
}

QString ConversationListModel::agentName(const AgentId &agent) const
{
    const auto known = m_agentNames.constFind(agent);
    if (known != m_agentNames.cend())
        return *known;
    const QString name = m_nameOf ? words::plain(m_nameOf(agent), 120) : QString();
    return *m_agentNames.insert(agent, name.isEmpty() ? words::shortId(agent.value) : name);
}

QString ConversationListModel::sentence(const ConversationRow &row) const
{
    const QString sentence = words::rowSentence(row.conversation, agentName(row.conversation.agent),
                                                cells::runningFor(row, timeOf(row)), cells::state(row));
    return m_stale && row.readAt.isValid() ? tr("%1, read at %2").arg(sentence, words::timeOfDay(row.readAt)) : sentence;
}

QVariant ConversationListModel::cell(const ConversationRow &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return cells::text(row, column, agentName(row.conversation.agent), column == RunningFor ? timeOf(row) : m_now);
    case Qt::ToolTipRole:
        return cells::toolTip(row, column, agentName(row.conversation.agent));
    case Qt::AccessibleTextRole:
        if (column != State)
            return {};
        return sentence(row);
    case IdRole:
        return row.conversation.id.value;
    case AgentIdRole:
        return row.conversation.agent.value;
    case RowStateRole:
        return int(row.conversation.state);
    case StopStateRole:
        return cells::showsStop(row) ? QVariant(int(row.stop->state)) : QVariant();
    case StartedAgainRole:
        return cells::showsStop(row) && row.stop->startedAgain;
    case SubTaskRole:
        return cells::isSubTask(row);
    case LongRunningRole:
        return cells::isLong(row, timeOf(row));
    case StaleRole:
        return m_stale && !cells::showsStop(row);
    case StopOpenRole:
        return row.stop && isOpen(*row.stop);
    case ParentIdRole:
        return row.conversation.parent.value;
    default:
        return {};
    }
}

QString ConversationListModel::columnTitle(int column) const
{
    return cells::columnTitle(column);
}
