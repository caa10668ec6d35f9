#pragma once

#include "app/models/problemlistmodel.h"

#include <QSortFilterProxyModel>

/// The problems of one connection, or of all, newest on top. What went wrong while a connection was edited, and still is
/// so, belongs to whatever is open: the dialog may be about one that is not.
class ShownProblems final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ShownProblems(ProblemListModel &problems, QObject *parent = nullptr);

    void showOf(const ConnectionId &connection); ///< empty: none is open
    void showAll(bool all);
    const ProblemRow *rowAt(const QModelIndex &index) const; ///< null for an invalid one
    bool hasNewest() const; ///< whether the newest of all is among them
    int hidden() const; ///< those of other connections

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    ProblemListModel &m_problems;
    ConnectionId m_connection;
    bool m_all = false;
};
