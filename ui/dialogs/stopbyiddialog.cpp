#include "ui/dialogs/stopbyiddialog.h"

#include "app/session/session.h"
#include "ui/parts/formrow.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestId = 256;

/// What is wrong with an id before it is sent, or nothing. Ids are opaque: only what could not be one is refused.
QString idProblem(const QString &id)
{
    if (std::ranges::any_of(id, [](QChar c) { return c.category() == QChar::Other_Control; }))
        return StopByIdDialog::tr("There is a control character in this id. Type it or paste it again.");
    if (std::ranges::any_of(id, [](QChar c) { return c.isSpace(); }))
        return StopByIdDialog::tr("There is a space inside this id. Paste the id alone.");
    if (id.size() > longestId)
        return StopByIdDialog::tr("An id has at most 256 characters. Check what was pasted.");
    if (collapsesPath(id))
        return StopByIdDialog::tr("This is no id: it would change the address it is sent to.");
    return {};
}

}

StopByIdDialog::StopByIdDialog(Session &session, QWidget *parent)
    : EditDialog(Subject::StopById, parent)
    , m_session(session)
    , m_agent(new QLineEdit(this))
    , m_conversation(new QLineEdit(this))
    , m_stop(new QPushButton(tr("Stop conversation…"), this))
{
    setWindowTitle(tr("Stop by id"));
    setAccessibleName(u"Stop by id"_s);
    setObjectName(u"stopById"_s);
    layOut();
    connect(m_stop, &QPushButton::clicked, this, [this] { submit(); });
}

void StopByIdDialog::setConversation(const ConversationId &id)
{
    m_conversation->setText(id.value);
    m_agent->clear();
    marks().clear();
}

void StopByIdDialog::layOut()
{
    body().addWidget(mutedLabel(tr("Ids as they stand in a ticket, a log or a link. Nothing is stopped before you "
                                   "have seen the usual question."),
                                this));
    QFormLayout *form = newForm();
    m_conversation->setMinimumWidth(340);
    m_agent->setPlaceholderText(tr("Leave empty: it is looked up"));
    for (QLineEdit *edit : {m_conversation, m_agent})
        edit->setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    addField(*form, tr("Conversation id"), u"Conversation id"_s, m_conversation, Field::ConversationId, marks());
    addField(*form, tr("Agent id"), u"Agent id"_s, m_agent, Field::AgentId, marks());
    body().addLayout(form);
    body().addStretch(1);

    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"cancel"_s);
    cancel->setAutoDefault(false);
    m_stop->setObjectName(u"stopConversation"_s);
    m_stop->setAccessibleName(u"Stop conversation…"_s);
    m_stop->setProperty("destructive", true);
    m_stop->setDefault(true);
    footer().addStretch(1);
    footer().addWidget(cancel);
    footer().addSpacing(8);
    footer().addWidget(m_stop);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    setTabOrder(m_conversation, m_agent);
    setTabOrder(m_agent, cancel);
    m_conversation->setFocus();
}

QList<FieldError> StopByIdDialog::problems() const
{
    QList<FieldError> found;
    const auto add = [&found](const QString &place, const QString &message) {
        if (!message.isEmpty())
            found.append({{u"path"_s, place}, message, u"local"_s});
    };
    const QString conversation = m_conversation->text().trimmed();
    const QString agent = m_agent->text().trimmed();
    add(u"conversation_id"_s, conversation.isEmpty() ? tr("Enter the conversation's id.") : idProblem(conversation));
    if (!agent.isEmpty())
        add(u"agent_id"_s, idProblem(agent));
    return found;
}

void StopByIdDialog::send()
{
    setBusy(true);
    const ConversationId conversation{m_conversation->text().trimmed()};
    m_session.decisions().locate(conversation, AgentId{m_agent->text().trimmed()}, this, [this](const Result<StopTarget> &answer) {
        setBusy(false);
        if (!isVisible())
            return; // closed meanwhile: nobody asks any more
        if (!answer)
            return showFailure(answer.error(), Subject::StopById); // Session has told Problems
        hide();
        Q_EMIT located(*answer);
    });
}

void StopByIdDialog::setBusy(bool busy)
{
    m_agent->setReadOnly(busy);
    m_conversation->setReadOnly(busy);
    m_stop->setEnabled(!busy);
    if (busy)
        tell(NoticeBar::Severity::Info, tr("Looking the conversation up…"));
    else
        hush();
}
