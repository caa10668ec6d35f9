#include "ui/dialogs/editdialog.h"

#include "app/words/failurewords.h"
#include "ui/parts/formrow.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScreen>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int smallMiddle = 120; ///< what is no higher is never scrolled

QString nameOf(Field field)
{
    Problem problem;
    problem.field = field;
    return words::placeInWords(problem);
}

}

EditDialog::EditDialog(Subject subject, QWidget *parent)
    : QDialog(parent)
    , m_subject(subject)
    , m_middle(new QScrollArea(this))
    , m_summary(new ProblemSummary(this))
    , m_notice(new NoticeBar(this))
    , m_told(new QVBoxLayout)
    , m_body(new QVBoxLayout)
    , m_footer(new QHBoxLayout)
{
    setAttribute(Qt::WA_StyledBackground);
    setProperty("page", true);
    layOut();
    m_marks.standStill();
    connect(m_summary, &ProblemSummary::fieldChosen, this, &EditDialog::focusField);
    connect(&m_marks, &FieldMarks::corrected, this, [this](Field field) {
        followMarks();
        Q_EMIT corrected(field);
    });
    connect(m_notice, &NoticeBar::actionChosen, this, [this] {
        if (const auto then = std::exchange(m_then, nullptr))
            then();
    });
}

void EditDialog::layOut()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    m_notice->putActionBelow();
    m_told->addWidget(m_notice);
    layOutMiddle();
    all->addWidget(m_middle, 1);
    all->addLayout(m_told);
    m_footer->setContentsMargins(16, 12, 16, 12);
    m_footer->setSpacing(8);
    auto *foot = new QWidget(this);
    foot->setProperty("footer", true);
    foot->setAttribute(Qt::WA_StyledBackground);
    foot->setLayout(m_footer);
    all->addWidget(foot);
}

void EditDialog::layOutMiddle()
{
    auto *page = new QWidget(m_middle);
    page->setProperty("page", true);
    page->setAttribute(Qt::WA_StyledBackground);
    page->installEventFilter(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addLayout(m_body, 1);
    column->addWidget(m_summary);
    m_body->setSpacing(12);
    m_middle->setFrameShape(QFrame::NoFrame);
    m_middle->setFocusPolicy(Qt::NoFocus);
    m_middle->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_middle->setWidgetResizable(true);
    m_middle->setWidget(page);
    connect(qApp, &QApplication::focusChanged, this, [this, page](const QWidget *, QWidget *now) {
        if (now && page->isAncestorOf(now))
            m_middle->ensureWidgetVisible(now, 0, 16);
    });
}

/// Tab comes to the links of the summary and the notice's buttons where they stand: after the last field.
void EditDialog::orderTabs()
{
    const QWidget *footer = m_footer->parentWidget();
    QWidget *last = nullptr;
    for (QWidget *part = nextInFocusChain(); part != this; part = part->nextInFocusChain()) {
        const QList<const QWidget *> others{footer, m_notice, m_summary};
        const bool isField = std::ranges::none_of(others, [part](auto *other) { return other->isAncestorOf(part); });
        if (isField && (part->focusPolicy() & Qt::TabFocus))
            last = part;
    }
    if (last)
        setTabOrder(std::exchange(last, m_summary), m_summary);
    for (QWidget *button : m_notice->findChildren<QWidget *>()) {
        if (last && (button->focusPolicy() & Qt::TabFocus))
            setTabOrder(std::exchange(last, button), button);
    }
}

/// Marks and messages take room of their own: the window grows by it as far as the screen goes, and never shrinks.
void EditDialog::fit()
{
    if (!isVisible())
        return;
    m_told->setContentsMargins(m_notice->isHidden() ? QMargins() : QMargins(16, 0, 16, 12));
    const QLayout &page = *m_middle->widget()->layout();
    m_middle->setMinimumWidth(page.totalMinimumSize().width());
    layout()->activate();
    // Of the viewport: beside a scroll bar words take more lines, and the bar only goes where there is room for those.
    const int wanted = qMax(page.totalHeightForWidth(m_middle->viewport()->width()), page.totalMinimumSize().height());
    m_middle->setMinimumHeight(qMin(wanted, smallMiddle));
    m_notice->setMinimumHeight(qMax(0, m_notice->heightForWidth(m_notice->width())));
    const QRect room = screen()->availableGeometry();
    const int most = room.height() - (frameGeometry().height() - height());
    if (const int more = qMin(height() + wanted - m_middle->height(), most) - height(); more > 0)
        resize(width(), height() + more);
    if (const int below = frameGeometry().bottom() - room.bottom(); below > 0)
        move(x(), qMax(room.top(), y() - below));
}

/// What changes inside the page is no matter of the dialog's own layout.
bool EditDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_middle->widget() && event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &EditDialog::fit, Qt::QueuedConnection);
    return QDialog::eventFilter(watched, event);
}

