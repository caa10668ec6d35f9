#include "ui/stopflow.h"

#include "app/session/newsince.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"

#include <algorithm>

StopFlow::StopFlow(Session &session, Clock &clock, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_clock(clock)
    , m_window(window)
{
    connect(&session, &Session::connectionChanged, this, &StopFlow::forgetNewSince);
}

void StopFlow::ask(const QList<StopTarget> &targets, ClearQueue clearQueue)
{
    ask(StopQuestion{targets, clearQueue});
}

void StopFlow::askForMany(const QList<StopTarget> &targets, const AgentId &allOf, ClearQueue clearQueue)
{
    ask(StopQuestion{targets, clearQueue, allOf});
}

void StopFlow::ask(const StopQuestion &question)
{
    if (m_question || !m_session.connection() || question.targets.isEmpty())
        return; // one question, one decision: what was asked first stands
    m_question = new StopDialog(question, *m_session.connection(), m_session, m_window, &m_clock);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_session, &Session::connectionChanged, m_question, &QDialog::reject);
    if (question.targets.first().askedFrom == AskedFrom::Window)
        connect(m_question, &StopDialog::clearQueueToggled, this, &StopFlow::clearQueueToggled);
    connect(m_question, &StopDialog::endedTicketWanted, this, &StopFlow::endedTicketWanted);
    connect(m_question, &StopDialog::confirmed, this,
            [this](const QList<StopTarget> &confirmed, ClearQueue choice, const QString &reason, bool withoutRecord) {
                keepNewSince();
                Q_EMIT decided(); // what fails at once is told after it
                m_session.decisions().decide(confirmed, choice, reason, withoutRecord);
                if (confirmed.size() == 1)
                    Q_EMIT decidedOn(confirmed.first().conversation);
            });
    m_question->open();
}

/// It goes on watching after the question has gone.
void StopFlow::keepNewSince()
{
    NewSince *watching = m_question ? m_question->newSince() : nullptr;
    if (!watching)
        return;
    forgetNewSince();
    watching->setParent(this);
    m_new = watching;
    Q_EMIT newSinceChanged();
}

/// What another connection lists is not new here.
void StopFlow::forgetNewSince()
{
    if (!m_new)
        return;
    delete std::exchange(m_new, nullptr);
    Q_EMIT newSinceChanged();
}

void StopFlow::askForSubTasks()
{
    const std::optional<Details> &details = m_session.details();
    if (!details)
        return;
    Decisions &decisions = m_session.decisions();
    const QList<StopTarget> seen =
        details->row.stop ? decisions.subTasksOf(*details->row.stop) : QList<StopTarget>();
    QList<StopTarget> targets;
    for (const ConversationRow &subTask : runningSubTasks(*details)) {
        const auto unlisted = std::ranges::find(seen, subTask.key(), &StopTarget::conversation);
        if (const auto listed = decisions.targetOf(subTask.key()))
            targets.append(*listed);
        else if (unlisted != seen.end())
            targets.append(*unlisted);
    }
    ask(targets);
}

void StopFlow::askToClear()
{
    const std::optional<Details> &details = m_session.details();
    if (const auto queue = details ? m_session.decisions().queueOf(details->row.key()) : std::nullopt)
        ask({*queue});
}

void StopFlow::askToDiscard(const QueuedMessage &message)
{
    const std::optional<Details> &details = m_session.details();
    if (const auto target = details ? m_session.decisions().messageOf(details->row.key(), message) : std::nullopt)
        ask({*target});
}

void StopFlow::take(NextStep step, const StopReport &report)
{
    Decisions &decisions = m_session.decisions();
    switch (step) {
    case NextStep::Cancel: return decisions.cancel(report.id);
    case NextStep::CheckNow: return decisions.checkNow(report.id);
    case NextStep::ReadAgain: return readAgain(report);
    case NextStep::Dismiss: return decisions.dismiss(report.id);
    case NextStep::StopAllTheSame:
    case NextStep::StopAgain: return ask({decisions.again(report)});
    case NextStep::StopAgainAndClear: return ask({decisions.again(report)}, ClearQueue::Yes);
    case NextStep::StopSubTasks: return ask(decisions.subTasksOf(report));
    case NextStep::ClearTheQueue: return askForQueue(report);
    case NextStep::CopyNote: Q_EMIT noteWanted(report);
    }
}

/// What our proof still watches, and what Details shows of it.
void StopFlow::readAgain(const StopReport &report)
{
    m_session.decisions().checkNow(report.id);
    const std::optional<Details> &details = m_session.details();
    if (details && details->row.key() == report.target.conversation)
        m_session.readChosen();
}

/// Of what was stopped, which need not be in the list any more.
void StopFlow::askForQueue(const StopReport &report)
{
    StopTarget queue = m_session.decisions().again(report);
    queue.command = Command::EmptyQueue;
    ask({queue});
}

void StopFlow::askForId(const ConversationId &typed)
{
    if (!typed.isEmpty())
        byId().setConversation(typed);
    byId().focusField(Field::ConversationId);
}

bool StopFlow::lead(Field field)
{
    if (field != Field::AgentId && field != Field::ConversationId)
        return false;
    byId().focusField(field);
    return true;
}

void StopFlow::showMarks(const FieldMarks::Marks &marks)
{
    if (m_byId)
        m_byId->showMarks(marks);
}

StopByIdDialog &StopFlow::byId()
{
    if (m_byId)
        return *m_byId;
    m_byId = new StopByIdDialog(m_session, m_window);
    ProblemListModel &problems = m_session.problems();
    connect(m_byId, &EditDialog::problemFound, this, [this, &problems](const Failure &failure, Subject subject) {
        const std::optional<Connection> &open = m_session.connection();
        problems.add(failure, {subject, {}, open ? open->id : ConnectionId()}, m_clock.now());
    });
    connect(m_byId, &EditDialog::corrected, &problems, &ProblemListModel::clearField);
    connect(m_byId, &EditDialog::sendingStarted, &problems, &ProblemListModel::clearSubject);
    connect(m_byId, &StopByIdDialog::located, this, [this](const StopTarget &target) { ask({target}); });
    m_byId->showMarks(problems.marksOf(m_session.connection() ? m_session.connection()->id : ConnectionId()));
    return *m_byId;
}
