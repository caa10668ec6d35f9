#pragma once

#include <QStyledItemDelegate>

/// Paints *Running for*: bold and amber where a turn runs for long. The word "long" is the model's.
class LongRunningDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};
