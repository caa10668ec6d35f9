#include "app/words/failurewords.h"
#include "app/types/clock.h"
#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

/// What those who run the service are asked, in the service's own words for its fields.
struct Note {
    Q_DECLARE_TR_FUNCTIONS(Note)
};

QString utc(const QDateTime &time)
{
    return time.isValid() ? toWall(time).toUTC().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u" UTC"_s : u"–"_s;
}

QString sourceOf(const Evidence &read)
{
    switch (read.source) {
    case Evidence::Source::RunState: return Note::tr("run-state");
    case Evidence::Source::Record: return Note::tr("the record");
    case Evidence::Source::LiveLists: return Note::tr("the lists of what lives");
    }
    return {};
}

QString command(const StopReport &report)
{
    switch (report.target.command) {
    case Command::StopConversation:
        return report.clearQueue == ClearQueue::Yes ? Note::tr("stop a conversation, clear_queue true")
                                                    : Note::tr("stop a conversation, clear_queue false");
    case Command::StopSubTask: return Note::tr("stop a sub-task");
    case Command::EmptyQueue: return Note::tr("clear the queue of a conversation");
    case Command::DiscardMessage: return Note::tr("discard one waiting message");
    }
    return {};
}

/// "Accepted with 200 at …", "No whole answer came by …".
QString answer(const StopReport &report)
{
    if (report.state == StopState::InLine || report.state == StopState::Sending || report.state == StopState::NotSent)
        return Note::tr("Not answered.");
    const QString at = utc(report.answeredAt);
    if (report.status == 0)
        return Note::tr("No whole answer by %1.").arg(at);
    const bool accepted = report.status >= 200 && report.status < 300;
    return (accepted ? Note::tr("Accepted with %1 at %2.") : Note::tr("Answered with %1 at %2."))
        .arg(report.status)
        .arg(at);
}

QString stillThere(const StopReport &report, const Evidence &read)
{
    if (read.source == Evidence::Source::LiveLists)
        return read.running ? Note::tr("%1 have it at %2") : Note::tr("%1 have it no more at %2");
    switch (report.target.command) {
    case Command::StopConversation:
    case Command::StopSubTask:
        return read.running ? Note::tr("%1 says is_running at %2") : Note::tr("%1 says nothing runs at %2");
    case Command::EmptyQueue:
        return read.running ? Note::tr("%1 still lists the messages at %2") : Note::tr("%1 lists them no more at %2");
    case Command::DiscardMessage:
        return read.running ? Note::tr("%1 still lists the message at %2") : Note::tr("%1 lists it no more at %2");
    }
    return {};
}

QString lastRead(const StopReport &report)
{
    if (!report.evidence)
        return Note::tr("Not read since.");
    const Evidence &read = *report.evidence;
    const QString source = sourceOf(read);
    if (read.readFailed)
        return Note::tr("The last read of %1 failed at %2.").arg(source, utc(read.readAt));
    const QString said = stillThere(report, read).arg(source, utc(read.readAt));
    return read.source == Evidence::Source::RunState ? Note::tr("%1, queue depth %2.").arg(said).arg(read.waiting)
                                                     : said + u'.';
}

QString firstRead(const RunState &before)
{
    const QString running = before.isRunning ? u"true"_s : u"false"_s;
    QString text = Note::tr("is_running %1, execution_status %2, queue depth %3, at %4")
                       .arg(running, before.stateWord.isEmpty() ? u"–"_s : words::plain(before.stateWord, 40),
                            QString::number(before.waiting()), utc(before.readAt));
    if (!before.activeChild.isEmpty())
        text += Note::tr(", active_child_id %1").arg(words::plain(before.activeChild.value));
    return text;
}

QString question(const StopReport &report)
{
    if (report.startedAgain)
        return Note::tr("Nothing ran at %1, and it ran again at %2. Please find out what started it.")
            .arg(utc(report.since), utc(report.startedAgain->at));
    switch (report.state) {
    case StopState::StillRunning: return Note::tr("Please find out why this had no effect.");
    case StopState::Unconfirmed: return Note::tr("Please find out whether this arrived and what became of it.");
    case StopState::SubTasksStillRunning:
        return Note::tr("Its sub-tasks run on. Please find out whether they should have ended with it.");
    case StopState::StoppedQueueKept:
        return Note::tr("The queue was to be cleared and was not. Please find out why.");
    case StopState::NextStarted: return Note::tr("The next message started after the stop.");
    case StopState::InLine:
    case StopState::Sending:
    case StopState::Accepted:
    case StopState::Stopped:
    case StopState::NoLongerRunning:
    case StopState::WasNotRunning:
    case StopState::NotKnown:
    case StopState::Refused:
    case StopState::NotSent: break;
    }
    return Note::tr("Please look at this request.");
}

QString subTaskIds(const StopReport &report)
{
    QStringList ids;
    for (const Conversation &subTask : report.subTasks)
        ids.append(words::plain(subTask.id.value));
    return ids.join(u", "_s);
}

QStringList facts(const StopReport &report, const Connection &connection)
{
    const StopTarget &target = report.target;
    QStringList lines;
    const auto add = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(Note::tr("%1: %2", "name: value").arg(name, value));
    };
    add(Note::tr("Request"), command(report));
    add(Note::tr("Request id"), words::plain(report.request.value));
    add(Note::tr("Agent id"), words::plain(target.agent.value));
    add(target.isSubTask() ? Note::tr("Sub-task id") : Note::tr("Conversation id"),
        words::plain(target.conversation.value));
    add(Note::tr("Parent id"), words::plain(target.parent.value));
    add(Note::tr("Message id"), words::plain(target.message.id.value));
    add(Note::tr("Service"), connection.address.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
    add(Note::tr("Asked"), utc(report.askedAt));
    add(Note::tr("Read before"), target.before ? firstRead(*target.before) : QString());
    add(Note::tr("Outcome so far"), words::stopState(report.state, target.command) + u", "_s + utc(report.since));
    add(Note::tr("Sub-tasks that run on"), subTaskIds(report));
    return lines;
}

/// What the list says against the last read.
QString listedElse(const StopReport &report, const Listing &listed)
{
    const bool ofConversation = report.target.command == Command::StopConversation;
    const bool read = ofConversation && report.evidence && !report.evidence->readFailed;
    if (!read || words::conflict(listed, report.evidence->running, report.evidence->readAt).isEmpty())
        return {};
    return Note::tr("The list says %1 at %2.")
        .arg(listed.word.isEmpty() ? words::rowState(listed.state, {}) : words::plain(listed.word, 40),
             utc(listed.readAt));
}

}

namespace words {

QString engineerNote(const StopReport &report, const Connection &connection, const Listing &listed)
{
    QStringList first{answer(report), lastRead(report), listedElse(report, listed), question(report)};
    first.removeAll(QString());
    return first.join(u' ') + u"\n\n"_s + facts(report, connection).join(u'\n');
}

}
