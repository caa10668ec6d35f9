#pragma once

#include "app/models/conversationlistmodel.h"
#include "app/types/manytargets.h"

/// The targets of one question, frozen, each with a tick. Beside the state as it was listed when the question was
/// asked stands what the list says now, where that is something else; how many messages wait follows what is read.
/// Only a person changes a tick.
class TargetModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Title, Agent, State, Waiting, Now, ColumnCount };
    enum Role {
        StateRole = Qt::UserRole + 1, ///< int(RowState)
        NowRole,                      ///< the same, invalid where nothing has changed
    };

    /// Each target stands once, however often it is named.
    TargetModel(const QList<StopTarget> &targets, const ConversationListModel &conversations, QObject *parent = nullptr);

    const StopTarget &first() const { return m_targets.first(); }
    QList<StopTarget> ticked() const; ///< in the order of the list
    int tickedCount() const { return m_ticked; }
    void tickAll(bool ticked);
    void untickEnded(); ///< those that have ended since

    int changedCount() const; ///< while the question stood open, ticked or not
    int endedCount() const;   ///< of those that are ticked
    WaitingSum waiting() const; ///< for those that are ticked, and so is the next
    QList<AgentShare> agents() const; ///< most targets first
    int unlisted() const { return m_unlisted; } ///< those that no list had told when it was asked
    QDateTime readAt() const { return m_readAt; } ///< of the oldest state; invalid where no list had told one

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void ticksChanged();
    void factsChanged(); ///< what is known of targets: later, and once for all that one refresh tells

private:
    struct Row {
        RowState asked = RowState::NotRead;
        QString askedWord;
        RowState now = RowState::NotRead;
        QString nowWord;
        std::optional<int> waiting;
        bool isTicked = true;
    };

    void add(const StopTarget &target, const ConversationListModel &conversations);
    void follow(const ConversationListModel &conversations);
    void look(const ConversationRow &listed);
    void lose(const ConversationRow &listed);
    void store(int number, const Row &row);
    void tellLater();
    static bool hasChanged(const Row &row);
    static bool hasEndedSince(const Row &row);
    QString text(int number, int column) const;
    QString sentence(int number) const;
    QString toolTip(int number, int column) const;
    QString agentName(int number) const;

    QList<StopTarget> m_targets;
    QList<Row> m_rows;
    QHash<ConversationId, int> m_places;
    int m_ticked = 0;
    int m_unlisted = 0;
    bool m_isToTell = false;
    QDateTime m_readAt;
};
