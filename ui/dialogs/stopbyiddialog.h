#pragma once

#include "app/types/stop.h"
#include "app/types/result.h"
#include "ui/dialogs/editdialog.h"

#include <QElapsedTimer>
#include <QPointer>

class QLineEdit;
class QPushButton;

/// Leads from ids that a person has in hand (a ticket, a log line) to the usual question, and says before what they do
/// not show: that one is a sub-task's, or of another agent. Sends no stop itself.
class StopByIdDialog final : public EditDialog {
    Q_OBJECT

public:
    /// From typed ids to a target; an empty agent is looked up.
    using Locate = std::function<void(const ConversationId &conversation, const AgentId &agent, QObject *asker,
                                      Answer<Located> answer)>;

    explicit StopByIdDialog(const Locate &locate, QWidget *parent = nullptr);

    void setConversation(const ConversationId &id); ///< as if typed; the agent is looked up
    void dropWarning(); ///< another connection is open: what was found is not meant any more

Q_SIGNALS:
    void located(const StopTarget &target); ///< the dialog has hidden, keeping what was typed

protected:
    QList<FieldError> problems() const override;
    void send() override;
    void done(int result) override;

private:
    void layOut();
    void setBusy(bool busy);
    void forgetLookUp();
    void warn(const Located &found);
    void nameStop(Command command);
    void lookUpParent(const ConversationId &parent);
    void leadOn(const StopTarget &target);

    Locate m_locate;
    QLineEdit *m_agent;
    QLineEdit *m_conversation;
    QPushButton *m_stop;
    QPointer<QWidget> m_focus; ///< before it was busy
    std::optional<Located> m_warnedOf; ///< nothing was typed since; pressing the button goes on
    QElapsedTimer m_sinceWarning;
    std::unique_ptr<QObject> m_asker; ///< of the look-up that is under way
    QPointer<QWidget> m_focusWhileBusy;
};
