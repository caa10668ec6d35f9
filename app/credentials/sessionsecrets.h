#pragma once

#include "app/types/ids.h"
#include "app/types/secret.h"

#include <QHash>

/// Keys for this run only: in memory, never near the keychain or a file.
class SessionSecrets {
public:
    void keep(const ConnectionId &connection, const Secret &secret) { m_secrets.insert(connection, secret); }
    void forget(const ConnectionId &connection) { m_secrets.remove(connection); }
    std::optional<Secret> find(const ConnectionId &connection) const;

private:
    QHash<ConnectionId, Secret> m_secrets;
};
