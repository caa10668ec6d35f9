#pragma once

#include "app/types/failure.h"

#include <QObject>

#include <functional>

/// What the Secret Service (org.freedesktop.secrets) says of its default collection and of one item.
struct KeyringLook {
    enum class State {
        NoBus,
        NoService,
        NoCollection, ///< the service has no default collection
        Silent,       ///< no answer in time
        Failed,       ///< an answer that says neither; the words are in `text`
        Locked,
        Unlocked,
        Elsewhere,    ///< QtKeychain speaks to another keychain here (KWallet, another system): nothing to look at
    };

    State state = State::Failed;
    int unlockedItems = 0; ///< of the item looked for, in any collection; counted only when Unlocked
    int lockedItems = 0;
    QStringList names{}; ///< of the unlocked items, when they were listed
    QString text{}; ///< the service's own words, may be empty

    bool provesAbsence() const { return state == State::Unlocked && unlockedItems == 0 && lockedItems == 0; }
    bool isLocked() const { return state == State::Locked || lockedItems > 0; }
};

/// Whether this is a desktop session in which QtKeychain prefers KWallet (it goes by the same variables).
bool isKdeSession();

/// Looks for the item with these two attributes without any prompt, without reading a secret and without waiting:
/// `answer` is called once, later, unless `context` is gone by then. Each of the few calls may take `patience`.
void lookIntoKeyring(const QString &server, const QString &user, Duration patience, QObject *context,
                     std::function<void(const KeyringLook &)> answer);

/// The same for all items of that server, with the names (`user`) of those that are unlocked.
void listKeyring(const QString &server, Duration patience, QObject *context,
                 std::function<void(const KeyringLook &)> answer);
