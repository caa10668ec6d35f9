#pragma once

#include "ui/parts/fieldmarks.h"
#include "ui/parts/noticebar.h"
#include "ui/workplace.h"

#include <QPointer>

#include <functional>

class ConnectionDialog;
struct ConnectionContext;
class EditDialog;

/// What a connection's dialog asks of others; valid as long as they are.
ConnectionContext connectionContext(ConnectionTester &tester, const Connector &connector, Clock &clock);

/// Which connection dialog is open, and what becomes of a connection that was saved or removed there.
class ConnectionFlow final : public QObject {
    Q_OBJECT

public:
    ConnectionFlow(const Workplace &place, QWidget *window);

    void add();
    void edit(); ///< the connection in use, as it is kept; also the way to give it a key
    void askToRemove(); ///< the connection in use
    void askToForget(); ///< everything that is kept on this computer
    bool isBusy() const; ///< with what would be lost with the window: a form, or a key on its way to the keychain
    /// Into the field of that connection; of the one in use, or of the form that is open, without an id. Answers why it
    /// cannot, else nothing.
    QString lead(Field field, const ConnectionId &connection = {});
    static bool isOwn(Field field);
    void showMarks(); ///< of the connection that is being edited

Q_SIGNALS:
    void openWanted(const Connection &connection);
    void told(NoticeBar::Severity severity, const QString &words); ///< what became of a connection
    void forgetWanted(const QString &keys); ///< the keys have gone, or what became of them, in words

private:
    void show(const std::optional<Connection> &connection);
    void askToRemove(const ConnectionId &id);
    void connectProblems(EditDialog &dialog, const ConnectionId &id, const std::function<QString()> &name);
    void watchBook();
    void tellKeyLeftBehind(const Connection &connection, const Failure &failure);

    Workplace m_place;
    ConnectionBook &m_book;
    QWidget *m_window;
    QPointer<ConnectionDialog> m_dialog;
};
