#pragma once

#include "app/types/connection.h"
#include "app/types/result.h"
#include "app/types/secret.h"

#include <QObject>

/// Where keys are kept. Three verbs, each answered as `Answer` says. "No such key" is an answer (nullopt), not a
/// failure. Failures are of the keychain kinds; none of them ever leads to another place for the key.
class SecretStore {
public:
    SecretStore() = default;
    SecretStore(const SecretStore &) = delete;
    SecretStore &operator=(const SecretStore &) = delete;
    virtual ~SecretStore() = default;

    virtual void read(const Connection &connection, QObject *asker, Answer<std::optional<Secret>> answer) = 0;
    /// Done only after the same key was read back.
    virtual void write(const Connection &connection, const Secret &secret, QObject *asker, Answer<Done> answer) = 0;
    /// Done only after a look into an unlocked keychain found nothing.
    virtual void remove(const Connection &connection, QObject *asker, Answer<Done> answer) = 0;
};
