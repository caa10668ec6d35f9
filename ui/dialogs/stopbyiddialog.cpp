#include "ui/dialogs/stopbyiddialog.h"

#include "app/words/words.h"
#include "ui/parts/formrow.h"

#include <QApplication>
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
    if (std::ranges::any_of(id, [](QChar c) { return c.isSpace(); }))
        return StopByIdDialog::tr("There is a space or a line break inside this id. Paste the id alone.");
    if (std::ranges::any_of(id, [](QChar c) { return c.category() == QChar::Other_Control; }) || !id.isValidUtf16())
        return StopByIdDialog::tr("There is a control character in this id. Type it or paste it again.");
    if (id.toUcs4().size() > longestId)
        return StopByIdDialog::tr("An id has at most 256 characters. Check what was pasted.");
    if (collapsesPath(id))
        return StopByIdDialog::tr("This is no id: it would change the address it is sent to. Paste the id alone.");
    return {};
}

/// Server text as it may stand in a sentence or on a button.
QString shortened(const QString &text)
{
    return words::plain(text, 60);
}

QString subTaskWarning(const Located &found)
{
    const QString text = found.parentTitle.isEmpty()
        ? StopByIdDialog::tr("This is a sub-task of conversation %1. Stopping it leaves that conversation running.")
        : StopByIdDialog::tr("This is a sub-task of “%1”. Stopping it leaves that conversation running.");
    return text.arg(found.parentTitle.isEmpty() ? words::shortId(found.target.parent.value)
                                                : shortened(found.parentTitle));
}

/// What a person should know before going on, in words, or nothing.
QString warningOf(const Located &found)
{
    const QString agent = shortened(found.belongsToName);
    if (found.target.isSubTask()) {
        const QString warning = subTaskWarning(found);
        return agent.isEmpty()
            ? warning
            : warning + u' ' + StopByIdDialog::tr("It belongs to %1, not to the agent typed here.").arg(agent);
    }
    if (agent.isEmpty())
        return {};
    return StopByIdDialog::tr("This conversation belongs to %1, not to the agent typed here. Press “Stop "
                              "conversation…” again to use the typed agent all the same.")
        .arg(agent);
}

}

StopByIdDialog::StopByIdDialog(const Locate &locate, QWidget *parent)
    : EditDialog(Subject::StopById, parent)
    , m_locate(locate)
    , m_agent(new QLineEdit(this))
    , m_conversation(new QLineEdit(this))
    , m_stop(new QPushButton(tr("Stop conversation…"), this))
{
    setWindowTitle(tr("Stop by id"));
    setAccessibleName(u"Stop by id"_s);
    setObjectName(u"stopById"_s);
    layOut();
    for (const QLineEdit *edit : {m_conversation, m_agent})
        connect(edit, &QLineEdit::textEdited, this, &StopByIdDialog::dropWarning);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        const bool isDoubleClick = m_warnedOf && m_sinceWarning.elapsed() < QApplication::doubleClickInterval();
        if (!isDoubleClick) // whose second half nobody meant as an answer to the warning
            submit();
    });
}

void StopByIdDialog::setConversation(const ConversationId &id)
{
    forgetLookUp();
    dropWarning();
    m_conversation->setText(id.value);
    m_agent->clear();
    clearMarks();
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
    m_stop->setObjectName(u"stopConversation"_s);
    nameStop(Command::StopConversation);
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
    if (m_warnedOf)
        return leadOn(StopTarget(m_warnedOf->target));
    setBusy(true);
    const ConversationId conversation{m_conversation->text().trimmed()};
    const AgentId agent{m_agent->text().trimmed()};
    m_asker = std::make_unique<QObject>();
    m_locate(conversation, agent, m_asker.get(), [this](const Result<Located> &answer) {
        m_asker.release()->deleteLater(); // it is what is answering
        setBusy(false);
        if (!answer)
            return showFailure(answer.error(), Subject::StopById); // Problems has been told
        if (warningOf(*answer).isEmpty())
            return leadOn(answer->target);
        warn(*answer);
    });
}

/// The main button goes on with what was typed; what is more likely meant is offered beside the warning.
void StopByIdDialog::warn(const Located &found)
{
    m_warnedOf = found;
    m_sinceWarning.start();
    nameStop(found.target.command);
    if (found.target.isSubTask()) {
        offer(NoticeBar::Severity::Warning, warningOf(found), tr("Stop the conversation instead…"),
              [this, parent = found.target.parent] { lookUpParent(parent); });
        return;
    }
    const QString use = tr("Use %1", "an agent's name").arg(shortened(found.belongsToName)).replace(u'&', u"&&"_s);
    offer(NoticeBar::Severity::Warning, warningOf(found), use, [this, found] {
        StopTarget target = found.target;
        target.agent = found.belongsTo;
        target.agentName = found.belongsToName;
        m_agent->setText(found.belongsTo.value);
        leadOn(target);
    });
}

void StopByIdDialog::dropWarning()
{
    if (!std::exchange(m_warnedOf, std::nullopt))
        return;
    hush();
    nameStop(Command::StopConversation);
}

void StopByIdDialog::nameStop(Command command)
{
    m_stop->setText(command == Command::StopSubTask ? tr("Stop sub-task…") : tr("Stop conversation…"));
    m_stop->setAccessibleName(command == Command::StopSubTask ? u"Stop sub-task…"_s : u"Stop conversation…"_s);
}

void StopByIdDialog::lookUpParent(const ConversationId &parent)
{
    setConversation(parent);
    submit();
}

void StopByIdDialog::leadOn(const StopTarget &target)
{
    dropWarning();
    hide();
    Q_EMIT located(target);
}

void StopByIdDialog::done(int result)
{
    dropWarning();
    forgetLookUp();
    EditDialog::done(result);
}

/// What was asked is not wanted any more.
void StopByIdDialog::forgetLookUp()
{
    if (std::exchange(m_asker, nullptr))
        setBusy(false);
}

/// What is disabled loses the focus, and gets it back.
void StopByIdDialog::setBusy(bool busy)
{
    if (busy)
        m_focus = focusWidget();
    m_agent->setReadOnly(busy);
    m_conversation->setReadOnly(busy);
    m_stop->setEnabled(!busy);
    if (busy)
        tell(NoticeBar::Severity::Info, tr("Looking the conversation up…"));
    else
        hush();
    const QWidget *focused = focusWidget();
    if (!busy && m_focus && (!focused || !m_focusWhileBusy || focused == m_focusWhileBusy))
        m_focus->setFocus(); // a person who went elsewhere meanwhile stays there
    m_focusWhileBusy = busy ? focusWidget() : nullptr;
}
