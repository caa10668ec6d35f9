#pragma once

#include "app/models/rowmodel.h"
#include "app/types/agent.h"

#include <QDateTime>

#include <optional>

/// A row of the agents' table: an agent, or "All agents" (first, with an empty id and `all` set).
struct AgentRow {
    Agent agent;
    bool all = false;
    std::optional<int> running; ///< running conversations, sub-tasks not counted; unset when not read
    int twin = 0;               ///< tells agents apart that have no id and the same name

    QString key() const;        ///< unique also for agents without an id
    bool operator==(const AgentRow &) const = default;
};

/// Agents of the service that are not in the table.
struct UnlistedAgents {
    int further = 0;    ///< on pages that were not read, as the service counts; at least 1 where there are any
    int unreadable = 0;

    bool operator==(const UnlistedAgents &) const = default;
};

/// The agents of the connection, each with the number of running conversations. "All agents" is always there, on top.
class AgentListModel final : public RowModel<AgentRow> {
    Q_OBJECT

public:
    enum Column { Name, Running, ColumnCount };
    enum Role { AgentIdRole = Qt::UserRole + 1, AllRole };

    explicit AgentListModel(QObject *parent = nullptr);

    /// The list, read at that time (UTC); duplicates by id are dropped. `unlisted`: what of it is not in `agents`.
    void merge(const QList<Agent> &agents, const QDateTime &readAt = {}, const UnlistedAgents &unlisted = {});
    const UnlistedAgents &unlisted() const { return m_unlisted; }
    const QDateTime &readAt() const { return m_readAt; }     ///< invalid before the first read
    void setRunning(const QHash<AgentId, int> &running, int all); ///< of a complete read; absent means 0
    std::optional<int> runningOf(const AgentId &agent) const; ///< unset when not read
    void setCountedAt(const QDateTime &time);                ///< the counts are as of then (UTC); invalid: as of now
    const QDateTime &countedAt() const { return m_countedAt; }
    int runningInAll() const { return m_runningInAll; }
    void clear();                                            ///< another connection
    QString nameOf(const AgentId &agent) const;              ///< falls back to the short id
    /// Without an id an agent has no conversations that could be listed: its row can be seen, but neither chosen nor
    /// reached by keyboard; its tool tip and its sentence for screen readers say why.
    Qt::ItemFlags flags(const QModelIndex &index) const override;

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const AgentRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;
    bool isNumber(int column) const override { return column == Running; }

private:
    std::optional<int> runningOf(const AgentRow &row) const;
    QString name(const AgentRow &row) const;
    QString runningText(const AgentRow &row) const;
    QString sentence(const AgentRow &row) const;
    static QString whyNotChosen();
    QString toolTip(const AgentRow &row) const;

    std::optional<QHash<AgentId, int>> m_running; ///< unset before the first complete read
    int m_runningInAll = 0;
    UnlistedAgents m_unlisted;
    QDateTime m_readAt;
    QDateTime m_countedAt;
};
