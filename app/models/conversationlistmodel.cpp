#include "app/models/conversationlistmodel.h"

#include "app/models/conversationcells.h"
#include "app/words/words.h"

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

bool covers(const Coverage &coverage, const AgentId &agent, const QString &stateWord)
{
    return coverage.complete && (coverage.agent.isEmpty() || coverage.agent == agent)
        && (coverage.stateWords.isEmpty() || coverage.stateWords.contains(stateWord));
}

/// A list says `stopped` without saying by whom; what a full record said of the same word holds.
RowState finer(const Conversation &before, RowState state, const QString &word)
{
    const bool told = before.state == RowState::StoppedByPerson || before.state == RowState::EndedByService;
    return told && state == RowState::Ended && word == before.stateWord ? before.state : state;
}

template <class Text> void fillIn(Text &present, const Text &learnt)
{
    if (present.isEmpty())
        present = learnt;
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
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, State), index(rowCount() - 1, Agent));
}

void ConversationListModel::merge(const QList<Conversation> &page, const Coverage &coverage, const QDateTime &readAt)
{
    if (!m_now.isValid() || readAt > m_now)
        tick(readAt);
    QList<ConversationRow> wanted = rows();
    QSet<int> listed;
    bool newPerson = false;
    for (const Conversation &conversation : lastOfEach(page)) {
        newPerson |= m_people.remember(conversation.person);
        int place = find(conversation.id);
        if (place < 0) {
            place = int(wanted.size());
            wanted.append(newRow(conversation.id));
        }
        takeListed(wanted[place], conversation, readAt);
        listed.insert(place);
    }
    QList<ConversationRow> kept;
    kept.reserve(wanted.size());
    for (int place = 0; place < wanted.size(); ++place) {
        ConversationRow &row = wanted[place];
        const Conversation &known = row.conversation;
        const bool named =
            listed.contains(place) || (coverage.since.isValid() && row.listed.readAt >= coverage.since);
        const bool gone = !named && covers(coverage, known.agent, known.stateWord);
        if (!named && covers(coverage, known.agent, row.listed.word))
            row.listed = {RowState::NoLongerListed, row.listed.word, readAt};
        if (gone)
            takeState(row, RowState::NoLongerListed, known.stateWord, readAt);
        if (!gone || isKept(row))
            kept.append(std::move(row));
        else
            forgetStart(row.key()); // it may come back with another turn
    }
    mergeRows(kept);
    if (newPerson)
        showPersons();
}

ConversationRow ConversationListModel::newRow(const ConversationId &id) const
{
    ConversationRow row;
    row.conversation.id = id;
    row.startedAt = m_starts.value(id);
    return row;
}

void ConversationListModel::takeListed(ConversationRow &row, const Conversation &listed, const QDateTime &readAt)
{
    const Conversation before = row.conversation;
    row.conversation = listed;
    row.conversation.state = before.state;
    row.conversation.stateWord = before.stateWord;
    fillIn(row.conversation.title, before.title);
    fillIn(row.conversation.agent, before.agent);
    fillIn(row.conversation.parent, before.parent);
    row.conversation.person = listed.person == ::Person() ? before.person : m_people.known(listed.person);
    row.listed = {listed.state, listed.stateWord, readAt};
    takeState(row, finer(before, listed.state, listed.stateWord), listed.stateWord, readAt);
}

void ConversationListModel::takeState(ConversationRow &row, RowState state, const QString &word,
                                      const QDateTime &readAt)
{
    if (row.readAt.isValid() && readAt < row.readAt)
        return;
    const bool wasOver = cells::isOver(row) && row.readAt.isValid();
    row.conversation.state = state;
    row.conversation.stateWord = word;
    row.readAt = readAt;
    if (cells::isOver(row))
        row.seenRunningSince = {};
    else if (wasOver)
        beginTurn(row, readAt);
    else if (!row.seenRunningSince.isValid())
        row.seenRunningSince = readAt;
}

void ConversationListModel::beginTurn(ConversationRow &row, const QDateTime &seenAt)
{
    row.startedAt = {};
    row.seenRunningSince = seenAt;
    forgetStart(row.key());
}

void ConversationListModel::forgetStart(const ConversationId &id)
{
    m_starts.remove(id);
    m_startless.remove(id);
}

bool ConversationListModel::isKept(const ConversationRow &row) const
{
    return row.stop || m_held.contains(row.key());
}

void ConversationListModel::learn(const Record &record, const QDateTime &readAt)
{
    if (const int number = find(record.id); number >= 0) {
        ConversationRow row = this->row(number);
        if (record.state != RowState::NotRead)
            takeState(row, record.state, record.stateWord, readAt);
        if (record.startedAt.isValid())
            row.startedAt = record.startedAt;
        fillIn(row.conversation.title, record.title);
        fillIn(row.conversation.agent, record.agent);
        fillIn(row.conversation.parent, record.parent);
        if (record.person != ::Person())
            row.conversation.person = m_people.known(record.person);
        changeRow(number, row);
    }
    if (record.startedAt.isValid())
        m_starts.insert(record.id, record.startedAt);
    else
        m_startless.insert(record.id);
    if (m_people.remember(record.person))
        showPersons();
}

