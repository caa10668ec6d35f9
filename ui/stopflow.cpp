#include "ui/stopflow.h"

#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"

StopFlow::StopFlow(Session &session, Clock &clock, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_clock(clock)
    , m_window(window)
{
}

void StopFlow::ask(const StopTarget &target, ClearQueue clearQueue)
{
    if (m_question || !m_session.connection())
        return; // one question, one decision: what was asked first stands
    m_question = new StopDialog(target, *m_session.connection(), clearQueue, m_session, m_window, &m_clock);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_session, &Session::connectionChanged, m_question, &QDialog::reject);
    if (target.askedFrom == AskedFrom::Window)
        connect(m_question, &StopDialog::clearQueueToggled, this, &StopFlow::clearQueueToggled);
    connect(m_question, &StopDialog::confirmed, this,
            [this](const StopTarget &confirmed, ClearQueue choice, const QString &reason) {
                m_session.decisions().decide({confirmed}, choice, reason);
                Q_EMIT decided();
            });
    m_question->open();
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
        problems.add(failure, subject, {}, m_clock.now());
    });
    connect(m_byId, &EditDialog::corrected, &problems, &ProblemListModel::clearField);
    connect(m_byId, &EditDialog::sendingStarted, &problems, &ProblemListModel::clearSubject);
    connect(m_byId, &StopByIdDialog::located, this, [this](const StopTarget &target) { ask(target, ClearQueue::No); });
    m_byId->showMarks(problems.marks());
    return *m_byId;
}
