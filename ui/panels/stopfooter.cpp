#include "ui/panels/stopfooter.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "ui/panels/actionbutton.h"
#include "ui/panels/stopsteps.h"
#include "ui/parts/formrow.h"
#include "ui/parts/statepill.h"

#include <QAction>
#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int outcomeLines = 4; ///< of text that are seen at once

int heightOf(const QWidget &widget, int lines)
{
    return lines * widget.fontMetrics().lineSpacing() + 2;
}

QVBoxLayout *columnIn(QWidget &page)
{
    auto *column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    return column;
}

}

StopFooter::StopFooter(const StopActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_pages(new QStackedLayout)
    , m_clearQueue(new QCheckBox(this))
    , m_choice(new QLabel(this))
    , m_pill(new StatePill(this))
    , m_text(new QScrollArea(this))
    , m_evidence(new QLabel(this))
    , m_advice(new QLabel(this))
    , m_line(new QLabel(this))
    , m_mark(new QLabel(this))
    , m_steps(new StopSteps({}, this))
    , m_button(new ActionButton(actions.stop, u"stopConversation"_s, this))
    , m_all(new ActionButton(actions.stopAll, u"stopAllRunning"_s, this))
    , m_unlock(new ActionButton(actions.unlock, u"unlockToStop"_s, this))
{
    layOut();
    connect(m_clearQueue, &QCheckBox::toggled, this, &StopFooter::explainChoice);
    connect(m_steps, &StopSteps::stepWanted, this, &StopFooter::stepWanted);
    connect(m_steps, &StopSteps::ticketWanted, this, &StopFooter::ticketWanted);
    connect(m_steps, &StopSteps::endedTicketWanted, this, &StopFooter::endedTicketWanted);
    for (QAction *action : {&actions.stop, &actions.stopAll, &actions.unlock})
        connect(action, &QAction::changed, this, &StopFooter::followAction);
    showChoice({});
}

void StopFooter::layOut()
{
    setObjectName(u"stopFooter"_s);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("footer", true);
    m_button->setProperty("destructive", true);
    m_all->setProperty("destructive", true);
    m_pages->addWidget(makeChoice());
    m_pages->addWidget(makeOutcome());

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_steps->first(), m_button, m_all, m_unlock}) {
        button->setMinimumHeight(32);
        buttons->addWidget(button, 1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(4);
    column->addLayout(m_pages);
    column->addLayout(buttons);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QWidget *StopFooter::makeChoice()
{
    auto *page = new QWidget(this);
    m_clearQueue->setText(tr("Also clear the queue"));
    m_clearQueue->setObjectName(u"alsoClearTheQueue"_s);
    m_clearQueue->setAccessibleName(tr("Also clear the queue"));
    m_choice->setObjectName(u"queueChoice"_s);
    m_choice->setTextFormat(Qt::PlainText);
    m_choice->setWordWrap(true);
    m_choice->setProperty("muted", true);
    m_choice->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_choice->setFixedHeight(heightOf(*m_choice, 3));
    m_choice->setContentsMargins(24, 0, 0, 0); // under the text of the check box
    keepRoom(m_clearQueue);
    keepRoom(m_choice);
    QVBoxLayout *column = columnIn(*page);
    column->addWidget(m_clearQueue);
    column->addWidget(m_choice);
    column->addStretch();
    column->addWidget(makeReserved());
    return page;
}

/// One place for the line and for the mark.
QWidget *StopFooter::makeReserved()
{
    auto *place = new QWidget(this);
    m_line->setObjectName(u"footerLine"_s);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setProperty("muted", true);
    m_mark->setObjectName(u"clearQueueMark"_s);
    m_mark->setProperty("error", true);
    auto *grid = new QGridLayout(place);
    grid->setContentsMargins(0, 0, 0, 0);
    for (QLabel *label : {m_line, m_mark}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignVCenter | Qt::AlignLeading);
        label->setFixedHeight(heightOf(*label, 2));
        grid->addWidget(label, 0, 0);
    }
    place->setFixedHeight(m_line->height());
    return place;
}

QWidget *StopFooter::makeOutcome()
{
    auto *page = new QWidget(this);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_pill);
    line->addStretch();
    line->addWidget(m_steps->more());
    keepRoom(m_steps->more());
    QVBoxLayout *column = columnIn(*page);
    column->addLayout(line);
    column->addWidget(makeText(), 1);
    return page;
}

