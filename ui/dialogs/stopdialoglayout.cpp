// What stands where in StopDialog, and under which names.
#include "ui/dialogs/stopdialog.h"

#include "ui/dialogs/questionconditions.h"
#include "ui/dialogs/questionfacts.h"
#include "ui/dialogs/questiontargets.h"
#include "ui/parts/environmentstrip.h"
#include "ui/parts/formrow.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShowEvent>

using namespace Qt::StringLiterals;

namespace {

constexpr int idealWidth = 620;
constexpr int idealWidthOfMany = 780; ///< a table needs more
constexpr int side = 16;
constexpr QSize windowFrame(32, 64); ///< room left for the desktop's frame and a little air

}

void StopDialog::layOut()
{
    auto *strip = new EnvironmentStrip(this);
    strip->showConnection(m_connection);
    m_middle->setFrameShape(QFrame::NoFrame);
    m_middle->setWidgetResizable(true);
    m_middle->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_middle->setFocusPolicy(Qt::NoFocus);
    m_middle->setWidget(layOutMiddle());

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(strip);
    all->addWidget(m_middle, 1);
    all->addWidget(layOutFooter());
    resize(qMin(m_targets ? idealWidthOfMany : idealWidth, screen()->availableSize().width() - windowFrame.width()), height());
}

/// No button moves because a count becomes shorter. As high as it needs to be; where the screen is too small the middle scrolls, strip and buttons stay.
void StopDialog::fit()
{
    for (QPushButton *button : {m_stop, m_unlock})
        button->setMinimumWidth(qMax(m_stop->sizeHint().width(), m_unlock->sizeHint().width()));
    layout()->activate();
    const int wanted = m_middle->widget()->heightForWidth(width()) - m_middle->height();
    const QSize room = screen()->availableSize() - windowFrame;
    resize(qMin(width(), room.width()), qMin(height() + wanted, room.height()));
}

void StopDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!event->spontaneous())
        fit(); // not before: the style sheet decides how high everything is
}

QWidget *StopDialog::layOutMiddle()
{
    auto *middle = new QWidget(this);
    middle->setProperty("page", true);
    middle->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(4);
    if (m_reading) {
        m_facts = new QuestionFacts(*m_reading, m_words.headline, middle);
        column->addWidget(m_facts);
    } else {
        column->addWidget(m_targets, 1);
    }
    layOutChoice(*column);
    if (m_targets)
        column->addSpacing(8);
    column->addWidget(m_conditions);
    m_conditions->setHidden(m_conditions->fields().isEmpty());
    layOutReason(*column);
    if (m_reading)
        column->addStretch(1);
    return middle;
}

void StopDialog::layOutChoice(QVBoxLayout &column)
{
    auto *choice = new QVBoxLayout;
    choice->setContentsMargins(24, 0, 0, 0);
    choice->addWidget(m_choice);
    column.addSpacing(8);
    column.addWidget(m_clear);
    column.addLayout(choice);
    m_clear->setVisible(canClear());
    m_choice->setVisible(canClear());
}

void StopDialog::layOutReason(QVBoxLayout &column)
{
    auto *caption = new QLabel(tr("Reason"), this);
    caption->setProperty("heading", true);
    caption->setBuddy(m_reason);
    auto *captions = new QHBoxLayout;
    captions->setSpacing(8);
    captions->addWidget(caption);
    captions->addWidget(mutedLabel(tr("kept in the journal, not sent to xpander"), this), 1);
    column.addSpacing(8);
    column.addLayout(captions);
    column.addWidget(m_reason);
}

/// What will happen, or why it cannot yet: at the left of one target's buttons, above those of several, which are long.
QWidget *StopDialog::layOutFooter()
{
    m_stop->setProperty("destructive", true); // before the layout asks for its size, and so for its look
    auto *footer = new QWidget(this);
    footer->setProperty("footer", true);
    footer->setAttribute(Qt::WA_StyledBackground);
    m_missing->setTextFormat(Qt::PlainText);
    m_missing->setWordWrap(true);
    m_missing->setProperty("warning", true);
    auto *text = new QWidget(footer);
    auto *place = new QGridLayout(text);
    place->setContentsMargins(0, 0, 0, 0);
    for (QLabel *label : {m_consequence, m_missing})
        place->addWidget(label, 0, 0);
    text->setMinimumHeight((m_targets ? 2 : 3) * m_missing->fontMetrics().lineSpacing());

    auto *column = new QVBoxLayout(footer);
    column->setContentsMargins(side, 12, side, 12);
    column->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(side);
    if (m_targets) {
        column->addWidget(text);
        row->addStretch(1);
    } else {
        row->addWidget(text, 1);
    }
    row->addWidget(m_keep);
    row->addWidget(m_stop);
    row->addWidget(m_unlock);
    column->addLayout(row);
    return footer;
}

/// Enter means to leave everything as it is, except on the red button itself.
void StopDialog::nameParts()
{
    setObjectName(u"stopConversationQuestion"_s);
    setWindowModality(Qt::WindowModal);
    m_clear->setObjectName(u"alsoClearTheQueue"_s);
    m_clear->setAccessibleName(u"Also clear the queue"_s);
    m_choice->setObjectName(u"queueChoice"_s);
    m_reason->setObjectName(u"reason"_s);
    m_reason->setAccessibleName(u"Reason"_s);
    m_reason->setAccessibleDescription(tr("kept in the journal, not sent to xpander"));
    m_reason->setMaxLength(500);
    m_consequence->setObjectName(u"consequence"_s);
    m_missing->setObjectName(u"missing"_s);
    m_keep->setObjectName(u"keepRunning"_s);
    m_keep->setDefault(true);
    m_stop->setObjectName(u"stopConversation"_s);
    m_unlock->setObjectName(u"unlockToStop"_s);
    m_unlock->setAccessibleName(m_unlock->text());
    orderTabs();
    m_keep->setFocus();
}

void StopDialog::orderTabs()
{
    QList<QWidget *> order = m_targets ? m_targets->fields() : QList<QWidget *>();
    if (m_facts)
        order << m_facts->ticket();
    order << m_clear << m_conditions->fields() << m_reason << m_keep << m_stop << m_unlock;
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}
