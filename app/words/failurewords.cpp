#include "app/words/failurewords.h"

#include "app/words/failuresentences.h"
#include "app/words/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Failures {
    Q_DECLARE_TR_FUNCTIONS(Failures)
};

struct Place {
    QLatin1StringView path; ///< the words of the place, joined by dots
    Field field;
    Field byId; ///< the same in Stop by id
};

constexpr Place places[] = {
    {"body.clear_queue"_L1, Field::ClearQueue, Field::ClearQueue},
    {"path.agent_id"_L1, Field::Agents, Field::AgentId},
    {"path.conversation_id"_L1, Field::Conversations, Field::ConversationId},
    {"path.task_id"_L1, Field::Conversations, Field::ConversationId},
    {"header.x-api-key"_L1, Field::Key, Field::Key},
    {"header.authorization"_L1, Field::Key, Field::Key},
    // checks made before sending
    {"agent_id"_L1, Field::Agents, Field::AgentId},
    {"conversation_id"_L1, Field::Conversations, Field::ConversationId},
    {"name"_L1, Field::ConnectionName, Field::ConnectionName},
    {"address"_L1, Field::Address, Field::Address},
    {"plain_http"_L1, Field::PlainHttp, Field::PlainHttp},
    {"key"_L1, Field::Key, Field::Key},
    {"authority"_L1, Field::Authority, Field::Authority},
    {"limits"_L1, Field::Limits, Field::Limits},
};

bool isStop(Subject subject)
{
    return subject == Subject::Stop || subject == Subject::StopById;
}

/// What is tried again by hand rather than at the next refresh.
bool isForm(Subject subject)
{
    return subject == Subject::Queue || subject == Subject::ConnectionTest || subject == Subject::Connection || subject == Subject::Keychain
        || subject == Subject::Journal;
}

/// Whether what was asked for may have been done all the same.
bool mayHaveHappened(const Failure &failure)
{
    if (failure.reached != Reached::Answered)
        return failure.reached == Reached::MayHaveArrived;
    const bool refused = failure.status >= 300 && failure.status < 500 && failure.status != 408;
    return !refused || failure.kind == FailureKind::Unreadable;
}

const FailureSentences &sentencesFor(const Failure &failure)
{
    return failure.kind == FailureKind::TooMany && failure.retryAfter ? sentencesOfWait() : sentencesOf(failure.kind);
}

QString quoted(Quote quote, const QString &text)
{
    if (text.isEmpty())
        return {};
    if (text == words::webPage())
        return u' ' + text + u'.';
    switch (quote) {
    case Quote::Service:
        return u' ' + Failures::tr("The service said: “%1”.").arg(text);
    case Quote::Cause:
        return u' ' + Failures::tr("The cause given: “%1”.").arg(text);
    case Quote::No:
    case Quote::Inside:
        return {};
    }
    return {};
}

/// A number counts the items of a list, or says where the JSON broke, if that is what happened.
QString placePart(const FieldError &error, qsizetype i)
{
    static const QRegularExpression number(u"^\\[(\\d{1,15})\\]$"_s);
    const auto match = number.match(error.place[i]);
    if (!match.hasMatch())
        return words::plain(error.place[i], 60);
    const bool isBroken = error.type == u"json_invalid" || error.type == u"value_error.jsondecode";
    if (isBroken && i == 1 && error.place.size() == 2 && error.place.first() == u"body")
        return Failures::tr("character %1").arg(match.captured(1));
    return Failures::tr("item %1", "of a list, counted from 1").arg(match.captured(1).toLongLong() + 1);
}

QString labelOf(Field field)
{
    switch (field) {
    case Field::None:
        return {};
    case Field::ClearQueue:
        return Failures::tr("Also clear the queue");
    case Field::Agents:
        return Failures::tr("Agents");
    case Field::Conversations:
        return Failures::tr("Conversations");
    case Field::AgentId:
        return Failures::tr("Agent id");
    case Field::ConversationId:
        return Failures::tr("Conversation id");
    case Field::ConnectionName:
        return Failures::tr("Connection name");
    case Field::Address:
        return Failures::tr("Base address");
    case Field::PlainHttp:
        return Failures::tr("Unencrypted http");
    case Field::Key:
        return Failures::tr("API key");
    case Field::Authority:
        return Failures::tr("CA file");
    case Field::Limits:
        return Failures::tr("Request limits");
    case Field::Number:
        return Failures::tr("Number");
    }
    return {};
}

}