bool EditDialog::event(QEvent *event)
{
    const bool done = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return done;
}

/// QDialog knows push buttons only: a tool button would leave Enter to the default one.
void EditDialog::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (auto *button = qobject_cast<QToolButton *>(focusWidget()); button && isEnter)
        button->click();
    else
        QDialog::keyPressEvent(event);
}

void EditDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    orderTabs();
    fit();
}

bool EditDialog::focusField(Field field)
{
    show();
    raise();
    activateWindow();
    unfold(field);
    return m_marks.focus(field);
}

void EditDialog::showMarks(const FieldMarks::Marks &shown)
{
    m_marks.show(shown);
    followMarks();
}

void EditDialog::clearMarks()
{
    m_marks.clear();
    m_summary->setMinimumHeight(0);
    keepRoom(m_summary, false);
    followMarks();
}

ProblemSummary::Lines EditDialog::marked() const
{
    ProblemSummary::Lines lines;
    for (const auto &[field, text] : m_marks.marks())
        lines.append({field, tr("%1: %2", "field: what is wrong with it").arg(nameOf(field), text)});
    return lines;
}

/// What was summed up and is still wrong: a mark that comes later by itself is none of it.
void EditDialog::followMarks()
{
    ProblemSummary::Lines left = marked();
    const ProblemSummary::Lines &before = m_summary->lines();
    left.removeIf([&before](const auto &line) {
        return std::ranges::none_of(before, [&line](const auto &shown) { return shown.first == line.first; });
    });
    if (m_summary->isVisible()) {
        m_summary->setMinimumHeight(m_summary->height());
        keepRoom(m_summary);
    }
    m_summary->sumUp(left);
}

void EditDialog::submit()
{
    if (check(problems()))
        send();
}

bool EditDialog::check(const QList<FieldError> &wrong)
{
    hush();
    clearMarks();
    Q_EMIT sendingStarted(m_subject);
    if (wrong.isEmpty())
        return true;
    Failure failure;
    failure.kind = FailureKind::Invalid;
    failure.fields = wrong;
    showFailure(failure, m_subject);
    Q_EMIT problemFound(failure, m_subject);
    return false;
}

void EditDialog::showFailure(const Failure &failure, Subject subject)
{
    FieldMarks::Marks wrong;
    Problem problem;
    problem.subject = subject;
    problem.failure = failure;
    for (const FieldError &error : failure.fields) {
        problem.error = error;
        wrong.append({words::fieldOf(error.place, subject), words::messageOf(problem)});
    }
    QStringList elsewhere;
    for (const auto &[field, text] : m_marks.show(wrong))
        elsewhere.append(text);
    if (failure.fields.isEmpty())
        elsewhere.append(words::sentence(failure, subject));
    if (!elsewhere.isEmpty())
        tell(NoticeBar::Severity::Error, elsewhere.join(u'\n'));
    for (const auto &[field, text] : wrong)
        unfold(field);
    m_summary->sumUp(marked());
    fit();
    if (m_summary->lines().isEmpty())
        m_marks.focusFirst();
    else
        m_summary->announce();
}

void EditDialog::tell(NoticeBar::Severity severity, const QString &text)
{
    m_then = nullptr;
    m_notice->say(severity, text);
}

void EditDialog::hush()
{
    m_then = nullptr;
    m_notice->clear();
}

void EditDialog::offer(NoticeBar::Severity severity, const QString &text, const QString &action,
                       std::function<void()> then)
{
    m_then = std::move(then);
    m_notice->say(severity, text, action);
}
