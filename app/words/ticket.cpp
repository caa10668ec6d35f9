#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct Ticket {
    Q_DECLARE_TR_FUNCTIONS(Ticket)
};

QString nameAndId(const QString &name, const QString &id)
{
    const QString whole = words::plain(id);
    if (name.isEmpty() || name == id)
        return whole;
    return whole.isEmpty() ? words::plain(name) : Ticket::tr("%1 (%2)", "name (id)").arg(words::plain(name), whole);
}

/// About so many waiting messages, or a queue of which nobody knows how long it was.
QString queueSentence(std::optional<int> waited, const QString &ofOne, const QString &ofSeveral, const QString &ofUnknown)
{
    return !waited ? ofUnknown : *waited == 1 ? ofOne : ofSeveral.arg(QLocale().toString(*waited));
}

QString cleared(std::optional<int> waited)
{
    return queueSentence(waited, Ticket::tr("1 waiting message was cleared"),
                         Ticket::tr("%1 waiting messages were cleared"), Ticket::tr("it was cleared"));
}

QString notCleared(std::optional<int> waited)
{
    return queueSentence(waited, Ticket::tr("1 waiting message was not cleared"),
                         Ticket::tr("%1 waiting messages were not cleared"), Ticket::tr("it was not cleared"));
}

QString clearingNotKnown(std::optional<int> waited)
{
    return queueSentence(waited, Ticket::tr("1 waiting message was to be cleared; not proven that it was"),
                         Ticket::tr("%1 waiting messages were to be cleared; not proven that they were"),
                         Ticket::tr("it was to be cleared; not proven that it was"));
}

/// What became of the messages that waited. Cleared is only what was asked for, accepted, and read to be gone.
QString queueLine(const StopReport &report)
{
    const bool ofStop = report.target.command == Command::StopConversation;
    if (!ofStop && report.target.command != Command::EmptyQueue)
        return {};
    const std::optional<int> waited = waitedBefore(report.target);
    const bool isRead = report.evidence && !report.evidence->readFailed
        && report.evidence->source == Evidence::Source::RunState;
    if (waited == 0) {
        const int now = isRead ? report.evidence->waiting : 0;
        return now == 0 ? Ticket::tr("no message waited before")
                        : Ticket::tr("no message waited before; %1 waiting since").arg(QLocale().toString(now));
    }
    if (ofStop && report.clearQueue == ClearQueue::No)
        return Ticket::tr("%1 (that was not asked for)").arg(notCleared(waited));
    switch (report.state) {
    case StopState::Refused:
    case StopState::NotSent: return notCleared(waited);
    case StopState::StoppedQueueKept:
        return isRead ? Ticket::tr("%1: %2 still waiting").arg(notCleared(waited), QLocale().toString(report.evidence->waiting))
                      : notCleared(waited);
    case StopState::Stopped:
    case StopState::WasNotRunning:
        return isRead && (report.evidence->waiting == 0 || !ofStop) ? cleared(waited) : clearingNotKnown(waited);
    default: return clearingNotKnown(waited);
    }
}

QString outcome(const StopReport &report)
{
    const QString word = words::stopState(report.state, report.target.command);
    const QString said = report.since.isValid()
        ? Ticket::tr("%1 %2", "outcome, time").arg(word, words::exactTimeAndUtc(report.since))
        : word;
    return report.startedAgain
        ? Ticket::tr("%1, then started again %2").arg(said, words::exactTimeAndUtc(report.startedAgain->at))
        : said;
}

bool isSameSecond(const QDateTime &one, const QDateTime &other)
{
    return one.toSecsSinceEpoch() == other.toSecsSinceEpoch();
}

class Lines {
public:
    void add(const QString &name, const QString &value)
    {
        if (!value.isEmpty() && value != u"–")
            m_lines.append(Ticket::tr("%1: %2", "name: value").arg(name, value));
    }
    void addTime(const QString &name, const QDateTime &time)
    {
        if (time.isValid())
            add(name, words::exactTimeAndUtc(time));
    }
    QString text() const { return m_lines.join(u'\n'); }

private:
    QStringList m_lines;
};

QString whatWasAsked(Command command)
{
    switch (command) {
    case Command::StopConversation: return Ticket::tr("Stop of the conversation");
    case Command::StopSubTask: return Ticket::tr("Stop of the sub-task");
    case Command::EmptyQueue: return Ticket::tr("Clearing of the queue of");
    case Command::DiscardMessage: return Ticket::tr("Discarding of a message of");
    }
    return {};
}

void addTarget(Lines &lines, const StopTarget &target)
{
    lines.add(whatWasAsked(target.command), words::title(target.title));
    lines.add(target.isSubTask() ? Ticket::tr("Sub-task id") : Ticket::tr("Conversation id"),
              words::plain(target.conversation.value));
    lines.add(Ticket::tr("Sub-task of"), words::plain(target.parent.value));
    lines.add(Ticket::tr("Message id"), words::plain(target.message.id.value));
    lines.add(Ticket::tr("Agent"), nameAndId(target.agentName, target.agent.value));
    const QString known = target.person.email.isEmpty() ? target.person.name : target.person.email;
    lines.add(Ticket::tr("Person"), nameAndId(known, target.person.id));
}

