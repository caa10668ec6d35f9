#pragma once

#include "app/credentials/secretstore.h"
#include "app/credentials/sessionsecrets.h"
#include "app/credentials/connectionlist.h"

#include <QHash>
#include <QPointer>
#include <QSet>

/// What became of a change of the list. It always holds for this run.
struct Filed {
    QString trouble; ///< in words, why it is not in the list's file; empty when it is

    bool operator==(const Filed &) const = default;
};

/// Connections together with their keys: the key goes first, so that no connection is called saved whose key is not,
/// and none is called removed whose key still lies in the keychain.
class ConnectionBook final : public QObject {
    Q_OBJECT

public:
    ConnectionBook(ConnectionList &list, SecretStore &store, SessionSecrets &sessionSecrets, QObject *parent = nullptr);

    ConnectionList &list() { return m_list; }

    /// The key that is kept for the connection: this run's, else the keychain's.
    void readKey(const Connection &connection, QObject *asker, KeychainAnswer<std::optional<Secret>> answer);
    /// Writes the key into the keychain, then the connection into the list. Without a key, the stored one stays.
    /// A key that arrives in the keychain after the person chose otherwise, however late, is taken back.
    void save(const Connection &connection, const std::optional<Secret> &key, QObject *asker,
              KeychainAnswer<Filed> answer, bool hasFailed = false);
    /// What is kept of it, or its key, failed its test in this run.
    void setFailing(const ConnectionId &id, bool failing);
    bool isFailing(const ConnectionId &id) const { return m_failing.contains(id); }
    /// Whether the keychain still owes an answer about what is kept there.
    bool isUnderWay() const { return m_pending > 0; }
    /// The person has chosen otherwise than what is still on its way to the keychain: that is taken back.
    void abandonSaves(const ConnectionId &id);
    /// Keeps the key in memory for this run, and the connection in the list.
    Filed keepForSession(const Connection &connection, const Secret &key);
    /// Removes all keys of that connection, then the connection. A failure leaves both. Where the asker has gone meanwhile the connection
    /// stays, and `keyGone` is said if its key went all the same.
    void remove(const Connection &connection, QObject *asker, KeychainAnswer<Filed> answer);
    /// Removes all keys, those of this run too. The connections stay, and after a failure the keys of this run.
    void removeEveryKey(QObject *asker, KeychainAnswer<Done> answer);
    /// For a keychain that cannot be reached: the key, if there is one, stays where it is.
    Filed removeLeavingKey(const Connection &connection);

Q_SIGNALS:
    /// A key that is not wanted in the keychain may be there, and could not be taken out.
    void keyLeftBehind(const Connection &connection, const Failure &failure);
    void entrySettled(const Connection &connection); ///< what its entry in the keychain holds, if anything, is wanted
    void keyReplaced(const Connection &connection); ///< of one that is kept, after the person had stopped waiting for it
    void keyGone(const Connection &connection); ///< of one that is kept; it may have had a key

private:
    struct Save {
        Connection connection;
        int number = 0;
        bool hadKey = false; ///< there may have been one where this one goes
        bool hasFailed = false; ///< its test
        QPointer<QObject> asker;
        KeychainAnswer<Filed> answer;
    };

    bool keptAt(const Connection &connection) const;
    void takeWritten(const Save &save, const Result<Done> &written);
    bool endsLast(const ConnectionId &id, int number, const Result<Done> &ended);
    void noteEnd(const Result<Done> &ended);
    void takeBack(const Connection &connection, bool hadKey);
    Filed file(const Connection &connection);

    ConnectionList &m_list;
    SecretStore &m_store;
    SessionSecrets &m_sessionSecrets;
    QHash<ConnectionId, int> m_last; ///< the last save or removal, while it may still be answered
    int m_count = 0; ///< of saves and removals
    int m_pending = 0; ///< writes and removals that the keychain has not answered
    QHash<ConnectionId, int> m_abandoned; ///< the last save that is no longer wanted
    QSet<ConnectionId> m_failing;
};
