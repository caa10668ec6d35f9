#include "app/credentials/sessionsecrets.h"

void SessionSecrets::keep(const Connection &connection, const Secret &secret)
{
    m_secrets.insert(connection.id, {originOf(connection.address), secret});
}

std::optional<Secret> SessionSecrets::find(const Connection &connection) const
{
    const auto found = m_secrets.constFind(connection.id);
    const bool isItsOwn = found != m_secrets.cend() && found->origin == originOf(connection.address);
    return isItsOwn ? std::optional(found->secret) : std::nullopt;
}
