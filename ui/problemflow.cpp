#include "ui/problemflow.h"

#include "app/words/words.h"
#include "ui/connectionflow.h"
#include "ui/lowertabs.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/problemspanel.h"
#include "ui/stopflow.h"
#include "ui/workplace.h"

#include <QApplication>

ProblemFlow::ProblemFlow(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
{
    connect(&parts.place.models.problems, &ProblemListModel::added, this, &ProblemFlow::bringUp);
    connect(&parts.stops, &StopFlow::decided, this, [this] { m_waits = true; });
    QCoreApplication::instance()->installEventFilter(this);
    connect(parts.tabs.problems(), &ProblemsPanel::fieldWanted, this, &ProblemFlow::lead);
    connect(parts.tabs.problems(), &ProblemsPanel::stepWanted, this, &ProblemFlow::takeStep);
}

void ProblemFlow::bringUp(const Occasion &occasion)
{
    if (occasion.ofMany || !m_parts.tabs.problems()->showsNewest())
        return;
    const bool leads = mayTakeFocus(occasion);
    if (leads || !worksInTabs())
        m_parts.tabs.raiseProblems();
    m_parts.tabs.problems()->announce();
    if (leads)
        m_parts.tabs.problems()->leadToNewest();
    m_waits = m_waits && !leads;
}

/// Another tab in front would take the focus along.
bool ProblemFlow::worksInTabs() const
{
    const QWidget *page = m_parts.tabs.currentWidget();
    return page != m_parts.tabs.problems() && page->isAncestorOf(QApplication::focusWidget());
}

/// An entry that leads nowhere yet is not lost: its words come with what it is about.
void ProblemFlow::showMarks()
{
    const ServiceLink &link = m_parts.place.connector.link();
    const std::optional<Details> &details = link.details();
    const ProblemListModel &problems = m_parts.place.models.problems;
    m_parts.stops.showMarks(problems.marksOf(link.id()));
    m_parts.connections.showMarks();
    m_parts.marks.show(problems.marksOf(link.id(), details ? details->row.key() : ConversationId()));
}

/// Who decided something and did nothing since is led to what became of it. Who does something else by now is not
/// interrupted.
bool ProblemFlow::mayTakeFocus(const Occasion &occasion) const
{
    return isOfCommand(occasion.subject) && m_waits && !QApplication::activeModalWidget();
}

bool ProblemFlow::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::KeyPress || type == QEvent::ShortcutOverride || type == QEvent::MouseButtonPress
        || type == QEvent::Wheel)
        m_waits = false;
    return QObject::eventFilter(watched, event);
}

void ProblemFlow::lead(const ProblemRow &row)
{
    say(row, leadTo(row.problem));
}

void ProblemFlow::takeStep(ProblemStep step, const ProblemRow &row)
{
    say(row, take(step, row.problem));
}

/// The place of an entry without a control is what it happened to: that need not be gone.
void ProblemFlow::say(const ProblemRow &row, const QString &whyNot)
{
    if (row.problem.field != Field::None)
        m_parts.place.models.problems.tellGone(row.number, whyNot);
    m_parts.tabs.problems()->showWhyNot(whyNot);
}

QString ProblemFlow::leadTo(const Problem &problem)
{
    const Problem::Affected affected = problem.latest();
    if (ConnectionFlow::isOwn(problem.field))
        return m_parts.connections.lead(problem.field, affected.connection);
    if (const QString why = whyNotHere(affected); !why.isEmpty())
        return why;
    if (m_parts.stops.lead(problem.field))
        return {};
    if (!affected.conversation.isEmpty() && problem.field != Field::Agents) {
        if (const QString why = open(affected); !why.isEmpty())
            return why;
    }
    showMarks();
    return m_parts.marks.focus(problem.field) ? QString() : tr("This is not offered now.");
}

QString ProblemFlow::take(ProblemStep step, const Problem &problem)
{
    const Problem::Affected affected = problem.latest();
    const bool isOfConnection = step == ProblemStep::NewKey || step == ProblemStep::EditConnection;
    if (const QString why = isOfConnection ? QString() : whyNotHere(affected); !why.isEmpty())
        return why;
    switch (step) {
    case ProblemStep::NewKey: return m_parts.connections.lead(Field::Key, affected.connection);
    case ProblemStep::EditConnection:
        return m_parts.connections.lead(problem.subject == Subject::Keychain ? Field::Key : Field::Address,
                                        affected.connection);
    case ProblemStep::CheckAgain: return refresh();
    case ProblemStep::OpenDetails: return open(affected);
    case ProblemStep::StopById: return m_parts.stops.askForId(affected.conversation), QString();
    case ProblemStep::None:
    case ProblemStep::ShowField:
    case ProblemStep::Remove:
    case ProblemStep::Wait: return {}; // led to or done by the panel, or nothing to be done yet
    }
    return {};
}

QString ProblemFlow::refresh()
{
    ServiceLink &link = m_parts.place.connector.link();
    if (!link.isKeyKnown())
        return tr("Nothing can be read without a key that works. Enter one first.");
    if (const QDateTime from = link.readableFrom(); from.isValid())
        return words::nothingReadBefore(from);
    link.refresh();
    return {};
}

QString ProblemFlow::open(const Problem::Affected &affected)
{
    const QString title = words::title(affected.name);
    if (m_parts.place.connector.link().conversations().find(affected.conversation) < 0)
        return tr("“%1” is not listed any more.").arg(title);
    if (!m_parts.conversations.choose(affected.conversation))
        return tr("“%1” is not shown: remove the filter, or choose All agents and All.").arg(title);
    return {};
}

/// A control of the window belongs to what is shown there.
QString ProblemFlow::whyNotHere(const Problem::Affected &affected) const
{
    const bool isHere = affected.connection.isEmpty() || m_parts.place.connector.link().isOf(affected.connection);
    return isHere ? QString() : tr("This belongs to another connection, which is not open now.");
}
