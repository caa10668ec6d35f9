#pragma once

#include <QStyledItemDelegate>

/// Paints what a problem means for stopping: shape, word and colour. What touches a stop is red, the rest amber; what is
/// over is muted in all columns.
class EffectDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};
