#pragma once

#include <QList>

/// Neighbours in a table, both ends included.
struct Run {
    int first = 0;
    int last = 0;

    int size() const { return last - first + 1; }
    bool operator==(const Run &) const = default;
};

/// The runs of neighbours among ascending numbers, in that order.
QList<Run> runsOf(const QList<int> &ascending);

/// From so many separate runs on, moving all rows once is cheaper than shifting the tail for each.
inline constexpr int manyRuns = 64;

/// How the rows that are no longer wanted go, and the others come into the wanted order.
struct DropPlan {
    QList<int> order; ///< row `order[i]` comes to place `i` first; empty where nothing needs to move
    QList<Run> gone;  ///< to be removed then, last run first
};

/// `targets`: for each present row its place in the wanted list, -1 without one.
DropPlan planDrop(const QList<int> &targets, int mostRuns = manyRuns);

/// The order that brings rows appended behind `staying` others to the places `added` (ascending).
QList<int> orderOfAppended(int staying, const QList<int> &added);
