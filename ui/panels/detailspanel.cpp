#include "ui/panels/detailspanel.h"

#include "app/words/words.h"
#include "ui/panels/agentoffer.h"
#include "ui/panels/detailsfacts.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/selectionpanel.h"
#include "ui/panels/subtasksarea.h"
#include "ui/panels/waitingarea.h"

#include <QAction>
#include <QCheckBox>
#include <QFrame>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

/// What our stop led to is shown until a read of the running state, later than it, says that something runs: the
/// lists lag behind. A stop that changed nothing leaves the place to the next try.
bool outcomeStands(const Details &details)
{
    const Rare<StopReport> &stop = details.row.stop;
    if (!stop || stop->state == StopState::Refused || stop->state == StopState::NotSent)
        return false;
    const bool runsOn = stop->state == StopState::NextStarted || stop->startedAgain;
    const bool settled = !isOpen(*stop) && !runsOn;
    const bool runsSince = details.runState && details.runState->isRunning && details.runState->readAt > stop->since;
    return !(settled && runsSince);
}

/// Why nothing can be decided through this connection, whatever the conversation does.
QString whyNothing(const Details &details, const std::optional<Connection> &open)
{
    if (open && open->readOnly)
        return words::whyNot(Stopability::ReadOnly);
    if (details.isLocked)
        return words::whyNot(Stopability::Locked);
    return details.stopability == Stopability::NoKey ? words::whyNot(Stopability::NoKey) : QString();
}

/// A list from before the outcome of our stop contradicts nothing.
QString conflictOf(const Details &details, const QDateTime &now)
{
    const Listing &listed = details.row.listed;
    const bool listedBefore = details.row.stop && listed.readAt <= details.row.stop->since;
    if (!details.runState || listedBefore)
        return {};
    return words::conflict(listed, details.runState->isActive(), details.runState->readAt, now);
}

/// Without the names of sub-tasks: their list stands below.
QString remarksOf(const StopReport &stop)
{
    QStringList lines = words::remarks(stop);
    lines.removeAll(words::subTaskNames(stop));
    return lines.join(u'\n');
}

void tell(QLabel &label, const QString &text)
{
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

}

