#include "ui/panels/stopsteps.h"

#include "app/words/words.h"

#include <QStyle>

using namespace Qt::StringLiterals;

namespace {

bool isNewDecision(NextStep step)
{
    switch (step) {
    case NextStep::StopAgain:
    case NextStep::StopAgainAndClear:
    case NextStep::StopSubTasks:
    case NextStep::ClearTheQueue: return true;
    case NextStep::Cancel:
    case NextStep::CheckNow:
    case NextStep::CopyNote:
    case NextStep::Dismiss: return false;
    }
    return false;
}

/// Red is for what stops.
bool isRed(NextStep step)
{
    return isNewDecision(step) && step != NextStep::ClearTheQueue;
}

QList<NextStep> stepsHere(const StopReport &report, const std::optional<Connection> &open)
{
    const bool here = open && open->id == report.target.connection;
    QList<NextStep> steps = nextSteps(report, here && open->canClearQueue());
    if (!here || open->readOnly)
        steps.removeIf(isNewDecision);
    return steps;
}

void makeRed(QPushButton &button, bool red)
{
    if (button.property("destructive").toBool() == red)
        return;
    button.setProperty("destructive", red);
    button.style()->unpolish(&button);
    button.style()->polish(&button);
}

}

StopSteps::StopSteps(const QString &suffix, QWidget *parent)
    : QObject(parent)
    , m_first(new QPushButton(parent))
    , m_more(new QPushButton(tr("More"), parent))
    , m_menu(new QMenu(parent))
{
    m_first->setObjectName(u"nextStep"_s + suffix);
    m_more->setObjectName(u"moreSteps"_s + suffix);
    m_more->setMenu(m_menu);
    m_more->setProperty("more", true);
    for (QPushButton *button : {m_first, m_more})
        button->setAutoDefault(false);
    connect(m_first, &QPushButton::clicked, this, [this] { take(0); });
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        m_menu->clear();
        fill(*m_menu, 1);
    });
    showReport({}, {});
}

void StopSteps::showReport(const std::optional<StopReport> &report, const std::optional<Connection> &open)
{
    m_report = report;
    m_steps = report ? stepsHere(*report, open) : QList<NextStep>();
    showFirst();
    m_first->setEnabled(report.has_value());
    m_more->setVisible(!m_steps.isEmpty());
}

void StopSteps::showFirst()
{
    const QString text = m_steps.isEmpty() ? tr("Copy ticket text") : words::nextStep(m_steps.first(), *m_report);
    makeRed(*m_first, !m_steps.isEmpty() && isRed(m_steps.first()));
    if (m_first->text() == text)
        return;
    m_first->setText(text);
    m_first->setAccessibleName(text);
}

void StopSteps::popup(const QPoint &at)
{
    if (!m_report)
        return;
    auto *menu = new QMenu(m_first->parentWidget());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill(*menu, 0);
    menu->popup(at);
}

/// The report as it is when the menu opens is what its entries are about.
void StopSteps::fill(QMenu &menu, int from)
{
    if (!m_report)
        return;
    for (const NextStep step : m_steps.mid(from)) {
        menu.addAction(words::nextStep(step, *m_report), this,
                       [this, step, report = *m_report] { Q_EMIT stepWanted(step, report); });
    }
    menu.addAction(tr("Copy ticket text"), this, [this, report = *m_report] { Q_EMIT ticketWanted(report); });
}

void StopSteps::take(int place)
{
    if (!m_report)
        return;
    if (place < m_steps.size())
        Q_EMIT stepWanted(m_steps.at(place), *m_report);
    else
        Q_EMIT ticketWanted(*m_report);
}

