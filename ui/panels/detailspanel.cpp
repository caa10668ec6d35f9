#include "ui/panels/detailspanel.h"

#include "app/words/words.h"
#include "ui/panels/detailsfacts.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/queuelist.h"
#include "ui/panels/stopfooter.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

/// What our stop led to is shown until a read of the running state, later than it, says that something runs: the
/// lists lag behind. A stop that changed nothing leaves the place to the next try.
bool outcomeStands(const Details &details)
{
    const std::optional<StopReport> &stop = details.row.stop;
    if (!stop || stop->state == StopState::Refused || stop->state == StopState::NotSent)
        return false;
    const bool settled = !isOpen(stop->state) && stop->state != StopState::NextStarted;
    const bool runsSince = details.runState && details.runState->isRunning && details.runState->readAt > stop->since;
    return !(settled && runsSince);
}

}

DetailsPanel::DetailsPanel(QueueModel &queue, QAction &stop, QWidget *parent)
    : QWidget(parent)
    , m_header(new PanelHeader(tr("Details"), this))
    , m_nothing(new QLabel(this))
    , m_something(new QWidget(this))
    , m_facts(new DetailsFacts(this))
    , m_waitingTitle(new QLabel(this))
    , m_waiting(new QueueList(this))
    , m_footer(new StopFooter(stop, this))
{
    layOut(queue);
    connect(m_footer->clearQueue(), &QCheckBox::toggled, this, &DetailsPanel::clearQueueChanged);
    connect(m_footer, &StopFooter::ticketWanted, this, [this] {
        if (m_details && m_details->row.stop)
            Q_EMIT ticketWanted(*m_details->row.stop);
    });
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&queue, changed, this, &DetailsPanel::countWaiting);
    connect(&queue, &QAbstractItemModel::modelReset, this, &DetailsPanel::countWaiting);
    showDetails({}, true, {});
}

void DetailsPanel::layOut(QueueModel &queue)
{
    m_nothing->setText(tr("Choose a conversation to see what it does and to stop it."));
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setProperty("muted", true);
    m_nothing->setContentsMargins(24, 24, 24, 24);
    QFont bold = m_waitingTitle->font();
    bold.setBold(true);
    m_waitingTitle->setFont(bold);
    m_waitingTitle->setBuddy(m_waiting);
    m_waiting->setModel(&queue);

    auto *inside = new QVBoxLayout(m_something);
    inside->setContentsMargins(12, 12, 12, 12);
    inside->setSpacing(8);
    inside->addWidget(m_facts);
    inside->addWidget(m_waitingTitle);
    inside->addWidget(m_waiting);
    inside->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(makeHairline(this));
    column->addWidget(m_nothing, 1);
    column->addWidget(m_something, 1);
    column->addWidget(m_footer);
    setMinimumWidth(280);
}

void DetailsPanel::showDetails(const std::optional<Details> &details, bool canClearQueue, const QDateTime &now)
{
    const auto idOf = [](const std::optional<Details> &some) {
        return some ? some->row.conversation.id : ConversationId();
    };
    if (idOf(details) != idOf(m_details))
        m_footer->clearQueue()->setChecked(false);
    m_details = details;
    m_nothing->setVisible(!m_details);
    m_something->setVisible(m_details.has_value());
    const QString title = m_details ? words::title(m_details->row.conversation.title) : tr("Details");
    m_header->setTitle(title);
    if (m_details)
        m_facts->showDetails(*m_details, now);
    countWaiting();
    showFooter(canClearQueue);
}

ClearQueue DetailsPanel::clearQueue() const
{
    return m_footer->clearQueue()->isChecked() ? ClearQueue::Yes : ClearQueue::No;
}

QCheckBox *DetailsPanel::clearQueueBox() const
{
    return m_footer->clearQueue();
}

QLabel *DetailsPanel::clearQueueMark() const
{
    return m_footer->mark();
}

void DetailsPanel::showFooter(bool canClearQueue)
{
    if (m_details && outcomeStands(*m_details))
        m_footer->showOutcome(*m_details->row.stop);
    else
        m_footer->showChoice(m_details, canClearQueue);
}

void DetailsPanel::countWaiting()
{
    const bool known = m_details && (m_details->runState || m_details->row.waiting);
    const int listed = m_waiting->model()->rowCount();
    const int waiting =
        !known ? listed : qMax(listed, m_details->runState ? m_details->runState->waiting() : *m_details->row.waiting);
    m_waitingTitle->setText(known ? tr("Waiting messages  %1").arg(waiting) : tr("Waiting messages"));
    m_waiting->setVisible(listed > 0);
    m_waiting->updateGeometry();
}
