#include "app/words/failurewords.h"

#include "app/words/failuresentences.h"
#include "app/words/words.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

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
    return !refusesCommand(failure.status) || failure.kind == FailureKind::Unreadable;
}

/// What happened and what to do, without what it means for the stop.
QStringList explanation(const Failure &failure, Subject subject)
{
    QStringList parts;
    if (subject == Subject::Queue) {
        parts.append(mayHaveHappened(failure) ? Failures::tr("May have been discarded.")
                                              : Failures::tr("Nothing was discarded."));
    }
    parts.append(words::happened(failure, subject));
    parts.append(words::whatToDo(failure, subject));
    return parts;
}

QString sinceThen(const Problem &problem)
{
    const int count = int(problem.affected.size());
    return count == 1 ? Failures::tr("Since then: %1.").arg(problem.latest().since)
                      : Failures::tr("What became of all %n is known: look at the technical details.", nullptr, count);
}

/// Whether an entry says what is wrong: only that can be corrected.
bool namesSomething(const Failure &failure)
{
    return std::ranges::any_of(failure.fields, [](const FieldError &error) { return !error.place.isEmpty(); });
}

const FailureSentences &sentencesFor(const Failure &failure)
{
    return failure.kind == FailureKind::TooMany && failure.retryAfter ? sentencesOfWait()
                                                                     : sentencesOf(failure.kind, failure.status);
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

}

namespace words {

Effect effectOf(const Failure &failure, Subject subject)
{
    if (!isOfStop(subject))
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
    const bool isOfStop = ::isOfStop(subject) && row.stopHappened && failure.reached != Reached::NeverLeft;
    const QString said = Failures::tr(isOfStop ? row.stopHappened : row.happened);
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
    const bool isVague = row.kind == FailureKind::Invalid && !namesSomething(failure);
    const FailureSentences &steps = isVague ? sentencesOf(FailureKind::BadRequest) : row;
    const QString step =
        Failures::tr(isOfStop(subject) ? steps.doStop : isForm(subject) ? steps.doForm : steps.doRead);
    return failure.kind == FailureKind::TooMany && failure.retryAfter ? step.arg(elapsed(*failure.retryAfter)) : step;
}

QString sentence(const Failure &failure, Subject subject)
{
    const Effect done = effectOf(failure, subject);
    QStringList parts = done == Effect::NoStopInvolved ? QStringList() : QStringList{effect(done) + u'.'};
    parts += explanation(failure, subject);
    return parts.join(u' ');
}

QString messageOf(const Problem &problem)
{
    if (const QString message = plain(problem.error.message); !message.isEmpty())
        return message;
    if (!problem.error.place.isEmpty())
        return Failures::tr("The service did not accept this value.");
    return statement(problem);
}

QString statement(const Problem &problem)
{
    QStringList parts = explanation(problem.failure, problem.subject);
    if (problem.isFollowed())
        parts.insert(parts.size() - 1, sinceThen(problem));
    if (problem.isSettled())
        parts.removeLast(); // nothing is left to do
    return parts.join(u' ');
}

QString entry(const Problem &problem)
{
    return Failures::tr("%1: %2", "effect: what happened").arg(effect(problem.effect), messageOf(problem));
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

}
