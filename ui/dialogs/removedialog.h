#pragma once

#include "app/credentials/connectionbook.h"
#include "ui/dialogs/editdialog.h"

class QPushButton;

/// Asks whether a connection is to be removed, and removes it with its key. Closes by itself when that is done; stays
/// while the key could not be removed, which leaves both.
class RemoveDialog final : public EditDialog {
    Q_OBJECT

public:
    RemoveDialog(ConnectionBook &book, const Connection &connection, QWidget *parent = nullptr);

    const Connection &connection() const { return m_connection; }

Q_SIGNALS:
    void removed(const ConnectionId &id);
    void told(NoticeBar::Severity severity, const QString &words); ///< what became of it

protected:
    QList<FieldError> problems() const override { return {}; }
    void send() override;
    void done(int result) override;

private:
    void layOut();
    void finish(const Filed &filed, const QString &words);
    void showFailure(const Failure &failure);

    ConnectionBook &m_book;
    const Connection m_connection;
    QPushButton *m_keep;
    QPushButton *m_remove;
    std::unique_ptr<QObject> m_asker;
};
