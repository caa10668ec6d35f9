#include "app/models/mergeplan.h"

#include <algorithm>
#include <numeric>

QList<Run> runsOf(const QList<int> &ascending)
{
    QList<Run> runs;
    for (const int number : ascending) {
        if (!runs.isEmpty() && runs.last().last + 1 == number)
            runs.last().last = number;
        else
            runs.append({number, number});
    }
    return runs;
}

DropPlan planDrop(const QList<int> &targets, int mostRuns)
{
    QList<int> staying;
    QList<int> absent;
    for (int row = 0; row < targets.size(); ++row)
        (targets.at(row) < 0 ? absent : staying).append(row);
    DropPlan plan;
    plan.gone = runsOf(absent);
    const auto target = [&targets](int row) { return targets.at(row); };
    if (!std::ranges::is_sorted(staying, {}, target) || plan.gone.size() > mostRuns) {
        std::ranges::sort(staying, {}, target);
        plan.order = staying + absent;
        plan.gone.clear();
        if (!absent.isEmpty())
            plan.gone.append({int(staying.size()), int(targets.size()) - 1});
    }
    std::ranges::reverse(plan.gone);
    return plan;
}

QList<int> orderOfAppended(int staying, const QList<int> &added)
{
    const int total = staying + int(added.size());
    QList<int> order;
    order.reserve(total);
    int next = 0;
    int old = 0;
    for (int place = 0; place < total; ++place)
        order.append(next < added.size() && added.at(next) == place ? staying + next++ : old++);
    return order;
}