void ConversationListModel::learn(const RunState &state)
{
    if (const int number = find(state.conversation); number >= 0) {
        ConversationRow row = this->row(number);
        const Conversation &conversation = row.conversation;
        row.waiting = state.waiting();
        const RowState told = rowStateOf(state.stateWord);
        if (state.isRunning)
            takeState(row, RowState::Running, conversation.stateWord, state.readAt);
        else if (told == RowState::NotRead && conversation.state == RowState::Running)
            takeState(row, RowState::Ended, conversation.stateWord, state.readAt);
        else if (told != RowState::NotRead && told != RowState::Running) // an "executing" here lags behind
            takeState(row, finer(conversation, told, state.stateWord), state.stateWord, state.readAt);
        changeRow(number, row);
    }
    bool newPerson = false;
    for (const QueuedMessage &message : state.queue)
        newPerson |= m_people.remember(message.person);
    if (newPerson)
        showPersons();
}

void ConversationListModel::setStop(const StopReport &report)
{
    const StopTarget &target = report.target;
    if (target.conversation.isEmpty())
        return;
    const int number = find(target.conversation);
    if (number < 0) {
        ConversationRow row = newRow(target.conversation);
        row.conversation.agent = target.agent;
        row.conversation.parent = target.parent;
        row.conversation.title = target.title;
        row.conversation.person = m_people.known(target.person);
        takeStop(row, report);
        insertRun(rowCount(), {row});
        return;
    }
    ConversationRow row = this->row(number);
    if (row.stop && row.stop->id > report.id)
        return;
    takeStop(row, report);
    changeRow(number, row);
}

/// What runs again after a stop is another turn.
void ConversationListModel::takeStop(ConversationRow &row, const StopReport &report)
{
    const bool sameStop = row.stop && row.stop->id == report.id;
    const bool nextStarted = report.state == StopState::NextStarted;
    const bool again = report.startedAgain && !(sameStop && row.stop->startedAgain);
    const bool next = nextStarted && !(sameStop && row.stop->state == report.state);
    row.stop = report;
    if (!again && !next)
        return;
    const QDateTime at = again ? report.startedAgain->at : report.since;
    takeState(row, RowState::Running, row.conversation.stateWord, at);
    beginTurn(row, at);
}

void ConversationListModel::hold(const QSet<ConversationId> &ids)
{
    m_held = ids;
    QList<ConversationRow> wanted;
    for (const ConversationRow &row : rows()) {
        if (row.conversation.state != RowState::NoLongerListed || isKept(row))
            wanted.append(row);
    }
    if (wanted.size() != rows().size())
        mergeRows(wanted);
}

void ConversationListModel::clear()
{
    m_held.clear();
    mergeRows({});
}

void ConversationListModel::tick(const QDateTime &now)
{
    const QDateTime before = m_now;
    m_now = now;
    QList<int> different;
    for (int i = 0; i < rowCount(); ++i) {
        if (cells::runningFor(row(i), before) != cells::runningFor(row(i), now))
            different.append(i);
    }
    for (const Run &run : runsOf(different))
        Q_EMIT dataChanged(index(run.first, RunningFor), index(run.last, RunningFor),
                           {Qt::DisplayRole, LongRunningRole});
    const bool anotherDay = before.isValid() && before.toLocalTime().date() != now.toLocalTime().date();
    if (anotherDay && rowCount() > 0)
        Q_EMIT dataChanged(index(0, Started), index(rowCount() - 1, Started), {Qt::DisplayRole});
}

bool ConversationListModel::lacksStart(const ConversationRow &row) const
{
    return isLive(row.conversation.state) && !row.startedAt.isValid() && !m_startless.contains(row.key());
}

void ConversationListModel::showPersons()
{
    for (int i = 0; i < rowCount(); ++i) {
        ConversationRow row = this->row(i);
        row.conversation.person = m_people.known(row.conversation.person);
        changeRow(i, row);
    }
}

QString ConversationListModel::agentName(const ConversationRow &row) const
{
    const QString name = m_nameOf ? words::plain(m_nameOf(row.conversation.agent), 120) : QString();
    return name.isEmpty() ? words::shortId(row.conversation.agent.value) : name;
}

QVariant ConversationListModel::cell(const ConversationRow &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return cells::text(row, column, agentName(row), m_now);
    case Qt::ToolTipRole:
        return cells::toolTip(row, column, agentName(row));
    case Qt::AccessibleTextRole:
        if (column != State)
            return {};
        return words::rowSentence(row.conversation, agentName(row), cells::runningFor(row, m_now), cells::state(row));
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
        return cells::isLong(row, m_now);
    case SortRole:
        return cells::sortValue(row, column, agentName(row));
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