QWidget *StopFooter::makeText()
{
    auto *text = new QWidget(this);
    m_evidence->setObjectName(u"evidence"_s);
    m_advice->setObjectName(u"advice"_s);
    m_advice->setProperty("muted", true);
    QVBoxLayout *column = columnIn(*text);
    for (QLabel *label : {m_evidence, m_advice}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch();
    m_text->setObjectName(u"outcomeText"_s);
    m_text->setProperty("clear", true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_text->setWidgetResizable(true);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setWidget(text);
    m_text->setFixedHeight(heightOf(*m_evidence, outcomeLines) + column->spacing());
    return m_text;
}

void StopFooter::showTick(bool shown, bool enabled)
{
    m_clearQueue->setVisible(shown);
    m_clearQueue->setEnabled(enabled);
    m_choice->setVisible(shown && enabled);
}

void StopFooter::showChoice(const std::optional<Details> &details)
{
    m_pages->setCurrentIndex(0);
    m_showsAgent = false;
    m_waitingSum.reset();
    m_waiting = !details    ? std::nullopt
        : details->runState ? std::optional(details->runState->waiting())
                            : details->row.waiting;
    showTick(!details || !details->row.conversation.isSubTask(), details.has_value());
    m_steps->showReport({}, {});
    followAction();
    explainChoice();

    const Rare<StopReport> stop = details ? details->row.stop : Rare<StopReport>();
    const Stopability stopability = details ? details->stopability : Stopability::NothingChosen;
    if (stopability != Stopability::Can)
        sayInLine(words::whyNot(stopability));
    else
        sayInLine(stop ? words::stopPill(*stop) + u" · "_s
                          + words::effect(stop->state == StopState::Refused || stop->state == StopState::NotSent
                                              ? Effect::NothingStopped
                                              : Effect::MayHaveStopped)
                       : QString());
}

void StopFooter::showSelection(const SelectionFacts &facts)
{
    m_pages->setCurrentIndex(0);
    m_showsAgent = false;
    m_waitingSum = facts.waiting;
    showTick(true, !facts.stoppable.isEmpty());
    m_steps->showReport({}, {});
    followAction();
    explainChoice();
    sayInLine(facts.stopability == Stopability::Ended ? tr("None of these conversations can be stopped now.")
                                                      : words::whyNot(facts.stopability));
}

/// How much waits is known when all was read: the question tells it.
void StopFooter::showAgent()
{
    m_pages->setCurrentIndex(0);
    m_showsAgent = true;
    m_waitingSum = WaitingSum{0, 0, 1};
    showTick(true, m_actions.stopAll.isEnabled());
    m_steps->showReport({}, {});
    followAction();
    explainChoice();
    sayInLine(m_actions.stopAll.isEnabled() ? QString() : m_actions.stopAll.toolTip());
}

void StopFooter::showOutcome(const StopReport &report, const std::optional<Connection> &open)
{
    m_pages->setCurrentIndex(1);
    m_showsAgent = false;
    m_pill->showStop(report);
    const QString evidence = words::evidence(report);
    showOutcomeText(evidence.endsWith(u'.') ? evidence : evidence + u'.', words::nextStep(report));
    m_steps->showReport(report, open);
    followAction();
}

void StopFooter::showEnded(const Details &details, const std::optional<Connection> &open)
{
    m_pages->setCurrentIndex(1);
    m_showsAgent = false;
    const Conversation &conversation = details.row.conversation;
    m_pill->showState(conversation.state, words::rowState(conversation.state, conversation.stateWord));
    const Ending ending = endingOf(details);
    showOutcomeText(words::howItEnded(ending), {});
    m_steps->showEnded(ending, open);
    followAction();
}

void StopFooter::showOutcomeText(const QString &evidence, const QString &advice)
{
    m_evidence->setText(evidence);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
}

bool StopFooter::showsOutcome() const
{
    return m_pages->currentIndex() == 1;
}

/// Beside an outcome that offers a step of its own there is no second red button. What unlocks comes last, so that it
/// does not get the focus of a button that goes: a key pressed blindly must not arm.
void StopFooter::followAction()
{
    const bool isArmed = !m_actions.unlock.isVisible();
    m_steps->first()->setVisible(isArmed && showsOutcome());
    m_all->setVisible(isArmed && m_showsAgent);
    m_button->setVisible(isArmed && !m_showsAgent
                         && (!showsOutcome() || (m_actions.stop.isEnabled() && m_steps->more()->isHidden())));
    m_unlock->setVisible(!isArmed);
}

void StopFooter::explainChoice()
{
    const ClearQueue choice = m_clearQueue->isChecked() ? ClearQueue::Yes : ClearQueue::No;
    m_choice->setText(m_waitingSum ? words::queueChoice(*m_waitingSum, choice) : words::queueChoice(m_waiting, choice));
}

void StopFooter::sayInLine(const QString &text)
{
    m_line->setText(text);
    m_line->setToolTip(words::toolTip(text));
    m_line->setVisible(m_mark->isHidden());
}
