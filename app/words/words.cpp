#include "app/words/words.h"

#include "app/words/failurewords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

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

QString stopTitle(const StopTarget &target)
{
    const QString name = title(target.title);
    switch (target.command) {
    case Command::StopConversation:
        return name;
    case Command::StopSubTask:
        return Words::tr("Sub-task: %1").arg(name);
    case Command::EmptyQueue:
        return Words::tr("Queue of %1").arg(name);
    case Command::DiscardMessage:
        return Words::tr("Message of %1").arg(name);
    }
    return name;
}

QString conflict(const Listing &listed, bool runs, const QDateTime &readAt, const QDateTime &now)
{
    const bool ended = hasEnded(listed.state) || listed.state == RowState::NoLongerListed;
    const bool differ = runs ? ended : listed.state == RowState::Running;
    if (!differ || !listed.readAt.isValid() || !readAt.isValid())
        return {};
    const auto when = [&now](const QDateTime &time) {
        return now.isValid() ? age(Duration(qMax<qint64>(0, time.msecsTo(now)))) : clockTime(time);
    };
    const QString text = runs ? Words::tr("The list said %1 %2; run state says that it runs, %3.")
                              : Words::tr("The list said %1 %2; run state says nothing runs, %3.");
    return text.arg(rowState(listed.state, listed.word), when(listed.readAt), when(readAt));
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
    if (whole.size() <= 16)
        return whole;
    const qsizetype head = whole[7].isHighSurrogate() ? 7 : 8;
    const qsizetype tail = whole[whole.size() - 4].isLowSurrogate() ? 3 : 4;
    return whole.first(head) + u'…' + whole.last(tail);
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
    case Stopability::Ended:
        return Words::tr("This conversation has ended. There is nothing to stop.");
    case Stopability::NoAgent:
        return Words::tr("The service named no agent for this conversation. Without one it cannot be stopped.");
    case Stopability::NoKey:
        return Words::tr("There is no key for this connection. Enter the key first.");
    case Stopability::Locked:
        return Words::tr("The screen was locked, or its saver was on. Choose “Unlock to stop…” first.");
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
