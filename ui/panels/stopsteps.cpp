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
    case NextStep::StopAllTheSame:
    case NextStep::ClearTheQueue: return true;
    case NextStep::Cancel:
    case NextStep::CheckNow:
    case NextStep::ReadAgain:
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

bool isHere(const StopReport &report, const std::optional<Connection> &open)
{
    return open && open->id == report.target.connection;
}

/// Only what the open connection can carry.
QList<NextStep> possible(QList<NextStep> steps, const StopReport &report, const std::optional<Connection> &open)
{
    if (!isHere(report, open) || open->readOnly)
        steps.removeIf(isNewDecision);
    if (!isHere(report, open))
        steps.removeAll(NextStep::ReadAgain);
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
        fill(*m_menu, firstInMenu());
    });
    showReport({}, {});
}

void StopSteps::showReport(const std::optional<StopReport> &report, const std::optional<Connection> &open)
{
    const bool clearsAlone = report && isHere(*report, open) && open->canClearQueueAlone();
    show(report, report ? possible(nextSteps(*report, clearsAlone), *report, open) : QList<NextStep>());
}

void StopSteps::showEnded(const Ending &ending, const std::optional<Connection> &open)
{
    StopReport about; // what a new stop would be aimed at
    about.target = targetOf(ending);
    about.target.connection = open ? open->id : ConnectionId();
    show(about, possible(stepsOfEnded(), about, open), ending);
}

void StopSteps::show(const std::optional<StopReport> &report, const QList<NextStep> &steps,
                     const std::optional<Ending> &ending)
{
    m_report = report;
    m_steps = steps;
    m_ending = ending;
    showFirst();
    m_first->setEnabled(report.has_value());
    m_more->setVisible(!m_steps.isEmpty());
}

/// What has ended leaves the front to its outcome: the ticket.
int StopSteps::firstInMenu() const
{
    return m_steps.isEmpty() || m_steps.first() == NextStep::ReadAgain ? 0 : 1;
}

void StopSteps::showFirst()
{
    const bool isTicket = firstInMenu() == 0;
    const QString text = isTicket ? tr("Copy ticket text") : words::nextStep(m_steps.first(), *m_report);
    makeRed(*m_first, !isTicket && isRed(m_steps.first()));
    const QString whose = isTicket && m_report ? words::ofTarget(m_report->target) : QString();
    m_first->setToolTip(words::toolTip(whose));
    m_first->setAccessibleDescription(whose);
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
    menu.setToolTipsVisible(true);
    QAction *ticket = menu.addAction(tr("Copy ticket text"), this,
                                     [this, report = *m_report, ending = m_ending] { wantTicket(report, ending); });
    ticket->setToolTip(words::toolTip(words::ofTarget(m_report->target)));
}

void StopSteps::wantTicket(const StopReport &report, const std::optional<Ending> &ending)
{
    if (ending)
        Q_EMIT endedTicketWanted(*ending);
    else
        Q_EMIT ticketWanted(report);
}

void StopSteps::take(int place)
{
    if (!m_report)
        return;
    if (place < firstInMenu())
        Q_EMIT stepWanted(m_steps.at(place), *m_report);
    else
        wantTicket(*m_report, m_ending);
}

