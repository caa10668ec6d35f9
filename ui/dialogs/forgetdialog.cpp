#include "ui/dialogs/forgetdialog.h"

#include "app/stopping/stopservice.h"
#include "app/words/failurewords.h"
#include "ui/parts/formrow.h"

#include <QBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

ForgetDialog::ForgetDialog(ConnectionBook &book, const StopService &stops, QWidget *parent)
    : EditDialog(Subject::Connection, parent)
    , m_book(book)
    , m_stops(stops)
    , m_keep(new QPushButton(tr("Keep"), this))
    , m_forget(new QPushButton(tr("Forget everything"), this))
{
    setWindowTitle(tr("Forget everything?"));
    setAccessibleName(u"Forget everything?"_s);
    setObjectName(u"forgetQuestion"_s);
    layOut();
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_forget, &QPushButton::clicked, this, [this] { submit(); });
    connect(&stops, &StopService::changed, this, &ForgetDialog::followStops);
    followStops();
}

void ForgetDialog::layOut()
{
    auto *heading = new QLabel(tr("Forget everything that Stopdesk keeps on this computer?"), this);
    heading->setProperty("heading", true);
    heading->setWordWrap(true);
    QLabel *what = mutedLabel(tr("All its keys are removed from the system keychain, and with them all connections, the "
                                 "journal of everything that was stopped, the window's place and the counts of requests. "
                                 "At the service nothing changes. If the journal may still be needed, export it first: it "
                                 "cannot be brought back."),
                              this);
    what->setMinimumWidth(400);
    body().addWidget(heading);
    body().addWidget(what);
    body().addStretch(1);
    m_keep->setObjectName(u"keep"_s);
    m_keep->setDefault(true);
    m_forget->setObjectName(u"forget"_s);
    footer().addStretch(1);
    footer().addWidget(m_keep);
    footer().addWidget(m_forget);
    m_keep->setFocus();
}

void ForgetDialog::followStops()
{
    const int open = m_stops.undecided();
    m_forget->setEnabled(open == 0 && !m_asker);
    if (open > 0)
        tell(NoticeBar::Severity::Warning,
             open == 1 ? tr("A stop is still being sent or checked. Wait until it is settled.")
                       : tr("%n stops are still being sent or checked. Wait until they are settled.", nullptr, int(open)));
    else if (!m_asker)
        hush();
}

void ForgetDialog::send()
{
    m_asker = std::make_unique<QObject>();
    m_keep->setFocus();
    m_forget->setEnabled(false);
    tell(NoticeBar::Severity::Info, tr("Removing the keys…"));
    m_book.removeEveryKey(m_asker.get(), [this](const Result<Done> &answer) {
        if (answer)
            agree(tr("The keys of all connections are no longer in the system keychain (looked up)."));
        else
            showFailure(answer.error());
    });
}

void ForgetDialog::showFailure(const Failure &failure)
{
    offer(NoticeBar::Severity::Error,
          tr("Nothing was forgotten: keys may still be there. %1").arg(words::sentence(failure, Subject::Keychain)),
          tr("Forget all but the keys"), [this] { agree(tr("Keys of Stopdesk may still be in the system keychain.")); });
    Q_EMIT problemFound(failure, Subject::Keychain);
}

void ForgetDialog::agree(const QString &keys)
{
    m_asker.release()->deleteLater(); // it may be what is answering
    accept();
    Q_EMIT agreed(keys);
}

void ForgetDialog::done(int result)
{
    m_asker.reset();
    EditDialog::done(result);
}
