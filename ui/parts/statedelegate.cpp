#include "ui/parts/statedelegate.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace {

constexpr int pillMargin = 6;
constexpr int rowHeight = 30;

}

StateDelegate::StateDelegate(StateRoles roles, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_roles(roles)
{
}

void StateDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const std::optional<Pill> pill = pillOf(index);
    if (!pill) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    const QStyle *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    const QRect room = option.rect.adjusted(pillMargin, 0, -pillMargin, 0);
    const QSize size = pill->size(option.font).boundedTo(room.size());
    const QRect rect = QStyle::alignedRect(option.direction, Qt::AlignLeading | Qt::AlignVCenter, size, room);
    painter->save();
    painter->setLayoutDirection(option.direction);
    pill->paint(*painter, rect, option.font, QApplication::palette());
    painter->restore();
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const std::optional<Pill> pill = pillOf(index);
    const QSize size = pill ? pill->size(option.font) + QSize(2 * pillMargin, 2 * pillMargin / 3)
                            : QStyledItemDelegate::sizeHint(option, index);
    return size.expandedTo({0, rowHeight});
}

bool StateDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.data(Qt::ToolTipRole).toString().isEmpty() || !pillOf(index))
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), index.data().toString().toHtmlEscaped(), view);
    return true;
}

std::optional<Pill> StateDelegate::pillOf(const QModelIndex &index) const
{
    const QString text = index.data().toString();
    if (const QVariant stop = m_roles.stopState < 0 ? QVariant() : index.data(m_roles.stopState); stop.isValid())
        return Pill{lookOf(StopState(stop.toInt()), m_roles.startedAgain >= 0 && index.data(m_roles.startedAgain).toBool()),
                    text};
    if (const QVariant row = m_roles.rowState < 0 ? QVariant() : index.data(m_roles.rowState); row.isValid())
        return Pill{lookOf(RowState(row.toInt())), text, m_roles.stale >= 0 && index.data(m_roles.stale).toBool()};
    return std::nullopt;
}
