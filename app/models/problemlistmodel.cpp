#include "app/models/problemlistmodel.h"

#include "app/models/problementries.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostEntries = 500;

QString whole(const QString &where, const Problem &problem)
{
    QStringList lines{where, words::plain(problem.latest().name), problem.fieldGone};
    lines.removeAll(QString());
    return lines.join(u'\n');
}

/// Of each field its newest words.
template <class Wanted> QList<QPair<Field, QString>> marksWhere(const QList<ProblemRow> &rows, Wanted wanted)
{
    QList<QPair<Field, QString>> marks;
    for (const ProblemRow &row : rows) {
        const Field field = row.problem.field;
        const bool marked = std::ranges::any_of(marks, [field](const auto &mark) { return mark.first == field; });
        if (field != Field::None && !marked && !row.problem.isSettled() && wanted(row.problem))
            marks.append({field, words::messageOf(row.problem)});
    }
    return marks;
}

bool isOfField(const Problem &problem)
{
    return problem.field != Field::None || problem.error != FieldError();
}

}

ProblemListModel::ProblemListModel(QObject *parent) : RowModel(parent) { }

void ProblemListModel::add(const Failure &failure, const Occasion &occasion, const QDateTime &at)
{
    const bool mayStay = occasion.ofMany || !isOfCommand(occasion.subject);
    bool isNews = !mayStay;
    QList<ProblemRow> fresh;
    for (const Problem &entry : entriesOf(failure, occasion, at)) {
        isNews = isNews || !isRepeated(entry);
        fresh.append(rowOf(entry, fresh));
    }
    bringToTop(fresh);
    tellMarks();
    if (isNews)
        Q_EMIT added(occasion);
}

/// Whether it is what went wrong with this the last time, and still does.
bool ProblemListModel::isRepeated(const Problem &problem) const
{
    const auto newest = std::ranges::find_if(rows(), [&](const ProblemRow &row) {
        return isSameKind(row.problem, problem);
    });
    return newest != rows().cend() && isEqual(newest->problem, problem) && !newest->problem.isSettled();
}

void ProblemListModel::tell(int row, const Problem &problem)
{
    changeRow(row, {problem, this->row(row).number});
}

void ProblemListModel::tellSince(const Occasion &occasion, const QString &words, const QDateTime &endedAt)
{
    for (int row = 0; row < rowCount(); ++row) {
        const Problem &before = this->row(row).problem;
        const auto found = affectedIn(before, occasion);
        if (found == before.affected.cend()
            || (found->since == words && found->endedAt.isValid() == endedAt.isValid()))
            continue;
        Problem problem = before;
        Problem::Affected &told = problem.affected[found - before.affected.cbegin()];
        told.since = words;
        told.endedAt = endedAt;
        tell(row, problem);
    }
    tellMarks();
}

void ProblemListModel::tellGone(qint64 number, const QString &why)
{
    const auto found = std::ranges::find(rows(), number, &ProblemRow::number);
    if (found == rows().cend() || found->problem.fieldGone == why)
        return;
    Problem problem = found->problem;
    problem.fieldGone = why;
    tell(int(found - rows().cbegin()), problem);
}

/// The row of a problem that comes to the top: the one it had, if it happened before. Of several without words each has
/// its own.
ProblemRow ProblemListModel::rowOf(const Problem &problem, const QList<ProblemRow> &fresh)
{
    const auto before = std::ranges::find_if(rows(), [&](const ProblemRow &row) {
        return isEqual(row.problem, problem)
            && std::ranges::find(fresh, row.number, &ProblemRow::number) == fresh.cend();
    });
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
    std::ranges::copy_if(rows(), std::back_inserter(kept), keep);
    mergeRows(kept);
    tellMarks();
}

void ProblemListModel::clearField(Field field)
{
    keepOnly([field](const ProblemRow &row) { return field == Field::None || row.problem.field != field; });
}

void ProblemListModel::clearSubject(Subject subject)
{
    keepOnly([subject](const ProblemRow &row) { return row.problem.subject != subject || !isOfField(row.problem); });
}

void ProblemListModel::remove(const QSet<qint64> &numbers)
{
    keepOnly([&numbers](const ProblemRow &row) { return !numbers.contains(row.number); });
}

QList<QPair<Field, QString>> ProblemListModel::marks() const
{
    return marksWhere(rows(), [](const Problem &) { return true; });
}

QList<QPair<Field, QString>> ProblemListModel::marksOf(const ConnectionId &connection,
                                                       const ConversationId &conversation) const
{
    return marksWhere(rows(), [&](const Problem &problem) {
        return std::ranges::any_of(problem.affected, [&](const Problem::Affected &each) {
            const bool isOther = problem.field == Field::ClearQueue && !each.conversation.isEmpty()
                && each.conversation != conversation;
            return (each.connection.isEmpty() || each.connection == connection) && !isOther;
        });
    });
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
    case Time: {
        const QString at = words::clockTime(problem.at);
        return problem.isSettled() ? tr("%1\nover since %2").arg(at, words::timeOfDay(problem.settledAt())) : at;
    }
    case WhatHappened:
        return words::messageOf(problem);
    case Where: {
        const QString inWords = words::placeInWords(problem);
        const QString raw = words::place(problem.error);
        const QString where = raw.isEmpty() || raw == inWords ? inWords : inWords + u" · "_s + raw;
        return problem.fieldGone.isEmpty() ? where : where + u" · "_s + tr("cannot be shown now");
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
        return words::toolTip(whole(text(problem, column), problem));
    default:
        return problem.isSettled() ? tr("%1\nOver since %2").arg(words::exactTime(problem.at), words::exactTime(problem.settledAt()))
                                   : words::exactTime(problem.at);
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
        return tr("%1 %2, %3", "what happened, where, when")
            .arg(words::entry(problem), text(problem, Where), text(problem, Time).replace(u'\n', u", "_s));
    case FieldRole:
        return int(problem.field);
    case EffectRole:
        return int(problem.effect);
    case DetailsRole:
        return words::detailsOf(problem);
    case NumberRole:
        return row.number;
    case SettledRole:
        return problem.isSettled();
    default:
        return {};
    }
}

QString ProblemListModel::columnTitle(int column) const
{
    switch (column) {
    case Effect:
        return tr("Effect");
    case Time:
        return tr("Time");
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
