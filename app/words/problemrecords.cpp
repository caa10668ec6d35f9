// Problems for a ticket: as text for people, as JSON for programs, and the words on the buttons beside them.
#include "app/words/failuresentences.h"
#include "app/types/clock.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostNamed = 20;

/// "Weekly outreach", and what became of it.
QString nameOf(const Problem::Affected &affected)
{
    const QString name = words::plain(affected.name, 120);
    return affected.since.isEmpty() ? name : Failures::tr("%1 (since then: %2)").arg(name, affected.since);
}

/// The first of what it happened to before.
QString othersOf(const Problem &problem)
{
    QStringList names;
    for (const Problem::Affected &other : problem.affected.mid(1, mostNamed))
        names.append(nameOf(other));
    if (problem.affected.size() > mostNamed + 1)
        names.append(u"…"_s);
    return names.join(u", "_s);
}

QJsonArray affectedBy(const Problem &problem)
{
    QJsonArray all;
    for (const Problem::Affected &each : problem.affected.mid(0, mostNamed)) {
        all.append(QJsonObject{{u"about"_s, words::plain(each.name)},
                               {u"conversation_id"_s, words::plain(each.conversation.value)},
                               {u"since"_s, each.since}});
    }
    return all;
}

QJsonObject recordOf(const Problem &problem)
{
    const Failure &failure = problem.failure;
    QJsonObject record{
        {u"at"_s, toWall(problem.at).toUTC().toString(Qt::ISODateWithMs)},
        {u"effect"_s, words::effect(problem.effect)},
        {u"message"_s, words::messageOf(problem)},
        {u"times"_s, problem.count},
    };
    const auto add = [&record](const QString &name, const QString &text) {
        if (!text.isEmpty())
            record.insert(name, text);
    };
    add(u"about"_s, words::plain(problem.latest().name));
    record.insert(u"affected"_s, affectedBy(problem));
    if (problem.isSettled())
        record.insert(u"over_since"_s, toWall(problem.settledAt()).toUTC().toString(Qt::ISODateWithMs));
    add(u"place"_s, words::place(problem.error));
    add(u"type"_s, words::plain(problem.error.type));
    add(u"request_id"_s, words::plain(failure.request.value));
    add(u"said"_s, words::plain(failure.text, 4000));
    add(u"rest_of_answer"_s, words::plain(failure.rest, 4000));
    if (failure.status != 0)
        record.insert(u"http_status"_s, failure.status);
    return record;
}

}

namespace words {

QString detailsOf(const Problem &problem)
{
    QStringList lines;
    const auto add = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(Failures::tr("%1: %2", "name: value").arg(name, value));
    };
    const Failure &failure = problem.failure;
    add(Failures::tr("When"), exactTime(problem.at));
    add(Failures::tr("Over since"), problem.isSettled() ? exactTime(problem.settledAt()) : QString());
    add(Failures::tr("What was asked"), subjectName(problem.subject));
    add(Failures::tr("About"), nameOf(problem.latest()));
    add(Failures::tr("Conversation id"), plain(problem.latest().conversation.value));
    add(Failures::tr("Also about"), othersOf(problem));
    add(Failures::tr("Effect"), effect(problem.effect));
    add(Failures::tr("What happened"), statement(problem));
    add(Failures::tr("Place"), place(problem.error));
    add(Failures::tr("Message"), plain(problem.error.message, 2000));
    add(Failures::tr("Type"), plain(problem.error.type));
    add(Failures::tr("HTTP status"), failure.status != 0 ? QString::number(failure.status) : QString());
    add(Failures::tr("Request id"), plain(failure.request.value));
    const bool isOfService = failure.reached == Reached::Answered;
    add(isOfService ? Failures::tr("The other side's text") : Failures::tr("Cause"), plain(failure.text, 4000));
    add(Failures::tr("Rest of the answer"), plain(failure.rest, 4000));
    return lines.join(u'\n');
}

QString problemCount(int count)
{
    return count == 0 ? Failures::tr("No problems")
        : count == 1  ? Failures::tr("1 problem")
                      : Failures::tr("%n problems", nullptr, count);
}

/// The most urgent first; what was settled since is counted by itself.
QString effectCounts(const QList<Problem> &problems)
{
    QStringList parts;
    for (const Effect each : {Effect::MayHaveStopped, Effect::NothingStopped, Effect::NoStopInvolved}) {
        const auto count = std::ranges::count_if(problems, [each](const Problem &problem) {
            return problem.effect == each && !problem.isSettled();
        });
        if (count > 0)
            parts.append(Failures::tr("%1: %2", "effect: how many").arg(effect(each), QLocale().toString(qlonglong(count))));
    }
    if (const auto settled = std::ranges::count_if(problems, &Problem::isSettled); settled > 0)
        parts.append(Failures::tr("Over: %1").arg(QLocale().toString(qlonglong(settled))));
    return parts.join(u" · "_s);
}

QString problemsText(const QList<Problem> &problems)
{
    QStringList texts;
    for (const Problem &problem : problems) {
        QString text = detailsOf(problem);
        if (problem.count > 1)
            text += u'\n' + Failures::tr("Times: %1").arg(problem.count);
        texts.append(text);
    }
    return texts.join(u"\n\n"_s);
}

QString problemsJson(const QList<Problem> &problems)
{
    QJsonArray records;
    for (const Problem &problem : problems)
        records.append(recordOf(problem));
    return QString::fromUtf8(QJsonDocument(records).toJson());
}

QString problemStep(ProblemStep step, Duration wait)
{
    switch (step) {
    case ProblemStep::None:
        return {};
    case ProblemStep::ShowField:
        return Failures::tr("Show the field");
    case ProblemStep::NewKey:
        return Failures::tr("Enter a new key…");
    case ProblemStep::EditConnection:
        return Failures::tr("Edit connection…");
    case ProblemStep::Wait:
        return Failures::tr("Wait %1", "40 s").arg(elapsed(wait + 999ms));
    case ProblemStep::CheckAgain:
        return Failures::tr("Check again");
    case ProblemStep::OpenDetails:
        return Failures::tr("Open details");
    case ProblemStep::StopById:
        return Failures::tr("Stop by id…");
    case ProblemStep::Remove:
        return Failures::tr("Remove");
    }
    return {};
}

}
