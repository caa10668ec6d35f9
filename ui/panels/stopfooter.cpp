#include "ui/panels/stopfooter.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "ui/panels/actionbutton.h"
#include "ui/parts/statepill.h"

#include <QAction>
#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

StopFooter::StopFooter(QAction &stop, QWidget *parent)
    : QWidget(parent)
    , m_stop(stop)
    , m_pages(new QStackedLayout)
    , m_clearQueue(new QCheckBox(this))
    , m_choice(new QLabel(this))
    , m_pill(new StatePill(this))
    , m_evidence(new QLabel(this))
    , m_line(new QLabel(this))
    , m_mark(new QLabel(this))
    , m_ticket(new QPushButton(tr("Copy ticket text"), this))
    , m_button(new ActionButton(stop, u"stopConversation"_s, this))
{
    layOut();
    connect(m_clearQueue, &QCheckBox::toggled, this, &StopFooter::explainChoice);
    connect(m_ticket, &QPushButton::clicked, this, &StopFooter::ticketWanted);
    connect(&m_stop, &QAction::changed, this, &StopFooter::followAction);
    followAction();
    showChoice({}, true);
}

void StopFooter::layOut()
{
    setObjectName(u"stopFooter"_s);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("footer", true);
    m_line->setObjectName(u"footerLine"_s);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setProperty("muted", true);
    m_mark->setObjectName(u"clearQueueMark"_s);
    m_mark->setProperty("error", true);
    for (QLabel *label : {m_line, m_mark}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignVCenter | Qt::AlignLeading);
        label->setFixedHeight(2 * label->fontMetrics().lineSpacing() + 2);
    }
    m_ticket->setObjectName(u"copyTicketText"_s);
    m_ticket->setAutoDefault(false);
    m_button->setProperty("destructive", true);
    m_button->setMinimumHeight(32);
    m_ticket->setMinimumHeight(32);
    m_pages->addWidget(makeChoice());
    m_pages->addWidget(makeOutcome());

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_ticket);
    buttons->addWidget(m_button, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(4);
    column->addLayout(m_pages);
    auto *reserved = new QGridLayout;
    reserved->addWidget(m_line, 0, 0);
    reserved->addWidget(m_mark, 0, 0);
    reserved->setRowMinimumHeight(0, m_line->height());
    column->addLayout(reserved);
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
    m_choice->setFixedHeight(2 * m_choice->fontMetrics().lineSpacing() + 2);
    m_choice->setContentsMargins(24, 0, 0, 0); // under the text of the check box
    for (QWidget *kept : {static_cast<QWidget *>(m_clearQueue), static_cast<QWidget *>(m_choice)}) {
        QSizePolicy policy = kept->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        kept->setSizePolicy(policy);
    }
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_clearQueue);
    column->addWidget(m_choice);
    column->addStretch();
    return page;
}

QWidget *StopFooter::makeOutcome()
{
    auto *page = new QWidget(this);
    m_evidence->setObjectName(u"evidence"_s);
    m_evidence->setTextFormat(Qt::PlainText);
    m_evidence->setWordWrap(true);
    m_evidence->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_evidence->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_pill);
    column->addWidget(m_evidence, 1);
    return page;
}

void StopFooter::showChoice(const std::optional<Details> &details, bool canClearQueue)
{
    m_pages->setCurrentIndex(0);
    m_waiting = !details    ? std::nullopt
        : details->runState ? std::optional(details->runState->waiting())
                            : details->row.waiting;
    m_clearQueue->setVisible(canClearQueue);
    m_clearQueue->setEnabled(details.has_value());
    m_choice->setVisible(canClearQueue && details);
    m_ticket->hide();
    m_button->show();
    explainChoice();

    const std::optional<StopReport> stop = details ? details->row.stop : std::nullopt;
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

void StopFooter::showOutcome(const StopReport &report)
{
    m_pages->setCurrentIndex(1);
    m_pill->showStop(report.state, words::stopPill(report));
    m_evidence->setText(words::evidence(report));
    m_evidence->setToolTip(words::evidence(report));
    sayInLine(words::nextStep(report));
    m_ticket->show();
    m_button->setVisible(m_stop.isEnabled());
}

bool StopFooter::showsOutcome() const
{
    return m_pages->currentIndex() == 1;
}

void StopFooter::followAction()
{
    m_button->setVisible(!showsOutcome() || m_stop.isEnabled());
}

void StopFooter::explainChoice()
{
    const ClearQueue choice = m_clearQueue->isChecked() ? ClearQueue::Yes : ClearQueue::No;
    m_choice->setText(words::queueChoice(m_waiting, choice));
}

void StopFooter::sayInLine(const QString &text)
{
    m_line->setText(text);
    m_line->setToolTip(text);
    m_line->setVisible(m_mark->isHidden());
}
