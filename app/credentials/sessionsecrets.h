#pragma once

#include "app/types/connection.h"
#include "app/types/secret.h"

#include <QHash>

/// Keys for this run only: in memory, never near the keychain or a file.
class SessionSecrets {
public:
    void keep(const Connection &connection, const Secret &secret);
    void forget(const ConnectionId &connection) { m_secrets.remove(connection); }
    /// The key of that connection, unless it was kept for another origin.
    std::optional<Secret> find(const Connection &connection) const;

private:
    struct Kept {
        QUrl origin;
        Secret secret;
    };

    QHash<ConnectionId, Kept> m_secrets;
};