void addConnection(Lines &lines, const Connection &connection)
{
    const QString address = connection.address.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    lines.add(Ticket::tr("Connection"),
              u"%1, %2, %3"_s.arg(words::plain(connection.name), words::environment(connection.environment), address));
}

/// How it came out stands first: that is what a ticket is opened for.
void addOutcome(Lines &lines, const StopReport &report, const Listing &listed)
{
    lines.add(Ticket::tr("Outcome"), outcome(report));
    lines.add(Ticket::tr("How it is known"), words::evidence(report));
    for (const QString &remark : words::remarks(report))
        lines.add(Ticket::tr("Also"), remark);
    const bool ofConversation = report.target.command == Command::StopConversation;
    const bool isProven = hasEnded(report) && !report.startedAgain; // what a list said before that is over
    if (ofConversation && !isProven && report.evidence && !report.evidence->readFailed)
        lines.add(Ticket::tr("Also"), words::conflict(listed, report.evidence->running, report.evidence->readAt));
}

/// Each moment once: an answer or a read in the second of the outcome is told by that.
void addTimes(Lines &lines, const StopReport &report)
{
    lines.addTime(Ticket::tr("Asked"), report.askedAt);
    if (report.status != 0 && !isSameSecond(report.answeredAt, report.since)
        && !isSameSecond(report.answeredAt, report.askedAt))
        lines.addTime(Ticket::tr("Answered"), report.answeredAt);
    if (report.evidence && !report.evidence->readFailed && report.evidence->source != Evidence::Source::LiveLists
        && !isSameSecond(report.evidence->readAt, report.since))
        lines.addTime(Ticket::tr("Last read"), report.evidence->readAt);
}

}

namespace words {

QString ofTarget(const StopTarget &target)
{
    return Ticket::tr("Of “%1”, %2", "title, conversation id")
        .arg(plain(stopTitle(target), 120), plain(target.conversation.value, 120));
}

QString ticketCopied(const StopTarget &target)
{
    return Ticket::tr("Ticket text of “%1” copied.").arg(plain(stopTitle(target), 120));
}

QString noteCopied(const StopTarget &target)
{
    return Ticket::tr("Note for engineers about “%1” copied.").arg(plain(stopTitle(target), 120));
}

QString howItEnded(const Ending &ending)
{
    const Conversation &conversation = ending.conversation;
    if (ending.isByStop)
        return stopPill(*ending.stop) + u". "_s + evidence(*ending.stop);
    const QString state = rowState(conversation.state, conversation.stateWord);
    const QString ended =
        ending.finishedAt.isValid() ? Ticket::tr("%1 at %2").arg(state, clockTime(ending.finishedAt)) : state;
    const QString readAt = clockTime(ending.readAt);
    if (ending.stop)
        return Ticket::tr("%1, read %2. Our stop of it: %3.").arg(ended, readAt, stopPill(*ending.stop));
    return Ticket::tr("%1, read %2. No stop of it was sent since Stopdesk was started.").arg(ended, readAt);
}

QString ticketText(const Ending &ending, const Connection &connection, const Listing &listed)
{
    if (ending.isByStop)
        return ticketText(*ending.stop, connection, listed);
    Lines lines;
    const Conversation &conversation = ending.conversation;
    const bool isSubTask = conversation.isSubTask();
    const QString state = rowState(conversation.state, conversation.stateWord);
    const QDateTime &at = ending.finishedAt;
    lines.add(Ticket::tr("State"), at.isValid() ? Ticket::tr("%1 %2", "outcome, time").arg(state, exactTimeAndUtc(at)) : state);
    lines.add(Ticket::tr("How it is known"), howItEnded(ending));
    lines.add(isSubTask ? Ticket::tr("Sub-task") : Ticket::tr("Conversation"), title(conversation.title));
    lines.add(isSubTask ? Ticket::tr("Sub-task id") : Ticket::tr("Conversation id"), plain(conversation.id.value));
    lines.add(Ticket::tr("Sub-task of"), plain(conversation.parent.value));
    lines.add(Ticket::tr("Agent"), nameAndId(ending.agentName, conversation.agent.value));
    const Person &person = conversation.person;
    lines.add(Ticket::tr("Person"), nameAndId(person.email.isEmpty() ? person.name : person.email, person.id));
    addConnection(lines, connection);
    lines.addTime(Ticket::tr("Last read"), ending.readAt);
    return ending.stop ? lines.text() + u"\n\n"_s + ticketText(*ending.stop, connection, listed) : lines.text();
}

QString ticketText(const StopReport &report, const Connection &connection, const Listing &listed)
{
    Lines lines;
    addOutcome(lines, report, listed);
    addTarget(lines, report.target);
    addConnection(lines, connection);
    lines.add(Ticket::tr("Queue"), queueLine(report));
    addTimes(lines, report);
    lines.add(Ticket::tr("Asked by"), plain(report.operatorName, 120));
    lines.add(Ticket::tr("Request id"), plain(report.request.value));
    if (report.status != 0)
        lines.add(Ticket::tr("HTTP status"), QString::number(report.status));
    lines.add(Ticket::tr("Reason"), plain(report.reason, 2000));
    lines.add(Ticket::tr("Next step"), nextStep(report));
    return lines.text();
}

}
