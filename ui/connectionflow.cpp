#include "ui/connectionflow.h"

#include "app/credentials/keychainstore.h"
#include "app/words/words.h"
#include "ui/dialogs/connectiondialog.h"
#include "ui/dialogs/forgetdialog.h"
#include "ui/dialogs/removedialog.h"

using namespace Qt::StringLiterals;

namespace {

void bringUp(QDialog &dialog)
{
    dialog.show();
    dialog.raise();
    dialog.activateWindow();
}

}

ConnectionContext connectionContext(ConnectionTester &tester, const Connector &connector, Clock &clock)
{
    return {clock,
            [&tester](const Connection &connection, const Secret &key, QObject *asker, Answer<ConnectionTest> answer) {
                tester.test(connection, key, asker, std::move(answer));
            },
            [&tester] { return tester.tokenEnd(); },
            [&tester](const QUrl &address, QObject *asker, const std::function<void(const QString &)> &answer) {
                tester.findProxy(address, asker, answer);
            },
            [&connector](const ConnectionId &id) {
                return connector.link().isOf(id) && !connector.link().isKeyKnown();
            }};
}

ConnectionFlow::ConnectionFlow(const Workplace &place, QWidget *window)
    : QObject(window)
    , m_place(place)
    , m_book(place.book)
    , m_window(window)
{
    watchBook();
}

/// What the keychain says after the dialog that asked has gone.
void ConnectionFlow::watchBook()
{
    connect(&m_book, &ConnectionBook::keyLeftBehind, this, &ConnectionFlow::tellKeyLeftBehind);
    connect(&m_book, &ConnectionBook::entrySettled, this, [this](const Connection &connection) {
        m_place.models.problems.tellSince({Subject::Keychain, KeychainStore::entryName(connection), connection.id}, {}, m_place.clock.now());
    });
    const auto tell = [this](const QString &words, const Connection &connection) {
        Q_EMIT told(NoticeBar::Severity::Warning, words.arg(words::plain(connection.name, 60)));
    };
    connect(&m_book, &ConnectionBook::keyReplaced, this, [tell](const Connection &connection) {
        tell(tr("The key that was entered for %1 is in the system keychain now: its prompt was answered after all."), connection);
    });
    connect(&m_book, &ConnectionBook::keyGone, this, [tell](const Connection &connection) {
        tell(tr("%1 has no key in the system keychain now. Enter it anew to have it at the next start."), connection);
    });
}

void ConnectionFlow::add()
{
    show(std::nullopt);
}

void ConnectionFlow::edit()
{
    const std::optional<Connection> &open = m_place.connector.link().connection();
    if (open && !open->isDemo) // what was kept although its test failed is not what is in use
        show(m_book.list().find(open->id).value_or(*open));
}

bool ConnectionFlow::isBusy() const
{
    return m_dialog || m_window->findChild<RemoveDialog *>() || m_window->findChild<ForgetDialog *>()
        || m_book.isUnderWay();
}

