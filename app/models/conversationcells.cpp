#include "app/models/conversationcells.h"

#include "app/types/clock.h"
#include "app/words/words.h"

#include <QCoreApplication>

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Cells {
    Q_DECLARE_TR_FUNCTIONS(Cells)
};

bool provesIdle(StopState state)
{
    switch (state) {
    case StopState::Stopped:
    case StopState::StoppedQueueKept:
    case StopState::NoLongerRunning:
    case StopState::SubTasksStillRunning:
    case StopState::WasNotRunning:
    case StopState::NotKnown:
        return true;
    case StopState::InLine:
    case StopState::Sending:
    case StopState::Accepted:
    case StopState::NextStarted:
    case StopState::StillRunning:
    case StopState::Refused:
    case StopState::NotSent:
    case StopState::Unconfirmed:
        return false;
    }
    return false;
}

/// Since when it has been live, as far as known.
QDateTime liveSince(const ConversationRow &row)
{
    if (cells::isOver(row))
        return {};
    return row.startedAt.isValid() ? row.startedAt : row.seenRunningSince;
}

int stateRank(RowState state)
{
    switch (state) {
    case RowState::Running:
        return 0;
    case RowState::WaitingForPerson:
        return 1;
    case RowState::NotStarted:
        return 2;
    case RowState::Unknown:
        return 3;
    case RowState::NotRead:
        return 4;
    case RowState::Failed:
        return 40;
    case RowState::StoppedByPerson:
        return 41;
    case RowState::EndedByService:
        return 42;
    case RowState::Ended:
        return 43;
    case RowState::Completed:
        return 44;
    case RowState::NoLongerListed:
        return 45;
    }
    return 45;
}

int stopRank(const StopReport &stop)
{
    return 10 + int(stop.startedAgain ? StopState::NextStarted : stop.state);
}

QString stateToolTip(const ConversationRow &row)
{
    QStringList lines{cells::state(row)};
    if (cells::showsStop(row))
        lines += QStringList{words::evidence(*row.stop)} + words::remarks(*row.stop) << words::nextStep(*row.stop);
    if (row.readAt.isValid())
        lines.append(Cells::tr("Read %1").arg(words::exactTime(row.readAt)));
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString startToolTip(const ConversationRow &row)
{
    if (row.startedAt.isValid())
        return Cells::tr("This turn started %1").arg(words::exactTime(row.startedAt));
    QStringList lines{Cells::tr("The start of this turn was not read.")};
    if (row.seenRunningSince.isValid())
        lines.append(Cells::tr("First seen live %1").arg(words::exactTime(row.seenRunningSince)));
    if (row.conversation.createdAt.isValid())
        lines.append(Cells::tr("The conversation's first turn: %1").arg(words::exactTime(row.conversation.createdAt)));
    return lines.join(u'\n');
}

QString personToolTip(const Person &person)
{
    QStringList lines{words::plain(person.email), words::plain(person.name), words::plain(person.id)};
    lines.removeAll(QString());
    return lines.isEmpty() ? Cells::tr("The service named no person.") : lines.join(u'\n');
}

QString queueToolTip(const ConversationRow &row)
{
    if (!row.waiting)
        return Cells::tr("The queue was not read.");
    return *row.waiting == 1 ? Cells::tr("1 waiting message") : Cells::tr("%n waiting messages", nullptr, *row.waiting);
}

}

