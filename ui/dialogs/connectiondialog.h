#pragma once

#include "app/session/connectionbook.h"
#include "ui/dialogs/editdialog.h"

class ConnectionForm;
class QPushButton;
class Session;

/// Makes, changes and removes a connection. "Saved" is said only after the keychain gave the key back; a failed test
/// leaves the connection saved and says so. Stays open to show how it went.
class ConnectionDialog final : public EditDialog {
    Q_OBJECT

public:
    /// A new connection, or one of the list to be changed.
    ConnectionDialog(Session &session, ConnectionBook &book, const std::optional<Connection> &existing,
                     QWidget *parent = nullptr);

    const ConnectionId &id() const { return m_id; } ///< also of one that is not kept yet
    QString connectionName() const; ///< as it stands in the form

Q_SIGNALS:
    void saved(const Connection &connection);
    void savedForSession(const Connection &connection, const Secret &secret);
    void removed(const ConnectionId &id);

protected:
    QList<FieldError> problems() const override;
    void send() override;
    void unfold(Field field) override;
    void done(int result) override;

private:
    void layOut();
    Connection connection() const;
    void useForSession();
    void showKeychainFailure(const Failure &failure);
    void takeSaved(const Connection &connection, const std::optional<Secret> &key, const Filed &filed);
    void test(const Connection &connection, const Secret &key);
    void tellAll(NoticeBar::Severity severity, const QString &last);
    void askToRemove();
    void remove();
    void finish(); ///< nothing is left to do but to close
    void setSaving(bool saving);

    Session &m_session;
    ConnectionBook &m_book;
    const bool m_isNew;
    const ConnectionId m_id;
    ConnectionForm *m_form;
    QPushButton *m_save;
    QPushButton *m_forSession;
    QPushButton *m_cancel;
    QPushButton *m_remove;
    std::unique_ptr<QObject> m_asker; ///< of what is under way; replaced when the person decides otherwise
    QStringList m_done; ///< what has happened so far, in words
};
