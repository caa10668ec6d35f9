#include "ui/panels/shownproblems.h"

namespace {

bool isOfEditing(Subject subject)
{
    return subject == Subject::Connection || subject == Subject::ConnectionTest || subject == Subject::Keychain;
}

}

ShownProblems::ShownProblems(ProblemListModel &problems, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_problems(problems)
{
    setSourceModel(&problems);
}

void ShownProblems::showOf(const ConnectionId &connection)
{
    if (std::exchange(m_connection, connection) != connection)
        invalidateRowsFilter();
}

void ShownProblems::showAll(bool all)
{
    if (std::exchange(m_all, all) != all)
        invalidateRowsFilter();
}

const ProblemRow *ShownProblems::rowAt(const QModelIndex &index) const
{
    return index.isValid() ? &m_problems.row(mapToSource(index).row()) : nullptr;
}

bool ShownProblems::hasNewest() const
{
    return mapFromSource(m_problems.index(0, 0)).isValid();
}

int ShownProblems::hidden() const
{
    return m_problems.rowCount() - rowCount();
}

bool ShownProblems::filterAcceptsRow(int row, const QModelIndex &) const
{
    const Problem &problem = m_problems.row(row).problem;
    const ConnectionId of = problem.latest().connection;
    return m_all || of.isEmpty() || of == m_connection || (isOfEditing(problem.subject) && !problem.isSettled());
}
