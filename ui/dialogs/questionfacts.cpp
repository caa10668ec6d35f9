#include "ui/dialogs/questionfacts.h"

#include "app/words/words.h"
#include "ui/dialogs/waitingmessages.h"
#include "ui/parts/formrow.h"
#include "ui/parts/headline.h"
#include "ui/parts/statepill.h"

#include <QFontDatabase>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QLabel *valueLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel *idLabel(const QString &id, QWidget *parent)
{
    QLabel *label = valueLabel(id, parent);
    label->setObjectName(u"conversationId"_s);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(label->font().pointSizeF());
    label->setFont(fixed);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::ClickFocus);
    label->setWordWrap(true);
    label->setProperty("muted", true);
    return label;
}

}

QuestionFacts::QuestionFacts(const StopTarget &target, QWidget *parent)
    : QWidget(parent)
    , m_pill(new StatePill(this))
    , m_age(mutedLabel({}, this))
    , m_runningFor(valueLabel({}, this))
    , m_heading(new QLabel(tr("Waiting messages"), this))
    , m_messages(new WaitingMessages(this))
    , m_unlisted(mutedLabel({}, this))
{
    layOut(target);
    m_age->setObjectName(u"stateAge"_s);
    m_runningFor->setObjectName(u"runningFor"_s);
    m_heading->setObjectName(u"waitingMessagesHeading"_s);
    m_heading->setProperty("heading", true);
    m_unlisted->setObjectName(u"unlistedMessages"_s);
    m_unlisted->hide();
}

void QuestionFacts::layOut(const StopTarget &target)
{
    auto *headline = new Headline(this);
    headline->setObjectName(u"headline"_s);
    headline->setText(words::title(target.title));
    auto *facts = new QFormLayout;
    layOutFacts(*facts, target);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(headline);
    column->addWidget(idLabel(target.conversation.value, this));
    column->addSpacing(8);
    column->addLayout(facts);
    column->addSpacing(8);
    column->addWidget(m_heading);
    column->addWidget(m_messages);
    column->addWidget(m_unlisted);
}

void QuestionFacts::layOutFacts(QFormLayout &facts, const StopTarget &target)
{
    facts.setHorizontalSpacing(16);
    facts.setVerticalSpacing(4);
    facts.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [&facts, this](const QString &caption, QWidget *value) {
        QLabel *label = mutedLabel(caption, this);
        label->setMinimumWidth(96);
        facts.addRow(label, value);
    };
    auto *state = new QWidget(this);
    auto *row = new QHBoxLayout(state);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_pill);
    row->addWidget(m_age, 1);
    add(tr("State"), state);
    add(tr("Agent"), valueLabel(words::plain(target.agentName), this));
    add(tr("Person"), valueLabel(words::person(target.person), this));
    add(tr("Running for"), m_runningFor);
    if (target.isSubTask())
        add(tr("Kind"), valueLabel(tr("Sub-task of another conversation"), this));
}

void QuestionFacts::showState(RowState state, const QString &word, const QString &age)
{
    if (const QString text = words::rowState(state, word); text != m_pill->text())
        m_pill->showState(state, text);
    m_age->setText(age);
}

void QuestionFacts::showRunningFor(const QString &text)
{
    m_runningFor->setText(text);
}

void QuestionFacts::showMessages(const RunState &state, const QDateTime &now)
{
    const int waiting = state.waiting();
    const int unlisted = waiting - int(state.queue.size());
    m_heading->setText(tr("Waiting messages (%1)").arg(waiting));
    m_messages->show(state, now);
    m_unlisted->setText(unlisted == 1 ? tr("1 more waits that the service did not list.")
                                      : tr("%n more wait that the service did not list.", nullptr, unlisted));
    m_unlisted->setVisible(unlisted > 0 && !state.queue.isEmpty());
}

void QuestionFacts::showNoMessages(const QString &why)
{
    m_heading->setText(tr("Waiting messages"));
    m_messages->showNothing(why);
    m_unlisted->hide();
}

void QuestionFacts::tick(const QDateTime &now)
{
    m_messages->tick(now);
}
