#pragma once

#include "app/credentials/secretstore.h"

class KeychainTask;

/// Keys in the system keychain, through QtKeychain, whose answers are not believed (`KeychainTask`). Asks are served one after the other. One that has no answer by its deadline, counted from the ask,
/// is answered KeychainSilent, and is not begun any more if it was still in line; a prompt may be on the screen
/// meanwhile, so the deadline is long and whoever asks tells the person what is waited for.
class KeychainStore final : public QObject, public SecretStore {
    Q_OBJECT

public:
    static constexpr Duration defaultDeadline = std::chrono::seconds(120);

    explicit KeychainStore(Duration deadline = defaultDeadline, QObject *parent = nullptr);
    ~KeychainStore() override;

    void read(const Connection &connection, QObject *asker, Answer<std::optional<Secret>> answer) override;
    void write(const Connection &connection, const Secret &secret, QObject *asker, Answer<Done> answer) override;
    void remove(const Connection &connection, QObject *asker, Answer<Done> answer) override;

    /// The name of the key in the keychain: application, host and connection. A connection that moves to another
    /// host thus has no key there; whoever moves it removes the key under the address before.
    static QString entryName(const Connection &connection);
    /// What keeps the keys here, as people call it: "Secret Service", "KWallet" or "Keychain".
    static QString backendName();

private:
    void enqueue(KeychainTask *task);
    void leaveLine(KeychainTask *task);
    void beginFirst();

    const Duration m_deadline;
    QList<KeychainTask *> m_line; ///< children; only the first is at work
};
