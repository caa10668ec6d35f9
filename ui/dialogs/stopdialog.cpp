#include "ui/dialogs/stopdialog.h"

#include "app/words/words.h"
#include "ui/dialogs/questionconditions.h"
#include "ui/dialogs/questionfacts.h"
#include "ui/dialogs/questiontargets.h"
#include "ui/dialogs/targetreading.h"
#include "ui/parts/formrow.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;

StopDialog::StopDialog(const StopQuestion &question, const Connection &connection, const QuestionContext &context,
                       QWidget *parent)
    : QDialog(parent)
    , m_question(question)
    , m_connection(connection)
    , m_words(questionWords(question.targets.first(), int(question.targets.size()), connection))
    , m_context(context)
    , m_clock(context.clock)
    , m_middle(new QScrollArea(this))
    , m_clear(new QCheckBox(tr("Also clear the queue"), this))
    , m_choice(mutedLabel({}, this))
    , m_conditions(new QuestionConditions(this))
    , m_reason(new QLineEdit(this))
    , m_consequence(mutedLabel({}, this))
    , m_missing(new QLabel(this))
    , m_keep(new QPushButton(m_words.keep, this))
    , m_stop(new QPushButton(this))
    , m_unlock(new QPushButton(tr("Unlock to stop…"), this))
{
    if (question.targets.size() == 1 && question.allOf.isEmpty())
        m_reading = new TargetReading(question.targets.first(), m_words.stillPossible, context, this);
    else
        m_targets = new QuestionTargets(question.targets, question.allOf, context, this);
    m_clear->setChecked(question.clearQueue == ClearQueue::Yes && canClear());
    addConditions();
    layOut();
    nameParts();
    connectParts();
    showCount();
    showRead();
    followLock();
    tick();
}

bool StopDialog::canClear() const
{
    return m_question.targets.first().command == Command::StopConversation;
}

void StopDialog::addConditions()
{
    if (m_targets && needsNumber(m_targets->model().tickedCount(), !m_question.allOf.isEmpty(), m_connection))
        m_conditions->askForNumber(m_words.number);
    if (const std::optional<Failure> &trouble = m_context.stops.askJournal())
        m_conditions->askForAgreement(*trouble, m_words.withoutRecord);
}

NewSince *StopDialog::newSince() const
{
    return m_targets ? m_targets->newSince() : nullptr;
}

void StopDialog::connectParts()
{
    connect(m_clear, &QCheckBox::toggled, this, [this](bool clear) {
        showQueueChoice();
        Q_EMIT clearQueueToggled(clear);
    });
    connect(m_conditions, &QuestionConditions::changed, this, &StopDialog::showWhatIsMissing);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_stop, &QPushButton::clicked, this, &StopDialog::confirm);
    connect(m_unlock, &QPushButton::clicked, this, &StopDialog::armWanted);
    connect(&m_context.ticker, &Ticker::ticked, this, &StopDialog::tick);
    m_reason->installEventFilter(this);
    if (m_conditions->number())
        m_conditions->number()->installEventFilter(this);
    if (m_reading) {
        connect(m_reading, &TargetReading::changed, this, &StopDialog::showRead);
        connect(m_facts->ticket(), &QPushButton::clicked, this,
                [this] { Q_EMIT endedTicketWanted(m_reading->ending()); });
    }
    if (!m_targets)
        return;
    m_targets->list()->installEventFilter(this);
    connect(m_targets, &QuestionTargets::ticksChanged, this, &StopDialog::showCount);
    connect(m_targets, &QuestionTargets::waitingChanged, this, &StopDialog::showQueueChoice);
}

/// Enter in a line or in the list is neither answer: who types expects it to end the typing, not to stop or to leave.
bool StopDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_keep->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void StopDialog::confirm()
{
    if (m_confirming || result() == Accepted)
        return;
    m_confirming = true;
    m_stop->setEnabled(false);
    if (m_reading)
        m_reading->makeFresh([this] { decide(); });
    else
        decide();
}

