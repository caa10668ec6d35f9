#include "ui/dialogs/removedialog.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "ui/parts/formrow.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

RemoveDialog::RemoveDialog(ConnectionBook &book, const Connection &connection, QWidget *parent)
    : EditDialog(Subject::Connection, parent)
    , m_book(book)
    , m_connection(connection)
    , m_keep(new QPushButton(tr("Keep"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    setWindowTitle(tr("Remove connection?"));
    setAccessibleName(u"Remove connection?"_s);
    setObjectName(u"removeConnectionQuestion"_s);
    layOut();
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_remove, &QPushButton::clicked, this, [this] { submit(); });
}

void RemoveDialog::layOut()
{
    auto *name = new QLabel(tr("Remove “%1”?").arg(words::plain(m_connection.name, 60)), this);
    name->setTextFormat(Qt::PlainText);
    name->setWordWrap(true);
    name->setProperty("heading", true);
    QLabel *key = mutedLabel(tr("Its key is removed from the system keychain too. What was stopped stays in the journal; at the "
                                "service nothing changes."),
                             this);
    key->setMinimumWidth(400);
    body().addWidget(name);
    body().addWidget(key);
    body().addStretch(1);
    m_keep->setObjectName(u"keep"_s);
    m_keep->setDefault(true);
    m_remove->setObjectName(u"remove"_s);
    footer().addStretch(1);
    footer().addWidget(m_keep);
    footer().addWidget(m_remove);
    m_keep->setFocus();
}

void RemoveDialog::send()
{
    m_asker = std::make_unique<QObject>();
    m_keep->setFocus();
    m_remove->setEnabled(false);
    tell(NoticeBar::Severity::Info, tr("Removing the key…"));
    m_book.remove(m_connection, m_asker.get(), [this](const Result<Filed> &answer) {
        // The one that got no answer yet may still be answered, and is taken then.
        m_remove->setEnabled(answer || answer.error().kind != FailureKind::KeychainSilent);
        if (answer)
            finish(*answer, tr("Removed. Its key is no longer in the system keychain (looked up)."));
        else
            showFailure(answer.error());
    });
}

void RemoveDialog::showFailure(const Failure &failure)
{
    offer(NoticeBar::Severity::Error,
          tr("Nothing was removed: the key may still be there. %1").arg(words::sentence(failure, Subject::Keychain)),
          tr("Remove without the key"), [this] {
              finish(m_book.removeLeavingKey(m_connection), tr("Removed. Its key may still be in the system keychain."));
          });
    Q_EMIT problemFound(failure, Subject::Keychain);
}

void RemoveDialog::finish(const Filed &filed, const QString &words)
{
    const bool isFiled = filed.trouble.isEmpty();
    Q_EMIT removed(m_connection.id);
    m_asker.release()->deleteLater(); // it may be what is answering
    Q_EMIT told(isFiled ? NoticeBar::Severity::Success : NoticeBar::Severity::Warning,
                isFiled ? words : words + u' ' + filed.trouble);
    accept();
}

void RemoveDialog::done(int result)
{
    m_asker.reset();
    EditDialog::done(result);
}