bool ConnectionFlow::isOwn(Field field)
{
    switch (field) {
    case Field::ConnectionName:
    case Field::Address:
    case Field::PlainHttp:
    case Field::Key:
    case Field::MayStop:
    case Field::Routes:
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
    const std::optional<Connection> &open = m_place.connector.link().connection();
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
        m_dialog->showMarks(m_place.models.problems.marksOf(m_dialog->id()));
}

/// A dialog that is open already comes to the front: what was typed there is not thrown away.
void ConnectionFlow::show(const std::optional<Connection> &connection)
{
    if (!m_dialog) {
        m_dialog = new ConnectionDialog(connectionContext(m_place.tester, m_place.connector, m_place.clock), m_book, connection, m_window);
        connectProblems(*m_dialog, m_dialog->id(), [dialog = m_dialog.data()] { return dialog->connectionName(); });
        connect(m_dialog, &ConnectionDialog::saved, this, &ConnectionFlow::openWanted);
        connect(m_dialog, &ConnectionDialog::told, this, &ConnectionFlow::told);
        connect(m_dialog, &ConnectionDialog::removeWanted, this, [this] { askToRemove(m_dialog->id()); });
        connect(m_dialog, &QDialog::finished, &m_place.models.problems, [problems = &m_place.models.problems] {
            problems->clearSubject(Subject::Connection);
            problems->clearSubject(Subject::ConnectionTest);
        });
        showMarks();
    }
    bringUp(*m_dialog);
}

void ConnectionFlow::askToRemove()
{
    if (m_place.connector.link().connection() && !m_place.connector.link().connection()->isDemo)
        askToRemove(m_place.connector.link().connection()->id);
}

void ConnectionFlow::askToForget()
{
    auto *question = m_window->findChild<ForgetDialog *>(QString(), Qt::FindDirectChildrenOnly);
    if (!question) {
        question = new ForgetDialog(m_book, m_place.stops, m_window);
        connectProblems(*question, {}, [] { return QString(); });
        connect(question, &ForgetDialog::agreed, this, &ConnectionFlow::forgetWanted);
    }
    bringUp(*question);
}

void ConnectionFlow::askToRemove(const ConnectionId &id)
{
    const QList<RemoveDialog *> open = m_window->findChildren<RemoveDialog *>(Qt::FindDirectChildrenOnly);
    if (const auto asks = std::ranges::find(open, id, [](RemoveDialog *each) { return each->connection().id; }); asks != open.end())
        return bringUp(**asks);
    const std::optional<Connection> kept = m_book.list().find(id);
    if (!kept)
        return;
    auto *question = new RemoveDialog(m_book, *kept, m_window);
    connectProblems(*question, id, [name = kept->name] { return name; });
    connect(question, &RemoveDialog::told, this, &ConnectionFlow::told);
    connect(question, &RemoveDialog::removed, this, [this](const ConnectionId &gone) {
        if (m_dialog && m_dialog->id() == gone)
            m_dialog->reject();
        if (m_place.connector.link().isOf(gone))
            m_place.connector.close();
    });
    bringUp(*question);
}

/// What failed in a form that is left is nobody's matter any more, under whatever name it stood there: the next one
/// begins with what is kept.
void ConnectionFlow::connectProblems(EditDialog &dialog, const ConnectionId &id, const std::function<QString()> &name)
{
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    ProblemListModel &problems = m_place.models.problems;
    const auto failed = std::make_shared<QList<Occasion>>();
    connect(&dialog, &EditDialog::problemFound, this, [this, id, name, failed](const Failure &failure, Subject subject) {
        failed->append({subject, name(), id});
        m_place.models.problems.add(failure, failed->last(), m_place.clock.now());
    });
    connect(&dialog, &EditDialog::corrected, &problems, &ProblemListModel::clearField);
    connect(&dialog, &EditDialog::sendingStarted, &problems, &ProblemListModel::clearSubject);
    connect(&dialog, &QDialog::finished, this, [this, id, failed] {
        const std::optional<Connection> &open = m_place.connector.link().connection();
        const bool isKeyUnread = open && open->id == id && m_place.connector.link().keyFailure()
            && m_place.connector.link().keyFailure()->kind != FailureKind::KeyRefused;
        for (const Occasion &each : *failed) {
            if (each.subject != Subject::Keychain || !isKeyUnread || each.about != open->name)
                m_place.models.problems.tellSince(each, {}, m_place.clock.now());
        }
    });
}

void ConnectionFlow::tellKeyLeftBehind(const Connection &connection, const Failure &failure)
{
    Failure left = failure;
    left.fields = {{{u"keychain"_s},
                    tr("A key that is not wanted there may be in the system keychain, and could not be taken out. Remove "
                       "the entry “%1” of Stopdesk there.")
                        .arg(KeychainStore::entryName(connection)),
                    u"local"_s}};
    m_place.models.problems.add(left, {Subject::Keychain, KeychainStore::entryName(connection), connection.id}, m_place.clock.now());
}
