#include "app/models/problemlistmodel.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostEntries = 500;

/// One entry per error of the failure, and one that counts the errors that were not read; one entry without errors.
QList<Problem> entriesOf(const Problem &whole)
{
    if (whole.failure.fields.isEmpty())
        return {whole};
    QList<Problem> entries;
    for (const FieldError &error : whole.failure.fields) {
        Problem entry = whole;
        entry.error = error;
        entry.field = words::fieldOf(error.place, whole.subject);
        entries.append(entry);
    }
    if (const int rest = whole.failure.moreFields; rest > 0) {
        Problem entry = whole;
        entry.error.message = rest == 1 ? ProblemListModel::tr("1 more error in the same answer is not shown.")
                                        : ProblemListModel::tr("%n more errors in the same answer are not shown.",
                                                               nullptr, rest);
        entries.append(entry);
    }
    return entries;
}

bool sameKind(const Problem &one, const Problem &other)
{
    return one.subject == other.subject && one.error.place == other.error.place
        && (one.error.message.isEmpty() == other.error.message.isEmpty());
}

/// Equal but for what differs each time: what it happened to, moment, request, count, and the time to wait.
bool equal(const Problem &one, const Problem &other)
{
    return one.subject == other.subject && one.effect == other.effect && one.field == other.field && one.error == other.error
        && one.failure.kind == other.failure.kind && one.failure.status == other.failure.status
        && one.failure.text == other.failure.text;
}

/// `problem` as it happened once more after `before`.
Problem counted(const Problem &problem, const Problem &before)
{
    Problem again = problem;
    again.count = before.count + 1;
    again.alsoAbout = before.alsoAbout;
    again.alsoAbout.prepend(before.about);
    again.alsoAbout.removeAll(problem.about);
    again.alsoAbout.removeAll(QString());
    return again;
}

bool isOfField(const Problem &problem)
{
    return problem.field != Field::None || problem.error != FieldError();
}

}

ProblemListModel::ProblemListModel(QObject *parent) : RowModel(parent) { }

void ProblemListModel::add(const Failure &failure, Subject subject, const QString &about, const QDateTime &at)
{
    Problem whole;
    whole.effect = words::effectOf(failure, subject);
    whole.subject = subject;
    whole.failure = failure;
    whole.about = about;
    whole.at = at;
    QList<ProblemRow> fresh;
    for (const Problem &entry : entriesOf(whole)) {
        if (!countRepeated(entry))
            fresh.append(rowOf(entry));
    }
    if (!fresh.isEmpty())
        bringToTop(fresh);
    tellMarks();
    if (!fresh.isEmpty())
        Q_EMIT added(0);
}

bool ProblemListModel::countRepeated(const Problem &problem)
{
    const auto newest = std::ranges::find_if(rows(), [&](const ProblemRow &row) {
        return sameKind(row.problem, problem);
    });
    if (newest == rows().cend() || !equal(newest->problem, problem))
        return false;
    changeRow(int(newest - rows().cbegin()), {counted(problem, newest->problem), newest->number});
    return true;
}

/// The row of a problem that comes to the top: the one it had, if it happened before.
ProblemRow ProblemListModel::rowOf(const Problem &problem)
{
    const auto before = std::ranges::find_if(rows(), [&](const ProblemRow &row) { return equal(row.problem, problem); });
    if (before == rows().cend())
        return {problem, ++m_lastNumber};
    return {counted(problem, before->problem), before->number};
}

void ProblemListModel::bringToTop(const QList<ProblemRow> &fresh)
{
    QList<ProblemRow> wanted = fresh;
    std::ranges::copy_if(rows(), std::back_inserter(wanted), [&fresh](const ProblemRow &row) {
        return std::ranges::find(fresh, row.number, &ProblemRow::number) == fresh.cend();
    });
    mergeRows(wanted.mid(0, mostEntries));
}

template <class Keep> void ProblemListModel::keepOnly(Keep keep)
{
    QList<ProblemRow> kept;
    std::ranges::copy_if(rows(), std::back_inserter(kept), [&](const ProblemRow &row) { return keep(row.problem); });
    mergeRows(kept);
    tellMarks();
}

void ProblemListModel::clearField(Field field)
{
    keepOnly([field](const Problem &problem) { return field == Field::None || problem.field != field; });
}

void ProblemListModel::clearSubject(Subject subject)
{
    keepOnly([subject](const Problem &problem) { return problem.subject != subject || !isOfField(problem); });
}

QList<QPair<Field, QString>> ProblemListModel::marks() const
{
    QList<QPair<Field, QString>> marks;
    for (const ProblemRow &row : rows()) {
        const Field field = row.problem.field;
        const bool marked = std::ranges::any_of(marks, [field](const auto &mark) { return mark.first == field; });
        if (field != Field::None && !marked)
            marks.append({field, words::messageOf(row.problem)});
    }
    return marks;
}

void ProblemListModel::tellMarks()
{
    const auto now = marks();
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT marksChanged();
}

QString ProblemListModel::text(const Problem &problem, int column) const
{
    switch (column) {
    case Effect:
        return words::effect(problem.effect);
    case WhatHappened:
        return words::messageOf(problem);
    case Where: {
        const QString inWords = words::placeInWords(problem);
        const QString raw = words::place(problem.error);
        return raw.isEmpty() || raw == inWords ? inWords : inWords + u" · "_s + raw;
    }
    case Count:
        return problem.count > 1 ? tr("%1 ×", "how often").arg(problem.count) : QString();
    default:
        return {};
    }
}

QString ProblemListModel::toolTip(const Problem &problem, int column) const
{
    switch (column) {
    case WhatHappened:
        return words::toolTip(text(problem, column));
    case Where:
        return words::toolTip(problem.about.isEmpty() ? text(problem, column)
                                                      : text(problem, column) + u'\n' + words::plain(problem.about));
    default:
        return words::exactTime(problem.at);
    }
}

QVariant ProblemListModel::cell(const ProblemRow &row, int column, int role) const
{
    const Problem &problem = row.problem;
    switch (role) {
    case Qt::DisplayRole:
        return text(problem, column);
    case Qt::ToolTipRole:
        return toolTip(problem, column);
    case Qt::AccessibleTextRole:
        if (column != Effect)
            return {};
        return tr("%1: %2 %3", "effect: what happened, where")
            .arg(text(problem, Effect), text(problem, WhatHappened), text(problem, Where));
    case FieldRole:
        return int(problem.field);
    case SubjectRole:
        return int(problem.subject);
    case EffectRole:
        return int(problem.effect);
    case DetailsRole:
        return words::detailsOf(problem);
    case MessageRole:
        return words::messageOf(problem);
    case NumberRole:
        return row.number;
    default:
        return {};
    }
}

QString ProblemListModel::columnTitle(int column) const
{
    switch (column) {
    case Effect:
        return tr("Effect");
    case WhatHappened:
        return tr("What happened");
    case Where:
        return tr("Where");
    case Count:
        return tr("Times");
    default:
        return {};
    }
}
