#include "ui/dialogs/waitingmessages.h"

#include "app/words/words.h"

#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace {

constexpr int rowHeight = 30;
constexpr int visibleRows = 3;
constexpr int margin = 8;
constexpr int slack = 4; ///< a text elided to its exact width loses letters where widths are rounded
enum Role { PersonRole = Qt::UserRole + 1, SinceRole, AgeRole };

/// Text at the left, who wrote it after it, age at the right.
class MessageDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem empty = option;
        initStyleOption(&empty, index);
        empty.text.clear();
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, option.widget);

        const QFontMetrics &metrics = empty.fontMetrics;
        const QString age = index.data(AgeRole).toString();
        const QString person = index.data(PersonRole).toString();
        QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        const int ageWidth = metrics.horizontalAdvance(age) + slack;
        const int personWidth = qMin(metrics.horizontalAdvance(person) + slack, room.width() * 2 / 5);
        painter->save();
        painter->setFont(empty.font);
        painter->setLayoutDirection(option.direction);
        painter->setPen(option.palette.color(QPalette::Text));
        const auto take = [&](int width, const QString &text, double opacity) {
            const QRect cell = QStyle::alignedRect(option.direction, Qt::AlignTrailing | Qt::AlignVCenter,
                                                   {width, room.height()}, room);
            painter->setOpacity(opacity);
            painter->drawText(cell, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                              metrics.elidedText(text, Qt::ElideRight, width));
            const int used = width + 2 * margin;
            option.direction == Qt::RightToLeft ? room.setLeft(room.left() + used) : room.setRight(room.right() - used);
        };
        take(ageWidth, age, 0.75);
        take(personWidth, person, 0.75);
        take(room.width(), index.data().toString(), 1);
        painter->setOpacity(0.14);
        if (index.row() + 1 < index.model()->rowCount())
            painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, qMax(rowHeight, option.fontMetrics.height() + margin)};
    }
};

}

WaitingMessages::WaitingMessages(QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(u"waitingMessages"_s);
    setAccessibleName(u"Waiting messages"_s);
    setItemDelegate(new MessageDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionMode(NoSelection);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void WaitingMessages::show(const RunState &state, const QDateTime &now)
{
    clear();
    for (const QueuedMessage &message : state.queue) {
        auto *row = new QListWidgetItem(words::plain(message.text), this);
        row->setToolTip(words::plain(message.text, 2000).toHtmlEscaped());
        row->setData(PersonRole, words::person(message.person));
        row->setData(SinceRole, message.waitingSince);
        name(row, now);
    }
    m_why =
        state.queue.isEmpty() && state.waiting() == 0 ? tr("No messages wait.") : tr("The service did not list them.");
    viewport()->update();
}

void WaitingMessages::tick(const QDateTime &now)
{
    for (int row = 0; row < count(); ++row)
        name(item(row), now);
}

void WaitingMessages::showNothing(const QString &why)
{
    clear();
    m_why = why;
    viewport()->update();
}

QSize WaitingMessages::sizeHint() const
{
    const int row = qMax(rowHeight, fontMetrics().height() + margin);
    return {240, visibleRows * row + 2 * frameWidth()};
}

void WaitingMessages::paintEvent(QPaintEvent *event)
{
    QListWidget::paintEvent(event);
    if (count() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::Text));
    painter.setOpacity(0.75);
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin), Qt::AlignLeading | Qt::AlignTop,
                     m_why);
}

void WaitingMessages::name(QListWidgetItem *item, const QDateTime &now)
{
    const QDateTime since = item->data(SinceRole).toDateTime();
    const QString age = since.isValid() ? words::roughly(Duration(qMax<qint64>(0, since.msecsTo(now)))) : QString();
    if (item->data(AgeRole) == age)
        return;
    item->setData(AgeRole, age);
    item->setData(Qt::AccessibleTextRole, u"%1: %2, %3"_s.arg(item->data(PersonRole).toString(), item->text(), age));
}
