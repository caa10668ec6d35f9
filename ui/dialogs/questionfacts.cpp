#include "ui/dialogs/questionfacts.h"

#include "app/words/words.h"
#include "ui/dialogs/targetreading.h"
#include "ui/parts/formrow.h"
#include "ui/parts/headline.h"
#include "ui/parts/statepill.h"
#include "ui/parts/waitingmessages.h"

#include <QFontDatabase>
#include <QPushButton>
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

QuestionFacts::QuestionFacts(const TargetReading &reading, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_reading(reading)
    , m_title(title)
    , m_headline(new Headline(this))
    , m_pill(new StatePill(this))
    , m_age(mutedLabel({}, this))
    , m_ticket(new QPushButton(tr("Copy ticket text"), this))
    , m_runningFor(valueLabel({}, this))
    , m_queueArea(new QWidget(this))
    , m_heading(new QLabel(tr("Waiting messages"), this))
    , m_messages(new WaitingMessages(m_queue, WaitingMessages::Height::Fixed, WaitingMessages::Lines::One, this))
    , m_unlisted(mutedLabel({}, this))
{
    m_age->setObjectName(u"stateAge"_s);
    m_ticket->setObjectName(u"copyTicketText"_s);
    m_ticket->setToolTip(words::toolTip(words::ofTarget(reading.target())));
    m_ticket->setAccessibleDescription(words::ofTarget(reading.target()));
    keepRoom(m_ticket);
    m_ticket->hide();
    m_runningFor->setObjectName(u"runningFor"_s);
    m_heading->setObjectName(u"waitingMessagesHeading"_s);
    m_heading->setProperty("heading", true);
    m_unlisted->setObjectName(u"unlistedMessages"_s);
    m_unlisted->hide();
    layOut();
}

void QuestionFacts::layOut()
{
    const StopTarget &target = m_reading.target();
    m_headline->setObjectName(u"headline"_s);
    m_headline->setText(m_title);
    auto *facts = new QFormLayout;
    layOutFacts(*facts);
    auto *queue = new QVBoxLayout(m_queueArea);
    queue->setContentsMargins(0, 8, 0, 0);
    queue->setSpacing(4);
    queue->addWidget(m_heading);
    queue->addWidget(m_messages);
    queue->addWidget(m_unlisted);
    m_queueArea->setVisible(target.command == Command::StopConversation || target.command == Command::EmptyQueue);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *id = new QHBoxLayout;
    id->addWidget(idLabel(words::plain(target.conversation.value), this), 1);
    id->addWidget(m_ticket);
    column->addWidget(m_headline);
    column->addLayout(id);
    column->addLayout(facts);
    column->addWidget(m_queueArea);
}

void QuestionFacts::layOutFacts(QFormLayout &facts)
{
    facts.setHorizontalSpacing(16);
    facts.setVerticalSpacing(4);
    facts.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [&facts, this](const QString &caption, QWidget *value) {
        QLabel *label = mutedLabel(caption, this);
        label->setMinimumWidth(96);
        facts.addRow(label, value);
    };
    const auto addText = [&add, this](const QString &caption, const QString &text, const QString &name = {}) {
        QLabel *label = valueLabel(text, this);
        label->setObjectName(name);
        add(caption, label);
    };
    const StopTarget &target = m_reading.target();
    const bool ofMessage = target.command == Command::DiscardMessage;
    if (ofMessage) {
        const QDateTime &since = target.message.waitingSince;
        addText(tr("From"), words::person(target.message.person), u"messagePerson"_s);
        addText(tr("Waiting since"), since.isValid() ? words::exactTime(since) : tr("not told"), u"waitingSince"_s);
        addText(tr("Conversation"), words::title(target.title), u"ofConversation"_s);
    }
    if (target.isSubTask())
        addText(tr("Sub-task of"), parentName(), u"parentConversation"_s);
    add(tr("State"), makeState());
    addText(tr("Agent"), words::plain(target.agentName));
    if (!ofMessage) {
        addText(tr("Person"), words::person(target.person));
        add(tr("Running for"), m_runningFor);
    }
    m_runningFor->setVisible(!ofMessage);
}

QWidget *QuestionFacts::makeState()
{
    auto *state = new QWidget(this);
    auto *row = new QHBoxLayout(state);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_pill);
    row->addWidget(m_age, 1);
    return state;
}

QString QuestionFacts::parentName() const
{
    const QString id = words::shortId(m_reading.target().parent.value);
    return m_reading.parentTitle().isEmpty() ? id
                                             : tr("%1 (%2)", "title (id)").arg(words::title(m_reading.parentTitle()), id);
}

void QuestionFacts::showReading()
{
    const Ending ending = m_reading.ending();
    if (m_reading.isGone() && ending.isByStop)
        m_pill->showStop(*ending.stop);
    else
        m_pill->showState(m_reading.state(), words::rowState(m_reading.state(), m_reading.stateWord()), m_reading.isStale());
    m_age->setText(m_reading.ageWords());
    m_runningFor->setText(m_reading.runningFor());
}

void QuestionFacts::showQueue(const QDateTime &now)
{
    const std::optional<RunState> &read = m_reading.target().before;
    if (!read) {
        m_queue.clear();
        m_messages->showNothing(m_reading.hasFailed() ? tr("Not known: the state could not be read.")
                                                      : tr("Reading…"));
        m_messages->viewport()->update();
        return;
    }
    const int waiting = read->waiting();
    const int unlisted = waiting - int(read->queue.size());
    m_heading->setText(tr("Waiting messages (%1)").arg(waiting));
    m_messages->showNothing(waiting == 0 ? tr("No messages wait.") : tr("The service did not list them."));
    m_queue.show(read->queue, now);
    m_messages->viewport()->update();
    m_unlisted->setText(unlisted == 1 ? tr("1 more waits that the service did not list.")
                                      : tr("%n more wait that the service did not list.", nullptr, unlisted));
    m_unlisted->setVisible(unlisted > 0 && !read->queue.isEmpty());
}

void QuestionFacts::hideTexts(bool hidden)
{
    m_queue.hideTexts(hidden);
    const bool isText = m_reading.target().command == Command::DiscardMessage;
    m_headline->setText(hidden && isText ? QueueModel::hiddenText() : m_title);
}

void QuestionFacts::tick(const QDateTime &now)
{
    m_queue.tick(now);
    showReading();
}
