#include "app/credentials/sessionsecrets.h"

std::optional<Secret> SessionSecrets::find(const ConnectionId &connection) const
{
    const auto found = m_secrets.constFind(connection);
    return found == m_secrets.cend() ? std::nullopt : std::optional(*found);
}
