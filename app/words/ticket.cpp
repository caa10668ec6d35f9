#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct Ticket {
    Q_DECLARE_TR_FUNCTIONS(Ticket)
};

/// Local time with zone, and UTC: a ticket is read elsewhere, too.
QString bothTimes(const QDateTime &time)
{
    return Ticket::tr("%1 (%2 UTC)").arg(words::exactTime(time), time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s));
}

/// When the service answered, as far as the report tells; invalid where no answer came.
QDateTime answeredAt(const StopReport &report)
{
    if (report.status == 0)
        return {};
    if (report.state == StopState::Refused || report.state == StopState::Accepted)
        return report.since;
    return report.evidence ? report.evidence->readAt.addMSecs(-report.evidence->after.count()) : QDateTime();
}

QString nameAndId(const QString &name, const QString &id)
{
    const QString whole = words::plain(id);
    if (name.isEmpty() || name == id)
        return whole;
    return whole.isEmpty() ? words::plain(name) : Ticket::tr("%1 (%2)", "name (id)").arg(words::plain(name), whole);
}

QString queueLine(const StopReport &report)
{
    const QString choice = report.clearQueue == ClearQueue::Yes ? Ticket::tr("to be cleared") : Ticket::tr("kept");
    if (!report.target.before)
        return choice;
    return Ticket::tr("%1 (%2 waited before the stop)").arg(choice).arg(report.target.before->waiting());
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
            add(name, bothTimes(time));
    }
    QString text() const { return m_lines.join(u'\n'); }

private:
    QStringList m_lines;
};

void addTarget(Lines &lines, const StopTarget &target)
{
    const QString what = target.isSubTask() ? Ticket::tr("Stop of the sub-task") : Ticket::tr("Stop of the conversation");
    lines.add(what, words::title(target.title));
    lines.add(Ticket::tr("Conversation id"), words::plain(target.conversation.value));
    lines.add(Ticket::tr("Agent"), nameAndId(target.agentName, target.agent.value));
    const QString known = target.person.email.isEmpty() ? target.person.name : target.person.email;
    lines.add(Ticket::tr("Person"), nameAndId(known, target.person.id));
}

}

namespace words {

QString ticketText(const StopReport &report, const Connection &connection)
{
    Lines lines;
    addTarget(lines, report.target);
    lines.add(Ticket::tr("Connection"),
              u"%1, %2, %3"_s.arg(plain(connection.name), environment(connection.environment),
                                  connection.address.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    lines.add(Ticket::tr("Waiting messages"), queueLine(report));
    lines.addTime(Ticket::tr("Asked"), report.askedAt);
    lines.addTime(Ticket::tr("Answered"), answeredAt(report));
    if (report.evidence && !report.evidence->readFailed)
        lines.addTime(Ticket::tr("Last read"), report.evidence->readAt);
    lines.add(Ticket::tr("Outcome"), stopState(report.state));
    lines.addTime(Ticket::tr("Outcome since"), report.since);
    lines.add(Ticket::tr("How it is known"), evidence(report));
    lines.add(Ticket::tr("Next step"), nextStep(report));
    lines.add(Ticket::tr("Request id"), plain(report.request.value));
    if (report.status != 0)
        lines.add(Ticket::tr("HTTP status"), QString::number(report.status));
    lines.add(Ticket::tr("Reason"), plain(report.reason, 2000));
    return lines.text();
}

}
