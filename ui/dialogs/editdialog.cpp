#include "ui/dialogs/editdialog.h"

#include "app/words/failurewords.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

EditDialog::EditDialog(Subject subject, QWidget *parent)
    : QDialog(parent)
    , m_subject(subject)
    , m_notice(new NoticeBar(this))
    , m_body(new QVBoxLayout)
    , m_footer(new QHBoxLayout)
{
    setAttribute(Qt::WA_StyledBackground);
    setProperty("page", true);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    m_body->setContentsMargins(16, 16, 16, 16);
    m_body->setSpacing(12);
    m_footer->setContentsMargins(16, 12, 16, 12);
    m_footer->setSpacing(8);
    auto *foot = new QWidget(this);
    foot->setProperty("footer", true);
    foot->setAttribute(Qt::WA_StyledBackground);
    foot->setLayout(m_footer);
    auto *told = new QVBoxLayout;
    told->setContentsMargins(16, 0, 16, 12);
    told->addWidget(m_notice);
    all->addLayout(m_body, 1);
    all->addLayout(told);
    all->addWidget(foot);

    connect(&m_marks, &FieldMarks::corrected, this, &EditDialog::corrected);
    connect(m_notice, &NoticeBar::actionChosen, this, [this] {
        if (const auto then = std::exchange(m_then, nullptr))
            then();
    });
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
}

void EditDialog::submit()
{
    if (check(problems()))
        send();
}

bool EditDialog::check(const QList<FieldError> &wrong)
{
    hush();
    m_marks.clear();
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
    m_marks.focusFirst();
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
