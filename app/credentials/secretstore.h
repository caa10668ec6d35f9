#pragma once

#include "app/types/connection.h"
#include "app/types/result.h"
#include "app/types/secret.h"

#include <QObject>

/// As `Answer`, but called once more where the first call said KeychainSilent or KeychainBusy and the keychain came to
/// an end after all: whoever gave up waiting still hears how it ended.
template <class T> using KeychainAnswer = std::function<void(const Result<T> &)>;

/// Where keys are kept. Three verbs, each answered as `KeychainAnswer` says. "No such key" is an answer (nullopt), not a
/// failure. Failures are of the keychain kinds; none of them ever leads to another place for the key.
class SecretStore {
public:
    SecretStore() = default;
    SecretStore(const SecretStore &) = delete;
    SecretStore &operator=(const SecretStore &) = delete;
    virtual ~SecretStore() = default;

    virtual void read(const Connection &connection, QObject *asker, KeychainAnswer<std::optional<Secret>> answer) = 0;
    /// Done only after the same key was read back.
    virtual void write(const Connection &connection, const Secret &secret, QObject *asker, KeychainAnswer<Done> answer) = 0;
    /// Done only after a look into an unlocked keychain found nothing.
    virtual void remove(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) = 0;
};
