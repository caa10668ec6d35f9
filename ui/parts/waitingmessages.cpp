#include "ui/parts/waitingmessages.h"

#include "app/models/queuemodel.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace {

constexpr int visibleRows = 3;
constexpr int mostRows = 5;
constexpr int margin = 8;
constexpr int slack = 4; ///< a text elided to its exact width loses letters where widths are rounded
constexpr double quiet = 0.75;

int heightFor(const QFontMetrics &metrics, WaitingMessages::Lines lines)
{
    return lines == WaitingMessages::Lines::One ? qMax(30, metrics.height() + margin)
                                                : 2 * metrics.lineSpacing() + margin;
}

class MessageDelegate final : public QStyledItemDelegate {
public:
    MessageDelegate(WaitingMessages::Lines lines, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_lines(lines)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem empty = option;
        initStyleOption(&empty, index);
        empty.text.clear();
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, option.widget);
        painter->save();
        painter->setFont(empty.font);
        painter->setLayoutDirection(option.direction);
        painter->setPen(option.palette.color(QPalette::Text));
        const QRect room = option.rect.adjusted(margin, margin / 4, -margin, -margin / 4);
        m_lines == WaitingMessages::Lines::One ? paintOne(*painter, room, index)
                                               : paintTwo(*painter, room, index);
        painter->setOpacity(0.14);
        if (index.row() + 1 < index.model()->rowCount())
            painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, heightFor(option.fontMetrics, m_lines)};
    }

private:
    /// Draws the text at the far end of the room and takes its width away.
    static void drawAtEnd(QPainter &painter, QRect &room, const QString &text, int most)
    {
        const QFontMetrics metrics = painter.fontMetrics();
        const int width = qMin(metrics.horizontalAdvance(text) + slack, most);
        const Qt::LayoutDirection direction = painter.layoutDirection();
        const QRect cell =
            QStyle::alignedRect(direction, Qt::AlignTrailing | Qt::AlignVCenter, {width, room.height()}, room);
        drawIn(painter, cell, text, quiet);
        const int used = width + margin;
        direction == Qt::RightToLeft ? room.setLeft(room.left() + used) : room.setRight(room.right() - used);
    }

    static void drawIn(QPainter &painter, const QRect &cell, const QString &text, double opacity)
    {
        painter.setOpacity(opacity);
        painter.drawText(cell, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, cell.width()));
    }

    static void paintOne(QPainter &painter, QRect room, const QModelIndex &index)
    {
        drawAtEnd(painter, room, index.data(QueueModel::WaitingRole).toString(), room.width());
        drawAtEnd(painter, room, index.data(QueueModel::PersonRole).toString(), room.width() * 2 / 5);
        drawIn(painter, room, index.data().toString(), 1);
    }

    static void paintTwo(QPainter &painter, const QRect &room, const QModelIndex &index)
    {
        QRect upper = room;
        upper.setHeight(room.height() / 2);
        const QRect lower = upper.translated(0, upper.height());
        drawAtEnd(painter, upper, index.data(QueueModel::WaitingRole).toString(), upper.width());
        drawIn(painter, upper, index.data().toString(), 1);
        drawIn(painter, lower, index.data(QueueModel::PersonRole).toString(), quiet);
    }

    WaitingMessages::Lines m_lines;
};

}

WaitingMessages::WaitingMessages(QueueModel &queue, Height height, Lines lines, QWidget *parent)
    : QListView(parent)
    , m_height(height)
    , m_lines(lines)
{
    setObjectName(u"waitingMessages"_s);
    setAccessibleName(u"Waiting messages"_s);
    setModel(&queue);
    setItemDelegate(new MessageDelegate(lines, this));
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setUniformItemSizes(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&queue, changed, this, &QWidget::updateGeometry);
}

void WaitingMessages::letChoose()
{
    setSelectionMode(SingleSelection);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &WaitingMessages::choiceChanged);
}

QModelIndex WaitingMessages::chosen() const
{
    return selectionModel()->selectedIndexes().value(0);
}

void WaitingMessages::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && chosen().isValid())
        Q_EMIT removalWanted();
    else
        QListView::keyPressEvent(event);
}

/// The view would choose a neighbour of a chosen row that goes. Only a person chooses what may be discarded.
void WaitingMessages::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    const int row = currentIndex().row();
    if (row >= start && row <= end) {
        const int next = end + 1 < model()->rowCount() ? end + 1 : start - 1;
        selectionModel()->setCurrentIndex(model()->index(next, QueueModel::Text), QItemSelectionModel::NoUpdate);
    }
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

int WaitingMessages::rowHeight() const
{
    return heightFor(fontMetrics(), m_lines);
}

QSize WaitingMessages::sizeHint() const
{
    const int rows = m_height == Height::Fixed ? visibleRows : qBound(1, model()->rowCount(), mostRows);
    return {240, rows * rowHeight() + 2 * frameWidth()};
}

QSize WaitingMessages::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void WaitingMessages::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::Text));
    painter.setOpacity(quiet);
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin), Qt::AlignLeading | Qt::AlignTop,
                     m_why);
}