/// The decision leaves once. A lock that comes after the click takes nothing back.
void StopDialog::decide()
{
    if (!m_confirming)
        return;
    const bool isDecided = whatIsMissing().isEmpty();
    m_confirming = false;
    if (!isDecided)
        return showWhatIsMissing(); // the last read says that there is nothing left to decide
    accept();
    Q_EMIT confirmed(m_reading ? QList{m_reading->target()} : m_targets->model().ticked(), m_clear->isChecked() ? ClearQueue::Yes : ClearQueue::No, m_reason->text().trimmed(),
                     m_conditions->isWithoutRecord());
}

/// Keep running, also while the last read is under way. The connection that it was about may go right after it.
void StopDialog::done(int result)
{
    m_confirming = false;
    m_context.ticker.disconnect(this);
    m_stop->setEnabled(false);
    QDialog::done(result);
}

/// Servers close connections that are idle for a few seconds: this one is needed at the click.
void StopDialog::tick()
{
    m_context.prewarm();
    if (m_facts)
        m_facts->tick(m_clock.now());
    else
        m_targets->tick(m_clock.now());
}

void StopDialog::showRead()
{
    if (m_facts) {
        m_facts->showReading();
        m_facts->showQueue(m_clock.now());
        m_facts->ticket()->setVisible(isEnded());
    }
    showConsequence();
    showQueueChoice();
    showWhatIsMissing();
}

/// What is ticked is what every part of the question speaks of.
void StopDialog::showCount()
{
    const int count = m_targets ? m_targets->model().tickedCount() : 1;
    const StopTarget &first = m_question.targets.first();
    m_words = questionWords(first, count, m_connection);
    setWindowTitle(m_words.title);
    setAccessibleName(m_words.title);
    m_stop->setText(m_words.go);
    showConsequence();
    if (m_targets) {
        m_targets->showHeadline(m_words.title);
        if (m_conditions->number())
            m_conditions->setNumber(needsNumber(count, !m_question.allOf.isEmpty(), m_connection) ? std::optional(count)
                                                                                                  : std::nullopt);
    }
    showQueueChoice();
    showWhatIsMissing();
}

void StopDialog::showQueueChoice()
{
    const ClearQueue choice = m_clear->isChecked() ? ClearQueue::Yes : ClearQueue::No;
    if (m_targets) {
        m_choice->setText(words::queueChoice(m_targets->model().waiting(), choice));
        m_targets->setClearQueue(choice);
        return;
    }
    const std::optional<RunState> &read = m_reading->target().before;
    m_choice->setText(words::queueChoice(read ? std::optional(read->waiting()) : std::nullopt, choice));
}

bool StopDialog::isEnded() const
{
    return m_reading && m_reading->isGone() && m_words.gone.isEmpty();
}

/// Of what has ended: how, as Details tells it.
void StopDialog::showConsequence()
{
    m_consequence->setText(isEnded() ? words::howItEnded(m_reading->ending()) : m_words.consequence);
    m_consequence->setToolTip(words::toolTip(m_consequence->text()));
}

/// What was typed and ticked stays. The focus never comes to what unlocks by itself: a key pressed blindly must not arm.
void StopDialog::followLock()
{
    const bool isArmed = m_context.isArmed();
    if (m_facts)
        m_facts->hideTexts(!isArmed);
    if (m_stop->hasFocus() || m_unlock->hasFocus())
        m_keep->setFocus();
    m_stop->setVisible(isArmed);
    m_unlock->setVisible(!isArmed);
    showWhatIsMissing();
}

QString StopDialog::whatIsMissing() const
{
    if (!m_context.isArmed() && !m_confirming)
        return words::whyNot(Stopability::Locked);
    if (m_reading && m_reading->isGone() && !m_words.gone.isEmpty())
        return m_words.gone;
    if (m_targets && m_targets->model().tickedCount() == 0)
        return tr("Nothing is ticked: tick what is to be hit.");
    return m_conditions->missing();
}

/// The one place that decides whether the red button can be pressed.
void StopDialog::showWhatIsMissing()
{
    const QString missing = whatIsMissing();
    m_missing->setText(missing);
    m_missing->setVisible(!missing.isEmpty());
    m_consequence->setVisible(missing.isEmpty());
    m_stop->setEnabled(missing.isEmpty() && !m_confirming);
}
