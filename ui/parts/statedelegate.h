#pragma once

#include "ui/parts/pill.h"

#include <QStyledItemDelegate>

/// Where a model keeps the states of a row; -1 where it has none.
struct StateRoles {
    int rowState = -1; ///< int(RowState)
    int stopState = -1; ///< int(StopState), invalid without a stop of ours; goes before the row's own state
    int startedAgain = -1; ///< bool: that stop bears this mark
    int stale = -1; ///< bool: what it says may not be so any more
};

/// Paints a state or outcome column: the cell's text as a pill. A cell without either role is painted as text.
class StateDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit StateDelegate(StateRoles roles, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override; ///< the whole word, where the model has no tooltip

private:
    std::optional<Pill> pillOf(const QModelIndex &index) const;

    StateRoles m_roles;
};