DetailsPanel::DetailsPanel(const StopActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_header(new PanelHeader(tr("Details"), this))
    , m_nothing(new QLabel(this))
    , m_something(new QScrollArea(this))
    , m_many(new QScrollArea(this))
    , m_selection(new SelectionPanel(this))
    , m_agent(new AgentOffer(this))
    , m_facts(new DetailsFacts(this))
    , m_conflict(new QLabel(this))
    , m_remarks(new QLabel(this))
    , m_subTasks(new SubTasksArea(this))
    , m_waiting(new WaitingArea(m_queue, this))
    , m_footer(new StopFooter(actions, this))
{
    layOutBody();
    layOut();
    connectAreas();
    showDetails({}, {}, {});
}

void DetailsPanel::layOutBody()
{
    m_conflict->setObjectName(u"conflict"_s);
    m_conflict->setProperty("warning", true);
    m_remarks->setObjectName(u"remarks"_s);
    for (QLabel *label : {m_conflict, m_remarks}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *body = new QWidget(this);
    body->setProperty("page", true);
    auto *inside = new QVBoxLayout(body);
    inside->setContentsMargins(12, 12, 12, 12);
    inside->setSpacing(8);
    for (QWidget *part : {static_cast<QWidget *>(m_facts), static_cast<QWidget *>(m_conflict),
                          static_cast<QWidget *>(m_remarks), static_cast<QWidget *>(m_subTasks),
                          static_cast<QWidget *>(m_waiting)})
        inside->addWidget(part);
    inside->addStretch();
    m_something->setObjectName(u"detailsBody"_s);
    m_many->setObjectName(u"selectionBody"_s);
    m_selection->setProperty("page", true);
    scroll(*m_something, body);
    scroll(*m_many, m_selection);
}

void DetailsPanel::scroll(QScrollArea &area, QWidget *body)
{
    area.setProperty("page", true);
    area.setFrameShape(QFrame::NoFrame);
    area.setFocusPolicy(Qt::NoFocus);
    area.setWidgetResizable(true);
    area.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area.setWidget(body);
}

void DetailsPanel::layOut()
{
    m_nothing->setText(tr("Choose a conversation to see what it does and to stop it."));
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setProperty("muted", true);
    m_nothing->setContentsMargins(24, 24, 24, 24);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(makeHairline(this));
    for (QWidget *body : bodies())
        column->addWidget(body, 1);
    column->addWidget(m_footer);
    setMinimumWidth(280);
}

void DetailsPanel::connectAreas()
{
    connect(m_selection, &SelectionPanel::takeOutWanted, this, &DetailsPanel::takeOutWanted);
    connect(m_agent, &AgentOffer::cancelWanted, this, &DetailsPanel::readingCancelWanted);
    connect(m_footer, &StopFooter::stepWanted, this, &DetailsPanel::stepWanted);
    connect(m_footer, &StopFooter::ticketWanted, this, &DetailsPanel::ticketWanted);
    connect(m_footer, &StopFooter::endedTicketWanted, this, &DetailsPanel::endedTicketWanted);
    connect(m_subTasks, &SubTasksArea::stopWanted, this, &DetailsPanel::subTasksStopWanted);
    connect(m_subTasks, &SubTasksArea::conversationWanted, this, &DetailsPanel::conversationWanted);
    connect(m_waiting, &WaitingArea::discardWanted, this, &DetailsPanel::discardWanted);
    connect(m_waiting, &WaitingArea::clearWanted, this, &DetailsPanel::clearWanted);
}

void DetailsPanel::showDetails(const std::optional<Details> &details, const std::optional<Connection> &open,
                               const QDateTime &now)
{
    m_details = details;
    if (m_details) {
        const Conversation &conversation = m_details->row.conversation;
        showOnly(*m_something, words::title(conversation.title), {conversation.id});
        showBody(open, now);
    } else {
        showOnly(*m_nothing, tr("Details"), {});
    }
    showFooter(open);
}

void DetailsPanel::showSelection(const ConversationListModel &conversations, const QList<ConversationId> &chosen,
                                 const SelectionFacts &facts, int hidden, const QDateTime &now)
{
    m_details.reset();
    showOnly(*m_many, tr("Details"), chosen);
    m_selection->showSelection(conversations, chosen, facts, hidden, now);
    m_footer->showSelection(facts);
}

void DetailsPanel::showAgent(const QString &name, std::optional<int> running, const QDateTime &countedAt,
                             const RunningReading &reading)
{
    m_details.reset();
    showOnly(*m_agent, words::plain(name, 80), {});
    m_agent->showAgent(running, reading, countedAt);
    m_footer->showAgent();
}

QList<QWidget *> DetailsPanel::bodies() const
{
    return {m_nothing, m_something, m_many, m_agent};
}

/// A tick made for several stays for what is left of them, as long as that is several.
void DetailsPanel::showOnly(QWidget &body, const QString &title, const QList<ConversationId> &about)
{
    const QSet<ConversationId> before = std::exchange(m_about, {about.cbegin(), about.cend()});
    const bool isPart = m_about.size() > 1 && before.contains(m_about);
    if (m_about != before && !isPart)
        m_footer->clearQueue()->setChecked(false);
    for (QWidget *each : bodies())
        each->setVisible(each == &body);
    m_header->setTitle(title);
}

void DetailsPanel::showBody(const std::optional<Connection> &open, const QDateTime &now)
{
    const QString whyNot = whyNothing(*m_details, open);
    m_facts->showDetails(*m_details, now);
    tell(*m_conflict, conflictOf(*m_details, now));
    tell(*m_remarks, outcomeStands(*m_details) ? remarksOf(*m_details->row.stop) : QString());
    m_queue.hideTexts(m_details->isLocked);
    m_queue.show(m_details->runState ? m_details->runState->queue : QList<QueuedMessage>(), now);
    m_subTasks->showSubTasks(m_details->subTasks, int(runningSubTasks(*m_details).size()), whyNot);
    m_waiting->setVisible(!m_details->row.conversation.isSubTask());
    m_waiting->showQueue(m_details->runState ? std::optional(m_details->runState->waiting()) : m_details->row.waiting,
                         !open || open->canClearQueueAlone(), whyNot);
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

void DetailsPanel::showFooter(const std::optional<Connection> &open)
{
    if (m_details && outcomeStands(*m_details))
        m_footer->showOutcome(*m_details->row.stop, open);
    else if (m_details && m_details->stopability == Stopability::Ended)
        m_footer->showEnded(*m_details, open);
    else
        m_footer->showChoice(m_details);
}
