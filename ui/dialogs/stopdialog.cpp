#include "ui/dialogs/stopdialog.h"

#include "app/session/session.h"
#include "app/words/words.h"
#include "ui/dialogs/questionfacts.h"
#include "ui/parts/environmentstrip.h"
#include "ui/parts/formrow.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration staleAfter = 30s;
constexpr Duration secondReadPatience = 1s;
constexpr int idealWidth = 620;
constexpr int side = 16;
constexpr QSize windowFrame(32, 64); ///< room left for the desktop's frame and a little air

}

StopDialog::StopDialog(const StopTarget &target, const Connection &connection, ClearQueue initial, Session &session,
                       QWidget *parent, Clock *clock)
    : QDialog(parent)
    , m_target(target)
    , m_session(session)
    , m_clock(clock ? *clock : m_ownClock)
    , m_middle(new QScrollArea(this))
    , m_facts(new QuestionFacts(target, this))
    , m_clear(new QCheckBox(tr("Also clear the queue"), this))
    , m_choice(mutedLabel({}, this))
    , m_reason(new QLineEdit(this))
    , m_keep(new QPushButton(tr("Keep running"), this))
    , m_stop(new QPushButton(tr("Stop conversation"), this))
{
    freeze();
    m_clear->setChecked(initial == ClearQueue::Yes && connection.canClearQueue());
    showMessages();
    showReading();
    layOut(connection);
    nameParts();
    connect(m_clear, &QCheckBox::toggled, this, [this](bool clear) {
        showQueueChoice();
        Q_EMIT clearQueueToggled(clear);
    });
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_stop, &QPushButton::clicked, this, &StopDialog::confirm);
    m_reason->installEventFilter(this);
    read();
    m_clock.after(1s, this, [this] { tick(); });
}

/// What is known of the turn, taken once: the list may change while the question stands.
void StopDialog::freeze()
{
    if (m_target.before) {
        m_reading = Reading::Known;
        m_readAt = m_clock.monotonic() - Duration(m_target.before->readAt.msecsTo(m_clock.now()));
    }
    const int row = m_session.conversations().find(m_target.conversation);
    if (row < 0)
        return;
    const ConversationRow &known = m_session.conversations().row(row);
    m_startedAt = known.startedAt;
    m_seenRunningSince = known.seenRunningSince;
    m_listState = known.conversation.state;
    m_listWord = known.conversation.stateWord;
}

void StopDialog::layOut(const Connection &connection)
{
    auto *strip = new EnvironmentStrip(this);
    strip->showConnection(connection);
    m_middle->setFrameShape(QFrame::NoFrame);
    m_middle->setWidgetResizable(true);
    m_middle->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_middle->setFocusPolicy(Qt::NoFocus);
    m_middle->setWidget(layOutMiddle(connection.canClearQueue()));

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(strip);
    all->addWidget(m_middle, 1);
    all->addWidget(layOutFooter());
    resize(qMin(idealWidth, screen()->availableSize().width() - windowFrame.width()), height());
}

