#include "app/words/words.h"

#include "app/words/failurewords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

/// The context of the translations here. English needs no translation file: where one and many differ, both are
/// written out.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

struct Outcome {
    StopState state;
    const char *word;
    const char *count;
};

constexpr Outcome outcomes[] = {
    {StopState::InLine, QT_TRANSLATE_NOOP("Words", "In line"), QT_TRANSLATE_N_NOOP("Words", "%n in line")},
    {StopState::Sending, QT_TRANSLATE_NOOP("Words", "Sending"), QT_TRANSLATE_N_NOOP("Words", "%n sending")},
    {StopState::Accepted, QT_TRANSLATE_NOOP("Words", "Accepted, checking"),
     QT_TRANSLATE_N_NOOP("Words", "%n checking")},
    {StopState::Stopped, QT_TRANSLATE_NOOP("Words", "Stopped"), QT_TRANSLATE_N_NOOP("Words", "%n stopped")},
    {StopState::StoppedQueueKept, QT_TRANSLATE_NOOP("Words", "Stopped, queue not cleared"),
     QT_TRANSLATE_N_NOOP("Words", "%n stopped, queue not cleared")},
    {StopState::NoLongerRunning, QT_TRANSLATE_NOOP("Words", "No longer running"),
     QT_TRANSLATE_N_NOOP("Words", "%n no longer running")},
    {StopState::WasNotRunning, QT_TRANSLATE_NOOP("Words", "Was not running"),
     QT_TRANSLATE_N_NOOP("Words", "%n not running before")},
    {StopState::NotKnown, QT_TRANSLATE_NOOP("Words", "Not known to the service"),
     QT_TRANSLATE_N_NOOP("Words", "%n not known")},
    {StopState::NextStarted, QT_TRANSLATE_NOOP("Words", "Next message started"),
     QT_TRANSLATE_N_NOOP("Words", "%n with the next message started")},
    {StopState::StillRunning, QT_TRANSLATE_NOOP("Words", "Still running"),
     QT_TRANSLATE_N_NOOP("Words", "%n still running")},
    {StopState::SubTasksStillRunning, QT_TRANSLATE_NOOP("Words", "Sub-tasks still running"),
     QT_TRANSLATE_N_NOOP("Words", "%n with sub-tasks still running")},
    {StopState::Refused, QT_TRANSLATE_NOOP("Words", "Refused"), QT_TRANSLATE_N_NOOP("Words", "%n refused")},
    {StopState::NotSent, QT_TRANSLATE_NOOP("Words", "Not sent"), QT_TRANSLATE_N_NOOP("Words", "%n not sent")},
    {StopState::Unconfirmed, QT_TRANSLATE_NOOP("Words", "Unconfirmed"),
     QT_TRANSLATE_N_NOOP("Words", "%n unconfirmed")},
};

constexpr bool inOrder()
{
    for (int i = 0; i < int(std::size(outcomes)); ++i) {
        if (int(outcomes[i].state) != i)
            return false;
    }
    return std::size(outcomes) == size_t(StopState::Unconfirmed) + 1;
}
static_assert(inOrder(), "one line for each StopState, in its order");

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : text;
}

}

namespace words {

QString rowState(RowState state, const QString &word)
{
    switch (state) {
    case RowState::NotRead:
        return Words::tr("Not read yet");
    case RowState::NotStarted:
        return Words::tr("Not started");
    case RowState::Running:
        return Words::tr("Running");
    case RowState::WaitingForPerson:
        return Words::tr("Waiting for a person");
    case RowState::Completed:
        return Words::tr("Completed");
    case RowState::Failed:
        return Words::tr("Failed");
    case RowState::StoppedByPerson:
        return Words::tr("Stopped by a person");
    case RowState::EndedByService:
        return Words::tr("Ended by the service");
    case RowState::Ended:
        return Words::tr("Ended");
    case RowState::Unknown:
        return orDash(plain(word, 40));
    case RowState::NoLongerListed:
        return Words::tr("No longer listed");
    }
    return {};
}

QString stopState(StopState state)
{
    return Words::tr(outcomes[int(state)].word);
}

QString stopCount(StopState state, int count)
{
    return Words::tr(outcomes[int(state)].count, nullptr, count);
}

QString stopPill(const StopReport &report)
{
    if (report.state != StopState::Stopped || !report.since.isValid())
        return stopState(report.state);
    return Words::tr("Stopped %1").arg(clockTime(report.since));
}

QString environment(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return Words::tr("PRODUCTION");
    case Environment::Staging:
        return Words::tr("STAGING");
    case Environment::Other:
        return Words::tr("OTHER");
    }
    return {};
}

QString person(const Person &person)
{
    if (const QString email = plain(person.email, 120); !email.isEmpty())
        return email;
    if (const QString name = plain(person.name, 120); !name.isEmpty())
        return name;
    return orDash(shortId(person.id));
}

QString shortId(const QString &id)
{
    const QString whole = plain(id);
    return whole.size() <= 16 ? whole : whole.first(8) + u'…' + whole.last(4);
}

QString title(const QString &title)
{
    const QString text = plain(title);
    return text.isEmpty() ? Words::tr("Untitled") : text;
}

QString whyNot(Stopability stopability)
{
    switch (stopability) {
    case Stopability::Can:
        return {};
    case Stopability::NothingChosen:
        return Words::tr("Choose a conversation first.");
    case Stopability::ReadOnly:
        return Words::tr("This connection is read-only: it shows conversations and stops none.");
    case Stopability::StopOpen:
        return Words::tr("A stop of this conversation is under way.");
    case Stopability::SubTask:
        return Words::tr("This is a sub-task. Stop the conversation that it belongs to.");
    case Stopability::Ended:
        return Words::tr("This conversation has ended. There is nothing to stop.");
    case Stopability::NoAgent:
        return Words::tr("The service named no agent for this conversation. Without one it cannot be stopped.");
    case Stopability::NoKey:
        return Words::tr("There is no key for this connection. Enter the key first.");
    }
    return {};
}

QString queueChoice(std::optional<int> waiting, ClearQueue choice)
{
    const bool clear = choice == ClearQueue::Yes;
    if (!waiting) {
        return clear ? Words::tr("All waiting messages will be discarded.")
                     : Words::tr("Waiting messages, if there are any, stay; the first may start at once.");
    }
    if (*waiting <= 0)
        return clear ? Words::tr("No messages wait. There is nothing to discard.") : Words::tr("No messages wait.");
    if (*waiting == 1) {
        return clear ? Words::tr("1 waiting message will be discarded.")
                     : Words::tr("1 waiting message stays and may start at once.");
    }
    return clear ? Words::tr("%n waiting messages will be discarded.", nullptr, *waiting)
                 : Words::tr("%n waiting messages stay; the first may start at once.", nullptr, *waiting);
}

QString rowSentence(const Conversation &conversation, const QString &agentName, const QString &runningFor,
                    const QString &state)
{
    const QString name = title(conversation.title);
    QStringList parts{conversation.isSubTask() ? Words::tr("sub-task: %1").arg(name) : name};
    if (!agentName.isEmpty())
        parts.append(Words::tr("agent %1").arg(plain(agentName, 120)));
    if (const QString who = person(conversation.person); who != u"–")
        parts.append(Words::tr("person %1").arg(who));
    const bool timed = !runningFor.isEmpty() && runningFor != u"–";
    const QString start = timed ? Words::tr("%1, %2", "state, running for").arg(state, runningFor) : state;
    return start + u": "_s + parts.join(u"; "_s);
}

}
