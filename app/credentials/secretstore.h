#pragma once

#include "app/types/connection.h"
#include "app/types/result.h"
#include "app/types/secret.h"

#include <QObject>

/// As `Answer`, but called once more where the first call said KeychainSilent or KeychainBusy and the keychain came to
/// an end after all: whoever gave up waiting still hears how it ended.
template <class T> using KeychainAnswer = std::function<void(const Result<T> &)>;

/// Where keys are kept, each for a connection and the origin of its address (`originOf`). Each verb is answered as `KeychainAnswer` says. "No such key" is an answer (nullopt), not a
/// failure. Failures are of the keychain kinds; none of them ever leads to another place for the key.
class SecretStore {
public:
    SecretStore() = default;
    SecretStore(const SecretStore &) = delete;
    SecretStore &operator=(const SecretStore &) = delete;
    virtual ~SecretStore() = default;

    virtual QString name() const = 0; ///< of what keeps the keys here, as people call it

    virtual void read(const Connection &connection, QObject *asker, KeychainAnswer<std::optional<Secret>> answer) = 0;
    /// Done only after the same key was read back.
    virtual void write(const Connection &connection, const Secret &secret, QObject *asker, KeychainAnswer<Done> answer) = 0;
    /// Done only after a look into an unlocked keychain found nothing.
    virtual void remove(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) = 0;
    /// The same of all keys of that connection, whatever they were kept for.
    virtual void removeAll(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) = 0;
    /// The same of all keys of this program. Where a keychain does not tell what it holds, of the connections named.
    virtual void removeEverything(const QList<Connection> &known, QObject *asker, KeychainAnswer<Done> answer) = 0;
};
