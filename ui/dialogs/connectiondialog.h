#pragma once

#include "app/credentials/connectionbook.h"
#include "app/types/clock.h"
#include "app/types/connection.h"
#include "ui/dialogs/editdialog.h"

#include <functional>

class ConnectionForm;
class QPushButton;

/// What the dialog asks of others about a connection that need not be kept.
struct ConnectionContext {
    Clock &clock;
    std::function<void(const Connection &, const Secret &, QObject *asker, Answer<ConnectionTest> answer)> test;
    std::function<QDateTime()> testedTokenEnd; ///< of the bearer token tested last; invalid where that does not say
    std::function<void(const QUrl &, QObject *asker, const std::function<void(const QString &proxy)> &answer)> findProxy;
    std::function<bool(const ConnectionId &)> isIdle; ///< that one is open, and nothing works through it
};

/// Makes or changes a connection. Tests it first; only then its key goes into the keychain, and "Saved" is said only
/// after the keychain gave it back. What fails the test is kept only when the person says so, and is not `saved`. Closes
/// by itself when all went well; how it went is `told`.
class ConnectionDialog final : public EditDialog {
    Q_OBJECT

public:
    /// A new connection, or one of the list to be changed.
    ConnectionDialog(const ConnectionContext &context, ConnectionBook &book, const std::optional<Connection> &existing,
                     QWidget *parent = nullptr);

    const ConnectionId &id() const { return m_id; } ///< also of one that is not kept yet
    QString connectionName() const; ///< as it stands in the form

Q_SIGNALS:
    void saved(const Connection &connection); ///< kept and to be used
    void told(NoticeBar::Severity severity, const QString &words); ///< what became of it, as it is kept
    void removeWanted();

protected:
    QList<FieldError> problems() const override;
    void send() override;
    void unfold(Field field) override;
    void done(int result) override;

private:
    void layOut();
    Connection connection() const;
    /// What is being tested and stored, as it stood in the form.
    struct Attempt {
        Connection connection;
        std::optional<Secret> key; ///< that was typed
        ConnectionDraft draft;
        bool forSession = false;
        std::optional<ConnectionTest> test; ///< passed
        bool mayFail = false; ///< kept although it failed
        bool isChanged = false; ///< since it failed
    };

    void useForSession();
    void begin(bool forSession);
    void attempt(bool forSession, bool mayFail);
    void testWithStoredKey();
    void test(const Secret &key);
    void keepAllTheSame();
    void store();
    void waitForKeychain(const QString &words);
    void showKeychainFailure(const Failure &failure);
    void showTestFailure(const Failure &failure);
    void finish(const Filed &filed);
    QString wordsFor(const Filed &filed) const;
    QString tokenWords() const;
    bool isUnchanged() const;
    void setSaving(bool saving);

    const ConnectionContext m_context;
    ConnectionBook &m_book;
    const ConnectionId m_id;
    ConnectionForm *m_form;
    QPushButton *m_save;
    QPushButton *m_forSession;
    QPushButton *m_cancel;
    QPushButton *m_remove;
    Attempt m_attempt;
    std::unique_ptr<QObject> m_asker; ///< of what is under way; replaced when the person decides otherwise
    std::unique_ptr<QObject> m_patience; ///< lives while the keychain is waited for
};
