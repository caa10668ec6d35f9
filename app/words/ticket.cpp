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

QString queueLine(const StopReport &report)
{
    const bool known = report.target.before.has_value();
    const int waited = known ? report.target.before->waiting() : 0;
    if (report.target.command == Command::EmptyQueue)
        return known ? Ticket::tr("%1 waited before").arg(waited) : QString();
    if (report.target.command != Command::StopConversation)
        return {};
    const QString choice = report.clearQueue == ClearQueue::Yes ? Ticket::tr("to be cleared") : Ticket::tr("kept");
    return known ? Ticket::tr("%1 (%2 waited before the stop)").arg(choice).arg(waited) : choice;
}

QString outcome(const StopReport &report)
{
    const QString word = words::stopState(report.state, report.target.command);
    return report.startedAgain
        ? Ticket::tr("%1, then started again %2").arg(word, words::exactTimeAndUtc(report.startedAgain->at))
        : word;
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

void addOutcome(Lines &lines, const StopReport &report, const Listing &listed)
{
    lines.add(Ticket::tr("Outcome"), outcome(report));
    lines.addTime(Ticket::tr("Outcome since"), report.since);
    lines.add(Ticket::tr("How it is known"), words::evidence(report));
    for (const QString &remark : words::remarks(report))
        lines.add(Ticket::tr("Also"), remark);
    const bool ofConversation = report.target.command == Command::StopConversation;
    if (ofConversation && report.evidence && !report.evidence->readFailed)
        lines.add(Ticket::tr("Also"), words::conflict(listed, report.evidence->running, report.evidence->readAt));
    lines.add(Ticket::tr("Next step"), words::nextStep(report));
}

}

namespace words {

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
    lines.add(isSubTask ? Ticket::tr("Sub-task") : Ticket::tr("Conversation"), title(conversation.title));
    lines.add(isSubTask ? Ticket::tr("Sub-task id") : Ticket::tr("Conversation id"), plain(conversation.id.value));
    lines.add(Ticket::tr("Sub-task of"), plain(conversation.parent.value));
    lines.add(Ticket::tr("Agent"), nameAndId(ending.agentName, conversation.agent.value));
    const Person &person = conversation.person;
    lines.add(Ticket::tr("Person"), nameAndId(person.email.isEmpty() ? person.name : person.email, person.id));
    addConnection(lines, connection);
    lines.add(Ticket::tr("State"), rowState(conversation.state, conversation.stateWord));
    lines.addTime(Ticket::tr("Ended"), ending.finishedAt);
    lines.addTime(Ticket::tr("Last read"), ending.readAt);
    lines.add(Ticket::tr("How it is known"), howItEnded(ending));
    return ending.stop ? lines.text() + u"\n\n"_s + ticketText(*ending.stop, connection, listed) : lines.text();
}

QString ticketText(const StopReport &report, const Connection &connection, const Listing &listed)
{
    Lines lines;
    addTarget(lines, report.target);
    addConnection(lines, connection);
    lines.add(Ticket::tr("Waiting messages"), queueLine(report));
    lines.addTime(Ticket::tr("Asked"), report.askedAt);
    if (report.status != 0)
        lines.addTime(Ticket::tr("Answered"), report.answeredAt);
    if (report.evidence && !report.evidence->readFailed)
        lines.addTime(Ticket::tr("Last read"), report.evidence->readAt);
    addOutcome(lines, report, listed);
    lines.add(Ticket::tr("Request id"), plain(report.request.value));
    if (report.status != 0)
        lines.add(Ticket::tr("HTTP status"), QString::number(report.status));
    lines.add(Ticket::tr("Reason"), plain(report.reason, 2000));
    return lines.text();
}

}
