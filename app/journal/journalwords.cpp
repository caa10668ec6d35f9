#include "app/journal/journalwords.h"

#include "app/types/clock.h"
#include "app/words/words.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace {

template <class Value> struct Word {
    Value value;
    QLatin1StringView word;
};

constexpr std::array<Word<Environment>, 3> environments{{
    {Environment::Production, "production"_L1},
    {Environment::Staging, "staging"_L1},
    {Environment::Other, "other"_L1},
}};

constexpr std::array<Word<RouteFamily>, 2> routeFamilies{{
    {RouteFamily::Gateway, "gateway"_L1},
    {RouteFamily::Conversations, "conversations"_L1},
}};

constexpr std::array<Word<CredentialKind>, 2> credentials{{
    {CredentialKind::ApiKey, "api key"_L1},
    {CredentialKind::BearerToken, "bearer token"_L1},
}};

constexpr std::array<Word<Command>, 4> commands{{
    {Command::StopConversation, "stop conversation"_L1},
    {Command::StopSubTask, "stop sub-task"_L1},
    {Command::EmptyQueue, "clear queue"_L1},
    {Command::DiscardMessage, "discard message"_L1},
}};

constexpr std::array<Word<StopState>, 14> steps{{
    {StopState::InLine, "in line"_L1},
    {StopState::Sending, "sent"_L1},
    {StopState::Accepted, "accepted"_L1},
    {StopState::Stopped, "stopped"_L1},
    {StopState::StoppedQueueKept, "stopped, queue not cleared"_L1},
    {StopState::NoLongerRunning, "no longer running"_L1},
    {StopState::WasNotRunning, "was not running"_L1},
    {StopState::NotKnown, "not known to the service"_L1},
    {StopState::NextStarted, "next message started"_L1},
    {StopState::StillRunning, "still running"_L1},
    {StopState::SubTasksStillRunning, "sub-tasks still running"_L1},
    {StopState::Refused, "refused"_L1},
    {StopState::NotSent, "not sent"_L1},
    {StopState::Unconfirmed, "unconfirmed"_L1},
}};

constexpr std::array<Word<Evidence::Source>, 3> sources{{
    {Evidence::Source::RunState, "run-state"_L1},
    {Evidence::Source::Record, "record"_L1},
    {Evidence::Source::LiveLists, "live lists"_L1},
}};

constexpr QLatin1StringView startedAgainMark = ", started again"_L1;
constexpr QLatin1StringView dismissedMark = ", dismissed"_L1;
constexpr QLatin1StringView causeIs = "likely cause: "_L1;
constexpr QLatin1StringView causeUnknown = "not known"_L1;
constexpr QLatin1StringView causeQueue = "a waiting message"_L1;
constexpr QLatin1StringView causeSource = "source "_L1;

template <class Value, size_t Size> QString wordOf(const std::array<Word<Value>, Size> &table, Value value)
{
    for (const Word<Value> &row : table) {
        if (row.value == value)
            return row.word;
    }
    return {};
}

template <class Value, size_t Size>
Value valueOf(const std::array<Word<Value>, Size> &table, QStringView word, Value otherwise)
{
    for (const Word<Value> &row : table) {
        if (row.word == word)
            return row.value;
    }
    return otherwise;
}

bool takeEnd(QString &word, QLatin1StringView end)
{
    if (!word.endsWith(end))
        return false;
    word.chop(end.size());
    return true;
}

bool isAboutQueue(const StopReport &report)
{
    return report.target.command == Command::EmptyQueue || report.target.command == Command::DiscardMessage;
}

QString readWord(const Evidence &read, bool aboutQueue)
{
    const QString first = read.firstAt.isValid() ? journalwords::timeWord(read.firstAt) + u" and "_s : QString();
    const QString start = wordOf(sources, read.source) + u" read "_s + first + journalwords::timeWord(read.readAt);
    if (read.readFailed)
        return start + u" failed"_s;
    if (read.source == Evidence::Source::LiveLists)
        return start + (read.running ? u": listed"_s : u": not listed"_s);
    const QString said =
        aboutQueue ? (read.running ? u"still waits"_s : u"gone"_s) : (read.running ? u"running"_s : u"nothing runs"_s);
    const bool counted = read.source == Evidence::Source::RunState;
    return start + u": "_s + said + (counted ? u", %1 waiting"_s.arg(read.waiting) : QString());
}