namespace words {

Effect effectOf(const Failure &failure, Subject subject)
{
    if (!isStop(subject))
        return Effect::NoStopInvolved;
    return mayHaveHappened(failure) ? Effect::MayHaveStopped : Effect::NothingStopped;
}

QString effect(Effect effect)
{
    switch (effect) {
    case Effect::NothingStopped:
        return Failures::tr("Nothing was stopped");
    case Effect::MayHaveStopped:
        return Failures::tr("May have stopped");
    case Effect::NoStopInvolved:
        return Failures::tr("No stop involved");
    }
    return {};
}

QString happened(const Failure &failure, Subject subject)
{
    const FailureSentences &row = sentencesFor(failure);
    const QString said = Failures::tr(isStop(subject) && row.stopHappened ? row.stopHappened : row.happened);
    const QString text = plain(failure.text, 240);
    if (row.quote == Quote::Inside)
        return said.arg(text.isEmpty() ? Failures::tr("an unnamed one") : text);
    return said + quoted(row.quote, text);
}

QString whatToDo(const Failure &failure, Subject subject)
{
    if (subject == Subject::Queue && mayHaveHappened(failure))
        return Failures::tr("It goes on being looked up. Check the queue before trying again.");
    if (effectOf(failure, subject) == Effect::MayHaveStopped)
        return Failures::tr("It goes on being looked up. Check the conversation before stopping it again.");
    const FailureSentences &row = sentencesFor(failure);
    const bool ofTheRequest = row.kind == FailureKind::BadRequest || row.kind == FailureKind::NotFound
        || row.kind == FailureKind::Invalid;
    if (subject == Subject::Queue && ofTheRequest)
        return Failures::tr("Look at the waiting messages, then try again or give the engineers the request id.");
    const QString step = Failures::tr(isStop(subject) ? row.doStop : isForm(subject) ? row.doForm : row.doRead);
    return failure.kind == FailureKind::TooMany && failure.retryAfter ? step.arg(elapsed(*failure.retryAfter)) : step;
}

QString sentence(const Failure &failure, Subject subject)
{
    QStringList parts{happened(failure, subject)};
    if (const Effect done = effectOf(failure, subject); done != Effect::NoStopInvolved) {
        parts.append(done == Effect::NothingStopped ? Failures::tr("Nothing was stopped.")
                                                    : Failures::tr("It may have been stopped."));
    }
    if (subject == Subject::Queue && !mayHaveHappened(failure))
        parts.append(Failures::tr("Nothing was discarded."));
    parts.append(whatToDo(failure, subject));
    return parts.join(u' ');
}

QString messageOf(const Problem &problem)
{
    if (const QString message = plain(problem.error.message); !message.isEmpty())
        return message;
    return problem.error.place.isEmpty() ? sentence(problem.failure, problem.subject)
                                         : Failures::tr("The service did not accept this value.");
}

Subject subjectOf(const StopTarget &target)
{
    switch (target.command) {
    case Command::StopConversation:
    case Command::StopSubTask:
        return target.askedFrom == AskedFrom::StopById ? Subject::StopById : Subject::Stop;
    case Command::EmptyQueue:
    case Command::DiscardMessage:
        return Subject::Queue;
    }
    return Subject::Stop;
}

QString subjectName(Subject subject)
{
    switch (subject) {
    case Subject::Stop:
        return Failures::tr("Stop");
    case Subject::StopById:
        return Failures::tr("Stop by id");
    case Subject::Queue:
        return Failures::tr("Waiting messages");
    case Subject::Agents:
        return Failures::tr("Agents");
    case Subject::Conversations:
        return Failures::tr("Conversations");
    case Subject::RunState:
        return Failures::tr("Live state");
    case Subject::Record:
        return Failures::tr("Details");
    case Subject::ConnectionTest:
        return Failures::tr("Connection test");
    case Subject::Connection:
        return Failures::tr("Connection");
    case Subject::Keychain:
        return Failures::tr("Keychain");
    case Subject::Journal:
        return Failures::tr("Journal");
    }
    return {};
}

QString webPage()
{
    return Failures::tr("A web page came instead of an answer");
}

QString place(const FieldError &error)
{
    constexpr qsizetype deepest = 12;
    QStringList parts;
    for (qsizetype i = 0; i < qMin(deepest, error.place.size()); ++i)
        parts.append(placePart(error, i));
    if (error.place.size() > deepest)
        parts.append(u"…"_s);
    return parts.join(u" › "_s);
}

QString placeInWords(const Problem &problem)
{
    if (const QString label = labelOf(problem.field); !label.isEmpty())
        return label;
    if (!problem.error.place.isEmpty())
        return place(problem.error);
    const QString about = plain(problem.about, 120);
    if (about.isEmpty())
        return subjectName(problem.subject);
    const int others = int(problem.alsoAbout.size());
    return others == 0   ? about
        : others == 1 ? Failures::tr("%1 and one other").arg(about)
                      : Failures::tr("%1 and %n others", nullptr, others).arg(about);
}

Field fieldOf(const QStringList &place, Subject subject)
{
    const QString path = place.join(u'.').toLower();
    const auto found = std::ranges::find(places, path, &Place::path);
    if (found == std::end(places))
        return Field::None;
    return subject == Subject::StopById ? found->byId : found->field;
}

}
