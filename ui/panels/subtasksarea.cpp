#include "ui/panels/subtasksarea.h"

#include "app/models/conversationcells.h"
#include "app/words/words.h"
#include "ui/parts/pill.h"

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 8;
constexpr int mostRows = 5;
enum Role { IdRole = Qt::UserRole + 1, WordRole, RowStateRole, StopStateRole };

/// The title, and the state as a pill at the end.
class SubTaskDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem empty = option;
        initStyleOption(&empty, index);
        empty.text.clear();
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, option.widget);

        QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        const Pill pill = pillOf(index);
        const QSize size = pill.size(empty.font).boundedTo({room.width() * 3 / 5, room.height()});
        const QRect end = QStyle::alignedRect(option.direction, Qt::AlignTrailing | Qt::AlignVCenter, size, room);
        const int used = size.width() + margin;
        option.direction == Qt::RightToLeft ? room.setLeft(room.left() + used) : room.setRight(room.right() - used);
        painter->save();
        painter->setLayoutDirection(option.direction);
        pill.paint(*painter, end, empty.font, QApplication::palette());
        painter->setFont(empty.font);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(room, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                          empty.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, heightFor(option.fontMetrics)};
    }

    static int heightFor(const QFontMetrics &metrics) { return qMax(30, metrics.height() + 12); }

private:
    static Pill pillOf(const QModelIndex &index)
    {
        const QVariant stop = index.data(StopStateRole);
        return {stop.isValid() ? lookOf(StopState(stop.toInt())) : lookOf(RowState(index.data(RowStateRole).toInt())),
                index.data(WordRole).toString()};
    }
};

}

SubTasksArea::SubTasksArea(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_stop(new QPushButton(this))
{
    m_title->setProperty("heading", true);
    m_title->setBuddy(m_list);
    m_list->setObjectName(u"subTasks"_s);
    m_list->setAccessibleName(tr("Sub-tasks"));
    m_list->setItemDelegate(new SubTaskDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setProperty("boxed", true);
    m_stop->setObjectName(u"stopSubTasks"_s);
    m_stop->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *heading = new QHBoxLayout;
    heading->setSpacing(8);
    heading->addWidget(m_title, 1);
    heading->addWidget(m_stop);
    column->addLayout(heading);
    column->addWidget(m_list);
    connect(m_stop, &QPushButton::clicked, this, &SubTasksArea::stopWanted);
    connect(m_list, &QListWidget::itemActivated, this, [this](QListWidgetItem *item) {
        Q_EMIT conversationWanted(ConversationId{item->data(IdRole).toString()});
    });
    hide();
}

void SubTasksArea::showSubTasks(const QList<ConversationRow> &subTasks, int running, const QString &whyNot)
{
    setVisible(!subTasks.isEmpty());
    m_title->setText(tr("Sub-tasks  %1").arg(subTasks.size()));
    showRows(subTasks);
    const QString text = running == 1 ? tr("Stop sub-task…") : tr("Stop sub-tasks…");
    if (m_stop->text() != text) {
        m_stop->setText(text);
        m_stop->setAccessibleName(text);
    }
    m_stop->setVisible(running > 0);
    m_stop->setEnabled(whyNot.isEmpty());
    m_stop->setToolTip(whyNot.isEmpty() ? tr("Asks first") : whyNot);
}

/// In place, so that a refresh moves neither scroll nor focus.
void SubTasksArea::showRows(const QList<ConversationRow> &subTasks)
{
    while (m_list->count() > subTasks.size())
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < subTasks.size())
        m_list->addItem(new QListWidgetItem);
    for (int i = 0; i < subTasks.size(); ++i) {
        const ConversationRow &row = subTasks.at(i);
        QListWidgetItem &item = *m_list->item(i);
        const QString title = row.conversation.title.isEmpty() ? words::shortId(row.conversation.id.value)
                                                               : words::title(row.conversation.title);
        const QString word = cells::state(row);
        item.setText(title);
        item.setToolTip(words::toolTip(title + u'\n' + words::plain(row.conversation.id.value)));
        item.setData(IdRole, row.conversation.id.value);
        item.setData(WordRole, word);
        item.setData(RowStateRole, int(row.conversation.state));
        item.setData(StopStateRole, cells::showsStop(row) ? QVariant(int(row.stop->state)) : QVariant());
        item.setData(Qt::AccessibleTextRole, tr("%1: %2", "state: title").arg(word, title));
    }
    const int rows = int(qBound(qsizetype(1), subTasks.size(), qsizetype(mostRows)));
    m_list->setFixedHeight(rows * SubTaskDelegate::heightFor(m_list->fontMetrics()) + 2 * m_list->frameWidth() + 2);
}
