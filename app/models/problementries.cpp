#include "app/models/problementries.h"

#include "app/words/failurewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

struct Entries {
    Q_DECLARE_TR_FUNCTIONS(ProblemListModel)
};

Problem::Affected affectedOf(const Occasion &occasion)
{
    Problem::Affected affected{occasion.about, occasion.connection, occasion.conversation};
    affected.message = occasion.message;
    return affected;
}

bool isSame(const Problem::Affected &one, const Problem::Affected &other)
{
    return one.connection == other.connection && one.conversation == other.conversation && one.message == other.message
        && (!one.conversation.isEmpty() || one.name == other.name);
}

/// Without them, only what of the answer was not understood tells one from another.
bool hasWords(const Problem &problem)
{
    return !problem.error.message.isEmpty() || (problem.error.place.isEmpty() && !problem.failure.text.isEmpty());
}

/// Whether what became of it later is told beside an entry of this kind.
bool isAnswered(Subject asked, Subject told)
{
    return asked == told || (isOfStop(asked) && isOfStop(told));
}

}

QList<Problem> entriesOf(const Failure &failure, const Occasion &occasion, const QDateTime &at)
{
    Problem whole;
    whole.effect = words::effectOf(failure, occasion.subject);
    whole.subject = occasion.subject;
    whole.failure = failure;
    whole.affected = {affectedOf(occasion)};
    whole.at = at;
    if (whole.failure.fields.isEmpty())
        return {whole};
    QList<Problem> entries;
    for (const FieldError &error : whole.failure.fields) {
        Problem entry = whole;
        entry.error = error;
        entry.field = words::fieldOf(error.place, whole.subject);
        const auto same = std::ranges::find(entries, error, &Problem::error);
        if (same != entries.end() && !error.message.isEmpty())
            ++same->count; // told twice in one answer
        else
            entries.append(entry);
    }
    if (const int rest = whole.failure.moreFields; rest > 0) {
        Problem entry = whole;
        entry.error.message = rest == 1 ? Entries::tr("1 more error in the same answer is not shown.")
                                        : Entries::tr("%n more errors in the same answer are not shown.",
                                                               nullptr, rest);
        entries.append(entry);
    }
    return entries;
}

bool isSameKind(const Problem &one, const Problem &other)
{
    return one.subject == other.subject && one.latest().connection == other.latest().connection
        && one.error.place == other.error.place
        && (one.error.message.isEmpty() == other.error.message.isEmpty());
}

bool isEqual(const Problem &one, const Problem &other)
{
    return isSameKind(one, other) && one.effect == other.effect && one.field == other.field && one.error == other.error
        && one.failure.kind == other.failure.kind && one.failure.status == other.failure.status
        && one.failure.text == other.failure.text
        && (hasWords(one) || one.failure.rest == other.failure.rest);
}

Problem counted(const Problem &problem, const Problem &before)
{
    Problem again = problem;
    again.count = before.count + problem.count;
    const Problem::Affected latest = problem.latest();
    std::ranges::copy_if(before.affected, std::back_inserter(again.affected), [&latest](const Problem::Affected &each) {
        return !isSame(each, latest) && each != Problem::Affected();
    });
    return again;
}

QList<Problem::Affected>::const_iterator affectedIn(const Problem &problem, const Occasion &occasion)
{
    const Problem::Affected told = affectedOf(occasion);
    return isAnswered(problem.subject, occasion.subject)
        ? std::ranges::find_if(problem.affected, [&told](const Problem::Affected &each) { return isSame(each, told); })
        : problem.affected.cend();
}
