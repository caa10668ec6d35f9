#include "ui/dialogs/connectiondialog.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "ui/dialogs/connectionform.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto keychainPatience = 1s;
constexpr Duration tokenOutlook = 24h; ///< a token that ends within it says so when it is tested

}

ConnectionDialog::ConnectionDialog(const ConnectionContext &context, ConnectionBook &book, const std::optional<Connection> &existing,
                                   QWidget *parent)
    : EditDialog(Subject::Connection, parent)
    , m_context(context)
    , m_book(book)
    , m_id(existing ? existing->id : newConnectionId())
    , m_form(new ConnectionForm(marks(), this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_forSession(new QPushButton(tr("Use for this session"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_remove(new QPushButton(tr("Remove…"), this))
{
    setWindowTitle(tr("Connection"));
    setAccessibleName(u"Connection"_s);
    setObjectName(u"connection"_s);
    layOut();
    m_remove->setVisible(existing.has_value());
    if (existing)
        m_form->load(*existing, true);
    connect(m_form, &ConnectionForm::plainHttpOffered, this, [this](const QUrl &origin) {
        m_context.findProxy(origin, this, [this, origin](const QString &proxy) { m_form->nameProxy(origin, words::plain(proxy)); });
    });
    connect(m_save, &QPushButton::clicked, this, [this] { submit(); });
    connect(m_forSession, &QPushButton::clicked, this, &ConnectionDialog::useForSession);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionDialog::removeWanted);
}

void ConnectionDialog::layOut()
{
    body().addWidget(m_form);
    body().addStretch(1);
    m_save->setObjectName(u"save"_s);
    m_forSession->setObjectName(u"useForThisSession"_s);
    m_cancel->setObjectName(u"cancel"_s);
    m_remove->setObjectName(u"remove"_s);
    m_forSession->setToolTip(tr("Keeps the key in memory until Stopdesk ends. It is written nowhere."));
    m_save->setDefault(true);
    footer().addWidget(m_remove);
    footer().addStretch(1);
    footer().addWidget(m_cancel);
    footer().addWidget(m_forSession);
    footer().addWidget(m_save);
    setTabOrder(m_remove, m_cancel);
    setTabOrder(m_cancel, m_forSession);
    setTabOrder(m_forSession, m_save);
}

Connection ConnectionDialog::connection() const
{
    const ConnectionDraft draft = m_form->draft();
    Connection made = draft.connection;
    made.id = m_id;
    made.address = addressFromInput(draft.address);
    return made;
}

QString ConnectionDialog::connectionName() const
{
    return m_form->draft().connection.name;
}

QList<FieldError> ConnectionDialog::problems() const
{
    return ::problems(m_form->draft());
}

void ConnectionDialog::unfold(Field field)
{
    m_form->unfold(field);
}

void ConnectionDialog::send()
{
    begin(false);
}

void ConnectionDialog::useForSession()
{
    setSaving(false); // a key may have to be typed
    ConnectionDraft draft = m_form->draft();
    draft.keyNeeded = true;
    if (!check(::problems(draft)))
        return;
    m_patience.reset();
    m_book.abandonSaves(m_id); // its prompt may be answered before the test ends
    begin(true);
}

void ConnectionDialog::begin(bool forSession)
{
    attempt(forSession, false);
    const std::optional<Connection> before = m_book.list().find(m_id);
    if (m_attempt.key)
        test(*m_attempt.key);
    else if (before && isReachedAlike(*before, m_attempt.connection) && !m_book.isFailing(m_id))
        store(); // a name or a limit: nothing that a test could tell
    else
        testWithStoredKey();
}

/// What the form holds once the focus has left it: fields complete and trim what was typed.
void ConnectionDialog::attempt(bool forSession, bool mayFail)
{
    setSaving(true);
    m_asker = std::make_unique<QObject>();
    m_attempt = {connection(), std::nullopt, m_form->draft(), forSession, std::nullopt, mayFail, false};
    if (const QString &typed = m_attempt.draft.key; !typed.isEmpty())
        m_attempt.key = Secret::fromInput(typed);
}

void ConnectionDialog::testWithStoredKey()
{
    waitForKeychain(tr("Reading the stored key…"));
    m_book.readKey(m_attempt.connection, m_asker.get(), [this](const Result<std::optional<Secret>> &answer) {
        if (!answer)
            return showKeychainFailure(answer.error());
        m_patience.reset();
        setSaving(false);
        ConnectionDraft draft = m_attempt.draft;
        draft.keyNeeded = !*answer;
        if (!isUnchanged() || !check(::problems(draft)))
            return;
        setSaving(true);
        test(**answer);
    });
}

void ConnectionDialog::test(const Secret &key)
{
    tell(NoticeBar::Severity::Info, tr("Testing…"));
    m_context.test(m_attempt.connection, key, m_asker.get(), [this](const Result<ConnectionTest> &answer) {
        if (!answer)
            return showTestFailure(answer.error());
        m_attempt.test = *answer;
        store();
    });
}

/// What stands in the form now, without another test.
void ConnectionDialog::keepAllTheSame()
{
    const bool forSession = m_attempt.forSession;
    ConnectionDraft draft = m_form->draft();
    draft.keyNeeded = draft.keyNeeded || forSession;
    if (!check(::problems(draft)))
        return;
    const Attempt failed = m_attempt;
    attempt(forSession, true);
    m_attempt.isChanged = !isReachedAlike(failed.connection, m_attempt.connection) || failed.key != m_attempt.key;
    store();
}

void ConnectionDialog::store()
{
    if (m_attempt.forSession)
        return finish(m_book.keepForSession(m_attempt.connection, *m_attempt.key));
    if (m_attempt.key)
        waitForKeychain(tr("Saving the key…"));
    m_book.save(m_attempt.connection, m_attempt.key, m_asker.get(), [this](const Result<Filed> &answer) {
        answer ? finish(*answer) : showKeychainFailure(answer.error());
    }, m_attempt.mayFail);
}

void ConnectionDialog::waitForKeychain(const QString &words)
{
    tell(NoticeBar::Severity::Info, words);
    m_patience = std::make_unique<QObject>();
    QTimer::singleShot(keychainPatience, m_patience.get(), [this] {
        tell(NoticeBar::Severity::Info,
             m_attempt.key ? tr("Waiting for your system keyring. Answer its prompt, or use the key for this session.")
                           : tr("Waiting for your system keyring. Answer its prompt."));
    });
}

/// The keychain may still come to an end, which is then taken as if it had come in time.
void ConnectionDialog::showKeychainFailure(const Failure &failure)
{
    m_patience.reset();
    setSaving(false);
    showFailure(failure, Subject::Keychain);
    m_save->setFocus();
    Q_EMIT problemFound(failure, Subject::Keychain);
}

void ConnectionDialog::showTestFailure(const Failure &failure)
{
    setSaving(false);
    (m_attempt.forSession ? m_forSession : m_save)->setFocus(); // Enter tries the same again
    showFailure(failure, Subject::ConnectionTest);
    QStringList why;
    for (const FieldError &error : failure.fields) {
        Problem problem;
        problem.subject = Subject::ConnectionTest;
        problem.failure = failure;
        problem.error = error;
        why.append(words::messageOf(problem));
    }
    if (why.isEmpty())
        why.append(words::sentence(failure, Subject::ConnectionTest));
    why.append(tokenWords());
    why.removeAll(QString());
    offer(NoticeBar::Severity::Error, tr("Nothing was saved: the test failed. %1").arg(why.join(u' ')),
          m_attempt.forSession ? tr("Keep it for this session all the same") : tr("Save it all the same"),
          [this] { keepAllTheSame(); });
    Q_EMIT problemFound(failure, Subject::ConnectionTest);
}

/// A connection that failed its test is used only where nothing that works is lost by it.
void ConnectionDialog::finish(const Filed &filed)
{
    m_patience.reset();
    setSaving(false);
    m_book.setFailing(m_id, m_attempt.mayFail);
    const QString words = wordsFor(filed);
    const auto severity = filed.trouble.isEmpty() && !m_attempt.mayFail ? NoticeBar::Severity::Success
                                                                        : NoticeBar::Severity::Warning;
    const bool mayClose = isUnchanged();
    if (!m_attempt.mayFail || m_context.isIdle(m_id))
        Q_EMIT saved(m_book.list().find(m_id).value_or(m_attempt.connection)); // as it is kept
    Q_EMIT told(severity, words);
    m_asker.release()->deleteLater(); // it may be what is answering
    if (mayClose)
        accept();
    else
        tell(severity, words); // a late answer: the person has gone on typing
}

QString ConnectionDialog::wordsFor(const Filed &filed) const
{
    QStringList parts{m_attempt.forSession ? tr("The key is used until Stopdesk ends. It is written nowhere.")
                          : m_attempt.key  ? tr("Saved in the system keychain (read back).")
                                           : tr("Saved. The key was not changed.")};
    if (!filed.trouble.isEmpty())
        parts.append(filed.trouble);
    if (m_attempt.mayFail)
        parts.append(m_attempt.isChanged ? tr("It was not tested.") : tr("It failed its test."));
    else if (m_attempt.test)
        parts.append(m_attempt.test->agents == 1 ? tr("Works: 1 agent.")
                                                 : tr("Works: %n agents.", nullptr, m_attempt.test->agents));
    if (const QString token = tokenWords(); m_attempt.test && !token.isEmpty())
        parts.append(token);
    return parts.join(u' ');
}

/// Of the token that was tested; empty where it goes on for long, or does not say.
QString ConnectionDialog::tokenWords() const
{
    const QDateTime end = m_context.testedTokenEnd();
    const QDateTime now = m_context.clock.now();
    return end.isValid() && end < now.addMSecs(tokenOutlook.count()) ? words::tokenEnd(end, now) : QString();
}

bool ConnectionDialog::isUnchanged() const
{
    return m_form->draft() == m_attempt.draft;
}

/// Closing ends the interest in what is under way; a key that arrives later is taken back by the book.
void ConnectionDialog::done(int result)
{
    m_asker.reset();
    m_patience.reset();
    m_form->forgetTyped();
    EditDialog::done(result);
}

/// What is disabled loses the focus; it must not wander to a button, which a second Enter would press.
void ConnectionDialog::setSaving(bool saving)
{
    if (QWidget *focused = focusWidget(); saving && focused)
        focused->clearFocus();
    m_form->setEnabled(!saving);
    m_save->setEnabled(!saving);
    m_remove->setEnabled(!saving);
}
