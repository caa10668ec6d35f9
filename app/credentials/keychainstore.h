#pragma once

#include "app/credentials/secretstore.h"

class KeychainTask;

/// Keys in the system keychain, through QtKeychain, whose answers are not believed (`KeychainTask`). Asks are served one
/// after the other. One that has no answer by its deadline, counted from the ask, is answered KeychainSilent; a prompt
/// may be on the screen meanwhile, so the deadline is long and whoever asks tells the person what is waited for.
/// QtKeychain serves nothing behind a job that hangs: from that deadline on what stands in line, and what is asked anew,
/// is answered KeychainBusy at once. A read stays in line and is answered again when its turn comes; what would change
/// the keychain is not begun any more.
class KeychainStore final : public QObject, public SecretStore {
    Q_OBJECT

public:
    static constexpr Duration defaultDeadline = std::chrono::seconds(120);

    explicit KeychainStore(Duration deadline = defaultDeadline, QObject *parent = nullptr);
    ~KeychainStore() override;

    QString name() const override; ///< "Secret Service", "KWallet" or "Keychain"
    void read(const Connection &connection, QObject *asker, KeychainAnswer<std::optional<Secret>> answer) override;
    void write(const Connection &connection, const Secret &secret, QObject *asker, KeychainAnswer<Done> answer) override;
    void remove(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) override;
    void removeAll(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) override;
    void removeEverything(const QList<Connection> &known, QObject *asker, KeychainAnswer<Done> answer) override;

    /// The name of the key in the keychain: application, origin and connection. A connection that moves to another
    /// origin thus has no key there; whoever moves it removes the key under the address before.
    static QString entryName(const Connection &connection);

private:
    void enqueue(KeychainTask *task);
    void giveUp(KeychainTask *task);
    void leaveLine(KeychainTask *task);
    void beginFirst();

    const Duration m_deadline;
    QList<KeychainTask *> m_line; ///< children; only the first is at work
    bool m_isHung = false; ///< the first is past its deadline
};
