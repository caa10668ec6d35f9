#include "ui/dialogs/stopdialog.h"

#include "app/session/session.h"
#include "app/words/words.h"
#include "ui/dialogs/questionconditions.h"
#include "ui/dialogs/questionfacts.h"
#include "ui/dialogs/targetlist.h"
#include "ui/dialogs/targetreading.h"
#include "ui/parts/formrow.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

StopDialog::StopDialog(const QList<StopTarget> &targets, const Connection &connection, ClearQueue initial,
                       Session &session, QWidget *parent, Clock *clock)
    : QDialog(parent)
    , m_targets(targets)
    , m_words(questionWords(targets, connection))
    , m_session(session)
    , m_clock(clock ? *clock : m_ownClock)
    , m_middle(new QScrollArea(this))
    , m_clear(new QCheckBox(tr("Also clear the queue"), this))
    , m_choice(mutedLabel({}, this))
    , m_conditions(new QuestionConditions(this))
    , m_reason(new QLineEdit(this))
    , m_consequence(mutedLabel(m_words.consequence, this))
    , m_missing(new QLabel(this))
    , m_keep(new QPushButton(m_words.keep, this))
    , m_stop(new QPushButton(m_words.go, this))
{
    if (targets.size() == 1)
        m_reading = new TargetReading(targets.first(), m_words.stillPossible, session, m_clock, this);
    m_clear->setChecked(initial == ClearQueue::Yes && canClear(connection));
    addConditions(connection);
    layOut(connection);
    nameParts();
    connectParts();
    showRead();
    tick();
}

bool StopDialog::canClear(const Connection &connection) const
{
    return connection.canClearQueue() && m_targets.first().command == Command::StopConversation;
}

void StopDialog::addConditions(const Connection &connection)
{
    if (needsNumber(m_targets, connection))
        m_conditions->askForNumber(int(m_targets.size()), m_words.number);
    if (const std::optional<Failure> &trouble = m_session.decisions().journalTrouble())
        m_conditions->askForAgreement(*trouble, m_words.withoutRecord);
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
    m_reason->installEventFilter(this);
    if (m_conditions->number())
        m_conditions->number()->installEventFilter(this);
    if (m_reading)
        connect(m_reading, &TargetReading::changed, this, &StopDialog::showRead);
}

/// Enter in a line is neither answer: who types expects it to end the typing, not to stop or to leave.
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

/// The decision leaves once.
void StopDialog::decide()
{
    if (!std::exchange(m_confirming, false))
        return;
    if (m_reading)
        m_targets = {m_reading->target()};
    showWhatIsMissing();
    if (!m_stop->isEnabled())
        return; // the last read says that there is nothing left to decide
    accept();
    Q_EMIT confirmed(m_targets, m_clear->isChecked() ? ClearQueue::Yes : ClearQueue::No, m_reason->text().trimmed(),
                     m_conditions->isWithoutRecord());
}

/// Keep running, also while the last read is under way.
void StopDialog::done(int result)
{
    m_confirming = false;
    m_stop->setEnabled(false);
    QDialog::done(result);
}

/// Servers close connections that are idle for a few seconds: this one is needed at the click.
void StopDialog::tick()
{
    m_session.decisions().prewarm();
    if (m_facts)
        m_facts->tick(m_clock.now());
    else
        showListAge();
    m_clock.after(1s, this, [this] { tick(); });
}

void StopDialog::showRead()
{
    if (m_facts) {
        m_facts->showReading();
        m_facts->showQueue(m_clock.now());
    } else {
        showListAge();
    }
    showQueueChoice();
    showWhatIsMissing();
}

void StopDialog::showListAge()
{
    const QDateTime readAt = m_list->readAt();
    m_listAge->setText(readAt.isValid()
                           ? tr("As listed, read %1.").arg(words::age(Duration(readAt.msecsTo(m_clock.now()))))
                           : tr("As read after the stop."));
}

void StopDialog::showQueueChoice()
{
    const bool known = m_reading && m_reading->target().before;
    const std::optional<int> waiting = known ? std::optional(m_reading->target().before->waiting()) : std::nullopt;
    m_choice->setText(words::queueChoice(waiting, m_clear->isChecked() ? ClearQueue::Yes : ClearQueue::No));
}

/// The one place that decides whether the red button can be pressed.
void StopDialog::showWhatIsMissing()
{
    const bool gone = m_reading && m_reading->isGone() && !m_words.gone.isEmpty();
    const QString missing = gone ? m_words.gone : m_conditions->missing();
    m_missing->setText(missing);
    m_missing->setVisible(!missing.isEmpty());
    m_consequence->setVisible(missing.isEmpty());
    m_stop->setEnabled(missing.isEmpty() && !m_confirming);
}
