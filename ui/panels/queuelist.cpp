#include "ui/panels/queuelist.h"

#include "app/models/queuemodel.h"

#include <QApplication>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace {

int lineHeight(const QFontMetrics &metrics)
{
    return qMax(30, metrics.height() + 12);
}

/// A line of the list: column Text, and column Waiting at the right end.
class QueueDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QString waiting = index.siblingAtColumn(QueueModel::Waiting).data().toString();
        QStyleOptionViewItem line(option);
        initStyleOption(&line, index);
        const QString text = std::exchange(line.text, QString());
        const QWidget *view = option.widget;
        (view ? view->style() : QApplication::style())->drawControl(QStyle::CE_ItemViewItem, &line, painter, view);

        const QRect inside = option.rect.adjusted(8, 0, -8, 0);
        const int end = line.fontMetrics.horizontalAdvance(waiting);
        const QRect textRect = QStyle::visualRect(option.direction, inside, inside.adjusted(0, 0, -end - 8, 0));
        const Qt::Alignment start = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
        const Qt::Alignment right = QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter);
        painter->save();
        painter->setFont(line.font);
        painter->setPen(line.palette.color(QPalette::Text));
        painter->drawText(textRect, int(start), line.fontMetrics.elidedText(text, Qt::ElideRight, textRect.width()));
        painter->setPen(line.palette.color(QPalette::PlaceholderText));
        painter->drawText(inside, int(right), waiting);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, lineHeight(option.fontMetrics)};
    }
};

}

QueueList::QueueList(QWidget *parent)
    : QListView(parent)
{
    setObjectName(u"waitingMessages"_s);
    setAccessibleName(tr("Waiting messages"));
    setModelColumn(QueueModel::Text);
    setItemDelegate(new QueueDelegate(this));
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setMinimumHeight(lineHeight(fontMetrics()) + 2);
}

QSize QueueList::sizeHint() const
{
    const int lines = model() ? model()->rowCount() : 0;
    return {QListView::sizeHint().width(), lines * lineHeight(fontMetrics()) + 2};
}
