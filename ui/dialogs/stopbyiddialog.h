#pragma once

#include "app/types/stop.h"
#include "ui/dialogs/editdialog.h"

class QLineEdit;
class QPushButton;
class Session;

/// Leads from ids that a person has in hand (a ticket, a log line) to the usual question. Sends no stop itself.
class StopByIdDialog final : public EditDialog {
    Q_OBJECT

public:
    explicit StopByIdDialog(Session &session, QWidget *parent = nullptr);

    void setConversation(const ConversationId &id); ///< as if typed; the agent is looked up

Q_SIGNALS:
    void located(const StopTarget &target); ///< the dialog has hidden, keeping what was typed

protected:
    QList<FieldError> problems() const override;
    void send() override;

private:
    void layOut();
    void setBusy(bool busy);

    Session &m_session;
    QLineEdit *m_agent;
    QLineEdit *m_conversation;
    QPushButton *m_stop;
};
