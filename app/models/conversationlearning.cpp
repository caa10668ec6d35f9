// What ConversationListModel takes from lists, records, run-states and stops: which of them counts for what.
#include "app/models/conversationlistmodel.h"

#include "app/models/conversationcells.h"

namespace {

template <class Text> void fillIn(Text &present, const Text &learnt)
{
    if (present.isEmpty())
        present = learnt;
}

}

ConversationRow ConversationListModel::newRow(const ConversationId &id) const
{
    ConversationRow row;
    row.conversation.id = id;
    row.conversation.person = m_people.ofRecord(id);
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
    const RowState state = finerState(before.state, before.stateWord, listed.state, listed.stateWord);
    takeState(row, state, listed.stateWord, readAt, true);
}

void ConversationListModel::takeState(ConversationRow &row, RowState state, const QString &word,
                                      const QDateTime &readAt, bool isListRead)
{
    if (row.readAt.isValid() && readAt < row.readAt)
        return;
    const bool wasOver = cells::isOver(row) && row.readAt.isValid();
    row.conversation.state = state;
    row.conversation.stateWord = word;
    row.readAt = readAt;
    row.isListRead = isListRead;
    if (cells::isOver(row)) {
        row.seenRunningSince = {};
    } else if (wasOver) {
        row.isStopOld = row.stop && !isOpen(*row.stop);
        beginTurn(row, readAt);
    } else if (!row.seenRunningSince.isValid()) {
        row.seenRunningSince = readAt;
    }
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

void ConversationListModel::learn(const Record &record, const QDateTime &readAt)
{
    QSet<QString> newPersons;
    if (const int number = find(record.id); number >= 0) {
        ConversationRow row = this->row(number);
        if (record.state != RowState::NotRead)
            takeState(row, record.state, record.stateWord, readAt);
        if (record.startedAt.isValid())
            row.startedAt = record.startedAt;
        fillIn(row.conversation.title, record.title);
        fillIn(row.conversation.agent, record.agent);
        fillIn(row.conversation.parent, record.parent);
        ::Person &person = row.conversation.person;
        newPersons = m_people.learnRecord(record.id, person.id, record.person);
        const QString id = person.id.isEmpty() ? record.person.id : person.id;
        person = m_people.known(completed({id, record.person.email, record.person.name}, person));
        storeOne(number, row);
    } else {
        newPersons = m_people.learnRecord(record.id, {}, record.person);
    }
    if (record.startedAt.isValid())
        m_starts.insert(record.id, record.startedAt);
    else
        m_startless.insert(record.id);
    showPersons(newPersons);
    Q_EMIT toldAll();
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
            takeState(row, finerState(conversation.state, conversation.stateWord, told, state.stateWord),
                      state.stateWord, state.readAt);
        storeOne(number, row);
    }
    QSet<QString> newPersons;
    for (const QueuedMessage &message : state.queue) {
        if (m_people.remember(message.person))
            newPersons.insert(message.person.id);
    }
    showPersons(newPersons);
    Q_EMIT toldAll();
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
        if (target.person != ::Person())
            row.conversation.person = m_people.known(target.person);
        takeStop(row, report);
        append({row});
        Q_EMIT toldAll();
        return;
    }
    ConversationRow row = this->row(number);
    if (row.stop && row.stop->id > report.id)
        return;
    takeStop(row, report);
    storeOne(number, row);
    Q_EMIT toldAll();
}

/// What runs again after a stop is another turn.
void ConversationListModel::takeStop(ConversationRow &row, const StopReport &report)
{
    const bool sameStop = row.stop && row.stop->id == report.id;
    const bool nextStarted = report.state == StopState::NextStarted;
    const bool again = report.startedAgain && !(sameStop && row.stop->startedAgain);
    const bool next = nextStarted && !(sameStop && row.stop->state == report.state);
    row.stop = report;
    row.isStopOld = row.isStopOld && sameStop;
    if (!again && !next)
        return;
    const QDateTime at = again ? report.startedAgain->at : report.since;
    takeState(row, RowState::Running, row.conversation.stateWord, at);
    row.isStopOld = false; // what runs is told by the stop itself
    beginTurn(row, at);
}
