#include "ui/dialogs/editdialog.h"

#include "app/words/failurewords.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

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
    , m_summary(new ProblemSummary(this))
    , m_notice(new NoticeBar(this))
    , m_body(new QVBoxLayout)
    , m_footer(new QHBoxLayout)
{
    setAttribute(Qt::WA_StyledBackground);
    setProperty("page", true);
    layOut();
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
    m_body->setContentsMargins(16, 16, 16, 16);
    m_body->setSpacing(12);
    m_body->addWidget(m_summary);
    m_footer->setContentsMargins(16, 12, 16, 12);
    m_footer->setSpacing(8);
    auto *foot = new QWidget(this);
    foot->setProperty("footer", true);
    foot->setAttribute(Qt::WA_StyledBackground);
    foot->setLayout(m_footer);
    m_notice->putActionBelow();
    auto *told = new QVBoxLayout;
    told->setContentsMargins(16, 0, 16, 12);
    told->addWidget(m_notice);
    all->addLayout(m_body, 1);
    all->addLayout(told);
    all->addWidget(foot);
}

/// Tab comes to the notice's buttons where they stand: after the last field.
void EditDialog::orderNotice()
{
    const QWidget *footer = m_footer->parentWidget();
    QWidget *last = nullptr;
    for (QWidget *part = nextInFocusChain(); part != this; part = part->nextInFocusChain()) {
        const QList<const QWidget *> others{footer, m_notice, m_summary};
        const bool isField = std::ranges::none_of(others, [part](auto *other) { return other->isAncestorOf(part); });
        if (isField && (part->focusPolicy() & Qt::TabFocus))
            last = part;
    }
    for (QWidget *button : m_notice->findChildren<QWidget *>()) {
        if (last && (button->focusPolicy() & Qt::TabFocus))
            setTabOrder(std::exchange(last, button), button);
    }
}

/// Marks and messages take room of their own: the window grows by it, and is never cut nor shrunk.
void EditDialog::fit()
{
    layout()->activate();
    if (const int needed = layout()->totalHeightForWidth(width()); isVisible() && needed > height())
        resize(width(), needed);
}

bool EditDialog::event(QEvent *event)
{
    const bool done = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return done;
}

void EditDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    orderNotice();
    fit();
}

void EditDialog::focusField(Field field)
{
    show();
    raise();
    activateWindow();
    unfold(field);
    m_marks.focus(field);
}

void EditDialog::showMarks(const FieldMarks::Marks &shown)
{
    m_marks.show(shown);
    followMarks();
}

void EditDialog::clearMarks()
{
    m_marks.clear();
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
