#include "ui/dialogs/connectiondialog.h"

#include "app/session/session.h"
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

}

ConnectionDialog::ConnectionDialog(Session &session, ConnectionBook &book, const std::optional<Connection> &existing,
                                   QWidget *parent)
    : EditDialog(Subject::Connection, parent)
    , m_session(session)
    , m_book(book)
    , m_isNew(!existing)
    , m_id(existing ? existing->id : newConnectionId())
    , m_form(new ConnectionForm(marks(), this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_forSession(new QPushButton(tr("Use for this session"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_remove(new QPushButton(tr("Remove…"), this))
    , m_asker(std::make_unique<QObject>())
{
    setWindowTitle(tr("Connection"));
    setAccessibleName(u"Connection"_s);
    setObjectName(u"connection"_s);
    layOut();
    if (existing)
        m_form->load(*existing, true);
    connect(m_save, &QPushButton::clicked, this, [this] { submit(); });
    connect(m_forSession, &QPushButton::clicked, this, &ConnectionDialog::useForSession);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionDialog::askToRemove);
}

void ConnectionDialog::layOut()
{
    body().addWidget(m_form);
    body().addStretch(1);
    m_save->setObjectName(u"save"_s);
    m_forSession->setObjectName(u"useForThisSession"_s);
    m_cancel->setObjectName(u"cancel"_s);
    m_remove->setObjectName(u"remove"_s);
    m_remove->setVisible(!m_isNew);
    m_forSession->setToolTip(tr("Keeps the key in memory until Stopdesk ends. It is written nowhere."));
    for (QPushButton *button : {m_forSession, m_cancel, m_remove})
        button->setAutoDefault(false);
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
    const Connection made = connection();
    const QString typed = m_form->draft().key;
    const auto key = typed.isEmpty() ? std::nullopt : Secret::fromInput(typed);
    m_asker = std::make_unique<QObject>();
    m_done.clear();
    setSaving(true);
    if (key) {
        tell(NoticeBar::Severity::Info, tr("Saving the key…"));
        QTimer::singleShot(keychainPatience, m_asker.get(), [this] {
            if (m_done.isEmpty())
                tell(NoticeBar::Severity::Info,
                     tr("Waiting for your system keyring. Answer its prompt, or use the key "
                        "for this session."));
        });
    }
    m_book.save(made, key, m_asker.get(), [this, made, key](const Result<Filed> &answer) {
        setSaving(false);
        m_done.append(QString()); // the wait is over, also where it failed
        if (answer)
            takeSaved(made, key, *answer);
        else
            showKeychainFailure(answer.error());
    });
}

void ConnectionDialog::takeSaved(const Connection &made, const std::optional<Secret> &key, const Filed &filed)
{
    m_done = {key ? tr("Saved in the system keychain (read back).") : tr("Saved. The stored key was kept.")};
    if (!filed.trouble.isEmpty())
        m_done.append(filed.trouble);
    m_form->load(made, true);
    finish();
    Q_EMIT saved(made);
    if (key)
        test(made, *key);
    else
        tellAll(filed.trouble.isEmpty() ? NoticeBar::Severity::Success : NoticeBar::Severity::Warning, {});
}

void ConnectionDialog::showKeychainFailure(const Failure &failure)
{
    showFailure(failure, Subject::Keychain);
    m_save->setFocus();
    Q_EMIT problemFound(failure, Subject::Keychain);
}

void ConnectionDialog::useForSession()
{
    ConnectionDraft draft = m_form->draft();
    draft.keyNeeded = true;
    if (!check(::problems(draft)))
        return;
    const std::optional<Secret> key = Secret::fromInput(draft.key);
    const Connection made = connection();
    m_asker = std::make_unique<QObject>();
    setSaving(false);
    const Filed filed = m_book.keepForSession(made, *key);
    m_done = {tr("The key is used until Stopdesk ends. It is written nowhere.")};
    if (!filed.trouble.isEmpty())
        m_done.append(filed.trouble);
    finish();
    Q_EMIT savedForSession(made, *key);
    test(made, *key);
}

void ConnectionDialog::test(const Connection &made, const Secret &key)
{
    tellAll(NoticeBar::Severity::Info, tr("Testing…"));
    m_session.test(made, key, m_asker.get(), [this](const Result<ConnectionTest> &answer) {
        if (answer) {
            const int agents = answer->agents;
            tellAll(NoticeBar::Severity::Success,
                    agents == 1 ? tr("Works: 1 agent can be seen.")
                                : tr("Works: %n agents can be seen.", nullptr, agents));
            return;
        }
        tellAll(NoticeBar::Severity::Warning,
                tr("The test failed: %1").arg(words::sentence(answer.error(), Subject::ConnectionTest)));
        Q_EMIT problemFound(answer.error(), Subject::ConnectionTest);
    });
}

void ConnectionDialog::tellAll(NoticeBar::Severity severity, const QString &last)
{
    QStringList lines = m_done;
    if (!last.isEmpty())
        lines.append(last);
    tell(severity, lines.join(u'\n'));
}

void ConnectionDialog::askToRemove()
{
    offer(NoticeBar::Severity::Warning,
          tr("Remove “%1”, and its key from the system keychain? What was stopped stays in the journal.")
              .arg(words::plain(connection().name)),
          tr("Remove"), [this] { remove(); });
}

void ConnectionDialog::remove()
{
    const Connection gone = connection();
    m_asker = std::make_unique<QObject>();
    setSaving(true);
    tell(NoticeBar::Severity::Info, tr("Removing the key…"));
    const auto finished = [this, gone](const Filed &filed, const QString &words) {
        m_form->setEnabled(false);
        m_save->setEnabled(false);
        m_forSession->setEnabled(false);
        m_remove->setEnabled(false);
        finish();
        tell(filed.trouble.isEmpty() ? NoticeBar::Severity::Success : NoticeBar::Severity::Warning,
             filed.trouble.isEmpty() ? words : words + u'\n' + filed.trouble);
        Q_EMIT removed(gone.id);
    };
    m_book.remove(gone, m_asker.get(), [this, gone, finished](const Result<Filed> &answer) {
        setSaving(false);
        if (answer)
            return finished(*answer, tr("Removed. Its key is no longer in the system keychain (looked up)."));
        const QString why = words::sentence(answer.error(), Subject::Keychain);
        offer(NoticeBar::Severity::Error, tr("Nothing was removed: the key may still be there. %1").arg(why),
              tr("Remove without the key"), [this, gone, finished] {
                  finished(m_book.removeLeavingKey(gone), tr("Removed. Its key may still be in the system keychain."));
              });
        Q_EMIT problemFound(answer.error(), Subject::Keychain);
    });
}

/// Closing ends the interest in what is under way; a key that arrives later is taken back by the book.
void ConnectionDialog::done(int result)
{
    m_asker = std::make_unique<QObject>();
    m_form->forgetTyped();
    EditDialog::done(result);
}

void ConnectionDialog::finish()
{
    m_cancel->setText(tr("Close"));
    m_cancel->setFocus();
}

/// What is disabled loses the focus; it must not wander to a button that does something.
void ConnectionDialog::setSaving(bool saving)
{
    if (saving)
        m_cancel->setFocus();
    m_form->setEnabled(!saving);
    m_save->setEnabled(!saving);
    m_remove->setEnabled(!saving);
}
