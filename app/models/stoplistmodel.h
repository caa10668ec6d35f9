#pragma once

#include "app/models/rowmodel.h"
#include "app/types/stop.h"

#include <vector>

struct StopRow {
    StopReport report;

    qint64 key() const { return report.id; }
    bool operator==(const StopRow &) const = default;
};

/// Every stop of this run with its state, newest first.
class StopListModel final : public RowModel<StopRow> {
    Q_OBJECT

public:
    enum Column { Outcome, Title, Agent, HowItIsKnown, ColumnCount };
    enum Role { StopIdRole = Qt::UserRole + 1, StopStateRole, StartedAgainRole, ConversationIdRole, AgentIdRole };

    explicit StopListModel(QObject *parent = nullptr);

    void show(const StopReport &report); ///< adds or changes the row with its id
    QString summary() const;             ///< "1 refused · 2 stopped · 3 in line", failures first; empty without stops
    QString underWay() const;            ///< "1 sending · 3 in line": what has no answer yet

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const StopRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;

private:
    QString textOf(const std::vector<StopState> &states) const;
    QString text(const StopReport &report, int column) const;
    QString toolTip(const StopReport &report, int column) const;
};
