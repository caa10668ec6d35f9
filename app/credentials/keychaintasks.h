#pragma once

#include "app/credentials/secretstore.h"

/// One ask of the keychain, from its place in the line to the end of its last job. It never leaves while a job runs:
/// jobs are not deleted under their backend, and the keychain serves one at a time.
class KeychainTask : public QObject {
public:
    using QObject::QObject;

    std::function<void()> ended; ///< set by the store; called once

    virtual void begin() = 0;
    virtual bool hasBegun() const = 0;
    /// Says once that nothing came in time, or that its turn did not come; it is answered all the same when it ends.
    virtual void expire() = 0;
    virtual bool isWorthBeginningLate() const { return false; } ///< after it has expired in line
};

/// The tasks of a store, which owns them. `entry` is the name of the key in the keychain. What QtKeychain says is
/// checked: a locked keyring with the Secret Service itself, what was written is read back, what was removed looked for.
namespace keychain {

KeychainTask *readTask(const QString &entry, QObject *store, QObject *asker,
                       KeychainAnswer<std::optional<Secret>> answer);
KeychainTask *writeTask(const QString &entry, const Secret &secret, QObject *store, QObject *asker,
                        KeychainAnswer<Done> answer);
KeychainTask *removeTask(const QString &entry, QObject *store, QObject *asker, KeychainAnswer<Done> answer);

}