QString causeWord(const StartedAgain &again)
{
    switch (again.cause) {
    case StartedAgain::Cause::Unknown: return causeUnknown;
    case StartedAgain::Cause::Queue: return causeQueue;
    case StartedAgain::Cause::Source: return causeSource + words::plain(again.source, 60);
    }
    return {};
}

void readCause(const QString &word, StartedAgain &again)
{
    if (word.startsWith(causeSource)) {
        again.cause = StartedAgain::Cause::Source;
        again.source = word.mid(causeSource.size());
    } else {
        again.cause = word == causeQueue ? StartedAgain::Cause::Queue : StartedAgain::Cause::Unknown;
    }
}

}

namespace journalwords {

QString storable(const QString &text)
{
    if (text.isValidUtf16())
        return text;
    QString whole = text;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        if (whole[i].isHighSurrogate() && i + 1 < whole.size() && whole[i + 1].isLowSurrogate())
            ++i;
        else if (whole[i].isSurrogate())
            whole[i] = QChar::ReplacementCharacter;
    }
    return whole;
}

QString timeWord(const QDateTime &time)
{
    return time.isValid() ? toWall(time).toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeOf(const QString &word)
{
    return fromWall(QDateTime::fromString(word, Qt::ISODateWithMs).toUTC());
}

QString environmentWord(Environment environment)
{
    return wordOf(environments, environment);
}

Environment environmentOf(const QString &word)
{
    return valueOf(environments, word, Environment::Other);
}

QString routesWord(RouteFamily routes)
{
    return wordOf(routeFamilies, routes);
}

RouteFamily routesOf(const QString &word)
{
    return valueOf(routeFamilies, word, RouteFamily::Gateway);
}

QString credentialWord(CredentialKind kind)
{
    return wordOf(credentials, kind);
}

CredentialKind credentialOf(const QString &word)
{
    return valueOf(credentials, word, CredentialKind::ApiKey);
}

QString commandWord(Command command)
{
    return wordOf(commands, command);
}

Command commandOf(const QString &word)
{
    return valueOf(commands, word, Command::StopConversation);
}

QString stepWord(const StopReport &report)
{
    return wordOf(steps, report.state) + (report.startedAgain ? QString(startedAgainMark) : QString())
        + (report.dismissed ? QString(dismissedMark) : QString());
}

void readStep(const QString &word, StopReport &report)
{
    QString state = word;
    report.dismissed = takeEnd(state, dismissedMark);
    if (!takeEnd(state, startedAgainMark))
        report.startedAgain.reset();
    else if (!report.startedAgain)
        report.startedAgain.emplace();
    report.state = state == "intent"_L1 ? StopState::InLine : valueOf(steps, state, StopState::Unconfirmed);
}

QString confirmationWord(const StopReport &report)
{
    QStringList parts;
    if (report.evidence)
        parts.append(readWord(*report.evidence, isAboutQueue(report)));
    if (report.startedAgain)
        parts.append(causeIs + causeWord(*report.startedAgain));
    return parts.join(u"; "_s);
}

void readConfirmation(const QString &word, StopReport &report)
{
    static const QRegularExpression form(
        uR"(^(run-state|record|running list|live lists) read (?:(\S+) and )?(\S+?)(?:( failed)|: (running|still waits|listed|nothing runs|gone|not listed))(?:, (\d+) waiting)?(?:; |$))"_s);
    report.evidence.reset();
    if (const QRegularExpressionMatch read = form.match(word); read.hasMatch()) {
        Evidence &evidence = report.evidence.emplace();
        const bool ofRunningList = read.capturedView(1) == "running list"_L1; // as earlier versions wrote it
        evidence.source = ofRunningList ? Evidence::Source::LiveLists
                                        : valueOf(sources, read.capturedView(1), Evidence::Source::RunState);
        if (!read.capturedView(2).isEmpty())
            evidence.firstAt = timeOf(read.captured(2));
        evidence.readAt = timeOf(read.captured(3));
        evidence.readFailed = !read.capturedView(4).isEmpty();
        const QStringView said = read.capturedView(5);
        evidence.running = said == "running"_L1 || said == "still waits"_L1 || said == "listed"_L1;
        evidence.waiting = read.capturedView(6).toInt();
    }
    if (const qsizetype cause = word.indexOf(causeIs); report.startedAgain && cause >= 0)
        readCause(word.mid(cause + causeIs.size()), *report.startedAgain);
}

}
