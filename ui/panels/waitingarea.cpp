#include "ui/panels/waitingarea.h"

#include "ui/parts/formrow.h"
#include "ui/parts/waitingmessages.h"

#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

WaitingArea::WaitingArea(QueueModel &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_title(new QLabel(this))
    , m_list(new WaitingMessages(queue, WaitingMessages::Height::AsItsRows, WaitingMessages::Lines::Two, this))
    , m_unlisted(mutedLabel({}, this))
    , m_buttons(new QWidget(this))
    , m_discard(new QPushButton(tr("Discard…"), this))
    , m_clear(new QPushButton(tr("Clear the queue…"), this))
{
    layOut();
    m_list->letChoose();
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &WaitingMessages::choiceChanged, this, &WaitingArea::update);
    connect(m_list, &WaitingMessages::removalWanted, this, &WaitingArea::discardChosen);
    connect(m_list, &QWidget::customContextMenuRequested, this, &WaitingArea::showMenu);
    connect(m_discard, &QPushButton::clicked, this, &WaitingArea::discardChosen);
    connect(m_clear, &QPushButton::clicked, this, &WaitingArea::clearWanted);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&queue, changed, this, &WaitingArea::update);
    connect(&queue, &QAbstractItemModel::modelReset, this, &WaitingArea::update);
    update();
}

void WaitingArea::layOut()
{
    m_title->setObjectName(u"waitingMessagesHeading"_s);
    m_title->setProperty("heading", true);
    m_title->setBuddy(m_list);
    m_unlisted->setObjectName(u"unlistedMessages"_s);
    m_discard->setObjectName(u"discardMessage"_s);
    m_clear->setObjectName(u"clearTheQueue"_s);
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QPushButton *button : {m_discard, m_clear}) {
        button->setAutoDefault(false);
        button->setAccessibleName(button->text());
        row->addWidget(button);
    }
    row->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_buttons); // above the list, which may be long
    column->addWidget(m_list);
    column->addWidget(m_unlisted);
}

void WaitingArea::showQueue(std::optional<int> waiting, bool canClear, const QString &whyNot)
{
    m_waiting = waiting;
    m_canClear = canClear;
    m_whyNot = whyNot;
    update();
}

void WaitingArea::update()
{
    const int listed = m_queue.rowCount();
    const int waiting = qMax(listed, m_waiting.value_or(listed));
    m_title->setText(m_waiting ? tr("Waiting messages  %1").arg(waiting) : tr("Waiting messages"));
    m_list->setVisible(listed > 0);
    m_unlisted->setText(tr("%1 wait; the service listed %2.").arg(waiting).arg(listed));
    m_unlisted->setVisible(waiting > listed);
    m_buttons->setVisible(waiting > 0);
    m_discard->setVisible(listed > 0);
    m_discard->setEnabled(m_whyNot.isEmpty() && chosen());
    const QString whyNotClear = !m_whyNot.isEmpty() ? m_whyNot
        : m_canClear                                ? QString()
                                                    : tr("The newer routes of this connection clear a queue only together with a stop.");
    m_clear->setEnabled(whyNotClear.isEmpty());
    const QString choose = m_list->chosen().isValid() ? tr("The service gave this message no id.")
                                                      : tr("Choose a message first.");
    m_discard->setToolTip(!m_whyNot.isEmpty() ? m_whyNot : chosen() ? tr("Asks first") : choose);
    m_clear->setToolTip(whyNotClear.isEmpty() ? tr("Asks first") : whyNotClear);
}

std::optional<QueuedMessage> WaitingArea::chosen() const
{
    const QModelIndex row = m_list->chosen();
    if (!row.isValid() || m_queue.row(row.row()).message.id.isEmpty())
        return std::nullopt;
    return m_queue.row(row.row()).message;
}

void WaitingArea::discardChosen()
{
    if (const auto message = chosen(); message && m_whyNot.isEmpty())
        Q_EMIT discardWanted(*message);
}

void WaitingArea::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(m_list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_discard->text(), this, &WaitingArea::discardChosen)->setEnabled(m_discard->isEnabled());
    menu->addAction(m_clear->text(), this, &WaitingArea::clearWanted)->setEnabled(m_clear->isEnabled());
    menu->popup(m_list->viewport()->mapToGlobal(position));
}
