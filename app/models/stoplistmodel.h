#pragma once

#include "app/models/rowmodel.h"
#include "app/models/stoptally.h"

struct StopRow {
    StopReport report;

    qint64 key() const { return report.id; }
    bool operator==(const StopRow &) const = default;
};

/// One decision about several, as far as its stops are shown.
struct BatchCounts {
    BatchId id;
    QDateTime askedAt; ///< UTC
    bool fromEarlierRun = false;
    int size = 0; ///< of the decision; its stops come one after another
    bool ended = false; ///< every one has come to an outcome, which may still change
    StopTally tally;
};

/// Every stop of this run with its state, newest first, and those of decisions that an earlier run left open. Counts
/// them as they change, all together and by decision.
class StopListModel final : public RowModel<StopRow> {
    Q_OBJECT

public:
    enum Column { Outcome, Title, Agent, HowItIsKnown, ColumnCount };
    enum Role { StopIdRole = Qt::UserRole + 1, StopStateRole, StartedAgainRole, ConversationIdRole, AgentIdRole,
                BatchIdRole, OutcomeGroupRole };

    explicit StopListModel(QObject *parent = nullptr);

    void show(const StopReport &report); ///< adds or changes the row with its id
    const StopTally &tally() const { return m_tally; }
    const QList<BatchId> &batches() const { return m_batchOrder; } ///< newest first
    const BatchCounts *batch(const BatchId &id) const; ///< null where none of its stops is shown

Q_SIGNALS:
    void batchAdded(const BatchId &batch);
    void batchEnded(const BatchId &batch); ///< once

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const StopRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;

private:
    void recount(const StopReport &report, int step);
    void tellOf(const StopReport &report, bool isNew);
    QString text(const StopReport &report, int column) const;
    QString toolTip(const StopReport &report, int column) const;

    StopTally m_tally;
    QHash<BatchId, BatchCounts> m_batches;
    QList<BatchId> m_batchOrder;
};
