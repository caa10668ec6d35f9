#pragma once

#include "app/models/stoplistmodel.h"

#include <QSortFilterProxyModel>

/// The stops of one decision, or all, with one kind of outcome, or any, in the model's order. A stop whose outcome
/// becomes another comes and goes by itself.
class ShownStops final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ShownStops(StopListModel &stops, QObject *parent = nullptr);

    const BatchId &batch() const { return m_batch; } ///< empty: all
    const std::optional<OutcomeGroup> &group() const { return m_group; }
    void showOnly(const BatchId &batch, std::optional<OutcomeGroup> group);

    std::optional<StopReport> reportAt(const QModelIndex &row) const; ///< nothing for an invalid row
    QList<StopReport> ofBatch() const; ///< all of the shown decision, whatever their outcome; the oldest first

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    StopListModel &m_stops;
    BatchId m_batch;
    std::optional<OutcomeGroup> m_group;
};
