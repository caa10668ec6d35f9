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

/// How the key of a connection is found in the keychain.
struct KeychainEntry {
    QString name;
    QString formerName; ///< in versions that told keys apart by the host alone
};

/// The tasks of a store, which owns them. What QtKeychain says is checked: a locked keyring with the Secret Service
/// itself, what was written is read back, what was removed looked for. A read moves what it finds under the former name
/// to the present one.
namespace keychain {

KeychainTask *readTask(const KeychainEntry &entry, QObject *store, QObject *asker,
                       KeychainAnswer<std::optional<Secret>> answer);
KeychainTask *writeTask(const KeychainEntry &entry, const Secret &secret, QObject *store, QObject *asker,
                        KeychainAnswer<Done> answer);
/// Of these names, and of those that end so, as far as the keychain tells what it holds.
KeychainTask *removeTask(const QStringList &names, const std::optional<QString> &ending, QObject *store, QObject *asker,
                         KeychainAnswer<Done> answer);

}
