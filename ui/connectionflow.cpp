#include "ui/connectionflow.h"

#include "app/session/session.h"
#include "ui/dialogs/connectiondialog.h"

ConnectionFlow::ConnectionFlow(Session &session, ConnectionBook &book, Clock &clock, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_book(book)
    , m_clock(clock)
    , m_window(window)
{
}

void ConnectionFlow::add()
{
    show(std::nullopt);
}

void ConnectionFlow::edit()
{
    if (m_session.connection() && !m_session.connection()->isDemo)
        show(m_session.connection());
}

bool ConnectionFlow::isOwn(Field field)
{
    switch (field) {
    case Field::ConnectionName:
    case Field::Address:
    case Field::PlainHttp:
    case Field::Key:
    case Field::Authority:
    case Field::Limits: return true;
    case Field::None:
    case Field::ClearQueue:
    case Field::Agents:
    case Field::Conversations:
    case Field::AgentId:
    case Field::ConversationId:
    case Field::Number: return false;
    }
    return false;
}

QString ConnectionFlow::lead(Field field, const ConnectionId &connection)
{
    const std::optional<Connection> &open = m_session.connection();
    const ConnectionId wanted = connection.isEmpty() && open ? open->id : connection;
    if (m_dialog && !connection.isEmpty() && m_dialog->id() != connection)
        return tr("Another connection is being edited. Finish that first.");
    if (!m_dialog) {
        if (open && open->isDemo && wanted == open->id)
            return tr("The demo has no key and nothing to edit.");
        const std::optional<Connection> kept = m_book.list().find(wanted);
        if (!kept && !wanted.isEmpty())
            return tr("This connection is not kept.");
        show(kept);
    }
    return m_dialog->focusField(field) ? QString() : tr("This is not offered now.");
}

void ConnectionFlow::showMarks()
{
    if (m_dialog)
        m_dialog->showMarks(m_session.problems().marksOf(m_dialog->id()));
}

/// A dialog that is open already comes to the front: what was typed there is not thrown away.
void ConnectionFlow::show(const std::optional<Connection> &connection)
{
    if (!m_dialog) {
        m_dialog = new ConnectionDialog(m_session, m_book, connection, m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        ProblemListModel &problems = m_session.problems();
        const auto add = [this, &problems](const Failure &failure, Subject subject) {
            problems.add(failure, {subject, m_dialog->connectionName(), m_dialog->id()}, m_clock.now());
        };
        connect(m_dialog, &EditDialog::problemFound, this, add);
        connect(m_dialog, &EditDialog::corrected, &problems, &ProblemListModel::clearField);
        connect(m_dialog, &EditDialog::sendingStarted, &problems, &ProblemListModel::clearSubject);
        connect(m_dialog, &ConnectionDialog::saved, this, &ConnectionFlow::take);
        connect(m_dialog, &ConnectionDialog::savedForSession, this, &ConnectionFlow::take);
        connect(m_dialog, &ConnectionDialog::removed, this, [this](const ConnectionId &id) {
            if (m_session.connection() && m_session.connection()->id == id)
                m_session.close();
        });
        showMarks();
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void ConnectionFlow::take(const Connection &connection)
{
    Q_EMIT openWanted(connection);
}
