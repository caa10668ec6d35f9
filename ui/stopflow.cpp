#include "ui/stopflow.h"

#include "app/models/newsince.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"

#include <algorithm>

QuestionContext questionContext(ServiceLink &link, StopService &stops, DesktopLock &lock, Ticker &ticker, Clock &clock)
{
    return {link.conversations(),
            stops,
            ticker,
            clock,
            [&link](const StopTarget &target, QObject *asker, Answer<RunState> answer) {
                link.locator().readRunState(target, asker, std::move(answer));
            },
            [&link](int count, int readAlone) { return link.usage().whenSent(count, readAlone); },
            [&link] { link.prewarm(); },
            [&link] { return link.isStale(); },
            [&lock] { return lock.isArmed(); }};
}

void connectLock(StopDialog &question, DesktopLock &lock)
{
    QObject::connect(&lock, &DesktopLock::changed, &question, &StopDialog::followLock);
    QObject::connect(&question, &StopDialog::armWanted, &lock, &DesktopLock::arm);
}

StopFlow::StopFlow(const Workplace &place, QWidget *window)
    : QObject(window)
    , m_place(place)
    , m_window(window)
{
    connect(&place.connector, &Connector::linkChanged, this, [this] {
        forgetNewSince();
        if (m_question)
            m_question->reject();
        if (m_byId)
            m_byId->dropWarning();
    });
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
    if (m_question || !link().connection() || question.targets.isEmpty())
        return; // one question, one decision: what was asked first stands
    m_question = new StopDialog(question, *link().connection(),
                                questionContext(link(), m_place.stops, m_place.lock, m_place.ticker, m_place.clock), m_window);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connectLock(*m_question, m_place.lock);
    if (question.targets.first().askedFrom == AskedFrom::Window)
        connect(m_question, &StopDialog::clearQueueToggled, this, &StopFlow::clearQueueToggled);
    connect(m_question, &StopDialog::endedTicketWanted, this, &StopFlow::endedTicketWanted);
    connect(m_question, &StopDialog::confirmed, this,
            [this](const QList<StopTarget> &confirmed, ClearQueue choice, const QString &reason, bool withoutRecord) {
                keepNewSince();
                Q_EMIT decided(); // what fails at once is told after it
                m_place.stops.decide(confirmed, choice, reason, withoutRecord);
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
    const std::optional<Details> &details = link().details();
    if (!details)
        return;
    const Locator &locator = link().locator();
    const QList<StopTarget> seen =
        details->row.stop ? locator.subTasksOf(*details->row.stop) : QList<StopTarget>();
    QList<StopTarget> targets;
    for (const ConversationRow &subTask : runningSubTasks(*details)) {
        const auto unlisted = std::ranges::find(seen, subTask.key(), &StopTarget::conversation);
        if (const auto listed = locator.targetOf(subTask.key()))
            targets.append(*listed);
        else if (unlisted != seen.end())
            targets.append(*unlisted);
    }
    ask(targets);
}

void StopFlow::askToClear()
{
    const std::optional<Details> &details = link().details();
    if (const auto queue = details ? link().locator().queueOf(details->row.key()) : std::nullopt)
        ask({*queue});
}

void StopFlow::askToDiscard(const QueuedMessage &message)
{
    const std::optional<Details> &details = link().details();
    if (const auto target = details ? link().locator().messageOf(details->row.key(), message) : std::nullopt)
        ask({*target});
}

void StopFlow::take(NextStep step, const StopReport &report)
{
    const Locator &locator = link().locator();
    switch (step) {
    case NextStep::Cancel: return m_place.stops.cancel(report.id);
    case NextStep::CheckNow: return m_place.stops.checkNow(report.id);
    case NextStep::ReadAgain: return readAgain(report);
    case NextStep::Dismiss: return m_place.stops.dismiss(report.id);
    case NextStep::StopAllTheSame:
    case NextStep::StopAgain: return ask({locator.again(report.target)});
    case NextStep::StopAgainAndClear: return ask({locator.again(report.target)}, ClearQueue::Yes);
    case NextStep::StopSubTasks: return ask(locator.subTasksOf(report));
    case NextStep::ClearTheQueue: return askForQueue(report);
    case NextStep::CopyNote: Q_EMIT noteWanted(report);
    }
}

/// What our proof still watches, and what Details shows of it.
void StopFlow::readAgain(const StopReport &report)
{
    m_place.stops.checkNow(report.id);
    const std::optional<Details> &details = link().details();
    if (details && details->row.key() == report.target.conversation)
        link().readChosen();
}

/// Of what was stopped, which need not be in the list any more.
void StopFlow::askForQueue(const StopReport &report)
{
    StopTarget queue = link().locator().again(report.target);
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
    m_byId = new StopByIdDialog(
        [this](const ConversationId &conversation, const AgentId &agent, QObject *asker, Answer<Located> answer) {
            link().locator().locate(conversation, agent, asker, std::move(answer));
        },
        m_window);
    ProblemListModel &problems = m_place.models.problems;
    connect(m_byId, &EditDialog::problemFound, this, [this, &problems](const Failure &failure, Subject subject) {
        problems.add(failure, {subject, {}, link().id()}, m_place.clock.now());
    });
    connect(m_byId, &EditDialog::corrected, &problems, &ProblemListModel::clearField);
    connect(m_byId, &EditDialog::sendingStarted, &problems, &ProblemListModel::clearSubject);
    connect(m_byId, &StopByIdDialog::located, this, [this](const StopTarget &target) { ask({target}); });
    m_byId->showMarks(problems.marksOf(link().id()));
    return *m_byId;
}
