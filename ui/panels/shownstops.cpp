#include "ui/panels/shownstops.h"

ShownStops::ShownStops(StopListModel &stops, QObject *parent) : QSortFilterProxyModel(parent), m_stops(stops)
{
    setSourceModel(&stops);
}

void ShownStops::showOnly(const BatchId &batch, std::optional<OutcomeGroup> group)
{
    if (batch == m_batch && group == m_group)
        return;
    m_batch = batch;
    m_group = group;
    invalidateRowsFilter();
}

std::optional<StopReport> ShownStops::reportAt(const QModelIndex &row) const
{
    return row.isValid() ? std::optional(m_stops.row(mapToSource(row).row()).report) : std::nullopt;
}

QList<StopReport> ShownStops::ofBatch() const
{
    QList<StopReport> reports;
    for (auto row = m_stops.rows().crbegin(); row != m_stops.rows().crend(); ++row) {
        if (m_batch.isEmpty() || row->report.batch == m_batch)
            reports.append(row->report);
    }
    return reports;
}

bool ShownStops::filterAcceptsRow(int row, const QModelIndex &) const
{
    const StopReport &report = m_stops.row(row).report;
    return (m_batch.isEmpty() || report.batch == m_batch) && (!m_group || groupOf(report) == *m_group);
}