/// As high as it needs to be; where the screen is too small the middle scrolls, strip and buttons stay.
void StopDialog::fit()
{
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

QWidget *StopDialog::layOutMiddle(bool canClear)
{
    auto *middle = new QWidget(this);
    middle->setProperty("page", true);
    middle->setAttribute(Qt::WA_StyledBackground);
    auto *choice = new QVBoxLayout;
    choice->setContentsMargins(24, 0, 0, 0);
    choice->addWidget(m_choice);
    auto *caption = new QLabel(tr("Reason"), middle);
    caption->setProperty("heading", true);
    caption->setBuddy(m_reason);
    auto *captions = new QHBoxLayout;
    captions->setSpacing(8);
    captions->addWidget(caption);
    captions->addWidget(mutedLabel(tr("kept in the journal, not sent to xpander"), middle), 1);

    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(4);
    column->addWidget(m_facts);
    column->addSpacing(8);
    column->addWidget(m_clear);
    column->addLayout(choice);
    column->addSpacing(8);
    column->addLayout(captions);
    column->addWidget(m_reason);
    column->addStretch(1);
    m_clear->setVisible(canClear);
    m_choice->setVisible(canClear);
    return middle;
}

QWidget *StopDialog::layOutFooter()
{
    m_stop->setProperty("destructive", true); // before the layout asks for its size, and so for its look
    auto *footer = new QWidget(this);
    footer->setProperty("footer", true);
    footer->setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(side, 12, side, 12);
    row->setSpacing(side);
    row->addWidget(
        mutedLabel(tr("Stops this turn, also one that starts meanwhile. Work already done is not undone."), footer), 1);
    row->addWidget(m_keep);
    row->addWidget(m_stop);
    return footer;
}

/// Enter means Keep running, except on the red button itself.
void StopDialog::nameParts()
{
    setObjectName(u"stopConversationQuestion"_s);
    setWindowTitle(tr("Stop conversation?"));
    setAccessibleName(u"Stop conversation?"_s);
    setWindowModality(Qt::WindowModal);
    m_clear->setObjectName(u"alsoClearTheQueue"_s);
    m_clear->setAccessibleName(u"Also clear the queue"_s);
    m_choice->setObjectName(u"queueChoice"_s);
    m_reason->setObjectName(u"reason"_s);
    m_reason->setAccessibleName(u"Reason"_s);
    m_reason->setAccessibleDescription(tr("kept in the journal, not sent to xpander"));
    m_reason->setMaxLength(500);
    m_keep->setObjectName(u"keepRunning"_s);
    m_keep->setDefault(true);
    m_stop->setObjectName(u"stopConversation"_s);
    setTabOrder(m_clear, m_reason);
    setTabOrder(m_reason, m_keep);
    setTabOrder(m_keep, m_stop);
    m_keep->setFocus();
}

/// Enter in the reason is neither answer: who types expects it to end the typing, not to stop or to leave.
bool StopDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_reason && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_keep->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void StopDialog::read()
{
    m_session.decisions().readRunState(m_target, this, [this](const Result<RunState> &answer) { takeState(answer); });
}

void StopDialog::takeState(const Result<RunState> &answer)
{
    m_reading = answer ? Reading::Known : Reading::Failed;
    if (answer) {
        m_readAt = m_clock.monotonic();
        m_target.before = *answer;
        m_target.ranBefore = isStillThere(m_target, *answer);
    }
    showReading();
    showMessages();
    decide();
}

void StopDialog::confirm()
{
    if (m_confirming || result() == Accepted)
        return;
    m_confirming = true;
    m_stop->setEnabled(false);
    if (m_reading != Reading::Known || m_clock.monotonic() - m_readAt <= staleAfter)
        return decide();
    m_reading = Reading::Again;
    showReading();
    m_clock.after(secondReadPatience, this, [this] { decide(); });
    read();
}

/// The decision leaves once: with the answer or at the end of patience, whichever is first.
void StopDialog::decide()
{
    if (!std::exchange(m_confirming, false))
        return;
    accept();
    Q_EMIT confirmed(m_target, m_clear->isChecked() ? ClearQueue::Yes : ClearQueue::No, m_reason->text().trimmed());
}

/// Keep running, also while the last read is under way.
void StopDialog::done(int result)
{
    m_confirming = false;
    m_stop->setEnabled(false);
    QDialog::done(result);
}

void StopDialog::tick()
{
    m_facts->tick(m_clock.now());
    showReading();
    m_clock.after(1s, this, [this] { tick(); });
}

void StopDialog::showReading()
{
    m_facts->showState(state(), m_target.before ? m_target.before->stateWord : m_listWord, ageWords());
    m_facts->showRunningFor(runningFor());
}

void StopDialog::showMessages()
{
    if (m_target.before)
        m_facts->showMessages(*m_target.before, m_clock.now());
    else
        m_facts->showNoMessages(m_reading == Reading::Failed ? tr("Not known: the state could not be read.")
                                                             : tr("Reading…"));
    showQueueChoice();
}

void StopDialog::showQueueChoice()
{
    const std::optional<int> waiting = m_target.before ? std::optional<int>(m_target.before->waiting()) : std::nullopt;
    m_choice->setText(words::queueChoice(waiting, m_clear->isChecked() ? ClearQueue::Yes : ClearQueue::No));
}

/// The service's word tells how it ended or why it waits; that something runs is believed from `is_running` alone.
RowState StopDialog::state() const
{
    if (!m_target.before)
        return m_listState;
    if (m_target.before->isRunning)
        return RowState::Running;
    const RowState said = rowStateOf(m_target.before->stateWord);
    return said == RowState::Running || m_target.before->stateWord.isEmpty() ? RowState::Ended : said;
}

QString StopDialog::ageWords() const
{
    switch (m_reading) {
    case Reading::First: return tr("Reading…");
    case Reading::Failed: return tr("State could not be read. You can still stop.");
    case Reading::Again: return tr("Reading once more…");
    case Reading::Known: {
        const QString read = tr("read %1").arg(words::age(m_clock.monotonic() - m_readAt));
        return m_target.before->isRunning ? read : tr("%1. You can still stop.").arg(read);
    }
    }
    Q_UNREACHABLE();
}

QString StopDialog::runningFor() const
{
    const auto since = [this](const QDateTime &start) {
        return words::elapsed(Duration(qMax<qint64>(0, start.msecsTo(m_clock.now()))));
    };
    if (m_target.before && !m_target.before->isRunning)
        return u"–"_s;
    const QString child =
        m_target.before && !m_target.before->activeChild.isEmpty() ? tr(" · a sub-task is at work") : QString();
    if (m_startedAt.isValid())
        return since(m_startedAt) + child;
    if (m_seenRunningSince.isValid())
        return tr("seen for %1").arg(since(m_seenRunningSince)) + child;
    return tr("not read") + child;
}