namespace cells {

bool showsStop(const ConversationRow &row)
{
    if (!row.stop)
        return false;
    const bool live = isLive(row.conversation.state);
    if (row.stop->startedAgain)
        return live || row.readAt <= row.stop->startedAgain->at.addSecs(30);
    const bool liveLater = live && row.readAt > row.stop->since.addSecs(row.isListRead ? 30 : 0);
    return isOpen(*row.stop) || !(liveLater || row.isStopOld);
}

bool isProvenOver(const ConversationRow &row)
{
    return showsStop(row) && !row.stop->startedAgain && provesIdle(row.stop->state);
}

bool isOver(const ConversationRow &row)
{
    if (showsStop(row) && row.stop->startedAgain)
        return false;
    return !isLive(row.conversation.state) || isProvenOver(row);
}

QString state(const ConversationRow &row)
{
    return showsStop(row) ? words::stopPill(*row.stop)
                          : words::rowState(row.conversation.state, row.conversation.stateWord);
}

bool isSubTask(const ConversationRow &row)
{
    return row.conversation.isSubTask() || (row.stop && row.stop->target.isSubTask());
}

QString title(const ConversationRow &row)
{
    const QString name = words::title(row.conversation.title);
    return isSubTask(row) ? Cells::tr("↳ sub-task: %1").arg(name) : name;
}

QString started(const ConversationRow &row, const QDateTime &now)
{
    if (!row.startedAt.isValid())
        return u"–"_s;
    const QDateTime local = toWall(row.startedAt).toLocalTime();
    const QLocale locale;
    return local.date() == toWall(now).toLocalTime().date() ? locale.toString(local.time(), u"HH:mm"_s)
                                                     : locale.toString(local.date(), QLocale::ShortFormat);
}

bool isLong(const ConversationRow &row, const QDateTime &now)
{
    const QDateTime since = liveSince(row);
    return row.conversation.state == RowState::Running && since.isValid() && Duration(since.msecsTo(now)) >= 30min;
}

QString runningFor(const ConversationRow &row, const QDateTime &now)
{
    const QDateTime since = liveSince(row);
    if (!since.isValid() || !now.isValid())
        return u"–"_s;
    const Duration time(since.msecsTo(now));
    const QString text = row.startedAt.isValid() ? words::elapsed(time)
                                                 : Cells::tr("seen for %1").arg(words::roughly(time));
    return isLong(row, now) ? Cells::tr("%1 · long").arg(text) : text;
}

QString queue(const ConversationRow &row)
{
    return row.waiting ? QLocale().toString(*row.waiting) : u"–"_s;
}

QString text(const ConversationRow &row, int column, const QString &agentName, const QDateTime &now)
{
    using Model = ConversationListModel;
    switch (column) {
    case Model::State:
        return state(row);
    case Model::Title:
        return title(row);
    case Model::Agent:
        return agentName;
    case Model::Person:
        return words::person(row.conversation.person);
    case Model::Started:
        return started(row, now);
    case Model::RunningFor:
        return runningFor(row, now);
    case Model::Queue:
        return queue(row);
    default:
        return {};
    }
}

QString columnTitle(int column)
{
    using Model = ConversationListModel;
    switch (column) {
    case Model::State:
        return Cells::tr("State");
    case Model::Title:
        return Cells::tr("Title");
    case Model::Agent:
        return Cells::tr("Agent");
    case Model::Person:
        return Cells::tr("Person");
    case Model::Started:
        return Cells::tr("Started");
    case Model::RunningFor:
        return Cells::tr("Running for");
    case Model::Queue:
        return Cells::tr("Queue");
    default:
        return {};
    }
}

QString toolTip(const ConversationRow &row, int column, const QString &agentName)
{
    using Model = ConversationListModel;
    switch (column) {
    case Model::State:
        return words::toolTip(stateToolTip(row));
    case Model::Title:
        return words::toolTip(words::plain(title(row), 2000) + u'\n' + words::plain(row.conversation.id.value));
    case Model::Agent:
        return words::toolTip(words::plain(agentName) + u'\n' + words::plain(row.conversation.agent.value));
    case Model::Person:
        return words::toolTip(personToolTip(row.conversation.person));
    case Model::Started:
    case Model::RunningFor:
        return startToolTip(row);
    case Model::Queue:
        return queueToolTip(row);
    default:
        return {};
    }
}

qint64 sortNumber(const ConversationRow &row, int column)
{
    using Model = ConversationListModel;
    constexpr qint64 first = std::numeric_limits<qint64>::min();
    switch (column) {
    case Model::State:
        return showsStop(row) ? stopRank(*row.stop) : stateRank(row.conversation.state);
    case Model::Started:
        return row.startedAt.isValid() ? row.startedAt.toMSecsSinceEpoch() : first;
    case Model::RunningFor: {
        const QDateTime since = liveSince(row);
        return since.isValid() ? -since.toMSecsSinceEpoch() : first;
    }
    case Model::Queue:
        return row.waiting.value_or(-1);
    default:
        return 0;
    }
}

}
